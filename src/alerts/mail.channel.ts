import { createTransport } from 'nodemailer';
import { type Config } from '../config/config.js';
import { isTlsFault } from '../crypto/tls-fault.js';
import { errnoOf } from '../db/errors.js';
import type { Channel, Delivery } from './channel.js';
import { mailOf } from './mail.js';
import type { AlertMessage } from './message.js';
import { readSmtpUrl } from './smtp-url.js';

const STEP_WITHIN_MS = 10_000;
const WITHIN_MS = 30_000;

type Transport = ReturnType<typeof openTransport>;

/** Sends messages by mail: one connection each, since alerts are few. */
export class MailChannel implements Channel {
  readonly name = 'mail';

  private constructor(
    private readonly transport: Transport,
    private readonly from: string,
    private readonly to: string[],
  ) {}

  /** Undefined where it is not configured. @throws ConfigError naming ROLLCALL_SMTP_URL */
  static of({ env }: Config): MailChannel | undefined {
    const { ROLLCALL_SMTP_URL: url, ROLLCALL_ALERT_MAIL_FROM: from, ROLLCALL_ALERT_MAIL_TO: to } = env;
    return url === undefined || from === undefined
      ? undefined
      : new MailChannel(openTransport(url), from, to);
  }

  async send(id: string, message: AlertMessage): Promise<Delivery> {
    try {
      const { rejected } = await this.transport.sendMail({
        from: this.from,
        to: this.to,
        ...mailOf(id, message),
        signal: AbortSignal.timeout(WITHIN_MS),
      });
      return { sent: true, code: rejected.length > 0 ? 'SMTP_SOME_REFUSED' : null };
    } catch (error) {
      return { sent: false, code: codeOf(error) };
    }
  }
}

function openTransport(url: string) {
  return createTransport({
    ...readSmtpUrl(url),
    connectionTimeout: STEP_WITHIN_MS,
    greetingTimeout: STEP_WITHIN_MS,
    socketTimeout: STEP_WITHIN_MS,
    dnsTimeout: STEP_WITHIN_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** The server's own words may repeat addresses, so only what they mean is kept. */
function codeOf(error: unknown): string {
  const { responseCode, originalCode = '' } = error as { responseCode?: number; originalCode?: string };
  const code = errnoOf(error) ?? '';
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'SMTP_AUTH';
  if (code === 'ETLS' || isTlsFault(originalCode)) return 'SMTP_TLS';
  if (responseCode === undefined) return 'SMTP_UNREACHABLE';
  // 4xx: not now, as greylisting says to everybody at first (RFC 5321, 4.2.1)
  return responseCode < 500 ? 'SMTP_DEFERRED' : 'SMTP_REFUSED';
}
