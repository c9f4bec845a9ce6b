import type { IncomingHttpHeaders } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import { createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { Problem } from './problem.js';

type Coding = 'gzip' | 'deflate';
const CODINGS: Partial<Record<string, Coding>> = { gzip: 'gzip', 'x-gzip': 'gzip', deflate: 'deflate' };
/** Low half of the first byte of zlib's format (RFC 1950, 2.2). No compressor starts a raw stream with it. */
const ZLIB_METHOD = 8;
/** Types that are surely not JSON. For all others the bytes decide (M4). */
const REFUSED_TYPES = /^(application\/(.*\+)?xml|text\/xml|application\/x-www-form-urlencoded|multipart\/)/i;
const REFUSED_CHARSETS = /charset\s*=\s*"?(utf-?16|utf-?32|ucs-)/i;

/** Called with a number of bytes before they are kept; throws if there is no room for them. */
type Held = (bytes: number) => void;

/** @throws Problem 415 for XML, forms, UTF-16 and UTF-32 */
export function refuseForeignTypes(contentType: string | undefined): void {
  if (contentType === undefined) return;
  if (REFUSED_TYPES.test(contentType.trim())) {
    throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'Send application/json');
  }
  if (REFUSED_CHARSETS.test(contentType)) throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'Send UTF-8');
}

/** The length of the body that the headers declare; undefined if they declare none. */
export function declaredBytes(headers: IncomingHttpHeaders): number | undefined {
  const declared = Number(headers['content-length'] ?? NaN);
  return Number.isFinite(declared) ? Math.min(declared, Number.MAX_SAFE_INTEGER) : undefined;
}

/** @throws Problem 415 for a body that would have to be inflated */
export function refuseCompressed(headers: IncomingHttpHeaders): void {
  if (codingOf(headers['content-encoding']) === undefined) return;
  throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'Send the body as it is, without Content-Encoding');
}

/**
 * Reads a body, and inflates it if it is compressed.
 * @param maxBytes limit for the bytes as sent and for the inflated ones
 * @param held called for the bytes as sent and for the inflated ones, as they come: a declared length alone costs nothing
 * @throws Problem BODY_TOO_LARGE (without keeping more), BAD_ENCODING, BODY_ABORTED, or UNSUPPORTED_MEDIA_TYPE for
 * encodings other than one of gzip and deflate
 */
export async function readBody(
  sent: Readable,
  headers: IncomingHttpHeaders,
  maxBytes: number,
  held: Held = () => undefined,
): Promise<Buffer> {
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const coding = codingOf(headers['content-encoding']);
  const bytes = await collect(sent, maxBytes, held);
  return coding === undefined ? bytes : inflate(bytes, coding, maxBytes, held);
}

/**
 * The one coding of a body, or undefined if there is none. Empty members of the list (RFC 9110, 5.6.1) and
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

function collect(stream: Readable, maxBytes: number, held: Held): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // a caller who has left before we read sends no more events
    if (stream.destroyed) return reject(new Problem('BODY_ABORTED'));
    const { keep, whole } = keeper(maxBytes, held, reject);
    stream.on('data', keep);
    stream.on('end', () => resolve(whole()));
    // it also closes after its end: an error nobody reads would cost as much as parsing the body
    stream.on('close', () => {
      if (!stream.readableEnded) reject(new Problem('BODY_ABORTED'));
    });
    stream.on('error', (cause) => reject(new Problem('BODY_ABORTED', undefined, { cause })));
  });
}

/** In pieces, so that a zip bomb is dropped at the limit and not after it. */
function inflate(bytes: Buffer, coding: Coding, maxBytes: number, held: Held): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const inflater = inflaterOf(coding, bytes);
    const { keep, whole } = keeper(maxBytes, held, (problem) => {
      inflater.destroy();
      reject(problem);
    });
    inflater.on('data', keep);
    inflater.on('end', () => resolve(whole()));
    inflater.on('error', (cause) => reject(new Problem('BAD_ENCODING', undefined, { cause })));
    inflater.end(bytes);
  });
}

/** Keeps chunks until they are too many. Then it drops all of them, gives the reason once, and keeps no more. */
function keeper(maxBytes: number, held: Held, drop: (why: Error) => void) {
  let chunks: Buffer[] | undefined = [];
  let bytes = 0;
  return {
    keep: (chunk: Buffer): void => {
      if (chunks === undefined) return;
      bytes += chunk.length;
      try {
        if (bytes > maxBytes) throw tooLarge(maxBytes);
        held(chunk.length);
        chunks.push(chunk);
      } catch (why) {
        chunks = undefined;
        drop(why as Error);
      }
    },
    whole: (): Buffer => {
      const [only, ...others] = chunks ?? [];
      return only !== undefined && others.length === 0 ? only : Buffer.concat(chunks ?? [], bytes);
    },
  };
}

/** `deflate` is zlib's format, but .NET and old proxies send its inner stream alone (RFC 9110, 8.4.1.2). */
function inflaterOf(coding: Coding, bytes: Buffer): Transform {
  if (coding === 'gzip') return createGunzip();
  return ((bytes[0] ?? 0) & 0x0f) === ZLIB_METHOD ? createInflate() : createInflateRaw();
}

function tooLarge(maxBytes: number): Problem {
  // The rest is read and dropped, for at most 60 s: if the connection closed while the caller still sends, it would see
  // that error and not the answer.
  return new Problem('BODY_TOO_LARGE', `At most ${maxBytes} bytes`);
}
