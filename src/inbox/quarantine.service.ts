import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import type { AuditEntry } from '../audit/audit.types.js';
import { Audit, toEach } from '../audit/audit.service.js';
import type { Actor } from '../auth/auth.types.js';
import { Sealer } from '../crypto/sealer.js';
import { allAsKept } from '../db/applicant-id.repository.js';
import type { Tx } from '../db/tx.js';
import { pageOf } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import { requireReadable } from '../problem/readable.js';
import { Cursors } from './cursors.js';
import type {
  ListQuarantineQuery,
  QuarantineDto,
  QuarantineItemDto,
  QuarantinePageDto,
} from './quarantine.dto.js';
import {
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
  ) {}

  /** Newest first. @throws Problem BAD_CURSOR */
  async list({ limit, cursor, ...filter }: ListQuarantineQuery): Promise<QuarantinePageDto> {
    const rows = await listQuarantine(this.connection, filter, CURSORS.read(cursor), limit + 1);
    const { items, nextCursor } = pageOf(rows, limit, (row) => CURSORS.write(row.receivedAt, row.id));
    return { items: items.map(itemOf), nextCursor };
  }

  /** How many elements are open, and how many of these came within `lastSeconds`; counted up to 100,000. */
  async growth(lastSeconds: number): Promise<QuarantineGrowth> {
    return summarizeOpen(this.connection, lastSeconds);
  }

  /** With the element itself for an actor who may read PII; the reading is recorded. @throws Problem NOT_FOUND, RESTRICTED, APPLICANT_ERASED */
  async find(id: string, actor: Actor): Promise<QuarantineDto> {
    const item = await this.item(id);
    if (!actor.can('pii:read')) return { ...itemOf(item), element: null };
    if (item.applicantId !== null) await requireReadable(this.connection, item.applicantId);
    const bytes = await this.elementOf(id);
    const deed = {
      actor: actor.name,
      action: 'quarantine.read',
      subject: `quarantine:${id}`,
      detail: { applicantId: item.applicantId },
    } as const;
    await this.record(null, deed, [item.applicantId]);
    return { ...itemOf(item), element: bytes.toString('utf8') };
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

  private async item(id: string): Promise<QuarantineSummary> {
    const [item] = await readQuarantine(this.connection, [id]);
    if (item === undefined) throw new Problem('NOT_FOUND');
    return item;
  }
}

function itemOf({ receivedAt, resolvedAt, ...rest }: QuarantineSummary): QuarantineItemDto {
  return {
    ...rest,
    receivedAt: receivedAt.toISOString(),
    resolvedAt: resolvedAt?.toISOString() ?? null,
  };
}
