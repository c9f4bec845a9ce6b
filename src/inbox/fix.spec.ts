import { asList, fixed, verdictOn } from './fix.js';

const fix = (element: string, patch: object): string => fixed(Buffer.from(element), patch).toString();

describe('a fix', () => {
  it('patches what was received and leaves it as it was', () => {
    const element = Buffer.from('{"applicantId":"","a":{"b":1,"c":2}}');
    expect(fixed(element, { applicantId: 'x', a: { b: null } }).toString()).toBe(
      '{"applicantId":"x","a":{"c":2}}',
    );
    expect(element.toString()).toBe('{"applicantId":"","a":{"b":1,"c":2}}');
  });

  it('takes the names of the element in any case, and all spellings of them', () => {
    expect(fix('{"ApplicantID":"","APPLICANTID":"y","x":1}', { applicantId: 'z' })).toBe(
      '{"x":1,"applicantId":"z"}',
    );
    expect(fix('{"IsUpdate":"?","x":1}', { isupdate: null })).toBe('{"x":1}');
  });

  it('keeps every digit of long numbers', () => {
    expect(fix('{"applicantId":12345678901234567890}', { x: 1 })).toBe(
      '{"applicantId":"12345678901234567890","x":1}',
    );
  });

  it.each([
    ['{"a":1,"a":2}', { b: 3 }, '{"a":2,"b":3}'],
    ['{"__proto__":{"isUpdate":true},"a":{"constructor":1,"b":2}}', {}, '{"a":{"constructor":1,"b":2}}'],
    ['"text"', { applicantId: 'x' }, '{"applicantId":"x"}'],
    ['[1]', { applicantId: 'x' }, '{"applicantId":"x"}'],
    ['null', {}, '{}'],
  ])('makes of %s with %j: %s', (element, patch, expected) => expect(fix(element, patch)).toBe(expected));
});

describe('a verdict', () => {
  it('names the applicant of what passes', () => {
    expect(verdictOn(Buffer.from('{"applicantId":" x "}'))).toEqual({ passes: true, applicantId: 'x' });
  });

  it.each([
    ['{"applicantId":""}', 'APPLICANT_ID_MISSING'],
    ['{"applicantId":"x","isUpdate":[]}', 'IS_UPDATE_WRONG_TYPE'],
    ['{"applicantId":"x","a":1,"a":1}', 'DUPLICATE_KEY'],
    ['5', 'NOT_AN_OBJECT'],
    ['{"applicantId":', 'NOT_JSON'],
    ['', 'WRONG_SHAPE'],
  ])('on %s is %s, with a reason', (element, code) => {
    expect(verdictOn(Buffer.from(element))).toEqual({
      passes: false,
      code,
      reason: expect.any(String) as string,
    });
  });

  it('is on one element as the inbox gets it', () => {
    expect(asList(Buffer.from('{"a":"م"}')).toString()).toBe('[{"a":"م"}]');
  });
});
