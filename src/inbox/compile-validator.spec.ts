import 'reflect-metadata';
import { IsBoolean, IsOptional, IsString, validateSync } from 'class-validator';
import fc from 'fast-check';
import { compileValidator } from './compile-validator.js';
import { ApplicantElement } from './element.dto.js';

const validate = compileValidator(ApplicantElement);
const NAMES = Object.keys({
  applicantId: 0, isUpdate: 0, gender: 0, phoneNumbers: 0, emails: 0, livePhotoPath: 0, firstName: 0, familyName: 0,
  address: 0, state: 0, idNumber: 0, documentNumber: 0, documentTypeCode: 0, issueDate: 0, nationality: 0,
  idFrontScanPath: 0, idBackScanPath: 0, photo: 0, passportScanPath: 0, issuingAuthority: 0, status: 0,
}); // prettier-ignore

const sound = {
  applicantId: fc.string({ minLength: 1, maxLength: 128 }),
  isUpdate: fc.boolean(),
  phoneNumbers: fc.array(fc.string()),
  firstName: fc.string(),
  status: fc.integer(),
};
const anything = fc.oneof(
  fc.anything(),
  fc.string({ minLength: 120, maxLength: 140 }),
  fc.constant(undefined),
  fc.constant(null),
);

describe('compileValidator', () => {
  test('agrees with class-validator on every mutated applicant', () => {
    fc.assert(
      fc.property(
        fc.record(sound),
        fc.dictionary(fc.constantFrom(...NAMES), anything, { maxKeys: 3 }),
        (base, mutation) => {
          const value = { ...base, ...mutation } as unknown as ApplicantElement;
          const verdict = validateSync(Object.assign(new ApplicantElement(), value)).length === 0;
          expect(validate(value) === null).toBe(verdict);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('says what is wrong in the words of class-validator, without the value', () => {
    const fault = validate({ applicantId: 'x'.repeat(129), isUpdate: 'secret' as unknown as boolean });
    expect(fault).toContain('applicantId must be shorter than or equal to 128 characters');
    expect(fault).toContain('isUpdate must be a boolean value');
    expect(fault).not.toContain('secret');
  });

  test('a DTO with a constraint that is not compiled is left to class-validator', () => {
    class Odd {
      @IsBoolean() yes: boolean;
      @IsOptional() @IsString({ groups: ['never'] }) text?: string;
    }
    const check = compileValidator(Odd);
    expect(check({ yes: true })).toBeNull();
    expect(check({ yes: 1 as unknown as boolean })).toContain('yes must be a boolean value');
  });
});
