/**
 * Every error that leaves the building, by its stable code: HTTP status and public title.
 * `docs/errors.md` is generated from this table.
 */
export const CATALOGUE = {
  // callbacks
  NOT_JSON: [400, 'The body is not JSON'],
  NOT_UTF8: [400, 'The body is not UTF-8'],
  WRONG_SHAPE: [400, 'The body is neither a list of applicants nor an applicant'],
  TOO_DEEP: [400, 'The JSON is nested too deeply'],
  BAD_ENCODING: [400, 'The compressed body is damaged'],
  BODY_ABORTED: [400, 'The body ended early'],
  BODY_TOO_SLOW: [408, 'The body took too long to arrive'],
  BODY_TOO_LARGE: [413, 'The body is too large'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'The body is of a type that is not accepted here'],
  ALL_ELEMENTS_REFUSED: [422, 'No element of the list could be taken'],
  // authentication
  TOKEN_MISSING: [401, 'A bearer token is required'],
  TOKEN_INVALID: [401, 'The bearer token is not valid'],
  INSUFFICIENT_SCOPE: [403, 'The credential lacks the needed scope'],
  ADDRESS_NOT_ALLOWED: [403, 'This may not be called from your address'],
  CLIENT_CERTIFICATE_REQUIRED: [403, 'A client certificate of the right authority is required'],
  LOGIN_REFUSED: [401, 'Login, password or code is wrong'],
  SESSION_INVALID: [401, 'The session is over'],
  LOGIN_TOO_OLD: [403, 'This needs a log-in of the last minutes: log in again'],
  SSO_REFUSED: [403, 'The answer of the identity provider cannot be taken'],
  LOGOUT_TOKEN_INVALID: [400, 'The log-out token of the identity provider cannot be taken'],
  SSO_NO_ROLE: [403, 'The identity provider gives no role here'],
  SSO_UNAVAILABLE: [503, 'The identity provider does not answer'],
  CROSS_SITE: [403, 'The request does not come from a page of this server'],
  INVITATION_INVALID: [404, 'The invitation is unknown, used or over'],
  PASSWORD_REFUSED: [422, 'The password is not acceptable'],
  CODE_REFUSED: [422, 'The code is not a current one'],
  // requests of the management API
  BAD_REQUEST: [400, 'The request is not valid'],
  URL_NOT_ENCODED: [400, 'The URL is not percent-encoded UTF-8'],
  UNKNOWN_FILTER: [400, 'The query has an unknown parameter'],
  BAD_CURSOR: [400, 'The cursor is not one of ours'],
  NOT_FOUND: [404, 'Not found'],
  METHOD_NOT_ALLOWED: [405, 'The method is not allowed here'],
  GONE: [410, 'This operation is no longer available'],
  CONFLICT: [409, 'The request conflicts with the current state'],
  STILL_REFUSED: [422, 'The element still cannot be taken'],
  REQUEST_TOO_SLOW: [408, 'The request took too long to arrive'],
  HEADERS_TOO_LARGE: [431, 'The request line and headers are too large'],
  TOO_MANY_REQUESTS: [429, 'Too many requests'],
  // eNROLL's query API
  ENROLL_IMAGE_PATH: [400, 'The image path is not acceptable'],
  ENROLL_NOT_FOUND: [404, 'Not found at eNROLL'],
  ENROLL_AUTH: [502, 'eNROLL refused our credentials'],
  ENROLL_FORBIDDEN: [502, 'eNROLL does not allow this'],
  ENROLL_REFUSED: [502, 'eNROLL refused the request'],
  ENROLL_UNAVAILABLE: [502, 'eNROLL does not answer'],
  ENROLL_BAD_ANSWER: [502, 'The answer of eNROLL does not fit the dialect'],
  ENROLL_ANSWER_TOO_LARGE: [502, 'The answer of eNROLL is too large'],
  ENROLL_IMAGE_TOO_LARGE: [502, 'The image is too large'],
  ENROLL_IMAGE_DAMAGED: [502, 'The image is not complete base64'],
  ENROLL_IMAGE_HARMFUL: [502, 'The scanner found something harmful in the image'],
  ENROLL_NOT_CONFIGURED: [503, "eNROLL's query API is not configured"],
  ENROLL_BUSY: [503, 'eNROLL must not be called right now'],
  SCANNER_UNAVAILABLE: [503, 'The scanner of images does not answer'],
  ENROLL_TIMEOUT: [504, 'eNROLL took too long to answer'],
  // images
  IMAGE_MISSING: [404, 'eNROLL does not have this image'],
  IMAGE_NOT_FETCHED: [409, 'The image is not fetched yet'],
  IMAGE_NOT_AN_IMAGE: [409, 'eNROLL sent something that is not an image'],
  IMAGE_FAILED: [409, 'The image could not be fetched'],
  IMAGE_NO_THUMBNAIL: [409, 'This image cannot be made into a thumbnail'],
  IMAGE_STORE_UNAVAILABLE: [503, 'The image store does not answer'],
  // reveals
  REVEAL_NOT_APPROVED: [409, 'The reveal is not approved'],
  SECOND_PERSON_NEEDED: [403, 'Somebody else has to approve this'],
  // erasures
  RESTRICTED: [403, 'The applicant is under erasure: nothing of it is shown'],
  APPLICANT_ERASED: [410, 'The personal data of this applicant was erased'],
  ERASURE_UNDER_WAY: [409, 'An erasure of this applicant is under way'],
  ERASURE_NOT_DONE: [409, 'The erasure is not done yet'],
  // the feed and its consumers
  CURSOR_AHEAD: [400, 'The cursor lies beyond what the feed shows'],
  CURSOR_TOO_OLD: [410, 'Events after the cursor are no longer kept'],
  ACK_BACKWARDS: [409, 'The consumer has already acknowledged more than that'],
  CONSUMER_EXISTS: [409, 'A consumer of this name already exists'],
  TOO_MANY_READERS: [503, 'Too many readers wait for the feed'],
  TOO_MANY_READERS_OF_KEY: [429, 'This API key has too many readers waiting for the feed'],
  // webhooks
  ENDPOINT_TARGET_FORBIDDEN: [400, 'Nothing may be sent to this target'],
  // exports
  EXPORT_NOT_READY: [409, 'The export has no file'],
  TOO_MANY_EXPORTS: [429, 'This API key has too many exports waiting'],
  // keys
  KEY_IN_USE: [409, 'The key is still in use'],
  KEYS_IN_SETTINGS: [409, 'The key ring is in the settings: rollcall keys rotate prints a new key for it'],
  // ours
  SEARCH_TOO_SLOW: [503, 'The search took too long'],
  OVERLOADED: [503, 'Too many callbacks are waiting'],
  AUDIT_UNAVAILABLE: [503, 'The audit cannot be written, so nothing is shown or changed'],
  DATABASE_UNAVAILABLE: [503, 'The database does not answer'],
  SHUTTING_DOWN: [503, 'The server is stopping'],
  NOT_READY: [503, 'Not ready for requests'],
  INTERNAL: [500, 'Something went wrong on our side'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemCode = keyof typeof CATALOGUE;
