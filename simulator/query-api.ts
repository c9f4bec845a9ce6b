import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Book } from './book.js';
import { type Dialect, Refusal, type Route, type Source } from './dialect.js';
import { Damage } from './damage.js';
import type { Images } from './images.js';
import { Meters } from './meters.js';
import type { Fault, Misbehaviour } from './misbehaviour.js';
import type { Tenant } from './tenant.js';

export interface QueryApiParts {
  dialect: Dialect;
  book: Book;
  images: Images;
  tenant: Tenant;
  misbehaviour: Misbehaviour;
}

const MAX_BODY_BYTES = 4 * 1024 * 1024;
const HTML_PAGE =
  '<!doctype html><html><head><title>Service</title></head><body><h1>Welcome</h1></body></html>';

/** The query calls in one dialect, with the faults in force, behind one Fastify server. */
export class QueryApi {
  readonly meters = new Meters();
  readonly server: FastifyInstance;
  private readonly stopped = new AbortController();

  constructor(private readonly parts: QueryApiParts) {
    this.server = fastify({
      bodyLimit: MAX_BODY_BYTES,
      forceCloseConnections: true,
      routerOptions: { maxParamLength: 256 },
    });
    this.server.setErrorHandler((error, _request, reply) => this.refuse(error, reply));
    this.server.setNotFoundHandler((_request, reply) => this.refuse(new Refusal(404, 'no such call'), reply));
    for (const route of parts.dialect.routes) {
      this.server.route({
        method: route.method,
        url: route.url,
        handler: (request, reply) => this.answer(route, request, reply),
      });
    }
    // slow and hanging answers end with the server
    this.server.addHook('preClose', (done) => {
      this.stopped.abort();
      done();
    });
  }

  private async answer(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const finished = this.meters.begin(route.call);
    reply.raw.once('close', () => finished(reply.raw.writableFinished ? reply.raw.statusCode : 0));
    const faults = this.parts.misbehaviour.next(route.call);
    for (const fault of faults) {
      if (await this.interfere(fault, reply)) return reply;
    }
    if (route.open !== true && !this.parts.tenant.accepts(this.parts.dialect.tokenIn(request.headers))) {
      throw new Refusal(401, 'the token is missing, wrong or expired');
    }
    const damage = new Damage(faults);
    const { params, query, body } = request;
    const text = JSON.stringify(await route.answer({ params, query, body }, this.source(damage)));
    return this.send(text, damage, reply);
  }

  /** Does what a fault says before the call is looked at; true where that was the answer. */
  private async interfere(fault: Fault, reply: FastifyReply): Promise<boolean> {
    switch (fault.kind) {
      case 'slow':
        await delay(fault.delayMs, undefined, { signal: this.stopped.signal });
        return false;
      case 'expireTokens':
        this.parts.tenant.expireTokens();
        return false;
      case 'unauthorized':
        throw new Refusal(401, 'the token is expired');
      case 'forbidden':
        throw new Refusal(403, 'not allowed');
      case 'tooManyRequests':
        void reply.header('retry-after', String(fault.retryAfterSeconds));
        throw new Refusal(429, 'too many requests');
      case 'serverError':
        throw new Refusal(fault.status, 'something went wrong');
      case 'html':
        await reply.type('text/html; charset=utf-8').send(HTML_PAGE);
        return true;
      case 'hang':
        reply.hijack();
        return true;
      default:
        return false;
    }
  }

  private send(text: string, damage: Damage, reply: FastifyReply): unknown {
    void reply.type('application/json; charset=utf-8');
    if (damage.cuts) {
      const bytes = Buffer.from(text);
      reply.hijack();
      reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
      reply.raw.write(bytes.subarray(0, bytes.length >> 1), () => reply.raw.destroy());
      return reply;
    }
    return reply.send(damage.inflates ? Readable.from(damage.inflate(text)) : text);
  }

  private refuse(error: unknown, reply: FastifyReply): FastifyReply {
    const refusal =
      error instanceof Refusal ? error : new Refusal(statusOf(error), 'the request is not valid');
    return reply.code(refusal.status).send(this.parts.dialect.errorBody(refusal.status, refusal.message));
  }

  private source(damage: Damage): Source {
    const { book, tenant, images } = this.parts;
    return {
      issueToken: (tenantId, tenantSecret) => tenant.issueToken(tenantId, tenantSecret),
      startSession: (tenantId, tenantSecret) => tenant.startSession(tenantId, tenantSecret),
      expectEnrollment: (session) => book.openSession(session),
      byApplicantId: (applicantId) => entryAt(book, book.indexOfApplicant(applicantId)),
      byRequestId: (requestId) => entryAt(book, book.indexOfRequest(requestId)),
      byCorrelationId: (correlationId) =>
        book.indexesOfCorrelation(correlationId).map((index) => book.entry(index)),
      byDate: (fromMs, toMs, { offset, limit }) => {
        const { first, end } = book.range(fromMs, toMs);
        const start = Math.min(end, first + offset);
        const length = Math.min(end, start + limit) - start;
        return { entries: Array.from({ length }, (_, at) => book.entry(start + at)), total: end - first };
      },
      image: async (path) => {
        const image = book.image(path);
        const bytes = image === undefined ? undefined : await images.bytes(image, path);
        return bytes === undefined ? undefined : damage.base64(bytes.toString('base64'));
      },
      isPhoto: (path) => book.image(path)?.field === 'photo',
    };
  }
}

function entryAt(book: Book, index: number | undefined): ReturnType<Book['entry']> | undefined {
  return index === undefined ? undefined : book.entry(index);
}

/** Fastify's own refusals (a body that is no JSON or too large) keep their status; anything else is a fault of ours. */
function statusOf(error: unknown): number {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : 500;
}
