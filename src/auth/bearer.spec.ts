import { readBearer } from './bearer.js';

describe('M2 the token of a request', () => {
  test.each<[string, string[], string | undefined]>([
    ['as usual', ['Authorization', 'Bearer a.b.c'], 'a.b.c'],
    ['scheme in lower case', ['authorization', 'bearer a.b.c'], 'a.b.c'],
    ['scheme in upper case', ['AUTHORIZATION', 'BEARER a.b.c'], 'a.b.c'],
    ['more blanks', ['authorization', 'Bearer   a.b.c  '], 'a.b.c'],
    ['among other headers', ['host', 'x', 'Authorization', 'Bearer t', 'accept', '*/*'], 't'],
    ['something odd, which the verifier refuses', ['authorization', 'Bearer a b'], 'a b'],
    ['no header', ['host', 'x'], undefined],
    ['no headers at all', [], undefined],
    ['another scheme', ['authorization', 'Basic YTpi'], undefined],
    ['a scheme that begins like Bearer', ['authorization', 'BearerX a.b.c'], undefined],
    ['no blank after the scheme', ['authorization', 'Bearer:a.b.c'], undefined],
    ['a blank before the scheme', ['authorization', ' Bearer a'], undefined],
    ['the scheme alone', ['authorization', 'Bearer'], undefined],
    ['an empty token', ['authorization', 'Bearer  '], undefined],
    ['a bare token', ['authorization', 'a.b.c'], undefined],
    ['the header twice', ['Authorization', 'Bearer a', 'authorization', 'Bearer a'], undefined],
    ['the header twice, once empty', ['Authorization', 'Bearer a', 'Authorization', ''], undefined],
    ['a header of the same length', ['authorizatiom', 'Bearer a'], undefined],
    ['a value that looks like the name', ['x', 'authorization', 'y', 'Bearer a'], undefined],
    ['a name without a value', ['authorization'], undefined],
  ])('%s', (_case, rawHeaders, token) => {
    expect(readBearer(rawHeaders)).toBe(token);
  });
});
