import { anApplicant, aNationalId } from '../../test/factories/applicant.js';
import { deriveFacts } from './facts.js';
import type { ApplicantFields, Facts } from './types.js';

const NOW = Date.UTC(2026, 5, 15, 12);
/** The id of the guide's example: a woman born in Fayoum on 1 March 1997. */
const ID = '29703012357788';

function factsOf(fields: ApplicantFields): Facts {
  return deriveFacts({ fields, extras: {} }, NOW);
}

function flagsOf(fields: ApplicantFields): string[] {
  return factsOf(fields).flags;
}

test('an empty content has no facts', () => {
  expect(factsOf({})).toEqual({ nameKey: '', lookups: { phones: [], emails: [] }, flags: [] });
});

test('a complete applicant gives every fact and no flag', () => {
  const facts = factsOf({
    gender: 'female',
    phoneNumbers: ['01068282888', '+201068282888', '02 27921234'],
    emails: ['Hoda@Example.com', 'hoda@example.com', 'x@y.z'],
    firstName: 'هدى',
    familyName: 'عبد الرحمن',
    idNumber: ID,
    documentNumber: 'he 1234567',
    documentTypeCode: 'EGY',
    nationality: 'EGY',
    issueDate: '2019/05',
    status: 4,
  });
  expect(facts).toEqual({
    nameKey: 'هدي عبدالرحمن',
    gender: 'F',
    birthDate: '1997-03-01',
    birthGovernorate: '23',
    issueDate: { date: '2019-05-01', precision: 'month' },
    lookups: {
      idNumber: ID,
      documentNumber: 'HE1234567',
      phones: ['+201068282888', '+20227921234'],
      emails: ['hoda@example.com', 'x@y.z'],
    },
    flags: [],
  });
});

test('applicants of the factory are faultless', () => {
  for (let seed = 0; seed < 300; seed++) {
    const { applicantId: _, isUpdate: __, passportScanPath: ___, ...fields } = anApplicant({ seed });
    expect([seed, flagsOf(fields as ApplicantFields)]).toEqual([seed, []]);
  }
});

describe('A21: a national id', () => {
  test('is read where nationality and document type are Egyptian or absent', () => {
    const codes = [undefined, 'EGY', 'egy', 'EG', 'eg'];
    for (const nationality of codes) {
      for (const documentTypeCode of codes) {
        const facts = factsOf({
          idNumber: ID,
          ...(nationality === undefined ? {} : { nationality }),
          ...(documentTypeCode === undefined ? {} : { documentTypeCode }),
        });
        expect(facts).toMatchObject({ birthDate: '1997-03-01', birthGovernorate: '23', flags: [] });
      }
    }
  });

  test.each([
    { nationality: 'SDN' },
    { documentTypeCode: 'SDN' },
    { nationality: 'EGY', documentTypeCode: 'SDN' },
    { nationality: 'SDN', documentTypeCode: 'EGY' },
    { nationality: 'EGYX' },
    { nationality: 'XEGY' },
    { nationality: 'E' },
  ])('is not read, nor flagged, for %j', (codes) => {
    for (const idNumber of [ID, '29713012357788', 'A123']) {
      const facts = factsOf({ idNumber, gender: 'M', ...codes });
      expect(facts).toEqual({
        nameKey: '',
        gender: 'M',
        lookups: { idNumber, phones: [], emails: [] },
        flags: [],
      });
    }
  });

  test.each([
    { nationality: 'EGY' },
    { documentTypeCode: 'EGY' },
    { nationality: 'EGY', documentTypeCode: 'EGY' },
  ])('of another length than 14 digits is flagged for %j', (codes) => {
    expect(flagsOf({ idNumber: ID.slice(1), ...codes })).toEqual(['badIdNumber']);
    expect(flagsOf({ idNumber: 'A123', ...codes })).toEqual(['badIdNumber']);
  });

  test('of another length is not flagged where nothing says that it is Egyptian', () => {
    expect(flagsOf({ idNumber: 'A123' })).toEqual([]);
  });

  test('may be spaced or dashed', () => {
    expect(factsOf({ idNumber: '297 03 01-23 5778-8' })).toMatchObject({
      birthDate: '1997-03-01',
      lookups: { idNumber: ID },
    });
  });

  test('with an impossible date, an unknown governorate or a wrong check digit is flagged for each', () => {
    expect(flagsOf({ idNumber: '29713012357788' })).toEqual(['nationalIdBirthDate', 'nationalIdChecksum']);
    expect(flagsOf({ idNumber: '29703019957788' })).toContain('nationalIdGovernorate');
    expect(flagsOf({ idNumber: '29703012357789' })).toEqual(['nationalIdChecksum']);
    const future = aNationalId({ birthDate: '2026-06-20', seed: 1 });
    expect(flagsOf({ idNumber: future })).toEqual(['nationalIdBirthDate']);
    expect(factsOf({ idNumber: future })).not.toHaveProperty('birthDate');
    expect(factsOf({ idNumber: '29703019957788' })).not.toHaveProperty('birthGovernorate');
  });

  test('A20: of the other sex is flagged', () => {
    expect(flagsOf({ idNumber: ID, gender: 'M' })).toEqual(['genderMismatch']);
    expect(flagsOf({ idNumber: ID, gender: 'أنثى' })).toEqual([]);
    expect(flagsOf({ idNumber: ID, gender: '?' })).toEqual(['unknownGender']);
    expect(factsOf({ idNumber: ID })).not.toHaveProperty('gender');
    expect(factsOf({ idNumber: ID })).toHaveProperty('nationalIdGender', 'F');
    expect(factsOf({ idNumber: ID, gender: '?' })).not.toHaveProperty('nationalIdGender');
  });
});

