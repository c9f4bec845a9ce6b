import { rootCertificates } from 'node:tls';
import { ConfigError } from '../config/config.js';
import { CertificateFault, readCertificates } from '../crypto/certificates.js';

const PARAMETERS = ['tls', 'ca'];

/**
 * Settings of nodemailer for `smtp[s]://[user:password@]host[:port]?tls=required|optional&ca=/path/of/authorities.pem`.
 * Nothing is sent in clear text without `tls=optional`.
 * @throws ConfigError naming ROLLCALL_SMTP_URL
 */
export function readSmtpUrl(text: string) {
  const url = new URL(text);
  const unknown = [...url.searchParams.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined) throw fault(`has no parameter "${unknown}"; there are ${PARAMETERS.join(', ')}`);
  const tls = url.searchParams.get('tls') ?? 'required';
  if (tls !== 'required' && tls !== 'optional') throw fault('tls must be `required` or `optional`');
  if (url.hostname === '') throw fault('must name a host, e.g. smtp://mail.example.org');
  const ca = url.searchParams.get('ca');
  // nodemailer would take every parameter for a setting of its own
  url.search = '';
  return {
    url: url.href,
    requireTLS: tls === 'required',
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
