import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** A new secret in the form that libraries of Standard Webhooks take: `whsec_` and 256 random bits in base64. */
export function generateSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

export interface Signed {
  /** The same at every attempt, so that the receiver can tell a repetition. */
  id: string;
  /** Of the attempt, not of the event: receivers refuse what is more than minutes off their clock. */
  at: Date;
  body: string;
  /** Of an event from before the database was restored or failed over last: it may have been sent already. */
  mayBeRepeated?: boolean | undefined;
}

/**
 * The headers of Standard Webhooks 1.0: an HMAC-SHA256 over `<id>.<seconds>.<body>` for each secret, so that a
 * receiver may know the old or the new one while it is rotated.
 * @param secrets `whsec_<base64>`
 */
export function signatureHeaders(
  { id, at, body, mayBeRepeated = false }: Signed,
  secrets: readonly string[],
) {
  const seconds = Math.floor(at.getTime() / 1000).toString();
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': signatures.join(' '),
    ...(mayBeRepeated && { 'rollcall-may-be-repeated': 'true' }),
  };
}
