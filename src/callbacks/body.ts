import type { IncomingHttpHeaders } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import { createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { Problem } from '../problem/problem.js';

type Coding = 'gzip' | 'deflate';
const CODINGS: Partial<Record<string, Coding>> = { gzip: 'gzip', 'x-gzip': 'gzip', deflate: 'deflate' };
/** Low half of the first byte of zlib's format (RFC 1950, 2.2); no compressor begins a raw stream like that. */
const ZLIB_METHOD = 8;
/** Types that are surely not JSON; all others are judged by their bytes (M4). */
const REFUSED_TYPES = /^(application\/(.*\+)?xml|text\/xml|application\/x-www-form-urlencoded|multipart\/)/i;
const REFUSED_CHARSETS = /charset\s*=\s*"?(utf-?16|utf-?32|ucs-)/i;

/** @throws Problem 415 for XML, forms, UTF-16 and UTF-32 */
export function refuseForeignTypes(contentType: string | undefined): void {
  if (contentType === undefined) return;
  if (REFUSED_TYPES.test(contentType.trim())) {
    throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'Send application/json');
  }
  if (REFUSED_CHARSETS.test(contentType)) throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'Send UTF-8');
}

/** @throws Problem 415 for a body that would have to be inflated */
export function refuseCompressed(headers: IncomingHttpHeaders): void {
  if (codingOf(headers['content-encoding']) === undefined) return;
  throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'Send the body as it is, without Content-Encoding');
}

/**
 * Reads a body, inflated where it is compressed.
 * @param maxBytes bound on the bytes as sent and on the inflated ones
 * @throws Problem BODY_TOO_LARGE (without keeping more), BAD_ENCODING, BODY_ABORTED, or UNSUPPORTED_MEDIA_TYPE for
 * encodings other than one of gzip and deflate
 */
export async function readBody(
  sent: Readable,
  headers: IncomingHttpHeaders,
  maxBytes: number,
): Promise<Buffer> {
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const coding = codingOf(headers['content-encoding']);
  const bytes = await collect(sent, maxBytes);
  return coding === undefined ? bytes : inflate(bytes, coding, maxBytes);
}

/**
 * The one coding of a body, or undefined where there is none. Empty members of the list (RFC 9110, 5.6.1) and
 * `identity` mean nothing.
 */
function codingOf(header: string | undefined): Coding | undefined {
  if (header === undefined) return undefined;
  const names = header.split(',').map((name) => name.trim().toLowerCase());
  const [name, ...stacked] = names.filter((one) => one !== '' && one !== 'identity');
  if (name === undefined) return undefined;
  const coding = CODINGS[name];
  if (coding === undefined || stacked.length > 0) {
    throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'Content-Encoding must be one of gzip, deflate and identity');
  }
  return coding;
}

function collect(stream: Readable, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        reject(tooLarge(maxBytes));
      }
    });
    stream.on('end', () =>
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, bytes)),
    );
    stream.on('error', (cause) => reject(new Problem('BODY_ABORTED', undefined, { cause })));
  });
}

/** In pieces, so that a bomb is dropped at the cap and not after it. */
function inflate(bytes: Buffer, coding: Coding, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const inflater = inflaterOf(coding, bytes);
    const chunks: Buffer[] = [];
    let size = 0;
    inflater.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else {
        inflater.destroy();
        reject(tooLarge(maxBytes));
      }
    });
    inflater.on('end', () => resolve(Buffer.concat(chunks, size)));
    inflater.on('error', (cause) => reject(new Problem('BAD_ENCODING', undefined, { cause })));
    inflater.end(bytes);
  });
}

/** `deflate` is zlib's format; .NET and old proxies send its inner stream bare (RFC 9110, 8.4.1.2). */
function inflaterOf(coding: Coding, bytes: Buffer): Transform {
  if (coding === 'gzip') return createGunzip();
  return ((bytes[0] ?? 0) & 0x0f) === ZLIB_METHOD ? createInflate() : createInflateRaw();
}

function tooLarge(maxBytes: number): Problem {
  // The rest is read and thrown away, for 60 s at the most: a caller whose connection closes while it still sends would
  // see that and not the answer.
  return new Problem('BODY_TOO_LARGE', `At most ${maxBytes} bytes`);
}
