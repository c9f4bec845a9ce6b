import { BlindIndex } from '../crypto/blind-index.js';
import { KeyRing } from '../crypto/key-ring.js';
import { deriveFacts } from '../enroll-contract/facts.js';
import type { ApplicantFields } from '../enroll-contract/types.js';
import { ExactLookup } from './exact-lookup.js';

const factsOf = (fields: ApplicantFields) => deriveFacts({ fields, extras: {} });
const mona = factsOf({
  idNumber: '29703012357788',
  documentNumber: 'IC-123',
  phoneNumbers: ['01068282888', '+201168282882'],
  emails: ['mona@x.eg', 'Mona.H@x.eg'],
});

describe('an exact look-up', () => {
  it('of nothing is none', () => {
    expect(ExactLookup.of({})).toBeNull();
  });

  it.each([
    [{ idNumber: '٢٩٧٠٣٠١٢٣٥٧٧٨٨' }],
    [{ idNumber: ' 297-0301 235 7788' }],
    [{ documentNumber: 'ic123' }],
    [{ phone: '+20 106 828 2888' }],
    [{ phone: ' 201168282882' }],
    [{ phone: '٠١١٦٨٢٨٢٨٨٢' }],
    [{ email: 'MONA.h@X.eg' }],
    [{ idNumber: '29703012357788', phone: '01168282882', email: 'mona@x.eg', documentNumber: 'ic-123' }],
  ])('%j finds her', (input) => {
    expect(ExactLookup.of(input)?.matches(mona)).toBe(true);
  });

  it.each([
    [{ idNumber: 'IC123' }],
    [{ documentNumber: '29703012357788' }],
    [{ phone: '01068282889' }],
    [{ email: '01068282888' }],
    [{ email: 'mona@x.e' }],
    [{ idNumber: '29703012357788', phone: '01068282889' }],
  ])('%j does not', (input) => {
    expect(ExactLookup.of(input)?.matches(mona)).toBe(false);
  });

  it('asks the index of its first value, under every key of the ring', () => {
    const key = (fill: number) => Buffer.alloc(32, fill).toString('base64');
    const old = new BlindIndex(KeyRing.parse(`a:${key(1)}`));
    const rotated = new BlindIndex(KeyRing.parse(`b:${key(2)},a:${key(1)}`));
    const blind = ExactLookup.of({ email: 'MONA@x.eg', documentNumber: 'ic 123' })!.blind(rotated);
    expect(blind.field).toBe('documentNumber');
    expect(blind.candidates).toContain(old.of('documentNumber', 'IC123'));
    expect(ExactLookup.of({ phone: '01068282888' })!.blind(old)).toEqual({
      field: 'contact',
      candidates: [old.of('phone', '+201068282888')],
    });
    expect(ExactLookup.of({ email: 'Mona@x.eg' })!.blind(old).candidates).toEqual([
      old.of('email', 'mona@x.eg'),
    ]);
    expect(ExactLookup.of({ idNumber: '1 2' })!.blind(old).field).toBe('idNumber');
  });
});
