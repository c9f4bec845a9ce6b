/** Most levels of nesting in an element. The element itself is the first (M5). */
export const MAX_ELEMENT_DEPTH = 256;
/** A deeper body is refused as a whole, before recursive code sees it (M5). */
export const MAX_BODY_DEPTH = 5000;
/** Most entries of one list. Without this limit, 16 MiB of `1,1,1,…` would be eight million elements in memory. */
export const MAX_ELEMENTS = 100_000;
/** Most bytes of one element. A real one has about 1 KB. To read a page of applicants, we hold all their contents. */
export const MAX_ELEMENT_BYTES = 1024 * 1024;
/** Most characters of an applicantId (M6). */
export const MAX_APPLICANT_ID_LENGTH = 128;
/** A longer text is flagged `longText` and kept whole (M6). */
export const LONG_TEXT_LENGTH = 1000;
/** A longer list of phones or e-mails is flagged `longText`. Only its first 50 entries can be looked up. */
export const LONG_LIST_ENTRIES = 50;

/** The key that reaches an object's prototype in careless code (M5). All other unknown keys are kept. */
export const FORBIDDEN_KEY = '__proto__';
