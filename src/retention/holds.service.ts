import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { AuditAction } from '../audit/audit.actions.js';
import { Audit, toEach } from '../audit/audit.service.js';
import { BlindIndex } from '../crypto/blind-index.js';
import { Sealer } from '../crypto/sealer.js';
import { allAsKept, asKept } from '../db/applicant-id.repository.js';
import type { Tx } from '../db/tx.js';
import { foldId } from '../enroll-contract/lookups.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import { requireNotBegun } from '../problem/readable.js';
import type { HoldDto, HoldPageDto, ListHoldsQuery, PlaceHoldBody } from './holds.dto.js';
import {
  applicantsOfIdNumbers,
  findHold,
  type HoldRow,
  insertHold,
  liftHold,
  listHolds,
  liveHolds,
  lockToPlace,
  lockToRemove,
} from './holds.repository.js';

const LIST = 'holds';
const CURSOR = z.tuple([z.iso.datetime(), z.guid()]);

type Subject = { applicantId: string } | { idNumber: string };

/**
 * People of whom nothing may be removed: neither by the end of its time nor by an erasure. A hold is on an applicantId, or on a
 * national id: then it is on everybody who has it as the current one, also on who comes later. Several holds on one person
 * count each for itself. The national id is kept sealed, and not as a blind index, which no rotation of keys could make anew.
 */
@Injectable()
export class Holds {
  constructor(
    private readonly connection: EntityManager,
    private readonly sealer: Sealer,
    private readonly blindIndex: BlindIndex,
    private readonly audit: Audit,
  ) {}

  /**
   * Which of these applicants are held, as they were spelled. Until `tx` ends no further hold is placed, so that whoever is not
   * held may be removed in it.
   */
  async isHeld(tx: Tx, applicantIds: readonly string[]): Promise<Set<string>> {
    const held = await this.all(tx);
    if (held.size === 0 || applicantIds.length === 0) return new Set();
    const kept = await allAsKept(tx, applicantIds);
    return new Set(applicantIds.filter((_, i) => held.has(kept[i]!)));
  }

  /** Whether a national id is held, whoever has it. Until `tx` ends no further hold is placed. @param idNumber folded */
  async isNumberHeld(tx: Tx, idNumber: string): Promise<boolean> {
    await lockToRemove(tx);
    return (await liveHolds(tx)).some((hold) => this.idNumberOf(hold) === idNumber);
  }

  /** Every applicant who is held, as kept. Until `tx` ends no further hold is placed. */
  async all(tx: Tx): Promise<Set<string>> {
    await lockToRemove(tx);
    return this.now(tx);
  }

  /** Every applicant who is held at this moment, to be shown: nothing may be removed by it. */
  async now(tx: Tx): Promise<Set<string>> {
    const held = await this.heldBy(tx, await liveHolds(tx));
    return new Set([...held.values()].flat());
  }

  /**
   * Places a hold, once something that is being removed is gone. The same hold again is the one that is there.
   * @throws Problem BAD_REQUEST unless it is on exactly one of applicantId and national id; ERASURE_UNDER_WAY, APPLICANT_ERASED
   */
  async place(by: string, { applicantId, idNumber, reason }: PlaceHoldBody): Promise<HoldDto> {
    const subject = subjectOf(applicantId, idNumber);
    return this.connection.transaction(async (tx) => {
      await lockToPlace(tx);
      const same = await this.findSame(tx, subject, reason);
      if (same !== undefined) return this.viewOf(tx, same);
      const id = randomUUID();
      const hold = await insertHold(tx, {
        id,
        applicantId: 'applicantId' in subject ? await asKept(tx, subject.applicantId) : null,
        idNumber: 'idNumber' in subject ? this.sealer.seal(subject.idNumber, placeOf(id)) : null,
        reason,
        placedBy: by,
      });
      await requireNotBegun(tx, [...(await this.heldBy(tx, [hold])).values()].flat());
      return this.record(tx, by, 'hold.place', hold, hold);
    });
  }

  /** Lifting it twice is harmless. @throws Problem NOT_FOUND */
  async lift(by: string, id: string): Promise<HoldDto> {
    return this.connection.transaction(async (tx) => {
      await lockToPlace(tx);
      const before = await findHold(tx, id);
      if (before === undefined) throw new Problem('NOT_FOUND', 'There is no such hold');
      const lifted = await liftHold(tx, id, by);
      if (lifted === undefined) return this.viewOf(tx, before);
      await this.record(tx, by, 'hold.lift', before, lifted);
      return this.viewOf(tx, lifted);
    });
  }

