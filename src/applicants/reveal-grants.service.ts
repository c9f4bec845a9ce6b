import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Audit, toEach } from '../audit/audit.service.js';
import type { AuditEntry } from '../audit/audit.types.js';
import type { Actor } from '../auth/auth.types.js';
import { Config } from '../config/config.js';
import { asKept } from '../db/applicant-id.repository.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
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
import type { ListRevealRequestsQuery, RevealRequestDto, RevealRequestPageDto } from './reveals.dto.js';

const LIST = 'reveal-requests';
const CURSOR = z.tuple([z.iso.datetime(), z.guid()]);

/** How the audit says that it was shown. */
type Deed = Required<Pick<AuditEntry, 'action' | 'detail'>>;

/**
 * Lets somebody see what is hidden, for a reason: fields, images and elements in quarantine go the same way. What is shown is recorded
 * first; where a second person has to approve it, so is each step.
 */
@Injectable()
export class RevealGrants {
  private readonly needsSecondPerson: boolean;

  constructor(
    private readonly connection: EntityManager,
    private readonly limit: RevealLimit,
    private readonly audit: Audit,
    config: Config,
  ) {
    this.needsSecondPerson = config.env.ROLLCALL_REVEAL_TWO_PERSONS === 'true';
  }

  /** Counts one look of the caller; comes first, so that looks at nobody count too. @throws Problem TOO_MANY_REQUESTS */
  async count(actor: Actor): Promise<void> {
    await this.limit.take(actor.name);
  }

  /**
   * Records what is about to be shown.
   * @param requestId of the request that a second person has approved
   * @returns undefined where it may be shown now; else the request for it, which somebody has to approve first
   * @throws Problem AUDIT_UNAVAILABLE, NOT_FOUND, REVEAL_NOT_APPROVED
   */
  async grant(
    question: RevealQuestion,
    requestId: string | undefined,
    deed: Deed,
  ): Promise<RevealRequestDto | undefined> {
    if (requestId !== undefined) await this.use(requestId, question, deed);
    else if (this.needsSecondPerson) return this.ask(question);
    else await this.audit.record(null, ...entriesOf(question, deed));
    return undefined;
  }

  /** Newest first, of all callers. @throws Problem BAD_CURSOR */
  async list({ limit, cursor, quarantineId, ...of }: ListRevealRequestsQuery): Promise<RevealRequestPageDto> {
    const after = cursor === undefined ? null : positionOf(cursor);
    const applicantId = of.applicantId && (await asKept(this.connection, of.applicantId));
    const rows = await listRequests(this.connection, { applicantId, quarantineId }, after, limit + 1);
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
      const detail = { ...whatOf(approved), request: id, askedBy };
      const entries = entriesOf({ ...approved, askedBy: actor.name }, { action: 'reveal.approve', detail });
      await this.audit.record(tx, ...entries);
      return viewOf(approved);
    });
  }

  private async ask(question: RevealQuestion): Promise<RevealRequestDto> {
    return this.connection.transaction(async (tx) => {
      const request = await insertRequest(tx, question);
      const detail = { ...whatOf(question), request: request.id };
      await this.audit.record(tx, ...entriesOf(question, { action: 'reveal.request', detail }));
      return viewOf(request);
    });
  }

  /** The use and its record commit together, so that nothing is revealed twice, and nothing unrecorded. */
  private async use(id: string, question: RevealQuestion, { action, detail }: Deed): Promise<void> {
    await this.connection.transaction(async (tx) => {
      const used = await useRequest(tx, id, question);
      if (used === undefined) {
        const found = await findRequest(tx, id);
        if (found?.askedBy !== question.askedBy) throw new Problem('NOT_FOUND', 'There is no such request');
        const { state } = found;
        const why = state === 'approved' ? 'another applicant, fields or reason' : `it is ${state}`;
        throw new Problem('REVEAL_NOT_APPROVED', why, { extra: { state } });
      }
      const { approvedBy } = used;
      const whole = { ...detail, request: id, approvedBy };
      await this.audit.record(tx, ...entriesOf(question, { action, detail: whole }));
    });
  }
}

/** An element in quarantine has its entry, and so has the applicant whom it names. */
function entriesOf({ applicantId, quarantineId, reason, askedBy }: RevealQuestion, deed: Deed): AuditEntry[] {
  const given = { ...deed, actor: askedBy, reason };
  if (quarantineId === null) return [{ ...given, subject: `applicant:${applicantId}` }];
  const entry = { ...given, subject: `quarantine:${quarantineId}` };
  return [entry, ...toEach(entry, [applicantId])];
}

function whatOf({ fields, image, quarantineId }: RevealQuestion): Record<string, unknown> {
  if (quarantineId !== null) return { quarantine: quarantineId };
  return image === null ? { fields } : { image };
}

function positionOf(cursor: string): RequestPosition {
  const [createdAt, id] = readCursor(LIST, CURSOR, cursor);
  return { createdAt: new Date(createdAt), id };
}

function viewOf({ createdAt, expiresAt, ...request }: RevealRequest): RevealRequestDto {
  return { ...request, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
