import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { scrub } from '../observability/redact.js';
import { signatureHeaders } from './signature.js';
import { errnoOf, type SocketFault, socketFaultOf, TimedOut } from './socket-fault.js';
import { TargetGuard } from './target-guard.js';

/** Of an answer this much is read; the connection of a longer one is dropped. */
const MAX_ANSWER_BYTES = 16_384;
const KEPT_ANSWER_CHARACTERS = 300;
const IDLE_MS = 15_000;

/** Why a post did not succeed: a closed set, for logs, metrics and the list of attempts. */
export type PostFault = SocketFault | 'HTTP_3XX' | 'HTTP_4XX' | 'HTTP_5XX';

export type PostOutcome =
  | { ok: true; status: number; durationMs: number }
  | {
      ok: false;
      code: PostFault;
      durationMs: number;
      /** Where it answered. */
      status?: number;
      /** Its beginning, without credentials and long numbers. */
      answer?: string;
      /** What the answer asks for in `Retry-After`. */
      retryAfterSeconds?: number;
    };

export interface Post {
  /** http or https. */
  url: string;
  /** `webhook-id`. */
  id: string;
  /** JSON, as it is signed. */
  body: string;
  mayBeRepeated?: boolean | undefined;
  /** `whsec_<base64>`; more than one while they are rotated. */
  secrets: readonly string[];
  /** To the last byte of the answer. */
  timeoutMs: number;
  signal?: AbortSignal;
}

interface Answer {
  status: number;
  text: string;
  retryAfter: string | undefined;
}

/**
 * Posts signed JSON to somebody else's server and never trusts it: no redirects, no private addresses, a bounded wait
 * and a bounded answer. Any 2xx is a success once the answer has ended or has become too long.
 */
@Injectable()
export class SignedPost implements OnApplicationShutdown {
  private readonly agents = {
    http: new HttpAgent({ keepAlive: true, timeout: IDLE_MS }),
    https: new HttpsAgent({ keepAlive: true, timeout: IDLE_MS }),
  };

  constructor(private readonly guard: TargetGuard) {}

  /** Never throws for what the other side does. */
  async send(post: Post): Promise<PostOutcome> {
    const startedMs = performance.now();
    const took = () => Math.round(performance.now() - startedMs);
    try {
      const { status, text, retryAfter } = await this.exchange(post);
      if (status >= 200 && status < 300) return { ok: true, status, durationMs: took() };
      const retryAfterSeconds = secondsOf(retryAfter);
      return {
        ok: false,
        code: status < 400 ? 'HTTP_3XX' : status < 500 ? 'HTTP_4XX' : 'HTTP_5XX',
        status,
        durationMs: took(),
        answer: shown(text),
        ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      };
    } catch (error) {
      return { ok: false, code: socketFaultOf(error), durationMs: took() };
    }
  }

  onApplicationShutdown(): void {
    this.agents.http.destroy();
    this.agents.https.destroy();
  }

  /** A kept connection that was just closed, or holds bytes that nobody asked for: once more on a new one, in what time is left. */
  private async exchange(post: Post): Promise<Answer> {
    const startedMs = performance.now();
    try {
      return await this.request(post);
    } catch (error) {
      if (!(error instanceof StaleConnection)) throw error;
      const timeoutMs = post.timeoutMs - (performance.now() - startedMs);
      return this.request({ ...post, timeoutMs }, { isFresh: true });
    }
  }

  private request(
    { url, id, body, mayBeRepeated, secrets, timeoutMs, signal }: Post,
    { isFresh = false } = {},
  ): Promise<Answer> {
    const target = new URL(url);
    const isTls = target.protocol === 'https:';
    this.guard.check(target);
    return new Promise((resolve, reject) => {
      const request = (isTls ? httpsRequest : httpRequest)(target, {
        method: 'POST',
        agent: isFresh ? false : isTls ? this.agents.https : this.agents.http,
        lookup: this.guard.lookup(target),
        headers: {
          ...signatureHeaders({ id, at: new Date(), body, mayBeRepeated }, secrets),
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Rollcall',
        },
        ...(signal !== undefined && { signal }),
      });
      const timer = setTimeout(() => request.destroy(new TimedOut()), timeoutMs);
      let answer: IncomingMessage | undefined;
      // an answer that is cut short tells how it ended, not why
      const fail = (error: Error) => reject(request.errored ?? error);
      request.once('response', (response) => {
        answer = response;
        readAnswer(response).then(resolve, fail);
      });
      request.once('close', () => clearTimeout(timer));
      request.once('error', (error) => {
        // bytes behind a whole answer, a body after 204 perhaps, take nothing of it away
        if (answer?.complete === true) return;
        const isStale = request.reusedSocket && answer === undefined && STALE.test(errnoOf(error));
        reject(isStale ? new StaleConnection() : error);
      });
      request.end(body);
    });
  }
}

class StaleConnection extends Error {}
/** `HPE_…`: the parser of HTTP met something else. */
const STALE = /^ECONNRESET$|^HPE_/;

/** Reads to the end, so that the connection can be used again, or to the limit. */
function readAnswer(response: IncomingMessage): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const finish = () =>
      resolve({
        status: response.statusCode ?? 0,
        text: Buffer.concat(chunks).toString('utf8'),
        retryAfter: response.headers['retry-after'],
      });
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes <= MAX_ANSWER_BYTES) return;
      finish();
      response.destroy();
    });
    response.once('end', finish);
    response.once('error', reject);
  });
}

/** Control characters would break a line of the log, and U+0000 the database. */
function shown(answer: string): string {
  return scrub(answer.replace(/[\p{Cc}\ufffd]+/gu, ' ').trim()).slice(0, KEPT_ANSWER_CHARACTERS);
}

/** `Retry-After` in either of its forms (RFC 9110, 10.2.3). */
function secondsOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  const seconds = /^\d{1,9}$/.test(retryAfter)
    ? Number(retryAfter)
    : (Date.parse(retryAfter) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds));
}
