import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { projectRoot } from '../config/root.js';
import { readSmtpUrl } from './smtp-url.js';

const CA = join(projectRoot, 'test/enroll-client/tls/ca.pem');

describe('ROLLCALL_SMTP_URL', () => {
  it.each([
    ['smtp://mail.example.org', { host: 'mail.example.org', port: 587, secure: false, requireTLS: true }],
    ['smtps://mail.example.org', { host: 'mail.example.org', port: 465, secure: true, requireTLS: true }],
    ['smtp://localhost:25?tls=optional', { host: 'localhost', port: 25, secure: false, requireTLS: false }],
    [
      'smtp://alerts%40example.org:p%3Ass@[::1]:2525',
      {
        host: '::1',
        port: 2525,
        secure: false,
        requireTLS: true,
        auth: { user: 'alerts@example.org', pass: 'p:ss' },
      },
    ],
  ])('%s', (url, settings) => {
    const { options } = createTransport(readSmtpUrl(url));
    const { host, port } = new SMTPConnection(options);
    const { secure, requireTLS, auth } = options;
    expect({ host, port, secure, requireTLS, ...(auth !== undefined && { auth }) }).toEqual(settings);
    expect(options).not.toHaveProperty('tls');
  });

  it('trusts the authorities of a file beside the usual ones', () => {
    const ca = readSmtpUrl(`smtp://localhost?ca=${CA}`).tls?.ca ?? [];
    expect(ca.length).toBeGreaterThan(100);
    expect(ca.at(-1)).toContain('BEGIN CERTIFICATE');
  });

  it.each([
    ['smtp://u:s3cret@host?starttls=1', 'has no parameter "starttls"'],
    ['smtp://u:s3cret@host?tls=no', 'tls must be'],
    ['smtp://u:s3cret@host?ca=/nowhere.pem', 'ca: /nowhere.pem cannot be read (ENOENT)'],
    ['smtp:///mail', 'must name a host'],
  ])('%s is refused with what would be right, and without the password', (url, message) => {
    let error: Error | undefined;
    try {
      readSmtpUrl(url);
    } catch (caught) {
      error = caught as Error;
    }
    expect(error?.message).toContain(`ROLLCALL_SMTP_URL: ${message}`);
    expect(error?.message).not.toContain('s3cret');
  });
});
