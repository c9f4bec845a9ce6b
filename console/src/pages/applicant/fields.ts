import type { ApplicantDto, RevealBody } from '@schema';

type RevealableField = RevealBody['fields'][number];
type SentField = Exclude<RevealableField, 'birthDate' | 'extras'> & keyof ApplicantDto;

/** A line of the page: a field as eNROLL sends it, or what Rollcall adds. */
export type ShownField = SentField | 'birthDate' | 'birthGovernorate' | 'extras';

export const GROUPS = {
  person: ['firstName', 'familyName', 'gender', 'birthDate', 'birthGovernorate', 'nationality'],
  document: ['documentTypeCode', 'idNumber', 'documentNumber', 'issueDate', 'issuingAuthority'],
  contact: ['phoneNumbers', 'emails', 'address', 'state'],
  enroll: ['status', 'extras'],
} as const satisfies Record<string, readonly ShownField[]>;

/** What the API masks, and shows for a reason (src/enroll-contract/mask.ts). */
export const MASKED = [
  'firstName',
  'familyName',
  'birthDate',
  'idNumber',
  'documentNumber',
  'phoneNumbers',
  'emails',
  'address',
  'state',
  'extras',
] as const satisfies readonly (RevealableField & ShownField)[];

/** What people wrote in their language; all others are codes and numbers. */
export const WRITTEN: readonly string[] = ['firstName', 'familyName', 'address', 'state'];

export const IMAGE_FIELDS = [
  'idFrontScanPath',
  'idBackScanPath',
  'passportScanPath',
  'livePhotoPath',
  'photo',
] as const;

export type ImageField = (typeof IMAGE_FIELDS)[number];
export type MaskedField = (typeof MASKED)[number];

export function isMasked(field: string): field is MaskedField {
  return (MASKED as readonly string[]).includes(field);
}

/** Which field each flag doubts (src/enroll-contract/facts.ts); null where it is about the applicant as a whole. */
const DOUBTS = {
  badEmail: 'emails',
  badIdNumber: 'idNumber',
  badIssueDate: 'issueDate',
  badPhone: 'phoneNumbers',
  firstSeenAsUpdate: null,
  futureIssueDate: 'issueDate',
  genderMismatch: 'gender',
  late: null,
  nationalIdBirthDate: 'idNumber',
  nationalIdChecksum: 'idNumber',
  nationalIdGovernorate: 'idNumber',
  removedCharacters: null,
  revertsTo: null,
  samePerson: null,
  statusMissing: 'status',
  unknownGender: 'gender',
  unknownStatus: 'status',
} as const satisfies Record<string, ShownField | null>;

type KnownFlag = keyof typeof DOUBTS;
const KINDS = ['coerced', 'wrongType', 'longText'] as const;

/** A flag as the texts name it. `coerced:gender` is of the kind `coerced`, and about one field. */
export interface Flag {
  code: string;
  known: KnownFlag | undefined;
  kind: (typeof KINDS)[number] | undefined;
  field: string | null;
}

export function readFlag(code: string): Flag {
  const [name, about] = code.split(':');
  const known = code in DOUBTS ? (code as KnownFlag) : undefined;
  return {
    code,
    known,
    kind: about === undefined ? undefined : KINDS.find((kind) => kind === name),
    field: about ?? (known === undefined ? null : DOUBTS[known]),
  };
}
