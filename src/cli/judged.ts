import { VALID_BODY } from '../problem/valid.pipe.js';

/** Reads options as the API reads a body. @throws Problem BAD_REQUEST */
export async function judged<Dto>(metatype: new () => Dto, value: object): Promise<Dto> {
  return (await VALID_BODY.transform(value, { type: 'body', metatype })) as Dto;
}