  /** Newest first. @throws Problem BAD_CURSOR */
  async list({ limit, cursor, state, applicantId }: ListHoldsQuery): Promise<HoldPageDto> {
    const [placedAt, id] = cursor === undefined ? [] : readCursor(LIST, CURSOR, cursor);
    const after = placedAt === undefined || id === undefined ? null : { placedAt: new Date(placedAt), id };
    const live = state === undefined ? null : state === 'placed';
    const of = applicantId === undefined ? null : await this.holdsOn(applicantId);
    const rows = await listHolds(this.connection, { live, of }, after, limit + 1);
    const page = pageOf(rows, limit, (hold) => writeCursor(LIST, hold.placedAt.toISOString(), hold.id));
    const held = await this.heldBy(this.connection, page.items);
    return { items: page.items.map((hold) => viewOf(hold, held)), nextCursor: page.nextCursor };
  }

  /** By the applicantId, or by a national id that is the applicant's now. */
  private async holdsOn(asked: string): Promise<{ applicantId: string; ids: string[] }> {
    const applicantId = await asKept(this.connection, asked);
    const held = await this.heldBy(this.connection, await liveHolds(this.connection));
    const ids = [...held].flatMap(([id, applicants]) => (applicants.includes(applicantId) ? [id] : []));
    return { applicantId, ids };
  }

  private async findSame(tx: Tx, subject: Subject, reason: string): Promise<HoldRow | undefined> {
    const live = (await liveHolds(tx)).filter((hold) => hold.reason === reason);
    if ('idNumber' in subject) return live.find((hold) => this.idNumberOf(hold) === subject.idNumber);
    const applicantId = await asKept(tx, subject.applicantId);
    return live.find((hold) => hold.applicantId === applicantId);
  }

  /** Whom each of these holds holds now, by the id of the hold. */
  async heldBy(tx: Tx, holds: readonly HoldRow[]): Promise<Map<string, string[]>> {
    const live = holds.filter(({ liftedAt }) => liftedAt === null);
    const indexes = new Map(
      live.map((hold) => {
        const idNumber = this.idNumberOf(hold);
        return [hold.id, idNumber === null ? [] : this.blindIndex.candidates('idNumber', idNumber)];
      }),
    );
    const found = await applicantsOfIdNumbers(tx, [...indexes.values()].flat());
    const kept = await allAsKept(
      tx,
      live.flatMap(({ applicantId }) => applicantId ?? []),
    );
    const held = new Map<string, string[]>();
    for (const { id, applicantId } of live) {
      const wanted = new Set(indexes.get(id)?.map(String));
      const ofIdNumber = found.filter(({ index }) => wanted.has(index)).map((one) => one.applicantId);
      held.set(id, applicantId === null ? ofIdNumber : [kept.shift()!]);
    }
    return held;
  }

  /** The national id that it holds; null where it holds an applicantId, and once it is lifted. */
  idNumberOf({ id, idNumber }: HoldRow): string | null {
    return idNumber && this.sealer.reveal(idNumber, placeOf(id)).toString();
  }

  /** @param before names whom it concerns: a lifted hold knows no more */
  private async record(tx: Tx, actor: string, action: AuditAction, before: HoldRow, after: HoldRow) {
    const held = await this.heldBy(tx, [before]);
    const by = before.applicantId === null ? 'idNumber' : 'applicantId';
    const entry = { actor, action, subject: `hold:${after.id}`, reason: after.reason, detail: { by } };
    await this.audit.record(tx, entry, ...toEach(entry, held.get(before.id) ?? []));
    return viewOf(after, held);
  }

  private async viewOf(tx: Tx, hold: HoldRow): Promise<HoldDto> {
    return viewOf(hold, await this.heldBy(tx, [hold]));
  }
}

function subjectOf(applicantId: string | undefined, idNumber: string | undefined): Subject {
  const folded = idNumber === undefined ? undefined : foldId(idNumber);
  if (folded !== undefined && folded !== '' && applicantId === undefined) return { idNumber: folded };
  if (applicantId !== undefined && idNumber === undefined) return { applicantId };
  throw new Problem('BAD_REQUEST', 'exactly one of applicantId and idNumber must be given');
}

/** Where a hold's national id is sealed. */
export function placeOf(id: string): string {
  return `holds|${id}`;
}

function viewOf({ idNumber: _, ...hold }: HoldRow, held: Map<string, string[]>): HoldDto {
  return {
    ...hold,
    state: hold.liftedAt === null ? 'placed' : 'lifted',
    applicantIds: held.get(hold.id) ?? [],
    placedAt: hold.placedAt.toISOString(),
    liftedAt: hold.liftedAt?.toISOString() ?? null,
  };
}
