import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { RevealGrants } from '../applicants/reveal-grants.service.js';
import type { RevealReasonBody, RevealRequestDto } from '../applicants/reveals.dto.js';
import type { AuditEntry } from '../audit/audit.types.js';
import { Audit, toEach } from '../audit/audit.service.js';
import type { Actor } from '../auth/auth.types.js';
import { Sealer } from '../crypto/sealer.js';
import { allAsKept, findErasure } from '../db/applicant-id.repository.js';
import type { Tx } from '../db/tx.js';
import { pageOf } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import { requireReadable } from '../problem/readable.js';
import { Cursors } from './cursors.js';
import { type MaskedElement, maskedElement } from './masked-element.js';
import type {
  ListQuarantineQuery,
  QuarantineCountsDto,
  QuarantineDto,
  QuarantineItemDto,
  QuarantinePageDto,
  RevealedElementDto,
} from './quarantine.dto.js';
import { QUARANTINE_STATES, type QuarantineState } from './quarantine.entity.js';
import {
  COUNT_UP_TO,
  countByCode,
  listQuarantine,
  type QuarantineGrowth,
  type QuarantineSummary,
  readElementBytes,
  readQuarantine,
  type Resolution,
  resolveQuarantine,
  summarizeOpen,
} from './quarantine.repository.js';

/** For the list, and for the place where a replay goes on. */
export const CURSORS = new Cursors('quarantine');

/** Elements that could not be taken: open -> replayed | discarded. */
@Injectable()
export class Quarantine {
  constructor(
    private readonly connection: EntityManager,
    private readonly sealer: Sealer,
    private readonly audit: Audit,
    private readonly grants: RevealGrants,
  ) {}

  /** Newest first. @throws Problem BAD_CURSOR */
  async list({ limit, cursor, ...filter }: ListQuarantineQuery): Promise<QuarantinePageDto> {
    const rows = await listQuarantine(this.connection, filter, CURSORS.read(cursor), limit + 1);
    const { items, nextCursor } = pageOf(rows, limit, (row) => CURSORS.write(row.receivedAt, row.id));
    return { items: items.map(itemOf), nextCursor };
  }

  /** By cause and state. */
  async counts(): Promise<QuarantineCountsDto> {
    const rows = await countByCode(this.connection);
    const items = rows.map(({ newestAt, ...row }) => ({ ...row, newestAt: newestAt.toISOString() }));
    const complete = QUARANTINE_STATES.every((state) => totalOf(items, state) < COUNT_UP_TO);
    return { items, nextCursor: null, complete };
  }

  /** How many elements are open, and how many of these came within `lastSeconds`; counted up to 100,000. */
  async growth(lastSeconds: number): Promise<QuarantineGrowth> {
    return summarizeOpen(this.connection, lastSeconds);
  }

  /** With the element itself for an actor who may read PII, which is recorded; masked for others. @throws Problem NOT_FOUND, RESTRICTED, APPLICANT_ERASED */
  async find(id: string, actor: Actor): Promise<QuarantineDto> {
    const item = await this.item(id);
    if (!actor.can('pii:read')) return { ...itemOf(item), element: null, masked: await this.masked(item) };
    if (item.applicantId !== null) await requireReadable(this.connection, item.applicantId);
    const bytes = await this.elementOf(id);
    const deed = {
      actor: actor.name,
      action: 'quarantine.read',
      subject: `quarantine:${id}`,
      detail: { applicantId: item.applicantId },
    } as const;
    await this.record(null, deed, [item.applicantId]);
    return { ...itemOf(item), element: bytes.toString('utf8'), masked: null };
  }

