import * as fc from 'fast-check';
import { MASK, maskApplicant, maskExtras, maskField } from './mask.js';

describe('masking for who may not read PII (M11)', () => {
  it('keeps initials, the last two digits and what is not sensitive', () => {
    expect(
      maskApplicant({
        firstName: 'منى',
        familyName: 'أحمد  عبد الرحمن',
        idNumber: '29703012357788',
        documentNumber: 'IC1234567',
        phoneNumbers: ['+201068282888', '12345'],
        emails: ['mona.hassan@example.com', 'not an address'],
        address: '١٢ شارع التحرير',
        state: 'الدقي - الجيزة',
        nationality: 'EGY',
        status: 4,
        photo: 'p/1.jpg',
      }),
    ).toEqual({
      firstName: 'م•••',
      familyName: 'أ••• ع••• ا•••',
      idNumber: '•••88',
      documentNumber: '•••67',
      phoneNumbers: ['•••88', '•••'],
      emails: ['m•••@•••', '•••'],
      address: '•••',
      state: '•••',
      nationality: 'EGY',
      status: 4,
      photo: 'p/1.jpg',
    });
  });

  it('names the keys that the contract does not know, never their values', () => {
    expect(maskExtras({ motherName: 'هدى', nested: { iban: 'EG38' }, none: null })).toEqual({
      motherName: MASK,
      nested: MASK,
      none: MASK,
    });
  });

  it('leaves absent values absent and masks values of an odd type whole', () => {
    expect(maskApplicant({})).toEqual({});
    expect(maskField('idNumber', null)).toBeNull();
    expect(maskField('idNumber', undefined)).toBeUndefined();
    expect(maskField('idNumber', { a: '29703012357788' })).toBe(MASK);
    expect(maskField('phoneNumbers', [{ number: '0100' }])).toEqual([MASK]);
    expect(maskField('toString', 'x')).toBe('x');
  });

  it('shows no more than two characters of an id, and none of one under six', () => {
    expect(maskField('idNumber', '123456')).toBe('•••56');
    expect(maskField('idNumber', '12345')).toBe('•••');
    fc.assert(
      fc.property(fc.string({ minLength: 6, unit: 'grapheme' }), (id) => {
        const masked = maskField('documentNumber', id) as string;
        expect(masked).toBe(MASK + [...id].slice(-2).join(''));
      }),
    );
  });

  it('counts an astral character as one', () => {
    expect(maskField('firstName', '𞺁𞺂 x')).toBe('𞺁••• x•••');
    expect(maskField('emails', ['😀a@b.c'])).toEqual(['😀•••@•••']);
  });
});
