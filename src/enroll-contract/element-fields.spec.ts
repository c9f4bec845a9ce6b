import { anApplicant } from '../../test/factories/applicant.js';
import { parseBody } from './body.js';
import { isDefect, readElement } from './element.js';
import type { Element } from './types.js';

function taken(element: string | object): Element {
  const text = typeof element === 'string' ? element : JSON.stringify(element);
  const parsed = parseBody(Buffer.from(`[${text}]`));
  if (!parsed.ok) throw new Error(parsed.code);
  const result = readElement(parsed.elements[0]!);
  if (isDefect(result)) throw new Error(result.code);
  return result;
}

/** What was kept of one field of an otherwise bare applicant. */
function readField(name: string, value: unknown): Pick<Element, 'fields' | 'extras' | 'nulls' | 'flags'> {
  const { fields, extras, nulls, flags } = taken({ applicantId: 'a', [name]: value });
  return { fields, extras, nulls, flags };
}

const NOTHING = { fields: {}, extras: {}, nulls: [], flags: [] };

const TEXT_FIELDS = Object.keys(anApplicant()).filter(
  (name) => !['isUpdate', 'applicantId', 'phoneNumbers', 'emails', 'status'].includes(name),
);

describe.each(TEXT_FIELDS)('M6: the text field %s', (name) => {
  test('is kept as sent', () => {
    expect(readField(name, 'أ b')).toEqual({ ...NOTHING, fields: { [name]: 'أ b' } });
  });

  test.each([[null], [''], [' \n'], [[]], ['\0']])('%j is a null (A12)', (value) => {
    expect(readField(name, value)).toMatchObject({ fields: {}, extras: {}, nulls: [name] });
  });

  test('is trimmed, and says so', () => {
    expect(readField(name, '\u00a0 x y\t')).toEqual({
      ...NOTHING,
      fields: { [name]: 'x y' },
      flags: [`coerced:${name}`],
    });
  });

  test('takes a number as text', () => {
    expect(readField(name, 2019)).toEqual({
      ...NOTHING,
      fields: { [name]: '2019' },
      flags: [`coerced:${name}`],
    });
  });

  test.each([[true], [false], [['x']], [{ a: 1 }]])('%j is set aside', (value) => {
    expect(readField(name, value)).toEqual({
      ...NOTHING,
      extras: { [name]: value },
      flags: [`wrongType:${name}`],
    });
  });

  test('is kept whole beyond 1,000 characters, and flagged', () => {
    expect(readField(name, 'x'.repeat(1000))).toEqual({ ...NOTHING, fields: { [name]: 'x'.repeat(1000) } });
    expect(readField(name, 'x'.repeat(1001))).toEqual({
      ...NOTHING,
      fields: { [name]: 'x'.repeat(1001) },
      flags: [`longText:${name}`],
    });
  });
});

describe('M6: digits', () => {
  test.each(['idNumber', 'documentNumber'])('of %s become ASCII, and say so', (name) => {
    const flags = [`coerced:${name}`];
    expect(readField(name, '٢٩٧٠٣٠١٢٣٥٧٧٨٨')).toEqual({
      ...NOTHING,
      fields: { [name]: '29703012357788' },
      flags,
    });
    expect(readField(name, 'A۰۱۹')).toEqual({ ...NOTHING, fields: { [name]: 'A019' }, flags });
  });

  test('of other fields stay', () => {
    expect(readField('address', '١٢ شارع')).toEqual({ ...NOTHING, fields: { address: '١٢ شارع' } });
    expect(readField('issueDate', '٢٠١٩')).toEqual({ ...NOTHING, fields: { issueDate: '٢٠١٩' } });
    expect(readField('emails', ['a١@b.c'])).toEqual({ ...NOTHING, fields: { emails: ['a١@b.c'] } });
  });

  test('of a long number survive, and the coercion is recorded', () => {
    expect(
      taken('{"applicantId":"a","idNumber":12345678901234567890,"x":98765432109876543210}'),
    ).toMatchObject({
      fields: { idNumber: '12345678901234567890' },
      extras: { x: '98765432109876543210' },
      flags: ['coerced:idNumber'],
    });
  });
});

