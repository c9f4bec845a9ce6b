/** Which callback URL was called; `any` is `POST /callbacks` (A27). */
export type CallbackKind = 'success' | 'fail' | 'any';

/** The result of an enrollment. `conflict`: URL and status disagree (A16), so it is never handed on as approved. */
export type Outcome = 'accepted' | 'rejected' | 'conflict' | 'unknown';

/** Names of the contract's content fields, in the order of the guide (table of applicants). */
export const FIELD_NAMES = [
  'gender',
  'phoneNumbers',
  'emails',
  'livePhotoPath',
  'firstName',
  'familyName',
  'address',
  'state',
  'idNumber',
  'documentNumber',
  'documentTypeCode',
  'issueDate',
  'nationality',
  'idFrontScanPath',
  'idBackScanPath',
  'photo',
  'passportScanPath',
  'issuingAuthority',
  'status',
] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** The contract's fields that name an image (guide, table of applicants). */
export const IMAGE_FIELDS = [
  'livePhotoPath',
  'idFrontScanPath',
  'idBackScanPath',
  'passportScanPath',
  'photo',
] as const satisfies readonly FieldName[];

export type ImageField = (typeof IMAGE_FIELDS)[number];
export type ListField = 'phoneNumbers' | 'emails';
export type TextField = Exclude<FieldName, ListField | 'status'>;

/**
 * The contract's content fields as we keep them: trimmed, coerced, without nulls. `issueDate` is as sent, and the parsed
 * date is in `Facts`. `status`: Accepted=1, ManuallyAccepted=4, ManuallyRejected=5. Other numbers are kept.
 */
export type ApplicantFields = { [Name in TextField]?: string } & { [Name in ListField]?: string[] } & {
  status?: number;
};

/** The content of an applicant: contract fields, plus the keys unknown to the contract, verbatim. */
export interface Content {
  fields: ApplicantFields;
  extras: Record<string, unknown>;
}

/** One entry of a list: parsed, but not read yet. */
export interface ParsedElement {
  index: number;
  /** Numbers of 16 and more digits are strings, so that no digit is lost. Undefined with a `defect`. */
  value: unknown;
  /** Whether its text has a backslash: U+0000 and lone surrogates only come in as escapes. */
  hasEscapes: boolean;
  defect?: Defect;
  /** Spellings of the numbers that are strings in `value`. Absent if there are none. */
  longNumbers?: ReadonlySet<string>;
}

/** One entry of a received list, cut from the body. */
export interface RawElement extends ParsedElement {
  /** The element's bytes within the body (UTF-8). */
  bytes: Buffer;
}

/** Why we cannot take an element (M5, M6 hard). */
export interface Defect {
  code:
    | 'NOT_AN_OBJECT'
    | 'DUPLICATE_KEY'
    | 'FORBIDDEN_KEY'
    | 'TOO_DEEP'
    | 'ELEMENT_TOO_LARGE'
    | 'APPLICANT_ID_MISSING'
    | 'APPLICANT_ID_TOO_LONG'
    | 'APPLICANT_ID_WRONG_TYPE'
    | 'IS_UPDATE_WRONG_TYPE';
  /** Public text. Names keys and limits, never values. */
  reason: string;
}

/** One entry of a list after coercion (M6). */
export interface Element extends Content {
  index: number;
  applicantId: string;
  /** Missing counts as false. */
  isUpdate: boolean;
  /** Contract fields that came as null, "" or []. */
  nulls: FieldName[];
  /** What we changed or noticed: `coerced:status`, `removedCharacters`, `wrongType:gender`, `longText:address` … */
  flags: string[];
}

export type DatePrecision = 'year' | 'month' | 'day';

/** Facts that follow from an applicant's content alone. They are computed for each version. */
export interface Facts {
  /** Arabic search key of first and family name. '' without a name. */
  nameKey: string;
  /** ISO date: the first day of the month or year if it is less precise. */
  issueDate?: { date: string; precision: DatePrecision };
  /** ISO date, from the national id. */
  birthDate?: string;
  /** Two-digit governorate code of birth, from the national id. */
  birthGovernorate?: string;
  /** M or F, from any spelling of `gender` (A20). */
  gender?: 'M' | 'F';
  /** From the national id; only where there is no `gender` at all. */
  nationalIdGender?: 'M' | 'F';
  /** Texts for the blind indexes of exact look-up, folded so that all spellings of a value give the same text. */
  lookups: { idNumber?: string; documentNumber?: string; phones: string[]; emails: string[] };
  /** `badEmail`, `badPhone`, `badIssueDate`, `unknownStatus`, `nationalIdChecksum`, `genderMismatch` … sorted, each once. */
  flags: string[];
}