  /**
   * The element as it was received, for a reason; or the request for it, where a second person has to approve it first.
   * @throws Problem TOO_MANY_REQUESTS, NOT_FOUND, RESTRICTED, APPLICANT_ERASED, AUDIT_UNAVAILABLE, REVEAL_NOT_APPROVED
   */
  async reveal(
    id: string,
    { reason, requestId }: RevealReasonBody,
    actor: Actor,
  ): Promise<RevealedElementDto | RevealRequestDto> {
    await this.grants.count(actor);
    const item = await this.item(id);
    const named = item.applicantId === null ? [] : [item.applicantId];
    await requireReadable(this.connection, ...named);
    const [applicantId = null] = await allAsKept(this.connection, named);
    const element = (await this.elementOf(id)).toString('utf8');
    const question = { applicantId, fields: [], image: null, quarantineId: id, reason, askedBy: actor.name };
    const deed = { action: 'quarantine.reveal', detail: { applicantId } } as const;
    return (await this.grants.grant(question, requestId, deed)) ?? { id, element };
  }

  /** Puts an element aside for good. @throws Problem NOT_FOUND, CONFLICT where it is not open */
  async discard(id: string, reason: string, actor: Actor): Promise<QuarantineItemDto> {
    const item = await this.openItem(id);
    const text = `discarded: ${reason}`;
    const resolved = await this.resolve(item, {
      state: 'discarded',
      by: actor.name,
      text,
      replayReceiptId: null,
      applicantId: null,
    });
    if (!resolved) throw new Problem('CONFLICT', 'it was resolved meanwhile');
    return itemOf(await this.item(id));
  }

  /** Resolves an open element, and records who did. @returns false where somebody else was first */
  async resolve({ id, applicantId }: QuarantineSummary, resolution: Resolution): Promise<boolean> {
    return this.connection.transaction(async (tx) => {
      if (!(await resolveQuarantine(tx, id, resolution))) return false;
      const deed: AuditEntry = {
        actor: resolution.by,
        action: `quarantine.${resolution.state === 'discarded' ? 'discard' : 'replay'}`,
        subject: `quarantine:${id}`,
        detail: {
          resolution: resolution.text,
          replayReceiptId: resolution.replayReceiptId,
          applicantId: resolution.applicantId,
        },
      };
      await this.record(tx, deed, [applicantId, resolution.applicantId]);
      return true;
    });
  }

  /** Records what is done with an element, also for each applicant whom it concerns, as far as they are known. */
  async record(tx: Tx | null, deed: AuditEntry, applicantIds: (string | null)[]): Promise<void> {
    const known = applicantIds.filter((id) => id !== null);
    const people = await allAsKept(tx ?? this.connection, known);
    await this.audit.record(tx, deed, ...toEach(deed, people));
  }

  /** @throws Problem NOT_FOUND, CONFLICT where it is resolved */
  async openItem(id: string): Promise<QuarantineSummary> {
    const item = await this.item(id);
    if (item.state !== 'open') throw new Problem('CONFLICT', `it is ${item.state} already`);
    return item;
  }

  /** The bytes of an element as they were received. @throws Problem NOT_FOUND */
  async elementOf(id: string): Promise<Buffer> {
    const sealed = await readElementBytes(this.connection, id);
    if (sealed === undefined) throw new Problem('NOT_FOUND');
    return this.sealer.reveal(sealed, `quarantine|${id}`);
  }

  /** Null where nobody reads the person, or no key opens it. */
  private async masked({ id, applicantId }: QuarantineSummary): Promise<MaskedElement | null> {
    if (applicantId !== null && (await findErasure(this.connection, [applicantId])) !== undefined)
      return null;
    const sealed = await readElementBytes(this.connection, id);
    const bytes = sealed && this.sealer.revealIfReadable(sealed, `quarantine|${id}`);
    return bytes === undefined ? null : maskedElement(bytes);
  }

  private async item(id: string): Promise<QuarantineSummary> {
    const [item] = await readQuarantine(this.connection, [id]);
    if (item === undefined) throw new Problem('NOT_FOUND');
    return item;
  }
}

function totalOf(items: QuarantineCountsDto['items'], state: QuarantineState): number {
  return items.reduce((total, item) => (item.state === state ? total + item.count : total), 0);
}

function itemOf({ receivedAt, resolvedAt, ...rest }: QuarantineSummary): QuarantineItemDto {
  return {
    ...rest,
    receivedAt: receivedAt.toISOString(),
    resolvedAt: resolvedAt?.toISOString() ?? null,
  };
}
