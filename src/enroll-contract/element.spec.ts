import fc from 'fast-check';
import { anApplicant } from '../../test/factories/applicant.js';
import { parseBody } from './body.js';
import { isDefect, readElement } from './element.js';
import type { Defect, Element } from './types.js';

/** Reads one element as it comes over the wire. */
function read(element: unknown): Element | Defect {
  const text = typeof element === 'string' ? element : JSON.stringify(element);
  const parsed = parseBody(Buffer.from(`[${text}]`));
  if (!parsed.ok) throw new Error(parsed.code);
  return readElement(parsed.elements[0]!);
}

function taken(element: unknown): Element {
  const result = read(element);
  if (isDefect(result)) throw new Error(result.code);
  return result;
}

const NOTHING = { fields: {}, extras: {}, nulls: [], flags: [] };

test('M6: an applicant as the guide shows it is taken as it is, without a flag', () => {
  const { isUpdate, applicantId, passportScanPath, ...fields } = anApplicant({ isUpdate: true, seed: 7 });
  expect(passportScanPath).toBeNull();
  expect(taken(anApplicant({ isUpdate: true, seed: 7 }))).toEqual({
    index: 0,
    applicantId,
    isUpdate,
    fields,
    extras: {},
    nulls: ['passportScanPath'],
    flags: [],
  });
});

test('the place in the list is kept', () => {
  const parsed = parseBody(Buffer.from('[1,{"applicantId":"a"},{"ApplicantId":"b"}]'));
  const elements = parsed.ok ? parsed.elements.map(readElement) : [];
  expect(elements.map((element) => ('index' in element ? element.index : element.code))).toEqual([
    'NOT_AN_OBJECT',
    1,
    2,
  ]);
});

describe('M6, hard: without a sure applicantId an element is not taken', () => {
  const missing = { code: 'APPLICANT_ID_MISSING', reason: 'applicantId is missing or blank' };
  const wrongType = { code: 'APPLICANT_ID_WRONG_TYPE', reason: 'applicantId is neither text nor a number' };
  const tooLong = { code: 'APPLICANT_ID_TOO_LONG', reason: 'applicantId is over 128 characters' };

  test.each(['5', 'null', '"a"', 'true', '[]', '[{"applicantId":"a"}]'])('%s is not an object', (element) => {
    expect(read(element)).toEqual({ code: 'NOT_AN_OBJECT', reason: 'the entry is not an object' });
  });

  test.each([
    '{}',
    '{"applicantId":null}',
    '{"applicantId":""}',
    '{"applicantId":" \\t\\u00a0 "}',
    '{"applicantId":"\\u0000"}',
  ])('missing in %s', (element) => expect(read(element)).toEqual(missing));

  test.each(['true', 'false', '[]', '["a"]', '{}'])('%s is of a wrong type', (id) => {
    expect(read(`{"applicantId":${id}}`)).toEqual(wrongType);
  });

  test('128 characters are taken, 129 are not, and neither a letter of two code units nor blanks count twice', () => {
    expect(taken({ applicantId: 'x'.repeat(128) }).applicantId).toBe('x'.repeat(128));
    expect(read({ applicantId: 'x'.repeat(129) })).toEqual(tooLong);
    expect(taken({ applicantId: ` ${'x'.repeat(128)} ` }).applicantId).toBe('x'.repeat(128));
    expect(taken({ applicantId: '😀'.repeat(128) }).applicantId).toBe('😀'.repeat(128));
    expect(read({ applicantId: '😀'.repeat(129) })).toEqual(tooLong);
    expect(read({ applicantId: `${'😀'.repeat(64)}${'x'.repeat(65)}` })).toEqual(tooLong);
    expect(read({ applicantId: 'x'.repeat(100_000) })).toEqual(tooLong);
  });

  test('what the cut of the body found wrong stays the reason', () => {
    expect(read('{"applicantId":"a","applicantId":"b"}')).toEqual({
      code: 'DUPLICATE_KEY',
      reason: 'the key "applicantId" occurs twice',
    });
  });
});

describe('M6: applicantId', () => {
  test.each([
    ['12', '12'],
    ['-7', '-7'],
    ['1.5', '1.5'],
    ['29703012357788', '29703012357788'],
    ['12345678901234567890', '12345678901234567890'],
    ['1e21', '1e21'],
  ])('the number %s becomes the text %s, and says so', (sent, id) => {
    expect(taken(`{"applicantId":${sent}}`)).toMatchObject({
      applicantId: id,
      flags: ['coerced:applicantId'],
    });
  });

  test('a text is trimmed, otherwise verbatim: digits of any script stay', () => {
    expect(taken({ applicantId: ' a-١٢ b\n' })).toMatchObject({
      applicantId: 'a-١٢ b',
      flags: ['coerced:applicantId'],
    });
    expect(taken({ applicantId: '١٢' })).toMatchObject({ applicantId: '١٢', flags: [] });
    expect(taken('{"applicantId":"12345678901234567890"}')).toMatchObject({ flags: [] });
  });

  test('U+0000 and lone surrogates are removed and flagged', () => {
    expect(taken('{"applicantId":"a\\u0000\\ud800b"}')).toMatchObject({
      applicantId: 'ab',
      flags: ['removedCharacters'],
    });
  });
});

