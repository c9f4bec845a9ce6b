import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { printable } from '../problem/printable.js';

const ANSWERS_WITHIN_MS = 20_000;
/** Anybody may answer there, and send without end. */
const READS_BYTES = 16_384;
const LONGEST_WORD = 200;
/** Whoever is told that this is the last request may cut the rest of a body off, and with it the answer. */
const KEPT_OPEN = { connection: 'keep-alive' };

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  json: Record<string, unknown>;
  tookMs: number;
  /** It came before the second half of the body was sent. */
  isEarly: boolean;
}

interface Ask {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** How long to wait for an answer between the two halves of the body. */
  restAfterMs?: number;
}

/** Asks as eNROLL does: by a connection of its own each time, and no redirect is followed. */
export class Outside {
  /**
   * @param ca PEM of authorities to trust instead of the usual ones
   * @param end ends every request
   */
  constructor(
    readonly base: URL,
    private readonly ca?: string,
    private readonly end?: AbortSignal,
  ) {}

  /** @throws what connecting, sending and receiving throw */
  async ask(
    path: string,
    { method = 'POST', headers = {}, body = '', restAfterMs = 0 }: Ask = {},
  ): Promise<Answer> {
    const bytes = Buffer.from(body as string);
    const started = performance.now();
    const sending = (this.base.protocol === 'http:' ? requestPlain : requestTls)(this.urlOf(path), {
      method,
      headers: { ...headers, ...KEPT_OPEN, ...(method === 'POST' && { 'content-length': bytes.length }) },
      agent: false,
      signal: this.untilLate(),
      ca: this.ca,
    });
    const answering = once(sending, 'response') as Promise<[IncomingMessage]>;
    // said by `answering`, and once there is an answer, of no interest
    sending.on('error', () => undefined);
    let isOver = false;
    const over = answering.finally(() => (isOver = true)).catch(() => undefined);
    const half = bytes.length >> 1;
    if (restAfterMs > 0) {
      sending.write(bytes.subarray(0, half));
      const waiting = new AbortController();
      await Promise.race([over, pause(restAfterMs, undefined, waiting)]);
      waiting.abort();
    }
    const isEarly = isOver;
    if (!isEarly) sending.end(bytes.subarray(restAfterMs > 0 ? half : 0));
    const [answer] = await answering;
    try {
      const json = jsonOf(await beginningOf(answer).catch(() => ''));
      const { statusCode: status = 0, headers: answered } = answer;
      return { status, headers: answered, json, tookMs: Math.round(performance.now() - started), isEarly };
    } finally {
      sending.destroy();
    }
  }

  private untilLate(): AbortSignal {
    const late = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    return this.end === undefined ? late : AbortSignal.any([late, this.end]);
  }

  /** The URL as eNROLL's panel has it, with what stands before our paths. */
  urlOf(path: string): URL {
    return new URL(this.base.pathname.replace(/\/+$/, '') + path, this.base);
  }
}

/** A word of an answer, for people: anybody may have written it. */
export function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? printable(value.slice(0, LONGEST_WORD)) : undefined;
}

async function beginningOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > READS_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
