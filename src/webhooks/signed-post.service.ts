import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { scrub } from '../observability/redact.js';
import type { AttemptOutcome, Destination, Dispatch } from './destination.js';
import { signatureHeaders } from './signature.js';
import { errnoOf, socketFaultOf, TimedOut } from './socket-fault.js';
import { TargetGuard } from './target-guard.js';

/** A longer answer is not read to its end: its connection is dropped. */
const MAX_ANSWER_BYTES = 16_384;
const KEPT_ANSWER_CHARACTERS = 300;
const IDLE_MS = 15_000;

/** What HTTP needs of a dispatch. */
export type Post = Omit<Dispatch, 'type' | 'subject' | 'credentials' | 'signal'> &
  Partial<Pick<Dispatch, 'signal'>>;

interface Answer {
  status: number;
  text: string;
  retryAfter: string | undefined;
}

/**
 * Posts signed JSON to a server that it does not trust: no redirects, no private addresses, a bounded wait and a bounded
 * answer. Any 2xx is a success once the answer has ended or has become too long. The connections are shared by all
 * endpoints.
 */
@Injectable()
export class SignedPost implements Destination, OnApplicationShutdown {
  private readonly agents = {
    http: new HttpAgent({ keepAlive: true, timeout: IDLE_MS }),
    https: new HttpsAgent({ keepAlive: true, timeout: IDLE_MS }),
  };

  constructor(private readonly guard: TargetGuard) {}

  /** Never throws for a fault of the other side. */
  async send(post: Post): Promise<AttemptOutcome> {
    try {
      const { status, text, retryAfter } = await this.exchange(post);
      if (status >= 200 && status < 300) return { ok: true, status };
      return {
        ok: false,
        code: status < 400 ? 'HTTP_3XX' : status < 500 ? 'HTTP_4XX' : 'HTTP_5XX',
        status,
        answer: shown(text),
        retryAfterSeconds: secondsOf(retryAfter),
      };
    } catch (error) {
      return { ok: false, code: socketFaultOf(error) };
    }
  }

  onApplicationShutdown(): void {
    this.agents.http.destroy();
    this.agents.https.destroy();
  }

  /** Where a kept connection was just closed, or holds unexpected bytes, posts again on a new one within the time that is left. */
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

  private request(post: Post, { isFresh = false } = {}): Promise<Answer> {
    const { body, timeoutMs, signal } = post;
    const target = new URL(post.url);
    const isTls = target.protocol === 'https:';
    this.guard.check(target);
    return new Promise((resolve, reject) => {
      const request = (isTls ? httpsRequest : httpRequest)(target, {
        method: 'POST',
        agent: isFresh ? false : isTls ? this.agents.https : this.agents.http,
        lookup: this.guard.lookup(target),
        headers: {
          ...signatureHeaders(post),
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Rollcall',
        },
        signal,
      });
      const timer = setTimeout(() => request.destroy(new TimedOut()), timeoutMs);
      let answer: IncomingMessage | undefined;
      // the error of a truncated answer says how it ended, not why
      const fail = (error: Error) => reject(request.errored ?? error);
      request.once('response', (response) => {
        answer = response;
        readAnswer(response).then(resolve, fail);
      });
      request.once('close', () => clearTimeout(timer));
      request.once('error', (error) => {
        // bytes after a complete answer, such as a body after 204, do not matter
        if (answer?.complete === true) return;
        const isStale = request.reusedSocket && answer === undefined && STALE.test(errnoOf(error));
        reject(isStale ? new StaleConnection() : error);
      });
      request.end(body);
    });
  }
}

class StaleConnection extends Error {}
/** `HPE_…`: the HTTP parser found something else. */
const STALE = /^ECONNRESET$|^HPE_/;

/** Reads to the end, so that the connection can be used again, or to the limit, which drops it. */
async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) break;
  }
  return {
    status: response.statusCode ?? 0,
    text: Buffer.concat(chunks).toString('utf8'),
    retryAfter: response.headers['retry-after'],
  };
}

/** Control characters would break a log line, and Postgres refuses U+0000. */
function shown(answer: string): string {
  return scrub(answer.replace(/[\p{Cc}\ufffd]+/gu, ' ').trim()).slice(0, KEPT_ANSWER_CHARACTERS);
}

/** `Retry-After` as seconds or as a date (RFC 9110, 10.2.3). */
function secondsOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  const seconds = /^\d{1,9}$/.test(retryAfter)
    ? Number(retryAfter)
    : (Date.parse(retryAfter) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds));
}
