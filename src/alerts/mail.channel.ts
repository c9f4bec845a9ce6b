import { createTransport } from 'nodemailer';
import type { Config } from '../config/config.js';
import { isTlsFault } from '../crypto/tls-fault.js';
import { errnoOf } from '../db/errors.js';
import type { Channel } from './channel.js';
import { mailOf } from './mail.js';
import { readSmtpUrl } from './smtp-url.js';

const STEP_TIMEOUT_MS = 10_000;
const TIMEOUT_MS = 30_000;

/**
 * Sends messages by mail, over one connection each, since alerts are few. Undefined where it is not configured.
 * @throws ConfigError naming ROLLCALL_SMTP_URL
 */
export function mailChannel({ env }: Config): Channel | undefined {
  const { ROLLCALL_SMTP_URL: url, ROLLCALL_ALERT_MAIL_FROM: from, ROLLCALL_ALERT_MAIL_TO: to } = env;
  if (url === undefined || from === undefined) return undefined;
  const transport = createTransport({
    ...readSmtpUrl(url),
    connectionTimeout: STEP_TIMEOUT_MS,
    greetingTimeout: STEP_TIMEOUT_MS,
    socketTimeout: STEP_TIMEOUT_MS,
    dnsTimeout: STEP_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: 'mail',
    send: async (id, message) => {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      try {
        const { rejected } = await transport.sendMail({ from, to, ...mailOf(id, message), signal });
        return { sent: true, code: rejected.length > 0 ? 'SMTP_SOME_REFUSED' : null };
      } catch (error) {
        return { sent: false, code: codeOf(error) };
      }
    },
  };
}

/** The server's own words may repeat addresses, so only their meaning is kept. */
function codeOf(error: unknown): string {
  const { responseCode, originalCode = '' } = error as { responseCode?: number; originalCode?: string };
  const code = errnoOf(error) ?? '';
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'SMTP_AUTH';
  if (code === 'ETLS' || isTlsFault(originalCode)) return 'SMTP_TLS';
  if (responseCode === undefined) return 'SMTP_UNREACHABLE';
  // 4xx: not now. Greylisting answers so to every new sender (RFC 5321, 4.2.1)
  return responseCode < 500 ? 'SMTP_DEFERRED' : 'SMTP_REFUSED';
}
