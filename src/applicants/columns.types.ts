import { isSensitive } from '../enroll-contract/mask.js';
import type { FieldName } from '../enroll-contract/types.js';

/** `instant` and `date` are ISO 8601 texts; `list` holds texts. */
export type ColumnKind = 'text' | 'integer' | 'list' | 'instant' | 'date' | 'json';

/** What an applicant's row says itself; what is sealed with it says the same. The names of the API, flattened. */
export const ROW_COLUMNS = {
  applicantId: 'text',
  version: 'integer',
  outcome: 'text',
  status: 'integer',
  flags: 'list',
  firstName: 'text',
  familyName: 'text',
  derivedGender: 'text',
  derivedBirthGovernorate: 'text',
  nationality: 'text',
  documentTypeCode: 'text',
  issuingAuthority: 'text',
  issueDateParsed: 'date',
  issueDatePrecision: 'text',
  livePhotoPath: 'text',
  idFrontScanPath: 'text',
  idBackScanPath: 'text',
  photo: 'text',
  passportScanPath: 'text',
  firstReceivedAt: 'instant',
  lastReceivedAt: 'instant',
} as const satisfies Record<string, ColumnKind>;

export type RowColumn = keyof typeof ROW_COLUMNS;

/** What is in the sealed state alone. */
export const SEALED_COLUMNS = {
  idNumber: 'text',
  documentNumber: 'text',
  phoneNumbers: 'list',
  emails: 'list',
  address: 'text',
  state: 'text',
  gender: 'text',
  issueDate: 'text',
  derivedBirthDate: 'date',
  extras: 'json',
  /** Columns of the row that were changed in the database, see `SealedRows`. */
  tamperedFields: 'list',
} as const satisfies Record<string, ColumnKind>;

export type SealedColumn = keyof typeof SEALED_COLUMNS;

export type ApplicantColumn = RowColumn | SealedColumn;

const COLUMN_KINDS: Record<ApplicantColumn, ColumnKind> = { ...ROW_COLUMNS, ...SEALED_COLUMNS };

export const APPLICANT_COLUMNS = Object.keys(COLUMN_KINDS) as ApplicantColumn[];

export function kindOf(column: ApplicantColumn): ColumnKind {
  return COLUMN_KINDS[column];
}

/** Whether a column is shown only to who may read PII. */
export function isSensitiveColumn(column: ApplicantColumn): boolean {
  return column === 'extras' || column === 'derivedBirthDate' || isSensitive(column as FieldName);
}

export function isSealedColumn(column: ApplicantColumn): column is SealedColumn {
  return Object.hasOwn(SEALED_COLUMNS, column);
}

/** One value of one row, in the kind of its column; null where there is none. */
export type Cell = string | number | readonly string[] | Readonly<Record<string, unknown>> | null;
