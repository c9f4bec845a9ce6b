import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { cutOut, isStub, showsTrace, stubOf } from './cut-out.js';

const ERASURE = '0d7a4b0e-9a55-4c1c-92f0-a9d15f2b7c1e';
const GUID = '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1';
const erased = { erasureId: ERASURE, applicantIds: ['A', GUID], traces: ['29703012357788'] };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const cut = (body: string) => cutOut(Buffer.from(body), erased);

describe('an element that is cut out of a body', () => {
  it('leaves every other byte as it was, and a stub in its place', () => {
    const body =
      '\ufeff{ "Applicants":[ {"applicantId":"B" , "n":1.50}, {"applicantId":"A","x":"é"} ,\n{"APPLICANTID":"C"}] }';
    const stub = stubOf(ERASURE, 'A').toString();
    const made = cut(body);
    expect(made?.bytes.toString()).toBe(body.replace('{"applicantId":"A","x":"é"}', stub));
    expect(made?.elements).toEqual([1]);
    expect(made?.keptSha256).toBe(sha256(body.replace('{"applicantId":"A","x":"é"}', '')));
  });

  it.each([
    ['a GUID in other letters', `[{"applicantId":"${GUID.toUpperCase()}"}]`],
    ['an escaped id', String.raw`[{"applicantId":"\u0041"}]`],
    ['the only element of a body without a list', '{"applicantId":"A"}'],
    ['no id, but a trace', '[{"idNumber":"29703012357788"}]'],
  ])('is found by %s', (_, body) => {
    expect(cut(body)?.elements).toEqual([0]);
  });

  it('is not somebody else’s, whatever it says', () => {
    expect(cut('[{"applicantId":"B","idNumber":"29703012357788"}]')).toBeNull();
  });

  it('is found once', () => {
    const once = cut('[{"applicantId":"A","x":1},{"idNumber":"29703012357788"}]');
    expect(once?.elements).toEqual([0, 1]);
    expect(cutOut(once!.bytes, erased)).toBeNull();
    expect(isStub(Buffer.from('{"applicantId":"A","erased":"yes"}'))).toBe(false);
  });
});

test('a body that is no list goes as a whole if a trace is in it', () => {
  expect(cut('[{"idNumber":"29703012357788"')).toMatchObject({
    elements: null,
    bytes: stubOf(ERASURE, null),
  });
  expect(cut('[{"idNumber":"29703012357799"')).toBeNull();
});

test.each([
  ['escaped', Buffer.from(String.raw`"\u0032\u003970301235778\u0038"`)],
  ['in UTF-16', Buffer.from('29703012357788', 'utf16le')],
  ['compressed and cut off', gzipSync('{"idNumber":"29703012357788"}'.repeat(3)).subarray(0, -9)],
])('a trace is seen %s', (_, bytes) => {
  expect(showsTrace(bytes, erased)).toBe(true);
});

test.each([
  ['of another number', '"100234"', '{"phoneNumbers":["+201002345678"]}', false],
  ['of another word', 'mona@x.example', '{"emails":["simona@x.example"]}', false],
  ['behind an escape', '29703012357788', String.raw`{"idNumber":"\t29703012357788"}`, true],
  ['in Arabic digits', '29703012357788', '{"idNumber":"٢٩٧٠٣٠١٢٣٥٧٧٨٨"}', true],
  ['behind the prefix of a phone number', '101234567', '{"phoneNumbers":["+20101234567"]}', true],
])('a trace as a part %s', (_, trace, body, isSeen) => {
  expect(showsTrace(Buffer.from(body), { traces: [trace.replaceAll('"', '')] })).toBe(isSeen);
});
