import type { ProblemCode } from './catalogue.js';

/** What whoever meets a code does about it. `docs/errors.md` is generated from this table and the catalogue. */
export const REMEDIES: Readonly<Record<ProblemCode, string>> = {
  // callbacks
  NOT_JSON: 'Send JSON. The receipt keeps what came: `rollcall receipts body <receiptId>`.',
  NOT_UTF8: 'Send UTF-8, without a byte of another encoding.',
  WRONG_SHAPE: 'Send a list of applicants, or one applicant.',
  TOO_DEEP: 'Send fewer than 256 levels.',
  BAD_ENCODING: 'Compress anew, or send without `Content-Encoding`.',
  BODY_ABORTED: 'Send again. If it comes back: look at the proxy and its time-outs.',
  BODY_TOO_SLOW: 'Send again over a better line.',
  BODY_TOO_LARGE: 'Send fewer applicants at a time. Of callbacks: raise `ROLLCALL_MAX_BODY_BYTES`.',
  UNSUPPORTED_MEDIA_TYPE: 'Send `Content-Type: application/json`.',
  ALL_ELEMENTS_REFUSED: 'Nothing is lost: repair the elements with `rollcall quarantine list`.',
  // authentication
  TOKEN_MISSING:
    'Send `Authorization: Bearer …`: an API key, or at the callback URLs a token of `/oauth/token`.',
  TOKEN_INVALID: 'Ask for a new token. An API key: was it rotated, disabled, or is it over?',
  INSUFFICIENT_SCOPE: 'Take a key with the scope that `detail` names: [scopes](scopes.md).',
  ADDRESS_NOT_ALLOWED:
    'Call from an allowed address, or allow yours: `ROLLCALL_CALLBACK_ALLOW_CIDR`, or `allowAddresses` of the key.',
  CLIENT_CERTIFICATE_REQUIRED: 'Send a certificate of the authority in `ROLLCALL_TLS_CLIENT_CA_FILE`.',
  LOGIN_REFUSED: 'Type login, password and code again. After many tries wait for some minutes.',
  SESSION_INVALID: 'Log in again.',
  LOGIN_TOO_OLD: 'Log in again, then repeat this.',
  SSO_REFUSED: 'Begin the log-in anew in one browser tab. If it comes back: see [single sign-on](access.md).',
  LOGOUT_TOKEN_INVALID: 'Look at clock, client id and keys of the identity provider.',
  SSO_NO_ROLE: 'Have the identity provider put the person into a group that has a role here.',
  SSO_UNAVAILABLE: 'Try again soon. Local accounts still log in.',
  CROSS_SITE: 'Send the request from a page of this server, with `X-CSRF-Token`; programs take an API key.',
  INVITATION_INVALID: 'Ask an administrator for a new link: `rollcall user reset <login>`.',
  PASSWORD_REFUSED: 'Choose another one: `detail` says why.',
  CODE_REFUSED: 'Take the code that the phone shows now, and look at its clock.',
  // requests of the management API
  BAD_REQUEST: 'Mend what `detail` names.',
  URL_NOT_ENCODED: 'Percent-encode the URL; `curl -G --data-urlencode` does.',
  UNKNOWN_FILTER: 'Take one of the parameters that `detail` lists.',
  BAD_CURSOR: 'Send a `nextCursor` as it came, or begin without one.',
  NOT_FOUND: 'Check id and path.',
  METHOD_NOT_ALLOWED: 'Take a method that the header `Allow` names.',
  GONE: 'Move to what `detail` names.',
  CONFLICT: '`detail` says what is in the way.',
  STILL_REFUSED: 'Mend what `detail` names, and try again.',
  REQUEST_TOO_SLOW: 'Send again over a better line.',
  HEADERS_TOO_LARGE: 'Send fewer or shorter headers.',
  TOO_MANY_REQUESTS:
    'Wait for `Retry-After`. A key may be given more: [limits](operations.md#what-strangers-and-key-holders-meet).',
  // eNROLL's query API
  ENROLL_IMAGE_PATH: 'Ask for a path as eNROLL sent it.',
  ENROLL_NOT_FOUND: 'eNROLL does not know it: check id and tenant.',
  ENROLL_AUTH:
    'Compare `ENROLL_TENANT_ID` and `ENROLL_TENANT_SECRET` with those of eNROLL; then `rollcall doctor`.',
  ENROLL_FORBIDDEN: 'Ask eNROLL to allow this call for your tenant.',
  ENROLL_REFUSED: '`rollcall doctor` shows which call fails: does the [dialect](enroll-api.md) fit?',
  ENROLL_UNAVAILABLE: 'Try again later; `rollcall doctor` looks at the way to eNROLL.',
  ENROLL_BAD_ANSWER: 'Mend the [dialect](enroll-api.md): `rollcall doctor` shows what does not fit.',
  ENROLL_ANSWER_TOO_LARGE: 'Ask for less at a time: a smaller range, fewer ids.',
  ENROLL_IMAGE_TOO_LARGE: 'Ask eNROLL for a smaller image.',
  ENROLL_IMAGE_DAMAGED: 'Try again. If it comes back: tell eNROLL the path.',
  ENROLL_IMAGE_HARMFUL: 'Nothing was kept. Tell eNROLL and your security team.',
  ENROLL_NOT_CONFIGURED: 'Set `ENROLL_BASE_URL`, `ENROLL_TENANT_ID` and `ENROLL_TENANT_SECRET`.',
  ENROLL_BUSY: 'Wait for `Retry-After`.',
  SCANNER_UNAVAILABLE: 'Look at the clamd of `ROLLCALL_CLAMD`. Images wait until it answers.',
  ENROLL_TIMEOUT: 'Try again; a slow tenant needs a larger `ENROLL_TIMEOUT_SECONDS`.',
  // images
  IMAGE_MISSING: 'Ask eNROLL for it, then `rollcall image refetch <applicantId>`.',
  IMAGE_NOT_FETCHED: 'Wait; `rollcall images status` says what holds it up.',
  IMAGE_NOT_AN_IMAGE: 'Ask eNROLL what that path holds, then `rollcall image refetch <applicantId>`.',
  IMAGE_FAILED: '`rollcall applicants images <applicantId>` says why; then `rollcall images retry`.',
  IMAGE_NO_THUMBNAIL: 'Ask for the image itself, without `size=thumb`.',
  IMAGE_STORE_UNAVAILABLE: 'Look at the folder or the bucket: `rollcall doctor`.',
  // reveals
  REVEAL_NOT_APPROVED: 'Have a second person approve it: [reveals](reveal.md).',
  SECOND_PERSON_NEEDED: 'Have somebody else approve it.',
  // erasures
  RESTRICTED: 'Nothing: the person asked to be erased.',
  APPLICANT_ERASED: 'Forget the person, too.',
  ERASURE_UNDER_WAY: 'Wait: `rollcall erasures show <id>`.',
  ERASURE_NOT_DONE: 'Wait: `rollcall erasures show <id>` says what keeps it.',
  // the feed and its consumers
  CURSOR_AHEAD:
    'Was the database set back? [What to do](feed.md#when-the-database-is-failed-over-restored-or-moved).',
  CURSOR_TOO_OLD: 'You have missed events. Begin anew without `after`.',
  ACK_BACKWARDS: 'Acknowledge forward only. `rollcall consumer rewind <name>` goes back.',
  CONSUMER_EXISTS: 'Use it, or choose another name.',
  TOO_MANY_READERS: 'Wait for `Retry-After`, or start more replicas.',
  TOO_MANY_READERS_OF_KEY: 'Close readers that nobody needs, or take a second key.',
  // webhooks
  ENDPOINT_TARGET_FORBIDDEN:
    'Name a public address, or allow yours: `ROLLCALL_WEBHOOK_ALLOW_CIDR`, `ROLLCALL_WEBHOOK_HOSTS`.',
  // exports
  EXPORT_NOT_READY: 'Ask again until `state` is `ready`; `failed` says why in `errorCode`.',
  TOO_MANY_EXPORTS: 'Wait until one of your exports is ready.',
  // keys
  KEY_IN_USE: 'Reseal first: `rollcall keys reseal`.',
  KEYS_IN_SETTINGS: 'Follow [rotation](operations.md#keys-from-rotation-to-retirement).',
  // ours
  SEARCH_TOO_SLOW: 'Search for more letters, or by an exact value.',
  OVERLOADED: 'Wait for `Retry-After`. If it lasts: look at the database, or start more replicas.',
  AUDIT_UNAVAILABLE: 'Look at the database: `rollcall doctor`.',
  DATABASE_UNAVAILABLE: 'Send again after `Retry-After`. Then look at the database: `rollcall doctor`.',
  SHUTTING_DOWN: 'Send again: another replica answers, or this one once it is back.',
  NOT_READY: 'Wait for `Retry-After`; `reasons` says for what.',
  INTERNAL: 'Report it, with the log lines that hold this `requestId`.',
};
