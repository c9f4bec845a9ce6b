/** What Node, Fetch and the frameworks on them give: one value or several, names in any case. */
export type ReceivedHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface VerifyOptions {
  /** How far from now it may have been signed; each attempt is signed anew, so retries pass. Default 300. */
  toleranceSeconds?: number;
}

/** The request is not one that Rollcall signed for you. Answer 4xx and do nothing. */
export class SignatureError extends Error {
  override readonly name: string = 'SignatureError';
}

/** `webhook-id`, `webhook-timestamp` or `webhook-signature` is missing, or no timestamp. */
export class SignatureHeaderError extends SignatureError {
  override readonly name = 'SignatureHeaderError';
}

/** Signed too long ago, perhaps recorded and sent again, or in the future: one of the clocks is wrong. */
export class SignatureTimestampError extends SignatureError {
  override readonly name = 'SignatureTimestampError';
}

/** Another secret, or not the bytes that were signed: verify the body as received, before anything parses it. */
export class SignatureMismatchError extends SignatureError {
  override readonly name = 'SignatureMismatchError';
}

/**
 * Verifies a webhook by Standard Webhooks: HMAC-SHA-256 over `id.timestamp.body`. While a secret is rotated, requests
 * carry a signature of each, and you may give several secrets: one that fits is enough. Compared in constant time.
 *
 * @param body as received, unparsed
 * @param secrets `whsec_…`, as the endpoint shows it once
 * @throws SignatureHeaderError, SignatureTimestampError, SignatureMismatchError; TypeError for a secret that is none
 */
export async function verifySignature(
  body: string | Uint8Array,
  headers: ReceivedHeaders,
  secrets: string | readonly string[],
  { toleranceSeconds = 300 }: VerifyOptions = {},
): Promise<void> {
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  const signatures = signaturesOf(headerOf(headers, 'webhook-signature'));
  refuseFarFromNow(timestamp, toleranceSeconds);
  const signed = concatenated(new TextEncoder().encode(`${id}.${timestamp}.`), body);
  for (const secret of typeof secrets === 'string' ? [secrets] : secrets) {
    const key = await keyOf(secret);
    for (const signature of signatures)
      if (await crypto.subtle.verify('HMAC', key, signature, signed)) return;
  }
  throw new SignatureMismatchError('no signature of this request is of a secret that was given');
}

function headerOf(headers: ReceivedHeaders, name: string): string {
  const value = isFetchHeaders(headers)
    ? headers.get(name)
    : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  if (typeof value !== 'string' || value === '')
    throw new SignatureHeaderError(`the header ${name} is missing`);
  return value;
}

/** By shape: frameworks bring a `Headers` of their own. */
function isFetchHeaders(headers: ReceivedHeaders): headers is Headers {
  return typeof headers.get === 'function';
}

/** `v1,<base64> v1,<base64> v1a,…`: of other versions than v1 this knows nothing. */
function signaturesOf(header: string): Bytes[] {
  return header
    .split(' ')
    .filter((part) => part.startsWith('v1,'))
    .map((part) => fromBase64(part.slice('v1,'.length)))
    .filter((bytes) => bytes !== undefined);
}

function refuseFarFromNow(timestamp: string, toleranceSeconds: number): void {
  if (!/^\d{1,12}$/.test(timestamp))
    throw new SignatureHeaderError('webhook-timestamp is not in seconds since 1970');
  const ageSeconds = Date.now() / 1000 - Number(timestamp);
  if (Math.abs(ageSeconds) <= toleranceSeconds) return;
  const distance = `${Math.round(Math.abs(ageSeconds))} s ${ageSeconds > 0 ? 'ago' : 'in the future'}`;
  throw new SignatureTimestampError(`signed ${distance}, more than the ${toleranceSeconds} s allowed`);
}

type Bytes = Uint8Array<ArrayBuffer>;

async function keyOf(secret: string) {
  const bytes = fromBase64(secret.replace(/^whsec_/, ''));
  if (bytes === undefined || bytes.length === 0)
    throw new TypeError('a secret is `whsec_` and base64, as the endpoint showed it');
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
}

function fromBase64(text: string): Bytes | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function concatenated(head: Uint8Array, body: string | Uint8Array): Bytes {
  const tail = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}
