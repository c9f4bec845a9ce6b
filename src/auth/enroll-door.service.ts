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
 * Lets only eNROLL's addresses (ROLLCALL_CALLBACK_ALLOW_CIDR) and holders of a client certificate
 * (ROLLCALL_TLS_CLIENT_CA_FILE) to the token URL and the callbacks, before token and body are looked at. A Callback-Test is a callback. Anybody can be refused here any number of times, so that is counted, and said
 * once a minute.
 */
@Injectable()
export class EnrollDoor {
  private readonly log = new Logger(EnrollDoor.name);
  private readonly allows: AddressTest | undefined;
  private readonly wantsCertificate: boolean;
  private saidAt = -Infinity;
  private unsaid = 0;

  constructor(
    private readonly metrics: Metrics,
    config: Config,
  ) {
    const allowed = config.env.ROLLCALL_CALLBACK_ALLOW_CIDR;
    this.allows = allowed.length === 0 ? undefined : isWithin(allowed);
    this.wantsCertificate = config.env.ROLLCALL_TLS_CLIENT_CA_FILE !== undefined;
  }

  /** Called once, before all that answers these paths. @param isCertified whether a request came with a client certificate */
  install(fastify: FastifyInstance, isCertified: (request: FastifyRequest) => boolean): void {
    if (this.allows === undefined && !this.wantsCertificate) return;
    fastify.addHook('onRequest', (request, _reply, done) => {
      const code = isOfEnroll(request.url) ? this.faultOf(request, isCertified) : undefined;
      done(code === undefined ? undefined : this.refusal(request, code));
    });
  }

  private faultOf(
    request: FastifyRequest,
    isCertified: (request: FastifyRequest) => boolean,
  ): ProblemCode | undefined {
    if (this.allows?.(factsOf(request).address) === false) return 'ADDRESS_NOT_ALLOWED';
    return this.wantsCertificate && !isCertified(request) ? 'CLIENT_CERTIFICATE_REQUIRED' : undefined;
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
