import { Injectable, Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { BearerGuard } from '../auth/bearer.guard.js';
import { Probes } from '../inbox/probes.service.js';
import { Metrics } from '../observability/metrics.js';
import { factsOf } from '../problem/request-facts.js';
import { askedUrl, ENROLL_URLS, pathOf } from '../problem/request-url.js';

/** Anyone may send a Callback-Test. While the database is away, at most this many wait for a look at their tokens. All are counted. */
const MAX_JUDGED_AT_ONCE = 100;

/**
 * Answers a `Callback-Test` ahead of authentication and body parsing, whatever the body is (M3, A5). The record of it is
 * written beside the answer: the database may be down, the URL is up.
 */
@Injectable()
export class CallbackTest {
  private readonly log = new Logger(CallbackTest.name);
  private judging = 0;

  constructor(
    private readonly guard: BearerGuard,
    private readonly probes: Probes,
    private readonly metrics: Metrics,
  ) {}

  /** Called once, before the routes are made. */
  install(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      if (request.headers['callback-test'] === undefined) return done();
      const kind = ENROLL_URLS.get(pathOf(request.url));
      if (kind === undefined || kind === 'token') return done();
      this.metrics.probes.add(kind);
      void this.record(request, kind);
      this.answer(request, reply);
    });
  }

  private answer(request: FastifyRequest, reply: FastifyReply): void {
    factsOf(request).callback = {
      receiptId: null,
      bodyBytes: 0,
      received: 0,
      applied: 0,
      duplicates: 0,
      quarantined: 0,
      pending: false,
      test: true,
    };
    void reply.code(200).send({ status: 'ok', test: true });
  }

  private async record(request: FastifyRequest, kind: string): Promise<void> {
    if (this.judging >= MAX_JUDGED_AT_ONCE) return;
    this.judging++;
    const at = new Date();
    const url = askedUrl(request.originalUrl);
    try {
      const tokenValid = await this.guard.hasValidToken(request);
      this.probes.record({ at, kind, url, remoteAddress: factsOf(request).address, tokenValid });
    } catch (error) {
      this.log.warn({ code: 'PROBE_NOT_RECORDED', err: error });
    } finally {
      this.judging--;
    }
  }
}
