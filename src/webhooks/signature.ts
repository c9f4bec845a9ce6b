import { createHmac, randomBytes } from 'node:crypto';
import type { Dispatch } from './destination.js';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** A new secret in the form that libraries for Standard Webhooks expect: `whsec_` and 256 random bits in base64. */
export function generateSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/**
 * The headers of Standard Webhooks 1.0: an HMAC-SHA256 over `<id>.<seconds>.<body>` for each secret, so that a
 * receiver may know the old or the new one while it is rotated.
 * @param at time of the attempt, not of the event: receivers refuse what is minutes off their clock
 */
export function signatureHeaders(
  { id, body, mayBeRepeated = false, secrets }: Pick<Dispatch, 'id' | 'body' | 'mayBeRepeated' | 'secrets'>,
  at = new Date(),
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
