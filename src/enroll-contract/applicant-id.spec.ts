import { peekApplicantId } from './applicant-id.js';
import { parseBody } from './body.js';

function peek(element: string): string | undefined {
  const parsed = parseBody(Buffer.from(`[${element}]`));
  if (!parsed.ok) throw new Error(parsed.code);
  return peekApplicantId(parsed.elements[0]!);
}

describe('the applicantId of an element that is not taken', () => {
  test.each([
    ['{"applicantId":" a ","isUpdate":"perhaps"}', 'a'],
    ['{"APPLICANTID":12,"x":1}', '12'],
    ['{"applicantId":12345678901234567890}', '12345678901234567890'],
    ['{"applicantId":"a","x":1,"x":2}', 'a'],
    ['{"applicantId":"a","applicantId":"b"}', 'b'],
    ['{"applicantId":"a","ApplicantId":"b"}', 'b'],
    ['{"applicantId":"a\\u0000","__proto__":1}', 'a'],
  ])('is read from %s', (element, id) => expect(peek(element)).toBe(id));

  test.each([
    '5',
    'null',
    '"applicantId"',
    '[]',
    '{}',
    '{"applicantId":""}',
    '{"applicantId":{}}',
    '{"applicantIds":"a"}',
  ])('is unknown in %s', (element) => expect(peek(element)).toBeUndefined());

  test('is unknown where it is too long, or the bytes are no JSON', () => {
    expect(peek(`{"applicantId":"${'x'.repeat(129)}"}`)).toBeUndefined();
    expect(peekApplicantId({ bytes: Buffer.from('{"applicantId":'), value: undefined })).toBeUndefined();
  });
});
