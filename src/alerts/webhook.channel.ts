import type { Config } from '../config/config.js';
import type { SignedPost } from '../webhooks/signed-post.service.js';
import type { Channel } from './channel.js';

const TIMEOUT_MS = 15_000;

/** Posts messages as they are, signed by Standard Webhooks. Undefined where it is not configured. */
export function webhookChannel({ env }: Config, post: SignedPost): Channel | undefined {
  const { ROLLCALL_ALERT_WEBHOOK_URL: url, ROLLCALL_ALERT_WEBHOOK_SECRET: secret } = env;
  if (url === undefined || secret === undefined) return undefined;
  return {
    name: 'webhook',
    send: async (id, message) => {
      const body = JSON.stringify(message);
      const outcome = await post.send({ url, id, body, secrets: [secret], timeoutMs: TIMEOUT_MS });
      return { sent: outcome.ok, code: outcome.ok ? null : outcome.code };
    },
  };
}
