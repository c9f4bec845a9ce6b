import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { ApplicantsRepository } from '../applicants/applicants.repository.js';
import { insufficientScope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { pageOf } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import { asList, fixed, verdictOn } from './fix.js';
import { Inbox } from './inbox.service.js';
import { beyondRefusal } from './patch-limits.js';
import {
  type FixBody,
  MAX_REPLAYED,
  type ReplayBody,
  type ReplayDto,
  type ReplayItemDto,
} from './quarantine.dto.js';
import { listOpen, type QuarantineSummary, readQuarantine } from './quarantine.repository.js';
import { CURSORS, Quarantine } from './quarantine.service.js';

/** The scope of those who decide about a person, which is more than to repair. */
const DECIDE = 'quarantine:decide';

const OVERTAKEN = {
  passes: false,
  code: 'OVERTAKEN',
  reason: `newer content of the applicant came since: it takes the scope "${DECIDE}"`,
  overtaken: true,
} as const;

const ERASED = {
  passes: false,
  code: 'APPLICANT_ERASED',
  reason: 'the applicant is under erasure, or was erased: an erasure of it erases this too',
} as const;

/** Who sends an element in again, and the text that is kept of it. */
interface Sender {
  actor: Actor;
  text: string;
}

/**
 * Sends quarantined elements through the inbox once more. The element is taken first and its row resolved then: after
 * a crash in between it is still open, and replaying it again finds a duplicate.
 */
@Injectable()
export class Replays {
  constructor(
    private readonly connection: EntityManager,
    private readonly quarantine: Quarantine,
    private readonly inbox: Inbox,
    private readonly applicants: ApplicantsRepository,
  ) {}

  /**
   * Patches one element and sends it in. Without `quarantine:decide` only what the refusal named may be patched, and
   * the element becomes nobody who is known already.
   * @throws Problem NOT_FOUND, CONFLICT where it is resolved, STILL_REFUSED where it still cannot be taken,
   *   INSUFFICIENT_SCOPE
   */
  async fix(id: string, { patch, note, dryRun }: FixBody, actor: Actor): Promise<ReplayItemDto> {
    const found = await this.quarantine.openItem(id);
    const received = await this.quarantine.elementOf(id);
    const element = fixed(received, patch);
    if (!actor.can(DECIDE)) await this.requireRepair(received, patch, element);
    const judged = await this.judge(found, element, actor);
    if (judged.code === 'OVERTAKEN') throw insufficientScope(DECIDE, judged.reason ?? undefined);
    if (dryRun) return judged;
    if (!judged.passes) {
      throw new Problem('STILL_REFUSED', judged.reason ?? undefined, { extra: { elementCode: judged.code } });
    }
    const fields = Object.keys(patch);
    const names = fields.join(', ');
    const text = note === undefined ? `fixed: ${names}` : `fixed: ${names} (${note})`;
    // before it is sent, in a transaction of this entry alone: of two fixes at once one resolves the row, but both are taken
    const detail = { fields, wasApplicantId: found.applicantId, applicantId: judged.applicantId };
    const deed = {
      actor: actor.name,
      action: 'quarantine.fix',
      subject: `quarantine:${id}`,
      detail,
    } as const;
    await this.quarantine.record(null, deed, [found.applicantId, judged.applicantId]);
    const sent = await this.send(found, element, judged, { actor, text });
    if (sent.code === 'OVERTAKEN') throw insufficientScope(DECIDE, sent.reason ?? undefined);
    return sent;
  }

  /**
   * Sends elements in as they are, oldest first: those named, or a stretch of those that match. What is still refused
   * stays open.
   * @throws Problem BAD_REQUEST where neither or both of `ids` and `filter` are given, NOT_FOUND for an unknown id,
   *   BAD_CURSOR
   */
  async replay(body: ReplayBody, actor: Actor): Promise<ReplayDto> {
    const { chosen, nextCursor } = await this.choose(body);
    const items: ReplayItemDto[] = [];
    for (const found of chosen) {
      const element = await this.quarantine.elementOf(found.id);
      const judged = await this.judge(found, element, actor);
      const isSent = judged.passes && !body.dryRun;
      items.push(isSent ? await this.send(found, element, judged, { actor, text: 'replayed' }) : judged);
    }
    const passing = items.filter((item) => item.passes).length;
    return { dryRun: body.dryRun, passing, failing: items.length - passing, items, nextCursor };
  }

  private async choose({ ids, filter, cursor }: ReplayBody) {
    if ((ids === undefined) === (filter === undefined)) {
      throw new Problem('BAD_REQUEST', 'give either ids or filter; {} as filter is all');
    }
    if (ids !== undefined) {
      const wanted = [...new Set(ids)];
      const chosen = await readQuarantine(this.connection, wanted);
      if (chosen.length < wanted.length) throw new Problem('NOT_FOUND', 'not all of these ids are there');
      return { chosen, nextCursor: null };
    }
    const rows = await listOpen(this.connection, filter ?? {}, CURSORS.read(cursor), MAX_REPLAYED + 1);
    const { items: chosen, nextCursor } = pageOf(rows, MAX_REPLAYED, (row) =>
      CURSORS.write(row.receivedAt, row.id),
    );
    return { chosen, nextCursor };
  }

  /** @throws Problem INSUFFICIENT_SCOPE where the patch is more than a repair of what was refused */
  private async requireRepair(received: Buffer, patch: object, element: Buffer): Promise<void> {
    const beyond = beyondRefusal(received, patch);
    if (beyond.length > 0) {
      throw insufficientScope(
        DECIDE,
        `a repair may only change what was refused, not these: ${beyond.join(', ')}`,
      );
    }
    const names = Object.keys(patch).map((key) => key.toLowerCase());
    const verdict = verdictOn(element);
    if (!verdict.passes || !names.includes('applicantid')) return;
    if ((await this.applicants.lastReceived(verdict.applicantId)) !== undefined) {
      throw insufficientScope(DECIDE, 'an applicant of this id is known already');
    }
  }

  private async judge(found: QuarantineSummary, element: Buffer, actor: Actor): Promise<ReplayItemDto> {
    const { id, applicantId, state, receivedAt } = found;
    const item = { id, applicantId, overtaken: false, replayReceiptId: null, result: null };
    if (state !== 'open')
      return { ...item, passes: false, code: 'CONFLICT', reason: `it is ${state} already` };
    const verdict = verdictOn(element);
    if (!verdict.passes) return { ...item, ...verdict };
    if (await this.applicants.isErased(verdict.applicantId)) return { ...item, ...ERASED };
    const judged = { ...item, ...verdict, code: null, reason: null };
    if (!(await this.isOvertaken(verdict.applicantId, receivedAt))) return judged;
    return actor.can(DECIDE) ? { ...judged, overtaken: true } : { ...judged, ...OVERTAKEN };
  }

  /** Whether newer content of the applicant was received. */
  private async isOvertaken(applicantId: string, receivedAt: Date): Promise<boolean> {
    const lastReceivedAt = await this.applicants.lastReceived(applicantId);
    return lastReceivedAt !== undefined && lastReceivedAt > receivedAt;
  }

  private async send(
    found: QuarantineSummary,
    element: Buffer,
    judged: ReplayItemDto,
    { actor, text }: Sender,
  ): Promise<ReplayItemDto> {
    const { receiptId, items } = await this.inbox.receive({
      source: 'replay',
      kind: found.kind,
      bytes: asList(element),
      // without the right to decide, the element counts as of its own time: whatever came since stays
      ...(!actor.can(DECIDE) && { asOf: found.receivedAt }),
    });
    const result = items[0]?.result ?? null;
    const applicantId = judged.applicantId ?? '';
    if (!actor.can(DECIDE) && result === 'stale' && (await this.isOvertaken(applicantId, found.receivedAt))) {
      return { ...judged, ...OVERTAKEN, replayReceiptId: receiptId, result };
    }
    // if somebody else replayed it meanwhile, ours was the duplicate
    await this.quarantine.resolve(found, {
      state: 'replayed',
      by: actor.name,
      text,
      replayReceiptId: receiptId,
      applicantId: judged.applicantId,
    });
    return { ...judged, replayReceiptId: receiptId, result };
  }
}
