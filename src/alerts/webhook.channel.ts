import type { Config } from '../config/config.js';
import type { SignedPost } from '../webhooks/signed-post.service.js';
import type { Channel, Delivery } from './channel.js';
import type { AlertMessage } from './message.js';

const WITHIN_MS = 15_000;

/** Posts messages as they are, signed by Standard Webhooks. */
export class WebhookChannel implements Channel {
  readonly name = 'webhook';

  private constructor(
    private readonly post: SignedPost,
    private readonly url: string,
    private readonly secret: string,
  ) {}

  /** Undefined where it is not configured. */
  static of({ env }: Config, post: SignedPost): WebhookChannel | undefined {
    const { ROLLCALL_ALERT_WEBHOOK_URL: url, ROLLCALL_ALERT_WEBHOOK_SECRET: secret } = env;
    return url === undefined || secret === undefined ? undefined : new WebhookChannel(post, url, secret);
  }

  async send(id: string, message: AlertMessage): Promise<Delivery> {
    const body = JSON.stringify(message);
    const outcome = await this.post.send({
      url: this.url,
      id,
      body,
      secrets: [this.secret],
      timeoutMs: WITHIN_MS,
    });
    return outcome.ok ? { sent: true, code: null } : { sent: false, code: outcome.code };
  }
}
