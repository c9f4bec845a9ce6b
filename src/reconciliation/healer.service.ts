import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import type { Tx } from '../db/tx.js';
import type { EnrolledApplicant } from '../enroll-client/enroll-client.types.js';
import { SessionTokens } from '../enroll-client/session-tokens.service.js';
import type { SessionEnd } from '../enroll-client/session-tokens.types.js';
import { readApplicantId } from '../enroll-contract/applicant-id.js';
import type { CallbackKind } from '../enroll-contract/types.js';
import { Inbox } from '../inbox/inbox.service.js';
import type { Previewed } from '../inbox/inbox.types.js';
import { EntryDigests } from './entry-digests.service.js';
import { closeGaps, type GapCounts, noteGaps, type NewGap } from './gaps.repository.js';
import { wantRefreshes } from './refreshes.repository.js';
import {
  noteReported,
  noteUnreadable,
  type ReportedApplicant,
  type UnreadableEntry,
} from './reported.repository.js';
import type { Run, RunCounts } from './runs.repository.js';

/** Most elements of one list for the inbox: as many as it writes with one statement. */
const MAX_LIST_ELEMENTS = 1000;

/** The end of an element's JSON, as an update and otherwise. */
const UPDATE = 'true}';
const NO_UPDATE = 'false}';

/** What eNROLL reported, and when it was asked. */
export interface Reported {
  items: readonly EnrolledApplicant[];
  askedAt: Date;
  /** Used as time of enrollment where eNROLL gives none; null: keep the stored time. */
  enrolledSince: Date | null;
}

/** What was found and done; `Healer.conclude` stores it. */
export interface HealResult {
  gaps: GapCounts;
  quarantined: number;
  reported: ReportedApplicant[];
  /** Applicants that are now here as eNROLL has them. */
  same: string[];
  /** Applicants whose callback came after eNROLL was asked: the callback stands. */
  overtaken: string[];
  unreadable: UnreadableEntry[];
  sessions: SessionEnd[];
}

interface Entry {
  item: EnrolledApplicant;
  preview: Previewed;
  /** JSON of the element as an update. */
  json: string;
  /** Null: keep the stored time. */
  enrolledAt: Date | null;
}

interface Delivery {
  applicantId: string | null;
  kind: CallbackKind;
  json: string;
  /** Of an unusable entry: it goes to quarantine. */
  refused?: Pick<UnreadableEntry, 'digest' | 'enrolledAt'>;
}

/**
 * Compares eNROLL's data with ours and sends what is missing or different through the inbox. It skips what is equal, so a
 * second run writes nothing.
 */
@Injectable()
export class Healer {
  constructor(
    private readonly connection: EntityManager,
    private readonly inbox: Inbox,
    private readonly sessions: SessionTokens,
    private readonly entryDigests: EntryDigests,
  ) {}

  /**
   * @param run without a run no gap is recorded
   * @throws Problem OVERLOADED, DATABASE_UNAVAILABLE; then the whole call can be repeated
   */
  async heal(reported: Reported, run?: Pick<Run, 'id' | 'dryRun'>): Promise<HealResult> {
    const { askedAt } = reported;
    const entries = await this.preview(reported);
    const gaps = entries.flatMap((entry) => gapOf(entry, askedAt));
    const healResult: HealResult = {
      gaps: await noteGaps(this.connection, run?.id ?? null, gaps),
      quarantined: 0,
      reported: [],
      same: [],
      overtaken: [],
      unreadable: [],
      sessions: [],
    };
    for (const entry of entries) note(healResult, entry, askedAt);
    const unreadable = await this.newUnreadable(entries, askedAt);
    if (run?.dryRun === true) healResult.quarantined = unreadable.length;
    else await this.deliver(healResult, [...entries.flatMap(deliveryOf), ...unreadable], askedAt);
    return healResult;
  }

  /** Stores the result, together with what else is in `tx`. */
  async conclude(
    tx: Tx,
    runId: string | null,
    healResult: HealResult,
  ): Promise<Pick<RunCounts, 'found' | 'healed'>> {
    const { unreadable, sessions, reported, same } = healResult;
    if (unreadable.length > 0) await noteUnreadable(tx, unreadable);
    if (sessions.length > 0) await this.sessions.finishAll(tx, sessions);
    return {
      found: reported.length > 0 ? await noteReported(tx, runId, reported) : 0,
      healed: same.length > 0 ? await closeGaps(tx, runId, same) : 0,
    };
  }

  /**
   * Heals what eNROLL answers, without a run.
   * @param settle is stored in the same transaction
   * @returns how many gaps it closed
   */
  async healAnswers(
    answers: AsyncIterable<EnrolledApplicant[]>,
    settle?: (tx: Tx, healResult: HealResult) => Promise<void>,
  ): Promise<number> {
    let total = 0;
    let askedAt = new Date();
    for await (const items of answers) {
      const healResult = await this.heal({ items, askedAt, enrolledSince: null });
      await this.connection.transaction(async (tx) => {
        const { healed } = await this.conclude(tx, null, healResult);
        await settle?.(tx, healResult);
        total += healed;
      });
      askedAt = new Date();
    }
    return total;
  }