describe('M6, hard: isUpdate is boolean-like', () => {
  const flags = ['coerced:isUpdate'];

  test.each([
    [true, true, []],
    [false, false, []],
    [null, false, []],
    ['', false, []],
    [' ', false, []],
    ['true', true, flags],
    ['TRUE', true, flags],
    [' True ', true, flags],
    ['1', true, flags],
    [1, true, flags],
    ['false', false, flags],
    ['False', false, flags],
    ['0', false, flags],
    [0, false, flags],
  ])('%p counts as %p', (sent, isUpdate, expectedFlags) => {
    expect(taken({ applicantId: 'a', isUpdate: sent })).toEqual({
      ...NOTHING,
      index: 0,
      applicantId: 'a',
      isUpdate,
      flags: expectedFlags,
    });
  });

  test('missing counts as false', () => {
    expect(taken({ applicantId: 'a' })).toEqual({ ...NOTHING, index: 0, applicantId: 'a', isUpdate: false });
  });

  test.each([2, -1, 'yes', 'truee', 'null', [], [true], {}, '11'])('%p is refused', (isUpdate) => {
    expect(read({ applicantId: 'a', isUpdate })).toEqual({
      code: 'IS_UPDATE_WRONG_TYPE',
      reason: 'isUpdate is not true or false',
    });
  });
});

describe('M6: keys', () => {
  test('unknown keys are kept verbatim', () => {
    const extras = { Foo: ' x ', foo: null, n: { a: [1, { b: '' }] }, مفتاح: 1.5, idnumbers: [] };
    expect(taken({ applicantId: 'a', ...extras })).toEqual({
      ...NOTHING,
      index: 0,
      applicantId: 'a',
      isUpdate: false,
      extras,
    });
  });

  test('contract keys may come in any case, which is recorded once', () => {
    const sent = {
      ApplicantID: 'a',
      ISUPDATE: true,
      FirstName: ' x ',
      phonenumbers: ['1'],
      STATUS: '1',
      Other: 1,
    };
    expect(taken(sent)).toEqual({
      index: 0,
      applicantId: 'a',
      isUpdate: true,
      fields: { firstName: 'x', phoneNumbers: ['1'], status: 1 },
      extras: { Other: 1 },
      nulls: [],
      flags: ['coerced:keys', 'coerced:firstName', 'coerced:status'],
    });
  });

  test.each(Object.keys(anApplicant()))('%s is known in upper and lower case', (key) => {
    const { applicantId, isUpdate, fields, extras } = taken(anApplicant({ seed: 3 }));
    const { [key as 'gender']: value, ...others } = anApplicant({ seed: 3 });
    for (const spelling of [key.toUpperCase(), key.toLowerCase()]) {
      expect(taken({ [spelling]: value, ...others })).toMatchObject({
        applicantId,
        isUpdate,
        fields,
        extras,
      });
    }
  });

  test('two spellings of one key with different values cannot be told apart', () => {
    expect(read({ applicantId: 'a', ApplicantID: 'b' })).toEqual({
      code: 'DUPLICATE_KEY',
      reason: 'the key "applicantId" occurs in two spellings with different values',
    });
    expect(read({ applicantId: 'a', EMAILS: ['x'], emails: ['y'] })).toMatchObject({ code: 'DUPLICATE_KEY' });
    expect(taken({ applicantId: 'a', EMAILS: ['x'], emails: ['x'] })).toMatchObject({
      fields: { emails: ['x'] },
    });
  });
});

describe('M6: characters that cannot be stored', () => {
  test('are removed from texts, lists and extras of any depth, and flagged once', () => {
    const sent =
      '{"applicantId":"a","firstName":"\\u0000م\\udc00حمد","emails":["a\\u0000@b.c"],"x":[{"y":"\\ud83dz"}]}';
    expect(taken(sent)).toEqual({
      index: 0,
      applicantId: 'a',
      isUpdate: false,
      fields: { firstName: 'محمد', emails: ['a@b.c'] },
      extras: { x: [{ y: 'z' }] },
      nulls: [],
      flags: ['removedCharacters'],
    });
  });

  test('leave a mark in keys, so that no key becomes another', () => {
    const sent = '{"applicantId":"a","status\\u0000":1,"__proto\\ud800__":2,"k\\u0000":3,"k\\ud800":4}';
    expect(taken(sent)).toMatchObject({
      fields: {},
      extras: { 'status\ufffd': 1, '__proto\ufffd__': 2, 'k\ufffd': 3, 'k\ufffd\ufffd': 4 },
      flags: ['removedCharacters'],
    });
  });

  test('are removed from what is set aside', () => {
    expect(taken('{"applicantId":"a","gender":{"a\\u0000":"\\u0000b"}}')).toMatchObject({
      extras: { gender: { 'a\ufffd': 'b' } },
      flags: ['wrongType:gender', 'removedCharacters'],
    });
  });

  test('other escapes and pairs of surrogates change nothing', () => {
    expect(taken('{"applicantId":"\\u0061\\/\\\\","firstName":"\\ud83d\\ude00","x":"\\n\\u0001"}')).toEqual({
      ...NOTHING,
      index: 0,
      applicantId: 'a/\\',
      isUpdate: false,
      fields: { firstName: '😀' },
      extras: { x: '\n\u0001' },
    });
  });
});

test('M6: whatever an object holds, every value is found again in fields, nulls or extras', () => {
  const { applicantId: _, isUpdate: __, ...fields } = anApplicant();
  const names = [...Object.keys(fields), 'Other', 'gendeR', 'constructo'];
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 2, noUnicodeString: false })),
      (sent) => {
        const result = read({ applicantId: 'a', ...sent });
        if (isDefect(result)) {
          expect(result.code).toMatch(/^(DUPLICATE_KEY|FORBIDDEN_KEY)$/);
          return;
        }
        for (const key of Object.keys(sent)) {
          const name = key === 'gendeR' ? 'gender' : key;
          expect(
            name in result.fields || name in result.extras || result.nulls.includes(name as 'gender'),
          ).toBe(true);
        }
        expect(new Set(result.flags).size).toBe(result.flags.length);
        expect(JSON.stringify(result)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
      },
    ),
    { numRuns: 500 },
  );
});