describe('M6: lists', () => {
  test('are kept as sent', () => {
    expect(readField('phoneNumbers', ['+201068282888', '+201068282882'])).toEqual({
      ...NOTHING,
      fields: { phoneNumbers: ['+201068282888', '+201068282882'] },
    });
    expect(readField('emails', ['a@b.c', 'x@y.z'])).toEqual({
      ...NOTHING,
      fields: { emails: ['a@b.c', 'x@y.z'] },
    });
  });

  test.each([[null], [[]], [''], ['  '], [['']], [[null, ' ', []]]])('%j is a null (A12)', (value) => {
    expect(readField('phoneNumbers', value)).toEqual({ ...NOTHING, nulls: ['phoneNumbers'] });
    expect(readField('emails', value)).toEqual({ ...NOTHING, nulls: ['emails'] });
  });

  test.each([
    ['phoneNumbers', '+201068282888', ['+201068282888']],
    ['phoneNumbers', ' +201068282888', ['+201068282888']],
    ['phoneNumbers', 201068282888, ['201068282888']],
    ['phoneNumbers', [1068282888, '٠١٠'], ['1068282888', '010']],
    ['phoneNumbers', ['', '1', null], ['1']],
    ['phoneNumbers', '01068282888,01068282882', ['01068282888', '01068282882']],
    ['phoneNumbers', '٠١٠٦٨٢٨٢٨٨٨؛ ٠١٠٦٨٢٨٢٨٨٢ ;', ['01068282888', '01068282882']],
    ['phoneNumbers', '02 1234567، 7654321', ['02 1234567', '7654321']],
    ['phoneNumbers', '01068282888,123456', ['01068282888,123456']],
    ['phoneNumbers', '01068282888;', ['01068282888;']],
    ['emails', 'a@b.c', ['a@b.c']],
    ['emails', 'a@b.c; x@y.z', ['a@b.c', 'x@y.z']],
    ['emails', '"a,b"@c.d', ['"a,b"@c.d']],
    ['emails', 'a@b.c,d', ['a@b.c,d']],
    ['emails', [' a@b.c '], ['a@b.c']],
    ['emails', [5], ['5']],
  ])('%s: %j becomes %j, and says so', (name, sent, kept) => {
    expect(readField(name, sent)).toEqual({
      ...NOTHING,
      fields: { [name]: kept },
      flags: [`coerced:${name}`],
    });
  });

  test('a long number as a phone keeps its digits', () => {
    const flags = ['coerced:phoneNumbers'];
    expect(taken('{"applicantId":"a","phoneNumbers":[12345678901234567]}')).toMatchObject({
      fields: { phoneNumbers: ['12345678901234567'] },
      flags,
    });
    expect(taken('{"applicantId":"a","phoneNumbers":12345678901234567}')).toMatchObject({
      fields: { phoneNumbers: ['12345678901234567'] },
      flags,
    });
  });

  test.each([[true], [{ number: '1' }], [[{}]], [[true, null]]])('%j is set aside whole', (value) => {
    expect(readField('emails', value)).toEqual({
      ...NOTHING,
      extras: { emails: value },
      flags: ['wrongType:emails'],
    });
  });

  test('entries of a wrong type are set aside, the others kept', () => {
    expect(readField('emails', ['a@b.c', { x: 1 }, ['y']])).toEqual({
      ...NOTHING,
      fields: { emails: ['a@b.c'] },
      extras: { emails: [{ x: 1 }, ['y']] },
      flags: ['wrongType:emails'],
    });
  });

  test('more than 50 entries or a text of over 1,000 characters are kept whole, and flagged', () => {
    const entries = (length: number): string[] => Array.from({ length }, (_, i) => `a${i}@b.c`);
    expect(readField('emails', entries(50))).toEqual({ ...NOTHING, fields: { emails: entries(50) } });
    const flags = ['longText:emails'];
    expect(readField('emails', entries(51))).toEqual({ ...NOTHING, fields: { emails: entries(51) }, flags });
    const long = 'x'.repeat(1001);
    expect(readField('emails', [long])).toEqual({ ...NOTHING, fields: { emails: [long] }, flags });
  });
});

describe('A15: status', () => {
  test('a number is kept, a known one or not', () => {
    for (const status of [1, 4, 5, 2, 0, -3, 2_147_483_647]) {
      expect(readField('status', status)).toEqual({ ...NOTHING, fields: { status } });
    }
  });

  test.each([
    '4',
    ' 4 ',
    '٤',
    '۴',
    '4.0',
    '+4',
    'ManuallyAccepted',
    'manually accepted',
    'MANUALLY_ACCEPTED',
  ])('%p is 4, and says so', (sent) => {
    expect(readField('status', sent)).toEqual({
      ...NOTHING,
      fields: { status: 4 },
      flags: ['coerced:status'],
    });
  });

  test.each([[null], [''], ['  '], [[]]])('%j is a null (A12)', (value) => {
    expect(readField('status', value)).toEqual({ ...NOTHING, nulls: ['status'] });
  });

  test.each([[true], ['pending'], [1.5], [2_147_483_648], [[1]], [{ code: 1 }], ['99999999999']])(
    '%j is set aside',
    (value) => {
      expect(readField('status', value)).toEqual({
        ...NOTHING,
        extras: { status: value },
        flags: ['wrongType:status'],
      });
    },
  );
});
