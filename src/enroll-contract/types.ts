/** Which callback URL was called; `any` is `POST /callbacks` (A27). */
export type CallbackKind = 'success' | 'fail' | 'any';

/** What an enrollment came to. `conflict`: URL and status disagree (A16); never handed on as approved. */
export type Outcome = 'accepted' | 'rejected' | 'conflict' | 'unknown';

/** The contract's content fields (guide, table of applicants), as we keep them: trimmed, coerced, without nulls. */
export interface ApplicantFields {
  gender?: string;
  phoneNumbers?: string[];
  emails?: string[];
  livePhotoPath?: string;
  firstName?: string;
  familyName?: string;
  address?: string;
  state?: string;
  idNumber?: string;
  documentNumber?: string;
  documentTypeCode?: string;
  /** As sent; the parsed date is in `Facts`. */
  issueDate?: string;
  nationality?: string;
  idFrontScanPath?: string;
  idBackScanPath?: string;
  photo?: string;
  passportScanPath?: string;
  issuingAuthority?: string;
  /** Accepted=1, ManuallyAccepted=4, ManuallyRejected=5; others are kept. */
  status?: number;
}
export type FieldName = keyof ApplicantFields;

/** The content of an applicant: contract fields plus keys that the contract does not know, verbatim. */
export interface Content {
  fields: ApplicantFields;
  extras: Record<string, unknown>;
}

/** One entry of a list: parsed, but not yet read. */
export interface ParsedElement {
  index: number;
  /** Numbers of 16 and more digits are strings, so that no digit is lost; undefined where `defect` is set. */
  value: unknown;
  /** Whether its text has a backslash: U+0000 and lone surrogates only come in as escapes. */
  hasEscapes: boolean;
  defect?: Defect;
  /** Spellings of the numbers that `value` holds as strings, absent where there are none. */
  longNumbers?: ReadonlySet<string>;
}

/** One entry of a received list, cut from the body. */
export interface RawElement extends ParsedElement {
  /** The element's bytes within the body (UTF-8). */
  bytes: Buffer;
}

/** Why an element cannot be taken (M5, M6 hard). */
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
  /** Public text; names keys and limits, never values. */
  reason: string;
}

/** One entry of a list after coercion (M6). */
export interface Element extends Content {
  index: number;
  applicantId: string;
  /** Missing counts as false. */
  isUpdate: boolean;
  /** Contract fields that were there as null, "" or []. */
  nulls: FieldName[];
  /** What was done to it on the way in: `coerced:status`, `removedCharacters`, `wrongType:gender`, `longText:address` … */
  flags: string[];
}

export type DatePrecision = 'year' | 'month' | 'day';

/** What follows from an applicant's content alone; computed anew for every version. */
export interface Facts {
  /** Arabic search key of first and family name, '' without a name. */
  nameKey: string;
  /** ISO date (first day of a month or year where less precise). */
  issueDate?: { date: string; precision: DatePrecision };
  /** ISO date, from the national id. */
  birthDate?: string;
  /** Two-digit governorate code of birth, from the national id. */
  birthGovernorate?: string;
  /** M or F, from `gender` in any of its spellings (A20). */
  gender?: 'M' | 'F';
  /** Texts to blind-index for exact look-up: folded so that every spelling of one value gives one text. */
  lookups: { idNumber?: string; documentNumber?: string; phones: string[]; emails: string[] };
  /** `badEmail`, `badPhone`, `badIssueDate`, `unknownStatus`, `nationalIdChecksum`, `genderMismatch` … sorted, each once. */
  flags: string[];
}
