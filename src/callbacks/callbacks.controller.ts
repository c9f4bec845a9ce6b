import type { Readable } from 'node:stream';
import { Controller, Req, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { CallbackClientRequest } from '../auth/auth.types.js';
import { BearerGuard } from '../auth/bearer.guard.js';
import { Config } from '../config/config.js';
import type { CallbackKind } from '../enroll-contract/types.js';
import { Inbox } from '../inbox/inbox.service.js';
import type { Report } from '../inbox/inbox.types.js';
import { factsOf } from '../observability/wide-event.js';
import { Problem } from '../problem/problem.js';
import { readBody, refuseForeignTypes } from './body.js';
import { CallbackEndpoint } from './callback-endpoint.js';
import type { CallbackReport } from './callbacks.dto.js';

type CallbackRequest = FastifyRequest<{ Body: Readable | undefined }> & CallbackClientRequest;

/** Bodies of so many bytes together are read at once; each is held in memory until it is committed. */
const MAX_READING_BYTES = 256 * 1024 * 1024;

/** The URLs that eNROLL calls: raw bytes and the kind go to the inbox, its report goes back. */
@ApiTags('eNROLL: callbacks')
@Controller('callbacks')
@UseGuards(BearerGuard)
export class CallbacksController {
  private readonly maxBytes: number;
  private readingBytes = 0;

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
  success(@Req() request: CallbackRequest): Promise<CallbackReport> {
    return this.take('success', request);
  }

  @CallbackEndpoint('fail', {
    operationId: 'receiveFail',
    summary: 'Take rejected enrollments',
    description: 'Register this URL as *Fail Callback URL* in the admin panel of eNROLL.',
  })
  fail(@Req() request: CallbackRequest): Promise<CallbackReport> {
    return this.take('fail', request);
  }

  @CallbackEndpoint('', {
    operationId: 'receiveAny',
    summary: 'Take enrollments of either outcome',
    description: 'For installations with one URL for both: the outcome comes from `status` (A27).',
  })
  any(@Req() request: CallbackRequest): Promise<CallbackReport> {
    return this.take('any', request);
  }

  private async take(kind: CallbackKind, request: CallbackRequest): Promise<Report> {
    const bytes = await this.read(request);
    const report = await this.inbox.receive({
      source: 'callback',
      kind,
      bytes,
      clientId: request.client.clientId,
      remoteAddress: request.ip,
      requestId: request.id,
      contentType: request.headers['content-type'],
    });
    const { receiptId, received, applied, duplicates, quarantined } = report;
    const facts = factsOf(request);
    facts.actor = request.client.clientId;
    facts.callback = {
      receiptId,
      bodyBytes: bytes.length,
      received,
      applied,
      duplicates,
      quarantined,
      pending: received > applied + duplicates + quarantined,
      test: false,
    };
    if (received > 0 && quarantined === received) {
      throw new Problem('ALL_ELEMENTS_REFUSED', 'The bytes were kept; each item says why', {
        extra: { ...report },
      });
    }
    return report;
  }

  private async read(request: CallbackRequest): Promise<Buffer> {
    refuseForeignTypes(request.headers['content-type']);
    if (request.body === undefined || request.body === null) return Buffer.alloc(0);
    const declared = Number(request.headers['content-length'] ?? this.maxBytes);
    const reserved = Math.min(Number.isFinite(declared) ? declared : this.maxBytes, this.maxBytes);
    if (this.readingBytes + reserved > MAX_READING_BYTES) throw new Problem('OVERLOADED');
    this.readingBytes += reserved;
    try {
      return await readBody(request.body, request.headers, this.maxBytes);
    } finally {
      this.readingBytes -= reserved;
    }
  }
}
