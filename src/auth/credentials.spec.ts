import fc from 'fast-check';
import { type DistinctHeaders, readForm, readTokenRequest, type TokenDemand } from './credentials.js';

const FORM = { 'content-type': ['application/x-www-form-urlencoded'] };
const GRANT = { grant_type: 'client_credentials' };
const PAIR = { client_id: 'enroll', client_secret: 's3cret' };

function read(body: unknown, headers: DistinctHeaders = {}, query: unknown = {}): TokenDemand {
  return readTokenRequest({ headers: { ...FORM, ...headers }, query, body });
}

function basic(text: string, scheme = 'Basic'): DistinctHeaders {
  return { authorization: [`${scheme} ${Buffer.from(text).toString('base64')}`] };
}

function refusalOf(demand: TokenDemand): string {
  return demand.result === 'refused'
    ? `${demand.status} ${demand.error}: ${demand.description}`
    : demand.result;
}

const REPEATED = '400 invalid_request: A parameter is given more than once';
const DIFFER = '400 invalid_request: Credentials are given in two places and differ';
const IN_URL =
  '400 invalid_request: The parameters of a token request belong in the form body, not in the URL';
const NO_FORM = '415 invalid_request: The body must be application/x-www-form-urlencoded';
const NO_GRANT = '400 invalid_request: The parameter grant_type is missing';
const OTHER_GRANT = '400 unsupported_grant_type: The only grant_type here is client_credentials';

const IN_FORM = { credentialsIn: 'form', basicUsed: false };
const IN_BASIC = { credentialsIn: 'basic', basicUsed: true };
const IN_HEADERS = { credentialsIn: 'headers', basicUsed: false };

describe('M1 where credentials are found', () => {
  const found = {
    result: 'credentials',
    readings: [{ clientId: 'enroll', clientSecret: 's3cret' }],
    scope: undefined,
  };

  test.each<[string, unknown, DistinctHeaders, object]>([
    ['body', { ...GRANT, ...PAIR }, {}, IN_FORM],
    ['Basic', GRANT, basic('enroll:s3cret'), IN_BASIC],
    [
      'Basic in lower case with more blanks',
      GRANT,
      { authorization: [`basic   ${btoa('enroll:s3cret')} `] },
      IN_BASIC,
    ],
    ['client_id headers', GRANT, { client_id: ['enroll'], client_secret: ['s3cret'] }, IN_HEADERS],
    ['client-id headers', GRANT, { 'client-id': ['enroll'], 'client-secret': ['s3cret'] }, IN_HEADERS],
    ['x-client-id headers', GRANT, { 'x-client-id': ['enroll'], 'x-client-secret': ['s3cret'] }, IN_HEADERS],
    ['headers of two spellings', GRANT, { client_id: ['enroll'], 'x-client-secret': ['s3cret'] }, IN_HEADERS],
    [
      'an id header in two spellings, equal',
      GRANT,
      { client_id: ['enroll'], 'x-client-id': ['enroll'], client_secret: ['s3cret'] },
      IN_HEADERS,
    ],
    ['body and Basic, equal', { ...GRANT, ...PAIR }, basic('enroll:s3cret'), { ...IN_FORM, basicUsed: true }],
    [
      'Basic, with the id in the body too',
      { ...GRANT, client_id: 'enroll' },
      basic('enroll:s3cret'),
      IN_BASIC,
    ],
    [
      'headers, with an empty id in the body',
      { ...GRANT, client_id: '' },
      { client_id: ['enroll'], client_secret: ['s3cret'] },
      IN_HEADERS,
    ],
    [
      'headers, beside a Bearer token',
      GRANT,
      { authorization: ['Bearer x'], client_id: ['enroll'], client_secret: ['s3cret'] },
      IN_HEADERS,
    ],
    ['body as text', 'grant_type=client_credentials&client_id=enroll&client_secret=s3cret', {}, IN_FORM],
    [
      'body as bytes',
      Buffer.from('grant_type=client_credentials&client_id=enroll&client_secret=s3cret'),
      {},
      IN_FORM,
    ],
  ])('%s', (_place, body, headers, expected) => {
    expect(read(body, headers)).toEqual({ ...found, ...expected });
  });

  test('the scope that was asked for is kept', () => {
    expect(read({ ...GRANT, ...PAIR, scope: 'callbacks' })).toMatchObject({ scope: 'callbacks' });
    expect(read({ ...GRANT, ...PAIR, scope: '' })).toMatchObject({ scope: undefined });
  });

  test.each<[string, unknown, DistinctHeaders, boolean]>([
    ['nothing at all', GRANT, {}, false],
    ['an id alone', { ...GRANT, client_id: 'enroll' }, {}, false],
    ['a secret alone', { ...GRANT, client_secret: 's3cret' }, {}, false],
    [
      'an id in the body, a secret in a header',
      { ...GRANT, client_id: 'enroll' },
      { client_secret: ['s3cret'] },
      false,
    ],
    ['empty ones', { ...GRANT, client_id: '', client_secret: '' }, {}, false],
    ['another scheme', GRANT, { authorization: ['Digest username="enroll"'] }, false],
    ['a scheme that begins like Basic', GRANT, { authorization: [`Basically ${btoa('a:b')}`] }, false],
    ['Basic after something else', GRANT, { authorization: [`Negotiate Basic ${btoa('a:b')}`] }, false],
    ['Basic with no colon', GRANT, basic('enroll'), true],
    ['Basic with an empty secret', GRANT, basic('enroll:'), true],
    ['Basic with an empty id', GRANT, basic(':s3cret'), true],
    ['Basic that is no base64', GRANT, { authorization: ['Basic *'] }, true],
    ['Basic with two words', GRANT, { authorization: [`Basic ${btoa('enroll:s3cret')} more`] }, true],
    ['Basic and nothing else', GRANT, { authorization: ['Basic'] }, true],
  ])('none: %s', (_case, body, headers, basicUsed) => {
    expect(read(body, headers)).toEqual({ result: 'none', basicUsed });
  });
});

