import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

const BEGIN = '-----BEGIN CERTIFICATE-----';
const END = '-----END CERTIFICATE-----';
/** The border of any block: a file may also hold a key or parameters. */
const BORDER = /-----(BEGIN|END) [A-Z0-9 ]+-----/;

/** What is wrong with a file of certificates. The caller adds the name of the setting. */
export class CertificateFault extends Error {}

/**
 * The certificates of a PEM file, each checked, as clean PEM. OpenSSL itself reads a file as far as it understands it and
 * silently ignores the rest. Text between the blocks, blanks around lines, CRLF and a byte order mark are fine.
 * @throws CertificateFault naming the file, and the line if it is one
 */
export function readCertificates(file: string): string[] {
  const certificates: string[] = [];
  for (const { at, base64 } of blocksOf(file)) {
    const certificate = certificateOf(base64);
    if (certificate === undefined) throw faultAt(file, at, 'this certificate is damaged');
    certificates.push(certificate);
  }
  if (certificates.length === 0)
    throw new CertificateFault(`${file} holds no certificate in PEM form (${BEGIN})`);
  return certificates;
}

interface Block {
  /** The index of its first line. */
  at: number;
  base64: string;
}

function blocksOf(file: string): Block[] {
  const blocks: Block[] = [];
  let block: Block | undefined;
  for (const [at, line] of linesOf(file).entries()) {
    const border = BORDER.exec(line)?.[0];
    if (border === undefined) {
      if (block !== undefined) block.base64 += line;
      continue;
    }
    checkBorder(file, at, line, border);
    if (block !== undefined && line !== END) throw faultAt(file, block.at, 'this certificate has no end');
    if (line === BEGIN) block = { at, base64: '' };
    if (line !== END) continue;
    if (block === undefined) throw faultAt(file, at, 'the end of a certificate that has no beginning');
    blocks.push(block);
    block = undefined;
  }
  if (block !== undefined) throw faultAt(file, block.at, 'this certificate has no end');
  return blocks;
}

function checkBorder(file: string, at: number, line: string, border: string): void {
  if (border !== line) throw faultAt(file, at, `"${border}" must be alone on its line`);
  if (line.includes('CERTIFICATE') && line !== BEGIN && line !== END)
    throw faultAt(file, at, `"${line}" is not read: openssl x509 -in <file> makes "${BEGIN}" of it`);
}

function faultAt(file: string, at: number, what: string): CertificateFault {
  return new CertificateFault(`${file}, line ${at + 1}: ${what}`);
}

function linesOf(file: string): string[] {
  try {
    const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
    return text.split(/\r\n|\r|\n/).map((line) => line.trim());
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    throw new CertificateFault(`${file} cannot be read (${code})`);
  }
}

function certificateOf(base64: string): string | undefined {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64')).toString();
  } catch {
    return undefined;
  }
}