test('A20: gender', () => {
  expect(factsOf({ gender: 'ذكر' })).toMatchObject({ gender: 'M', flags: [] });
  expect(factsOf({ gender: 'x' })).toEqual({
    nameKey: '',
    lookups: { phones: [], emails: [] },
    flags: ['unknownGender'],
  });
});

test('A19: a bad date and one in the future are flagged', () => {
  expect(factsOf({ issueDate: 'soon' })).not.toHaveProperty('issueDate');
  expect(flagsOf({ issueDate: 'soon' })).toEqual(['badIssueDate']);
  expect(factsOf({ issueDate: '2026-06-17' })).toMatchObject({
    issueDate: { date: '2026-06-17', precision: 'day' },
    flags: ['futureIssueDate'],
  });
  expect(flagsOf({ issueDate: '2026-06-15' })).toEqual([]);
  expect(flagsOf({ issueDate: '2026' })).toEqual([]);
});

test('A15: a status that the guide does not name is flagged', () => {
  expect([1, 4, 5].flatMap((status) => flagsOf({ status }))).toEqual([]);
  expect(flagsOf({ status: 2 })).toEqual(['unknownStatus']);
  expect(flagsOf({ status: 0 })).toEqual(['unknownStatus']);
});

test('one bad phone or e-mail among good ones is flagged once, and can be looked up', () => {
  expect(
    factsOf({ phoneNumbers: ['+201068282888', '12', '13', 'none'], emails: ['a@b.c', 'B', 'c'] }),
  ).toEqual({
    nameKey: '',
    lookups: { phones: ['+201068282888', '+2012', '+2013'], emails: ['a@b.c', 'b', 'c'] },
    flags: ['badEmail', 'badPhone'],
  });
});

test('of a long list the first 50 entries are looked at', () => {
  const phoneNumbers = Array.from({ length: 51 }, (_, i) => `+2010${10_000_000 + i}`);
  const emails = Array.from({ length: 51 }, (_, i) => `a${i}@b.c`);
  const facts = factsOf({ phoneNumbers: [...phoneNumbers, 'bad'], emails: [...emails, 'bad'] });
  expect(facts).toEqual({
    nameKey: '',
    lookups: { phones: phoneNumbers.slice(0, 50), emails: emails.slice(0, 50) },
    flags: [],
  });
  expect(flagsOf({ phoneNumbers: [...phoneNumbers.slice(0, 49), 'bad'] })).toEqual(['badPhone']);
  expect(flagsOf({ emails: [...emails.slice(0, 49), 'bad'] })).toEqual(['badEmail']);
});

test('a blank phone or e-mail is bad and cannot be looked up', () => {
  expect(factsOf({ phoneNumbers: [' '], emails: [' '] })).toEqual({
    nameKey: '',
    lookups: { phones: [], emails: [] },
    flags: ['badEmail', 'badPhone'],
  });
});

test('an id of blanks and dashes cannot be looked up', () => {
  expect(factsOf({ idNumber: '-', documentNumber: '- -' }).lookups).toEqual({ phones: [], emails: [] });
});

test('flags are sorted', () => {
  expect(
    flagsOf({
      status: 9,
      gender: '?',
      emails: ['x'],
      issueDate: 'x',
      phoneNumbers: ['x'],
      idNumber: '1',
      nationality: 'EGY',
    }),
  ).toEqual(['badEmail', 'badIdNumber', 'badIssueDate', 'badPhone', 'unknownGender', 'unknownStatus']);
});

test('without a clock the present is meant', () => {
  expect(deriveFacts({ fields: { issueDate: '2024-01-01' }, extras: {} }).flags).toEqual([]);
  expect(deriveFacts({ fields: { issueDate: '9999-01-01' }, extras: {} }).flags).toEqual(['futureIssueDate']);
});
