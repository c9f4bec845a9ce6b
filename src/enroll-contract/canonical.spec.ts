import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { anApplicant } from '../../test/factories/applicant.js';
import { canonicalJson, hashOfCanonical } from './canonical.js';
import type { ApplicantFields, Content } from './types.js';

function content(fields: ApplicantFields, extras: Record<string, unknown> = {}): Content {
  return { fields, extras };
}

function hashOf(whole: Content, outcome: string): string {
  return hashOfCanonical(canonicalJson(whole), outcome);
}

function allFields(): ApplicantFields {
  const { applicantId: _, isUpdate: __, ...fields } = anApplicant({ passportScanPath: 'p.jpg', seed: 5 });
  return fields as ApplicantFields;
}

function reversed<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).reverse()) as T;
}

test("contract fields stand in the guide's order, however they came", () => {
  expect(canonicalJson(content({ status: 1, firstName: 'محمد', emails: ['b', 'a'], gender: 'M' }))).toBe(
    '{"fields":{"gender":"M","emails":["b","a"],"firstName":"محمد","status":1},"extras":{}}',
  );
  const { applicantId: _, isUpdate: __, ...inGuideOrder } = anApplicant();
  const text = canonicalJson(content(reversed(allFields())));
  expect(Object.keys((JSON.parse(text) as Content).fields)).toEqual(Object.keys(inGuideOrder));
});

test('nothing is lost: the text reads back as the content', () => {
  const whole = content(allFields(), { b: [{ d: null, c: 1 }], a: 'x' });
  expect(JSON.parse(canonicalJson(whole))).toEqual(whole);
  expect(JSON.parse(canonicalJson(content({})))).toEqual(content({}));
});

test('extras are sorted at every level, lists keep their order', () => {
  expect(canonicalJson(content({}, { b: { d: 1, c: [{ f: 1, e: 2 }, 'z', 'a', null] }, a: 1 }))).toBe(
    '{"fields":{},"extras":{"a":1,"b":{"c":[{"e":2,"f":1},"z","a",null],"d":1}}}',
  );
});

test('the order of keys never matters, anything else does', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (extras) => {
      const fields = allFields();
      const text = canonicalJson(content(fields, extras));
      expect(canonicalJson(content(reversed(fields), reversed(extras)))).toBe(text);
      expect(canonicalJson(content(fields, { ...extras, one: { more: 1 } }))).not.toBe(text);
    }),
  );
});

test('the hash is 16 hex digits of SHA-256 over outcome and text', () => {
  const whole = content({ gender: 'M' }, { a: 1 });
  const text = '{"fields":{"gender":"M"},"extras":{"a":1}}';
  const expected = createHash('sha256').update(`accepted\n${text}`).digest('hex').slice(0, 16);
  expect(hashOf(whole, 'accepted')).toEqual(expected);
  expect(hashOfCanonical(text, 'accepted')).toEqual(expected);
});

test('A8: each field and the outcome make another hash', () => {
  const whole = allFields();
  const hashes = Object.keys(whole).map((name) => {
    const { [name as 'gender']: _, ...others } = whole;
    return hashOf(content(others), 'accepted');
  });
  hashes.push(hashOf(content(whole), 'accepted'), hashOf(content(whole), 'rejected'));
  expect(new Set(hashes).size).toBe(Object.keys(whole).length + 2);
  expect(hashOf(content(whole), 'accepted')).toEqual(hashOf(content(whole), 'accepted'));
});