describe('M1 what is refused before any secret is looked at', () => {
  test.each<[string, string, unknown, DistinctHeaders]>([
    ['a missing grant', NO_GRANT, PAIR, {}],
    ['an empty grant', NO_GRANT, { ...PAIR, grant_type: '' }, {}],
    ['a body that was not sent', NO_GRANT, undefined, {}],
    ['a body that is null', NO_GRANT, null, {}],
    ['another grant', OTHER_GRANT, { ...PAIR, grant_type: 'password' }, {}],
    ['a repeated id', REPEATED, { ...GRANT, ...PAIR, client_id: ['enroll', 'enroll'] }, {}],
    ['a repeated parameter that nobody knows', REPEATED, { ...GRANT, ...PAIR, x: ['1', '2'] }, {}],
    ['a repeated parameter in a body of text', REPEATED, 'grant_type=client_credentials&a=1&a=2', {}],
    ['a repeated Authorization header', REPEATED, GRANT, { authorization: ['Basic YTpi', 'Basic YTpi'] }],
    ...['client_id', 'client-id', 'x-client-id', 'client_secret', 'client-secret', 'x-client-secret'].map(
      (name): [string, string, unknown, DistinctHeaders] => [
        `a repeated header ${name}`,
        REPEATED,
        GRANT,
        { [name]: ['a', 'a'] },
      ],
    ),
    ['another id as Basic', DIFFER, { ...GRANT, ...PAIR }, basic('other:s3cret')],
    ['another secret as Basic', DIFFER, { ...GRANT, ...PAIR }, basic('enroll:other')],
    ['an unreadable Basic beside the body', DIFFER, { ...GRANT, ...PAIR }, { authorization: ['Basic *'] }],
    [
      'an unreadable Basic beside an id',
      DIFFER,
      { ...GRANT, client_id: 'enroll' },
      { authorization: ['Basic *'] },
    ],
    [
      'an unreadable Basic beside a secret',
      DIFFER,
      { ...GRANT, client_secret: 'x' },
      { authorization: ['Basic *'] },
    ],
    ...['client_id', 'client-id', 'x-client-id', 'client_secret', 'client-secret', 'x-client-secret'].map(
      (name): [string, string, unknown, DistinctHeaders] => [
        `another value in the header ${name}`,
        DIFFER,
        { ...GRANT, ...PAIR },
        { [name]: ['other'] },
      ],
    ),
    [
      'two spellings of the secret header that differ',
      DIFFER,
      GRANT,
      { client_secret: ['a'], 'x-client-secret': ['b'] },
    ],
    [
      'two spellings of the id header that differ',
      DIFFER,
      GRANT,
      { 'client-id': ['a'], 'x-client-id': ['b'] },
    ],
    ['JSON', NO_FORM, { ...GRANT, ...PAIR }, { 'content-type': ['application/json'] }],
    ['JSON without a body', NO_FORM, undefined, { 'content-type': ['application/json'] }],
    ['multipart', NO_FORM, undefined, { 'content-type': ['multipart/form-data; boundary=x'] }],
    [
      'a type that begins like a form',
      NO_FORM,
      GRANT,
      { 'content-type': ['application/x-www-form-urlencoded2'] },
    ],
    ['a body of no declared type', NO_FORM, { ...GRANT, ...PAIR }, { 'content-type': undefined }],
  ])('%s', (_case, refusal, body, headers) => {
    expect(refusalOf(read(body, headers))).toBe(refusal);
  });

  test.each(['client_id', 'client_secret', 'grant_type', 'scope'])('%s in the query string', (name) => {
    expect(refusalOf(read({ ...GRANT, ...PAIR }, {}, { [name]: '' }))).toBe(IN_URL);
  });

  test('other parameters of the query string do not matter, nor does its absence', () => {
    expect(read({ ...GRANT, ...PAIR }, {}, { tenant: 'x' }).result).toBe('credentials');
    expect(read({ ...GRANT, ...PAIR }, {}, undefined).result).toBe('credentials');
  });

  test.each(['APPLICATION/X-WWW-FORM-URLENCODED', 'application/x-www-form-urlencoded ; charset=utf-8'])(
    'the content type %s is a form',
    (type) => {
      expect(read({ ...GRANT, ...PAIR }, { 'content-type': [type] }).result).toBe('credentials');
    },
  );

  test('no request whatsoever makes it throw', () => {
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom('enroll', 'client_credentials', 'Basic YTpi', 'Basic'),
    );
    const names = fc.constantFrom('authorization', 'client_id', 'x-client-secret', 'content-type', 'other');
    const parameters = fc.constantFrom('client_id', 'client_secret', 'grant_type', 'scope', '__proto__', 'x');
    fc.assert(
      fc.property(
        fc.dictionary(names, fc.array(value, { minLength: 1, maxLength: 2 })),
        fc.oneof(fc.dictionary(parameters, fc.oneof(value, fc.array(value))), fc.string(), fc.uint8Array()),
        fc.oneof(fc.dictionary(parameters, value), fc.constant(null), fc.string()),
        (headers, body, query) => {
          expect(['credentials', 'none', 'refused']).toContain(
            readTokenRequest({ headers, query, body }).result,
          );
        },
      ),
    );
  });
});

