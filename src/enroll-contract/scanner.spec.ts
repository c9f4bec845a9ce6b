import fc from 'fast-check';
import { parseBody, type ParsedBody } from './body.js';
import type { RawElement } from './types.js';

function parse(text: string): ParsedBody {
  return parseBody(Buffer.from(text));
}

function elementsOf(text: string): RawElement[] {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(parsed.code);
  return parsed.elements;
}

function valuesOf(text: string): unknown[] {
  return elementsOf(text).map((element) => element.value);
}

function refusal(body: string | Buffer): string {
  const parsed = parseBody(Buffer.from(body));
  return parsed.ok ? 'taken' : parsed.code;
}

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('M5: elements that break a rule are set apart alone', () => {
  const good = '{"applicantId":"good"}';

  test.each([
    ['__proto__', '{"applicantId":"x","__proto__":{"isUpdate":true}}'],
    ['__proto__', '{"applicantId":"x","a":[{"__proto__":1}]}'],
    ['__proto__', '{"applicantId":"x","\\u005f_proto_\\u005F":1}'],
  ])('the key %s in %s', (key, bad) => {
    const [first, second, third] = elementsOf(`[${good},${bad},${good}]`);
    expect(second).toEqual({
      index: 1,
      bytes: Buffer.from(bad),
      hasEscapes: bad.includes('\\'),
      value: undefined,
      defect: { code: 'FORBIDDEN_KEY', reason: `the key ${key} is not allowed` },
    });
    expect([first?.value, third?.value]).toEqual([{ applicantId: 'good' }, { applicantId: 'good' }]);
  });

  test('the same words are fine as values, and longer or differently written words as keys', () => {
    const fine = {
      applicantId: '__proto__',
      constructor: { prototype: 1 },
      _proto__x: 1,
      prototypes: 2,
      '\u00e9__proto': 3,
    };
    expect(valuesOf(JSON.stringify([fine]))).toEqual([fine]);
    expect(elementsOf('[{"a\\"":"__proto__","b":1}]')[0]?.defect).toBeUndefined();
  });

  test.each([
    ['the key "a" occurs twice', '{"applicantId":"x","a":1,"b":2,"a":1}'],
    ['the key "applicantId" occurs twice', '{"applicantId":"x","applicantId":"y"}'],
    ['the key "a" occurs twice', '{"a":1,"\\u0061":2}'],
    ['the key "\\"" occurs twice', '{"\\"":[{"a":1}],"\\u0022":2}'],
    ['a key of a nested object occurs twice', '{"applicantId":"x","n":{"a":1,"a":2}}'],
    ['a key of a nested object occurs twice', '{"applicantId":"x","n":[{"a":1},{"b":1,"b":1}],"a":1}'],
    ['a key of a nested object occurs twice', '[{"a":1,"a":2}]'],
  ])('%s: %s', (reason, bad) => {
    const [first, second] = elementsOf(`[${bad},${good}]`);
    expect(first).toEqual({
      index: 0,
      bytes: Buffer.from(bad),
      hasEscapes: bad.includes('\\'),
      value: undefined,
      defect: { code: 'DUPLICATE_KEY', reason },
    });
    expect(second?.value).toEqual({ applicantId: 'good' });
  });

  test('a repeated key is named by 100 characters at most', () => {
    const key = 'k'.repeat(150);
    expect(elementsOf(`[{"${key}":1,"${key}":2}]`)[0]?.defect?.reason).toBe(
      `the key "${'k'.repeat(100)}" occurs twice`,
    );
  });

  test('the same key in several objects is no repetition', () => {
    const fine = [{ a: { a: { a: 1 } }, b: [{ a: 1 }, { a: 2 }] }, { a: 1 }];
    expect(valuesOf(JSON.stringify(fine))).toEqual(fine);
  });

  test('256 levels are taken, 257 are not', () => {
    const deep = (levels: number): string => `{"a":${nested(levels - 1)}}`;
    const [taken, refused, neighbour] = elementsOf(`[${deep(256)},${deep(257)},${good}]`);
    expect(taken?.defect).toBeUndefined();
    expect(JSON.stringify(taken?.value)).toBe(deep(256));
    expect(refused?.defect).toEqual({ code: 'TOO_DEEP', reason: 'nested deeper than 256 levels' });
    expect(refused?.value).toBeUndefined();
    expect(neighbour?.value).toEqual({ applicantId: 'good' });
    expect(elementsOf(`{"applicants":[${deep(256)},${deep(257)}]}`).map((e) => e.defect?.code)).toEqual([
      undefined,
      'TOO_DEEP',
    ]);
  });

  test('the deepest level counts, wherever it stands', () => {
    const codes = elementsOf(`[{"a":${nested(256)},"b":[[]]},{"a":[[]],"b":${nested(256)}}]`);
    expect(codes.map((element) => element.defect?.code)).toEqual(['TOO_DEEP', 'TOO_DEEP']);
  });

  test('absurd depth refuses the body, closed or not, and never overflows the stack', () => {
    expect(elementsOf(nested(4_999))[0]?.defect?.code).toBe('TOO_DEEP');
    expect(refusal(nested(5_000))).toBe('TOO_DEEP');
    expect(refusal(nested(20_000))).toBe('TOO_DEEP');
    expect(refusal('['.repeat(20_000))).toBe('TOO_DEEP');
    expect(refusal('[{"a":'.repeat(5_000))).toBe('TOO_DEEP');
    expect(refusal(`[${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}]`)).toBe('TOO_DEEP');
    expect(refusal(`{"applicantId":"a","x":${nested(20_000)}}`)).toBe('TOO_DEEP');
    expect(refusal(`{"x":${nested(20_000)},"applicants":[]}`)).toBe('TOO_DEEP');
    expect(refusal(`{"applicants":[${nested(4_998)}]}`)).toBe('TOO_DEEP');
    expect(refusal(`{"applicants":[${nested(4_997)}]}`)).toBe('taken');
  });
});