  private async preview({ items, askedAt, enrolledSince }: Reported): Promise<Entry[]> {
    const parsed = items.map(({ element }, index) => {
      const value = asUpdate(element);
      const json = JSON.stringify(value);
      return { index, value, json, hasEscapes: json.includes('\\') };
    });
    const previews = await this.inbox.preview(parsed, askedAt);
    return items.map((item, at) => ({
      item,
      preview: previews[at] ?? { applicantId: null, result: 'refused' },
      json: parsed[at]?.json ?? '',
      enrolledAt: item.enrolledAt ?? enrolledSince,
    }));
  }

  private async deliver(healResult: HealResult, deliveries: Delivery[], askedAt: Date): Promise<void> {
    for (const kind of ['any', 'success', 'fail'] as const) {
      const ofKind = deliveries.filter((delivery) => delivery.kind === kind);
      for (let at = 0; at < ofKind.length; at += MAX_LIST_ELEMENTS) {
        await this.receive(healResult, kind, ofKind.slice(at, at + MAX_LIST_ELEMENTS), askedAt);
      }
    }
    const { overtaken } = healResult;
    if (overtaken.length > 0) await wantRefreshes(this.connection, 'overtaken', overtaken);
  }

  private async receive(
    healResult: HealResult,
    kind: CallbackKind,
    deliveries: Delivery[],
    asOf: Date,
  ): Promise<void> {
    const bytes = Buffer.from(`[${deliveries.map(({ json }) => json).join(',')}]`);
    const report = await this.inbox.receive({ source: 'reconciliation', kind, bytes, asOf });
    healResult.quarantined += report.quarantined;
    for (const { index, result } of report.items) {
      const { applicantId = null, refused } = deliveries[index] ?? {};
      if (refused !== undefined) {
        healResult.unreadable.push({ ...refused, receiptId: report.receiptId, elementIndex: index });
      }
      if (applicantId === null || result === 'quarantined' || result === 'pending') continue;
      (result === 'stale' ? healResult.overtaken : healResult.same).push(applicantId);
    }
  }

  private async newUnreadable(entries: Entry[], askedAt: Date): Promise<Delivery[]> {
    const byDigest = new Map<string, Delivery>();
    for (const { preview, json, enrolledAt } of entries) {
      if (preview.result !== 'refused') continue;
      // without a key it is what rows of releases up to 0.1 hold
      const plain = hash('sha256', json, 'hex');
      const [digest] = this.entryDigests.of(plain);
      const refused = { digest, enrolledAt: enrolledAt ?? askedAt };
      byDigest.set(plain, { applicantId: null, kind: 'any', json, refused });
    }
    if (byDigest.size === 0) return [];
    for (const known of await this.entryDigests.known(this.connection, [...byDigest.keys()])) {
      byDigest.delete(known);
    }
    return [...byDigest.values()];
  }
}

function note(healResult: HealResult, { item, preview, enrolledAt }: Entry, askedAt: Date): void {
  // an entry may be unusable and still name an applicant: we expect it
  const named = preview.applicantId ?? readApplicantId(item.applicantId);
  if (typeof named === 'string') healResult.reported.push({ applicantId: named, enrolledAt });
  const { applicantId, result } = preview;
  if (applicantId === null) return;
  if (result === 'duplicate') healResult.same.push(applicantId);
  if (result === 'stale') healResult.overtaken.push(applicantId);
  const { requestId, correlationId } = item;
  if (requestId === undefined && correlationId === undefined) return;
  const finishedAt = item.enrolledAt ?? askedAt;
  healResult.sessions.push({ applicantId, requestId, correlationId, finishedAt });
}

function gapOf({ preview, enrolledAt }: Entry, askedAt: Date): NewGap[] {
  const { applicantId, result } = preview;
  if (result !== 'created' && result !== 'updated') return [];
  const kind = result === 'created' ? 'missing_here' : 'different_here';
  return [{ applicantId, kind, enrolledAt: enrolledAt ?? askedAt }];
}

function deliveryOf({ preview, json }: Entry): Delivery[] {
  if (preview.result === 'updated') return [{ ...preview, json }];
  if (preview.result !== 'created') return [];
  return [{ ...preview, json: `${json.slice(0, -UPDATE.length)}${NO_UPDATE}` }];
}

/**
 * eNROLL's query API has no `isUpdate`: it depends on what we hold. It comes last, so that the JSON can be changed at its
 * end.
 */
function asUpdate(element: unknown): unknown {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return element ?? null;
  // in place: nobody else uses the answer, and copying it would cost as much as comparing it
  const own = element as Record<string, unknown>;
  delete own['isUpdate'];
  own['isUpdate'] = true;
  return own;
}