describe('HTTP Basic (RFC 6749, 2.3.1)', () => {
  const readingsOf = (text: string, body: object = {}) => {
    const demand = read({ ...GRANT, ...body }, basic(text));
    return demand.result === 'credentials'
      ? demand.readings.map(({ clientId, clientSecret }) => `${clientId}:${clientSecret}`)
      : [refusalOf(demand)];
  };

  test('any id and secret come back, form-encoded and with colons', () => {
    const part = fc.string({ unit: 'grapheme', minLength: 1 });
    const encode = (value: string) => encodeURIComponent(value).replaceAll('%20', '+');
    fc.assert(
      fc.property(part, part, (clientId, clientSecret) => {
        const demand = read(GRANT, basic(`${encode(clientId)}:${encode(clientSecret)}`));
        expect(demand).toMatchObject({ readings: expect.arrayContaining([{ clientId, clientSecret }]) });
      }),
    );
  });

  test('so they do as they stand, whatever the secret holds', () => {
    const part = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(
        part.filter((id) => !id.includes(':')),
        part,
        (clientId, clientSecret) => {
          const demand = read(GRANT, basic(`${clientId}:${clientSecret}`));
          expect(demand).toMatchObject({ readings: expect.arrayContaining([{ clientId, clientSecret }]) });
        },
      ),
    );
  });

  test.each([
    ['enroll:a:b:c', ['enroll:a:b:c']],
    ['enroll:100%', ['enroll:100%']],
    ['enroll:سر طويل', ['enroll:سر طويل']],
    ['enroll:a%3Ab+c', ['enroll:a:b c', 'enroll:a%3Ab+c']],
    ['en%3Aroll:x', ['en:roll:x', 'en%3Aroll:x']],
    ['enroll:a+b%', ['enroll:a+b%']],
  ])('%s', (text, readings) => {
    expect(readingsOf(text)).toEqual(readings);
  });

  test('beside another place only the reading counts that is the same there', () => {
    expect(readingsOf('a+b:x%26y', { client_id: 'a b' })).toEqual(['a b:x&y']);
    expect(readingsOf('a+b:x%26y', { client_id: 'a+b' })).toEqual(['a+b:x%26y']);
    expect(readingsOf('enroll:x+y', { client_id: 'enroll', client_secret: 'x+y' })).toEqual(['enroll:x+y']);
    expect(readingsOf('enroll:x+y', { client_id: 'enroll', client_secret: 'x y' })).toEqual(['enroll:x y']);
    expect(readingsOf('enroll:x+y', { client_id: 'other' })).toEqual([DIFFER]);
  });
});

describe('the form', () => {
  test('text and bytes are parsed, an absent body is an empty form', () => {
    expect(readForm(FORM, 'a=1&b=%D8%B9')).toEqual({ a: '1', b: 'ع' });
    expect(readForm(FORM, Buffer.from('a=1&a=2'))).toEqual({ a: ['1', '2'] });
    expect(readForm(FORM, undefined)).toEqual({});
    expect(readForm({}, undefined)).toEqual({});
    expect(readForm({}, 'a=1')).toBeUndefined();
  });
});
