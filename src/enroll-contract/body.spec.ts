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

describe('M5: the shapes of a body', () => {
  test('a list gives its entries in order, each with its own bytes', () => {
    const elements = elementsOf(' [ {"applicantId" : "أ"} ,\n{"applicantId":"b","x":[1,{}]} ] ');
    expect(elements).toEqual([
      {
        index: 0,
        bytes: Buffer.from('{"applicantId" : "أ"}'),
        hasEscapes: false,
        value: { applicantId: 'أ' },
      },
      {
        index: 1,
        hasEscapes: false,
        bytes: Buffer.from('{"applicantId":"b","x":[1,{}]}'),
        value: { applicantId: 'b', x: [1, {}] },
      },
    ]);
  });

  test.each(['applicants', 'Applicants', 'APPLICANTS', '\\u0061pplicants', 'applic\\u0041nts'])(
    'the list may stand under the key %s',
    (key) => {
      expect(valuesOf(`{"${key}":[{"applicantId":"a"},{"applicantId":"b"}]}`)).toEqual([
        { applicantId: 'a' },
        { applicantId: 'b' },
      ]);
    },
  );

  test('other keys beside the list are tolerated, whatever they hold', () => {
    const body =
      '{"count":1,"meta":{"a":[{"b":"]}"}]},"x":null,"applicants":[{"applicantId":"a"}],"applicantId":"z","last":"\\""}';
    expect(elementsOf(body)).toEqual([
      {
        index: 0,
        bytes: Buffer.from('{"applicantId":"a"}'),
        hasEscapes: false,
        value: { applicantId: 'a' },
      },
    ]);
  });

  test.each(['applicantId', 'ApplicantID', 'APPLICANTID', '\\u0061pplicantId'])(
    'one applicant is known by its key %s',
    (key) => {
      const body = ` {"status":1,"${key}":"a"} `;
      const [element, ...others] = elementsOf(body);
      expect(others).toEqual([]);
      expect(element?.bytes.toString()).toBe(body.trim());
      expect(Object.values(element?.value as object)).toEqual([1, 'a']);
    },
  );

  test('an empty list has no elements', () => {
    expect(valuesOf('[]')).toEqual([]);
    expect(valuesOf(' [ ] ')).toEqual([]);
    expect(valuesOf('{"applicants":[]}')).toEqual([]);
  });

  test('an entry that is no object costs its neighbours nothing', () => {
    const values = [1, 'two', null, true, [], [[]], -1.5, '"]', { applicantId: 'a' }, false];
    const elements = elementsOf(JSON.stringify(values));
    expect(elements.map((element) => element.value)).toEqual(values);
    expect(elements.map((element) => element.bytes.toString())).toEqual(
      values.map((value) => JSON.stringify(value)),
    );
  });

  test.each([
    '5',
    '"text"',
    'null',
    'true',
    '{}',
    '{"status":1}',
    '{"applicantIds":"a"}',
    '{"nested":{"applicantId":"a"}}',
    '{"applicants":null}',
    '{"applicants":{"applicantId":"a"}}',
    '{"applicants":"[]","applicantId":"a"}',
  ])('%s is of another shape', (body) => {
    expect(refusal(body)).toBe('WRONG_SHAPE');
  });

  test('two lists, in whatever spelling, are of another shape: taking one would drop the other', () => {
    expect(refusal('{"applicants":[],"applicants":[]}')).toBe('WRONG_SHAPE');
    expect(refusal('{"applicants":[{"applicantId":"a"}],"Applicants":[{"applicantId":"b"}]}')).toBe(
      'WRONG_SHAPE',
    );
  });
});

describe('M4, M5: bytes that are no JSON', () => {
  test.each([
    '',
    ' ',
    '[',
    ']',
    '[1',
    '[1,',
    '[,]',
    '[1 2]',
    '[{]',
    '[}]',
    '[:]',
    '[{"a"]',
    '{',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{:}',
  ])('%p is not JSON', (body) => expect(refusal(body)).toBe('NOT_JSON'));

  test.each([
    '{"applicants":[',
    '{"applicants":[1',
    '{"applicants":[:',
    '{"applicants" []}',
    '[]]',
    '[] x',
    '["\\',
    '["\\u12"]',
  ])('%p is not JSON', (body) => expect(refusal(body)).toBe('NOT_JSON'));

  test.each(["[{'a':1}]", '[NaN]', '[01]', '[1.]', '[+1]', '[1e]', '[{"\\u00":1}]', '<x/>', 'a=b', '// x'])(
    '%p is not JSON',
    (body) => expect(refusal(body)).toBe('NOT_JSON'),
  );

  test('a raw control character in a text is not JSON', () => {
    expect(refusal('["\u0000"]')).toBe('NOT_JSON');
    expect(refusal('["\n"]')).toBe('NOT_JSON');
  });

  test('bytes that are not UTF-8 are said to be so', () => {
    expect(refusal(Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]))).toBe('NOT_UTF8');
    expect(refusal(Buffer.from([0x5b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x5d]))).toBe('NOT_UTF8'); // a surrogate
    expect(refusal(Buffer.from('["é"]', 'latin1'))).toBe('NOT_UTF8');
  });

  test('a BOM of UTF-8 is dropped, and offsets stay right behind it', () => {
    expect(elementsOf('\ufeff[{"applicantId":12345678901234567890}]')).toEqual([
      {
        index: 0,
        bytes: Buffer.from('{"applicantId":12345678901234567890}'),
        hasEscapes: false,
        value: { applicantId: '12345678901234567890' },
        longNumbers: new Set(['12345678901234567890']),
      },
    ]);
    expect(refusal(Buffer.from([0xef, 0xbb, 0xbe, 0x5b, 0x5d]))).toBe('NOT_JSON');
    expect(refusal('\ufeff\ufeff[]')).toBe('NOT_JSON');
  });

  test('UTF-16 and UTF-32 are an unsupported type, with a BOM or without', () => {
    const little = Buffer.from('[{"applicantId":"a"}]', 'utf16le');
    const big = Buffer.from(little).swap16();
    const wide = (text: string): Buffer =>
      Buffer.concat([...text].map((c) => Buffer.from([c.charCodeAt(0), 0, 0, 0])));
    const bodies = [
      little,
      big,
      Buffer.concat([Buffer.from([0xff, 0xfe]), little]),
      Buffer.concat([Buffer.from([0xfe, 0xff]), big]),
      Buffer.from([0xff, 0xfe]),
      Buffer.from([0xfe, 0xff]),
      Buffer.from('5', 'utf16le'),
      wide('[]'),
      wide('[]').swap32(),
      wide('5'),
      wide('5').swap32(),
      Buffer.concat([Buffer.from([0, 0, 0xfe, 0xff]), wide('[]').swap32()]),
    ];
    expect(bodies.map(refusal)).toEqual(bodies.map(() => 'UNSUPPORTED_MEDIA_TYPE'));
  });

  test('bytes that only resemble a BOM or a wide encoding are not taken for one', () => {
    expect(refusal(Buffer.from([0xff, 0x5b]))).toBe('NOT_UTF8');
    expect(refusal(Buffer.from([0xfe, 0x5b]))).toBe('NOT_UTF8');
    expect(refusal(Buffer.from([0xfe, 0xfe]))).toBe('NOT_UTF8');
    expect(refusal(Buffer.alloc(4))).toBe('NOT_JSON');
    expect(refusal(Buffer.alloc(3))).toBe('NOT_JSON');
    expect(refusal('7')).toBe('WRONG_SHAPE');
  });
});
