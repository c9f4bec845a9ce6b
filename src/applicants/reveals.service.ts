import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import type { AuditAction } from '../audit/audit.actions.js';
import type { AuditEntry } from '../audit/audit.types.js';
import type { Actor } from '../auth/auth.types.js';
import { Config } from '../config/config.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import type { PageQuery } from '../problem/page.dto.js';
import { Problem } from '../problem/problem.js';
import type { ApplicantItemDto } from './applicants.dto.js';
import { Applicants } from './applicants.service.js';
import { RevealLimit } from './reveal-limit.service.js';
import {
  approveRequest,
  findRequest,
  insertRequest,
  listRequests,
  type RequestPosition,
  type RevealQuestion,
  type RevealRequest,
  useRequest,
} from './reveal-requests.repository.js';
import type { RevealBody, RevealedDto, RevealRequestDto, RevealRequestPageDto } from './reveals.dto.js';
import type { RevealableField } from './reveals.types.js';

const LIST = 'reveal-requests';
const CURSOR = z.tuple([z.iso.datetime(), z.guid()]);

/** Shows single fields of one applicant to somebody who gives a reason; recorded before they are shown. */
@Injectable()
export class Reveals {
  private readonly needsSecondPerson: boolean;

  constructor(
    private readonly connection: EntityManager,
    private readonly applicants: Applicants,
    private readonly limit: RevealLimit,
    private readonly audit: Audit,
    config: Config,
  ) {
    this.needsSecondPerson = config.env.ROLLCALL_REVEAL_TWO_PERSONS === 'true';
  }

  /**
   * The fields as they are; or the request for them, where a second person has to approve it first.
   * @throws Problem TOO_MANY_REQUESTS, NOT_FOUND, AUDIT_UNAVAILABLE, REVEAL_NOT_APPROVED
   */
  async reveal(asked: string, body: RevealBody, actor: Actor): Promise<RevealedDto | RevealRequestDto> {
    await this.limit.take(actor.name);
    const applicant = await this.applicants.unmasked(asked);
    const { applicantId, version } = applicant;
    const fields = [...body.fields].sort();
    const question = { applicantId, fields, reason: body.reason, askedBy: actor.name };
    const requestId = body.requestId ?? undefined;
    if (requestId !== undefined) await this.use(requestId, question, version);
    else if (this.needsSecondPerson) return this.ask(question);
    else await this.audit.record(null, deedOf('applicant.reveal', question, { version }));
    return {
      applicantId,
      version,
      fields: Object.fromEntries(body.fields.map((field) => [field, valueOf(applicant, field)])),
    };
  }

  /** Newest first, of all callers. @throws Problem BAD_CURSOR */
  async list({ limit, cursor }: PageQuery): Promise<RevealRequestPageDto> {
    const after = cursor === undefined ? null : positionOf(cursor);
    const rows = await listRequests(this.connection, after, limit + 1);
    const page = pageOf(rows, limit, ({ createdAt, id }) => writeCursor(LIST, createdAt.toISOString(), id));
    return { items: page.items.map(viewOf), nextCursor: page.nextCursor };
  }

  /** @throws Problem NOT_FOUND, SECOND_PERSON_NEEDED for who asked, CONFLICT where it does not wait */
  async approve(id: string, actor: Actor): Promise<RevealRequestDto> {
    return this.connection.transaction(async (tx) => {
      const approved = await approveRequest(tx, id, actor.name);
      if (approved === undefined) {
        const found = await findRequest(tx, id);
        if (found === undefined) throw new Problem('NOT_FOUND');
        if (found.state !== 'waiting') throw new Problem('CONFLICT', `it is ${found.state}`);
        throw new Problem('SECOND_PERSON_NEEDED');
      }
      const { askedBy } = approved;
      const deed = deedOf('reveal.approve', approved, { request: id, askedBy });
      await this.audit.record(tx, { ...deed, actor: actor.name });
      return viewOf(approved);
    });
  }

  private async ask(question: RevealQuestion): Promise<RevealRequestDto> {
    return this.connection.transaction(async (tx) => {
      const request = await insertRequest(tx, question);
      await this.audit.record(tx, deedOf('reveal.request', question, { request: request.id }));
      return viewOf(request);
    });
  }

  /** The use and its record commit together, so that nothing is revealed twice, and nothing unrecorded. */
  private async use(id: string, question: RevealQuestion, version: number): Promise<void> {
    await this.connection.transaction(async (tx) => {
      const used = await useRequest(tx, id, question);
      if (used === undefined) {
        const found = await findRequest(tx, id);
        if (found?.askedBy !== question.askedBy) throw new Problem('NOT_FOUND', 'There is no such request');
        const { state } = found;
        const detail = state === 'approved' ? 'another applicant, fields or reason' : `it is ${state}`;
        throw new Problem('REVEAL_NOT_APPROVED', detail, { extra: { state } });
      }
      const { approvedBy } = used;
      await this.audit.record(tx, deedOf('applicant.reveal', question, { version, request: id, approvedBy }));
    });
  }
}

function deedOf(
  action: AuditAction,
  { applicantId, fields, reason, askedBy }: RevealQuestion,
  more: Record<string, unknown>,
): AuditEntry {
  return { actor: askedBy, action, subject: `applicant:${applicantId}`, reason, detail: { fields, ...more } };
}

function valueOf(applicant: ApplicantItemDto, field: RevealableField): unknown {
  return field === 'birthDate' ? applicant.derived.birthDate : applicant[field];
}

function positionOf(cursor: string): RequestPosition {
  const [createdAt, id] = readCursor(LIST, CURSOR, cursor);
  return { createdAt: new Date(createdAt), id };
}

function viewOf({ createdAt, expiresAt, ...request }: RevealRequest): RevealRequestDto {
  return { ...request, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
