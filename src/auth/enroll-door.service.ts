import { Injectable, Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Config } from '../config/config.js';
import { Metrics } from '../observability/metrics.js';
import { type AddressTest, isWithin } from '../problem/address.js';
import type { ProblemCode } from '../problem/catalogue.js';
import { Problem } from '../problem/problem.js';
import { factsOf } from '../problem/request-facts.js';
import { isOfEnroll } from '../problem/request-url.js';

const SAY_EVERY_MS = 60_000;

/**
 * Lets only eNROLL's addresses to the token URL and the callbacks (ROLLCALL_CALLBACK_ALLOW_CIDR), before token and body are
 * looked at. A Callback-Test is a callback. Anybody can be refused here any number of times, so that is counted, and said
 * once a minute.
 */
@Injectable()
export class EnrollDoor {
  private readonly log = new Logger(EnrollDoor.name);
  private readonly allows: AddressTest | undefined;
  private saidAt = -Infinity;
  private unsaid = 0;

  constructor(
    private readonly metrics: Metrics,
    config: Config,
  ) {
    const allowed = config.env.ROLLCALL_CALLBACK_ALLOW_CIDR;
    this.allows = allowed.length === 0 ? undefined : isWithin(allowed);
  }

  /** Called once, before all that answers these paths. */
  install(fastify: FastifyInstance): void {
    const { allows } = this;
    if (allows === undefined) return;
    fastify.addHook('onRequest', (request, _reply, done) => {
      if (!isOfEnroll(request.url) || allows(factsOf(request).address)) return done();
      done(this.refusal(request, 'ADDRESS_NOT_ALLOWED'));
    });
  }

  private refusal(request: FastifyRequest, code: ProblemCode): Problem {
    const facts = factsOf(request);
    facts.quiet = true;
    this.metrics.refusals.add(code);
    this.unsaid += 1;
    if (performance.now() >= this.saidAt + SAY_EVERY_MS) {
      this.saidAt = performance.now();
      this.log.warn({ code, caller: facts.address, refused: this.unsaid }, 'Refused at the door of eNROLL');
      this.unsaid = 0;
    }
    return new Problem(code);
  }
}
