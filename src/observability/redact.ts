/**
 * The last defence before a log line. Our own lines have closed sets of keys and hold no PII, but libraries log what they
 * like.
 */
const HIDDEN = '[redacted]';
const DEEPEST_LEVEL = 6;
const LONGEST_TEXT = 8_192;

/** Keys are compared in lower case without `_`, `-` and blanks, so that `client_secret` equals `clientSecret`. */
const HIDDEN_KEYS = new Set(
  [
    'firstName familyName fullName name_key address state idNumber documentNumber nationalId birthDate',
    'phoneNumbers phoneNumber phone phones emails email',
    'livePhotoPath idFrontScanPath idBackScanPath passportScanPath photo image base64',
    'body payload element applicant applicants content extras',
    'authorization proxyAuthorization cookie setCookie apiKey xApiKey password passwd pass secret',
    'clientSecret xClientSecret tenantSecret accessToken refreshToken idToken token keys privateKey',
    'databaseUrl connectionString rollcallKeys rollcallClientSecret rollcallApiKey enrollTenantSecret',
    // data of rows in errors of Postgres and its drivers
    'detail where parameters internalQuery query queryParameters',
  ]
    .join(' ')
    .split(' ')
    .map(folded),
);

/**
 * Patterns that are hidden anywhere in a text: credentials, e-mail addresses, long numbers (ids and phones). Every
 * repetition is bounded, so that a hostile text costs linear time.
 */
const SCRUBBED: [pattern: RegExp, replacement: string][] = [
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s@]{1,512}@/gi, `$1${HIDDEN}@`],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/gi, `$1 ${HIDDEN}`],
  [
    /\b(password|client_secret|access_token|secret|token)(["']?\s?[=:]\s?["']?)[^\s"'&,;]+/gi,
    `$1$2${HIDDEN}`,
  ],
  [/\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g, HIDDEN],
  [/[^\s@"'<>()]{1,64}@[^\s@"'<>()]{3,255}/g, HIDDEN],
  [/(?<![\w.-])\+?[\d\u0660-\u0669\u06f0-\u06f9]{10,}(?![\w-])/g, HIDDEN],
];

/** A copy for the log, without secrets and PII, cut at six levels and 8,192 characters. */
export function redact(value: unknown, level = 0): unknown {
  if (typeof value === 'string') return scrub(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return describeError(value);
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (level >= DEEPEST_LEVEL) return '[deeper]';
  if (Array.isArray(value)) return value.map((item) => redact(item, level + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [
      key,
      HIDDEN_KEYS.has(folded(key)) && !tellsNothing(inner) ? HIDDEN : redact(inner, level + 1),
    ]),
  );
}

/** Whether something is set is no secret: the settings are printed like this at boot. */
function tellsNothing(value: unknown): boolean {
  if (value === undefined || value === null || typeof value === 'boolean') return true;
  if (typeof value !== 'object') return false;
  const inner: unknown[] = Object.values(value);
  return 'configured' in value && inner.length === 1 && typeof inner[0] === 'boolean';
}

/** The text without credentials, e-mail addresses and numbers of ten or more digits. */
export function scrub(text: string): string {
  let scrubbed = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  for (const [pattern, replacement] of SCRUBBED) scrubbed = scrubbed.replace(pattern, replacement);
  return scrubbed;
}

export interface ErrorDescription {
  type: string;
  message: string;
  code?: string;
  table?: string;
  constraint?: string;
  stack?: string;
  cause?: ErrorDescription;
  errors?: ErrorDescription[];
}

/**
 * What the log may show of an error: a closed list of its properties. `detail`, `where` and the parameters of a Postgres
 * error hold rows, so they are not on the list, and neither is the statement.
 */
export function describeError(error: unknown, level = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: scrub(String(error)) };
  const { code, table, constraint, cause, errors } = error as Error & Record<string, unknown>;
  const described: ErrorDescription = { type: error.name, message: messageOf(error, code) };
  if (typeof code === 'string') described.code = code;
  if (typeof table === 'string') described.table = table;
  if (typeof constraint === 'string') described.constraint = constraint;
  // The stack repeats the uncleaned message, so only its frames are kept.
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  if (frames !== undefined && frames.length > 0) described.stack = frames.join('\n');
  if (level < DEEPEST_LEVEL) {
    if (cause instanceof Error) described.cause = describeError(cause, level + 1);
    if (Array.isArray(errors))
      described.errors = errors.slice(0, 5).map((one) => describeError(one, level + 1));
  }
  return described;
}

function messageOf(error: Error, code: unknown): string {
  // V8 quotes the text it could not parse, which may be the body of a callback.
  if (error.name === 'SyntaxError' && error.message.includes('JSON')) return 'not valid JSON';
  // SQLSTATE class 22 (data exceptions) quotes the value that did not fit.
  if (typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code)) {
    return scrub(error.message.replace(/"[^"]*"/g, `"${HIDDEN}"`));
  }
  return scrub(error.message);
}

function folded(key: string): string {
  return key.toLowerCase().replace(/[_\-\s]/g, '');
}
