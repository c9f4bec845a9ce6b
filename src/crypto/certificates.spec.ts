import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../config/root.js';
import { readCertificates } from './certificates.js';

const TLS = join(projectRoot, 'test/enroll-client/tls');
const ONE = readFileSync(join(TLS, 'ca.pem'), 'utf8').trim();
const OTHER = readFileSync(join(TLS, 'server.pem'), 'utf8').trim();
const KEY = readFileSync(join(TLS, 'server.key'), 'utf8').trim();
const LINES = ONE.split('\n').length;

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'rollcall-pem-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function read(content: string | Buffer): string[] {
  const file = join(folder, 'given.pem');
  writeFileSync(file, content);
  return readCertificates(file).map((pem) => new X509Certificate(pem).fingerprint256);
}
const printOf = (pem: string) => new X509Certificate(pem).fingerprint256;

describe('a file of certificates', () => {
  it.each<[string, string]>([
    ['as openssl writes it', `${ONE}\n${OTHER}\n`],
    ['with Windows line ends and a byte order mark', `\ufeff${ONE}\n${OTHER}`.replaceAll('\n', '\r\n')],
    ['with text around the blocks', `subject=CN = Bank Root\n${ONE}\n\n# and another\n${OTHER}\nthe end`],
    ['with blanks around each line', `${ONE}\n${OTHER}`.replace(/^|$/gm, '  ')],
    ['with a key between them', `${ONE}\n${KEY}\n${OTHER}`],
  ])('%s gives each of them', (_what, content) => {
    expect(read(content)).toEqual([printOf(ONE), printOf(OTHER)]);
  });

  it.each<[string, string | Buffer, RegExp]>([
    [
      'joined without a line end',
      ONE + OTHER,
      new RegExp(`, line ${LINES}: "-----END CERTIFICATE-----" must be alone`),
    ],
    [
      'cut short',
      `${ONE}\n${OTHER.slice(0, OTHER.length / 2)}`,
      new RegExp(`, line ${LINES + 1}: .* has no end$`),
    ],
    ['cut short in the middle of the file', `${ONE.slice(0, 200)}\n${OTHER}`, /, line 1: .* has no end$/],
    [
      'without its beginning',
      ONE.split('\n').slice(1).join('\n'),
      /, line \d+: the end of a certificate that has no/,
    ],
    ['damaged', ONE.replace(/(?<=-\n).{40}/, ''), /, line 1: this certificate is damaged$/],
    [
      'in one line, as a .env file holds it',
      ONE.replaceAll('\n', '\\n'),
      /, line 1: "-----BEGIN CERTIFICATE-----" must/,
    ],
    ['of the form of OpenSSL alone', ONE.replaceAll(' CERT', ' TRUSTED CERT'), /, line 1: .* is not read/],
    [
      'in DER',
      Buffer.from(ONE.split('\n').slice(1, -1).join(''), 'base64'),
      / holds no certificate in PEM form/,
    ],
    ['in UTF-16', Buffer.from(`\ufeff${ONE}`, 'utf16le'), / holds no certificate in PEM form/],
    ['that is none: a key', KEY, / holds no certificate in PEM form/],
    ['empty', '', / holds no certificate in PEM form/],
  ])('%s is refused by its line', (_what, content, message) => {
    expect(() => read(content)).toThrow(message);
  });

  it('that is not there is refused', () => {
    expect(() => readCertificates('/nowhere.pem')).toThrow('/nowhere.pem cannot be read (ENOENT)');
  });
});