describe('M6: numbers keep their digits', () => {
  test.each([
    '1234567890123456',
    '-1234567890123456',
    '99999999999999999999999999',
    '0.123456789012345',
    '1.7e308888',
    '1e-400',
    '1E400',
    '1.5e0',
    '1e21',
  ])('%s becomes text as spelled', (spelling) => {
    const body = `[{"a":${spelling},"b":[${spelling}],"ك":"x"},{"a":1}]`;
    expect(elementsOf(body)).toEqual([
      {
        index: 0,
        bytes: Buffer.from(`{"a":${spelling},"b":[${spelling}],"ك":"x"}`),
        hasEscapes: false,
        value: { a: spelling, b: [spelling], ك: 'x' },
        longNumbers: new Set([spelling]),
      },
      { index: 1, bytes: Buffer.from('{"a":1}'), hasEscapes: false, value: { a: 1 } },
    ]);
  });

  test.each([
    '0',
    '-1',
    '123456789012345',
    '29703012357788',
    '12345678.9012345',
    '1e3',
    '15E+1',
    '1.0',
    '0.5',
  ])('%s stays a number', (spelling) => {
    const [element] = elementsOf(`[{"a":${spelling}}]`);
    expect(element?.value).toEqual({ a: Number(spelling) });
    expect(element).not.toHaveProperty('longNumbers');
  });

  test('digits within texts and keys stay where they are', () => {
    const value = {
      '12345678901234567890': '12345678901234567890',
      a: 'x: 12345678901234567890, "12345678901234567890"',
    };
    const [element] = elementsOf(JSON.stringify([value]));
    expect(element?.value).toEqual(value);
    expect(element?.longNumbers).toBeUndefined();
  });
});

describe('any JSON', () => {
  const forbidden = new Set(['__proto__']);
  const key = fc.string({ unit: 'grapheme' }).filter((text) => !forbidden.has(text));
  const { value: json } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, false, 0, -1, 1.5, 123456789012345),
      fc.string({ unit: 'binary' }),
      fc.array(tie('value'), { maxLength: 5 }),
      fc.dictionary(key, tie('value'), { maxKeys: 5 }),
    ),
  }));

  test('is cut exactly as JSON.parse reads it, however it is spaced and escaped', () => {
    fc.assert(
      fc.property(
        fc.array(json, { maxLength: 6 }),
        fc.constantFrom('', ' ', '\n\t', '\r\n'),
        fc.boolean(),
        fc.constantFrom('list', 'wrapper'),
        (values, blank, isEscaped, shape) => {
          const list = JSON.stringify(values, null, blank);
          const text = isEscaped ? list.replace(/[^\0-\x7f]/g, escaped) : list;
          const body = shape === 'list' ? text : `{"a":${text}, "applicants" :${text},"b":1}`;
          const elements = elementsOf(Buffer.from(body).toString());
          const expected = JSON.parse(Buffer.from(text).toString()) as unknown[];
          expect(elements.map((element) => element.value)).toEqual(expected);
          expect(elements.map((element) => JSON.parse(element.bytes.toString()) as unknown)).toEqual(
            expected,
          );
          expect(elements.filter((element) => element.defect)).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a byte changed anywhere never throws, and is taken only if JSON.parse takes it', () => {
    const seed = Buffer.from(
      '{"x":[1e5,"\\"\\u0041"],"applicants":[{"applicantId":"أ","n":12345678901234567890},null,[{}]]}',
    );
    fc.assert(
      fc.property(fc.nat(seed.length - 1), fc.nat(255), fc.nat(seed.length), (at, byte, length) => {
        const bytes = Buffer.from(seed.subarray(0, length || seed.length));
        bytes[at % bytes.length] = byte;
        const parsed = parseBody(bytes);
        expect(!parsed.ok && parsed.code === 'NOT_JSON' ? 'refused' : 'read').toBe(readable(bytes));
      }),
      { numRuns: 1000 },
    );
  });

  function readable(bytes: Buffer): string {
    const code = refusal(bytes);
    if (code === 'NOT_UTF8' || code === 'UNSUPPORTED_MEDIA_TYPE') return 'read';
    try {
      JSON.parse(bytes.toString());
      return 'read';
    } catch {
      return 'refused';
    }
  }

  function escaped(character: string): string {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  }
});
