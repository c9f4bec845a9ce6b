import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { Problem } from '../problem/problem.js';

const INFLATE = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate } as const;
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

/**
 * Reads a body, inflated where it is compressed.
 * @param maxBytes bound on the bytes as sent and on the inflated ones
 * @throws Problem BODY_TOO_LARGE (without keeping more), BAD_ENCODING, BODY_ABORTED, or UNSUPPORTED_MEDIA_TYPE for an
 * encoding other than gzip and deflate
 */
export async function readBody(
  sent: Readable,
  headers: IncomingHttpHeaders,
  maxBytes: number,
): Promise<Buffer> {
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return collect(sent, maxBytes);
  if (!(encoding in INFLATE)) {
    throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'Content-Encoding must be gzip, deflate or identity');
  }
  return inflate(await collect(sent, maxBytes), encoding as keyof typeof INFLATE, maxBytes);
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
function inflate(bytes: Buffer, encoding: keyof typeof INFLATE, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const inflater = INFLATE[encoding]();
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

function tooLarge(maxBytes: number): Problem {
  // The rest is read and thrown away, for 60 s at the most: a caller whose connection closes while it still sends would
  // see that and not the answer.
  return new Problem('BODY_TOO_LARGE', `At most ${maxBytes} bytes`);
}
