import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Element } from './element.js';
import { type Answer, HttpCaller } from './http.js';
import { NoToken, type Organization, OrganizationToken } from './organization.js';
import type { Post, Side } from './posts.js';
import { type DeliveryReport, Tally } from './report.js';

export const deliverySchema = z.strictObject({
  connections: z.number().int().min(1).max(4096).default(8).describe('callbacks under way at once'),
  rate: z.number().min(0).default(0).describe('callbacks a second; 0: as fast as they are answered'),
  retries: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(5)
    .describe('further tries after 408, 429, 5xx or no answer, waiting up to five seconds'),
  timeoutMs: z.number().int().min(1).default(30_000).describe('time to wait for an answer'),
});
export type DeliveryRequest = z.input<typeof deliverySchema>;
export type Delivery = z.output<typeof deliverySchema>;

/** Optional ears of a run. */
export interface Listeners {
  /** Told of each element in a callback that was answered 200. */
  acknowledged?: ((element: Element, post: Post) => void) | undefined;
  /** Told of each answer, and of each that did not come, how many milliseconds after it was due. */
  answered?: ((latencyMs: number) => void) | undefined;
  progress?: ((report: DeliveryReport) => void) | undefined;
  /** Ends the run after the callbacks under way. */
  signal?: AbortSignal | undefined;
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;
const PROGRESS_EVERY_MS = 1_000;

/** eNROLL calling one organization. */
export class Callbacks {
  private readonly caller: HttpCaller;
  private readonly token: OrganizationToken;

  constructor(
    private readonly organization: Organization,
    private readonly delivery: Delivery,
  ) {
    this.caller = new HttpCaller(delivery.connections, delivery.timeoutMs);
    this.token = new OrganizationToken(organization, this.caller);
  }

  /** One Callback-Test (M3): no token, a payload that must be ignored. */
  test(side: Side, headerValue = 'true'): Promise<Answer> {
    return this.caller.post({
      url: this.urlOf(side),
      headers: { 'callback-test': headerValue, 'content-type': 'application/json' },
      body: Buffer.from('{"test":'),
    });
  }

  /** Sends posts over `connections` lanes, each as soon as it is due and those before it are answered. */
  async deliver(posts: Iterable<Post>, listeners: Listeners = {}): Promise<DeliveryReport> {
    const run = new Run(posts, this.delivery.rate);
    const ticker =
      listeners.progress &&
      setInterval(() => listeners.progress?.(run.tally.report(this.token.requests)), PROGRESS_EVERY_MS);
    const lanes = Array.from({ length: this.delivery.connections }, () => this.drive(run, listeners));
    try {
      await Promise.all(lanes);
    } finally {
      clearInterval(ticker);
    }
    return run.tally.report(this.token.requests);
  }

  close(): void {
    this.caller.close();
  }

  private async drive(run: Run, listeners: Listeners): Promise<void> {
    while (listeners.signal?.aborted !== true) {
      const next = run.next();
      if (next === undefined) return;
      const { post, dueMs, earlier, settle } = next;
      try {
        await Promise.all(earlier);
        if (dueMs > performance.now()) await delay(dueMs - performance.now());
        const answer = await this.send(post, Math.max(dueMs, 0), run.tally, listeners);
        run.tally.settle(post, answer);
        if (answer.status === 200)
          post.elements.forEach((element) => listeners.acknowledged?.(element, post));
      } finally {
        settle();
      }
    }
  }

  private async send(
    post: Post,
    dueMs: number,
    tally: Tally,
    { answered, signal }: Listeners,
  ): Promise<Answer> {
    const body = post.body();
    for (let attempt = 0; ; attempt += 1) {
      const startedMs = attempt === 0 && dueMs > 0 ? dueMs : performance.now();
      const answer = await this.sendOnce(post, body);
      const latencyMs = performance.now() - startedMs;
      tally.attempt(latencyMs);
      answered?.(latencyMs);
      if (!isPassing(answer, post) || attempt >= this.delivery.retries || signal?.aborted === true)
        return answer;
      tally.retries += 1;
      await delay(waitMs(answer, attempt));
    }
  }

  /** With the token at hand; if that is refused, once more with a new one. */
  private async sendOnce(post: Post, body: Buffer): Promise<Answer> {
    try {
      const token = await this.token.text();
      const answer = await this.post(post, body, token);
      return answer.status === 401 ? await this.post(post, body, await this.token.text(token)) : answer;
    } catch (error) {
      if (error instanceof NoToken) return { ...error.answer, failure: error.message };
      throw error;
    }
  }

  private post({ side, contentType }: Post, body: Buffer, token: string): Promise<Answer> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': contentType };
    return this.caller.post({ url: this.urlOf(side), headers, body });
  }

  private urlOf(side: Side): string {
    return side === 'success' ? this.organization.successUrl : this.organization.failUrl;
  }
}

/** One delivery: hands out posts in order, on time, each with what it waits for. */
class Run {
  readonly tally = new Tally();
  private readonly posts: Iterator<Post>;
  private readonly underWay = new Map<number, Promise<void>>();
  private readonly startedMs = performance.now();
  private handedOut = 0;

  constructor(
    posts: Iterable<Post>,
    private readonly rate: number,
  ) {
    this.posts = posts[Symbol.iterator]();
  }

  /** The next post; `dueMs` is 0 without a rate. What a post waits for was handed out before it, so no two wait for each other. */
  next(): { post: Post; dueMs: number; earlier: Promise<void>[]; settle: () => void } | undefined {
    const { value: post, done } = this.posts.next() as IteratorResult<Post, undefined>;
    if (done === true || post === undefined) return undefined;
    const dueMs = this.rate > 0 ? this.startedMs + (this.handedOut * 1000) / this.rate : 0;
    this.handedOut += 1;
    const earlier = post.after.flatMap((id) => this.underWay.get(id) ?? []);
    let resolve: () => void = () => undefined;
    this.underWay.set(post.id, new Promise((settled) => (resolve = settled)));
    const settle = (): void => {
      this.underWay.delete(post.id);
      resolve();
    };
    return { post, dueMs, earlier, settle };
  }
}

/** True for answers that another try may change; an oversized body that is cut off in mid-write is none of them. */
function isPassing({ status }: Answer, post: Post): boolean {
  if (status === 0) return post.scenario !== 'oversized';
  return status === 408 || status === 429 || status >= 500;
}

function waitMs({ headers }: Answer, attempt: number): number {
  const asked = Number(headers['retry-after'] ?? Number.NaN) * 1000;
  return Math.min(LONGEST_WAIT_MS, Number.isNaN(asked) ? FIRST_WAIT_MS * 2 ** attempt : asked);
}
