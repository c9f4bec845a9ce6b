import { rootCertificates } from 'node:tls';
import { ConfigError } from '../config/config.js';
import { CertificateFault, readCertificates } from '../crypto/certificates.js';

const PARAMETERS = ['tls', 'ca'];

/** How the mail server is reached, as nodemailer takes it. */
export interface SmtpSettings {
  host: string;
  port: number;
  /** TLS from the first byte; else STARTTLS. */
  secure: boolean;
  requireTLS: boolean;
  auth?: { user: string; pass: string };
  tls?: { ca: string[] };
}

/**
 * `smtp[s]://[user:password@]host[:port]?tls=required|optional&ca=/path/of/authorities.pem`. Nothing travels in clear
 * unless `tls=optional` says that it may.
 * @throws ConfigError naming ROLLCALL_SMTP_URL
 */
export function readSmtpUrl(text: string): SmtpSettings {
  const url = new URL(text);
  const unknown = [...url.searchParams.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined) throw fault(`has no parameter "${unknown}"; there are ${PARAMETERS.join(', ')}`);
  const tls = url.searchParams.get('tls') ?? 'required';
  if (tls !== 'required' && tls !== 'optional') throw fault('tls must be `required` or `optional`');
  if (url.hostname === '') throw fault('must name a host, e.g. smtp://mail.example.org');
  const secure = url.protocol === 'smtps:';
  const ca = url.searchParams.get('ca');
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: tls === 'required',
    ...(url.username !== '' && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
    ...(ca !== null && { tls: { ca: [...rootCertificates, ...readAuthorities(ca)] } }),
  };
}

function readAuthorities(file: string): string[] {
  try {
    return readCertificates(file);
  } catch (error) {
    if (!(error instanceof CertificateFault)) throw error;
    throw fault(`ca: ${error.message}`);
  }
}

function fault(message: string): ConfigError {
  return new ConfigError([{ name: 'ROLLCALL_SMTP_URL', message }]);
}
