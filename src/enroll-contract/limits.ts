/** Levels an element may nest, itself being the first (M5). */
export const MAX_ELEMENT_DEPTH = 256;
/** A body this deep is refused as a whole, before anything recursive sees it (M5). */
export const MAX_BODY_DEPTH = 5000;
/** Entries of one list. Without a limit, 16 MiB of `1,1,1,…` would be eight million elements in memory. */
export const MAX_ELEMENTS = 100_000;
/** Bytes of one element; a real one has about 1 KB. Whoever reads a page of applicants holds all of their contents. */
export const MAX_ELEMENT_BYTES = 1024 * 1024;
/** Characters of an applicantId (M6). */
export const MAX_APPLICANT_ID_LENGTH = 128;
/** Characters beyond which a text is flagged `longText`; it is kept whole (M6). */
export const LONG_TEXT_LENGTH = 1000;
/** Entries beyond which a list of phones or e-mails is flagged `longText`; only so many can be looked up. */
export const LONG_LIST_ENTRIES = 50;

/** The key that reaches an object's prototype in careless code (M5); all other unknown keys are kept. */
export const FORBIDDEN_KEY = '__proto__';
