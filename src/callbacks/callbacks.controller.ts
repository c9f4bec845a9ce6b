import { Readable } from 'node:stream';
import { Controller, Req, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { CallbackClientRequest } from '../auth/auth.types.js';
import { BearerGuard } from '../auth/bearer.guard.js';
import { Config } from '../config/config.js';
import type { CallbackKind } from '../enroll-contract/types.js';
import { Inbox } from '../inbox/inbox.service.js';
import type { Arrived } from '../inbox/inbox.types.js';
import type { Report } from '../inbox/report.dto.js';
import { factsOf } from '../problem/request-facts.js';
import { Problem } from '../problem/problem.js';
import { declaredBytes, readBody, refuseForeignTypes } from '../problem/read-body.js';
import { BodyRoom, type Place } from './body-room.js';
import { CallbackEndpoint } from './callback-endpoint.js';
import { FirstBytes } from './first-bytes.js';

type CallbackRequest = FastifyRequest<{ Body: Readable | undefined }> & CallbackClientRequest;

/** The URLs that eNROLL calls: raw bytes and the kind go to the inbox, its report goes back. */
@ApiTags('eNROLL: callbacks')
@Controller('callbacks')
@UseGuards(BearerGuard)
export class CallbacksController {
  private readonly maxBytes: number;
  private readonly room = new BodyRoom();

  constructor(
    config: Config,
    private readonly inbox: Inbox,
  ) {
    this.maxBytes = config.env.ROLLCALL_MAX_BODY_BYTES;
  }

  @CallbackEndpoint('success', {
    operationId: 'receiveSuccess',
    summary: 'Take approved enrollments',
    description: 'Register this URL as *Success Callback URL* in the admin panel of eNROLL.',
  })
  success(@Req() request: CallbackRequest): Promise<Report> {
    return this.take('success', request);
  }

  @CallbackEndpoint('fail', {
    operationId: 'receiveFail',
    summary: 'Take rejected enrollments',
    description: 'Register this URL as *Fail Callback URL* in the admin panel of eNROLL.',
  })
  fail(@Req() request: CallbackRequest): Promise<Report> {
    return this.take('fail', request);
  }

  @CallbackEndpoint('', {
    operationId: 'receiveAny',
    summary: 'Take enrollments of either outcome',
    description: 'For installations with one URL for both: the outcome comes from `status` (A27).',
  })
  any(@Req() request: CallbackRequest): Promise<Report> {
    return this.take('any', request);
  }

  private async take(kind: CallbackKind, request: CallbackRequest): Promise<Report> {
    const arrived: Omit<Arrived, 'bytes'> = {
      source: 'callback',
      kind,
      clientId: request.client.clientId,
      remoteAddress: factsOf(request).address,
      requestId: request.id,
      contentType: request.headers['content-type'],
      waitedMs: request.waitedMs,
    };
    const place = this.room.enter();
    try {
      const bytes = await this.read(request, arrived, place);
      return this.answer(request, bytes.length, await this.inbox.receive({ ...arrived, bytes }));
    } finally {
      place.leave();
    }
  }

  private answer(request: CallbackRequest, bodyBytes: number, report: Report): Report {
    const { items: _, ...counts } = report;
    const { received, applied, duplicates, quarantined } = counts;
    const facts = factsOf(request);
    facts.actor = request.client.clientId;
    const pending = received > applied + duplicates + quarantined;
    facts.callback = { ...counts, bodyBytes, pending, test: false };
    if (received > 0 && quarantined === received) {
      throw new Problem('ALL_ELEMENTS_REFUSED', 'The bytes were kept; each item says why', {
        extra: { ...report },
      });
    }
    return report;
  }

  /** The body, inflated. A body that cannot be read leaves a receipt of its first bytes before it is refused. */
  private async read(
    { body, headers }: CallbackRequest,
    arrived: Omit<Arrived, 'bytes'>,
    place: Place,
  ): Promise<Buffer> {
    const sent = body ?? Readable.from([]);
    const first = new FirstBytes(sent);
    try {
      refuseForeignTypes(headers['content-type']);
      return await readBody(sent, headers, this.maxBytes, (bytes) => place.grow(bytes));
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'OVERLOADED') throw error;
      place.leave();
      const declared = declaredBytes(headers);
      const bytes = await first.read();
      const sentBytes = error.code === 'BODY_ABORTED' ? first.came : Math.max(first.came, declared ?? 0);
      const contentEncoding = headers['content-encoding'];
      return await this.inbox.refuse({ ...arrived, bytes, sentBytes, contentEncoding }, error);
    }
  }
}
