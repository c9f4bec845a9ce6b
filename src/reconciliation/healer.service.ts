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
import { type Closed, closeGaps, noteGaps, type NewGap } from './gaps.repository.js';
import { wantRefreshes } from './refreshes.repository.js';
import {
  noteReported,
  noteUnreadable,
  type ReportedApplicant,
  type UnreadableEntry,
} from './reported.repository.js';

/** Elements of one list put into the inbox: as many as it writes by one statement. */
const MAX_LIST_ELEMENTS = 1000;

/** How the text of an element ends, as an update and as none. */
const UPDATE = 'true}';
const NO_UPDATE = 'false}';

/** What eNROLL has reported, and when it was asked. */
export interface Reported {
  items: readonly EnrolledApplicant[];
  askedAt: Date;
  /** Stands for the time of enrollment where eNROLL does not tell it; null: what was told before stands. */
  enrolledSince: Date | null;
}

/** On whose behalf. Without a run nothing is noted in the ledger. */
export interface RunContext {
  runId: string | null;
  dryRun: boolean;
}

/** What was found and done; `Healer.conclude` writes it down. */
export interface HealResult {
  missing: number;
  different: number;
  quarantined: number;
  reported: ReportedApplicant[];
  /** Applicants that are now here as eNROLL has them. */
  same: string[];
  unreadable: UnreadableEntry[];
  sessions: SessionEnd[];
}

/** `found`: applicants that the run had not been told of before. */
export interface Concluded extends Closed {
  found: number;
}

interface Entry {
  item: EnrolledApplicant;
  preview: Previewed;
  /** JSON of the element as an update. */
  json: string;
}

interface Delivery {
  applicantId: string | null;
  kind: CallbackKind;
  json: string;
  /** Of an entry that nobody can use: it goes to quarantine. */
  refused?: Pick<UnreadableEntry, 'digest' | 'enrolledAt'>;
}

/**
 * Compares what eNROLL tells with what is held, and puts what is missing or different through the inbox. What is equal
 * goes nowhere, so that a second run writes nothing.
 */
@Injectable()
export class Healer {
  constructor(
    private readonly connection: EntityManager,
    private readonly inbox: Inbox,
    private readonly sessions: SessionTokens,
    private readonly entryDigests: EntryDigests,
  ) {}

  /** @throws Problem OVERLOADED, DATABASE_UNAVAILABLE; then it may be done again as a whole */
  async heal(reported: Reported, context: RunContext): Promise<HealResult> {
    const entries = await this.preview(reported);
    const healResult: HealResult = {
      missing: 0,
      different: 0,
      quarantined: 0,
      reported: [],
      same: [],
      unreadable: [],
      sessions: [],
    };
    for (const { item, preview } of entries) note(healResult, item, preview, reported);
    await this.noteGaps(healResult, entries, reported, context);
    const unreadable = await this.newUnreadable(entries, reported);
    if (context.dryRun) healResult.quarantined = unreadable.length;
    else await this.deliver(healResult, entries, unreadable, reported.askedAt);
    return healResult;
  }

  /** Writes down what came of it, together with what else is in `tx`. */
  async conclude(tx: Tx, runId: string | null, healResult: HealResult): Promise<Concluded> {
    const { unreadable, sessions, reported, same } = healResult;
    if (unreadable.length > 0) await noteUnreadable(tx, unreadable);
    if (sessions.length > 0) await this.sessions.finishAll(tx, sessions);
    const found = reported.length > 0 ? await noteReported(tx, runId, reported) : 0;
    const closed = same.length > 0 ? await closeGaps(tx, runId, same) : { healed: 0, healedByRun: 0 };
    return { found, ...closed };
  }

  private async preview({ items, askedAt }: Reported): Promise<Entry[]> {
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
    }));
  }

  private async noteGaps(
    healResult: HealResult,
    entries: Entry[],
    reported: Reported,
    context: RunContext,
  ): Promise<void> {
    const { runId } = context;
    const gaps = entries.flatMap(({ item, preview }): NewGap[] => {
      const kind = gapOf(preview);
      if (kind === null || preview.applicantId === null) return [];
      return [
        {
          applicantId: preview.applicantId,
          kind,
          enrolledAt: enrolledAtOf(item, reported) ?? reported.askedAt,
        },
      ];
    });
    if (runId === null || gaps.length === 0) return;
    const noted = await noteGaps(this.connection, runId, gaps);
    healResult.missing = noted.get('missing_here') ?? 0;
    healResult.different = noted.get('different_here') ?? 0;
  }

  private async deliver(
    healResult: HealResult,
    entries: Entry[],
    unreadable: Delivery[],
    askedAt: Date,
  ): Promise<void> {
    const overtaken = entries.flatMap(({ preview }) =>
      preview.result === 'stale' ? [preview.applicantId] : [],
    );
    const deliveries = [...entries.flatMap(deliveryOf), ...unreadable];
    for (const kind of ['any', 'success', 'fail'] as const) {
      const ofKind = deliveries.filter((delivery) => delivery.kind === kind);
      for (let at = 0; at < ofKind.length; at += MAX_LIST_ELEMENTS) {
        const list = ofKind.slice(at, at + MAX_LIST_ELEMENTS);
        overtaken.push(...(await this.receive(healResult, kind, list, askedAt)));
      }
    }
    if (overtaken.length > 0) await wantRefreshes(this.connection, 'overtaken', overtaken);
  }

  /** @returns applicants of whom a callback came after the comparison: it stands */
  private async receive(
    healResult: HealResult,
    kind: CallbackKind,
    deliveries: Delivery[],
    asOf: Date,
  ): Promise<string[]> {
    const bytes = Buffer.from(`[${deliveries.map(({ json }) => json).join(',')}]`);
    const report = await this.inbox.receive({ source: 'reconciliation', kind, bytes, asOf });
    healResult.quarantined += report.quarantined;
    const overtaken: string[] = [];
    for (const { index, result } of report.items) {
      const { applicantId = null, refused } = deliveries[index] ?? {};
      if (refused !== undefined) {
        healResult.unreadable.push({ ...refused, receiptId: report.receiptId, elementIndex: index });
      }
      if (applicantId === null || result === 'quarantined' || result === 'pending') continue;
      (result === 'stale' ? overtaken : healResult.same).push(applicantId);
    }
    return overtaken;
  }

  private async newUnreadable(entries: Entry[], reported: Reported): Promise<Delivery[]> {
    const byDigest = new Map<string, Delivery>();
    for (const { item, preview, json } of entries) {
      if (preview.result !== 'refused') continue;
      const plain = plainDigestOf(json);
      const [digest] = this.entryDigests.of(plain);
      const enrolledAt = enrolledAtOf(item, reported) ?? reported.askedAt;
      byDigest.set(plain, { applicantId: null, kind: 'any', json, refused: { digest, enrolledAt } });
    }
    if (byDigest.size === 0) return [];
    for (const known of await this.entryDigests.known(this.connection, [...byDigest.keys()])) {
      byDigest.delete(known);
    }
    return [...byDigest.values()];
  }
}

function note(healResult: HealResult, item: EnrolledApplicant, preview: Previewed, reported: Reported): void {
  const { applicantId, result } = preview;
  if (applicantId === null) {
    // nobody can use the entry, but eNROLL has named somebody: expected all the same
    const named = readApplicantId(item.applicantId);
    if (typeof named === 'string')
      healResult.reported.push({ applicantId: named, enrolledAt: enrolledAtOf(item, reported) });
    return;
  }
  healResult.reported.push({ applicantId, enrolledAt: enrolledAtOf(item, reported) });
  if (result === 'duplicate') healResult.same.push(applicantId);
  const { requestId, correlationId } = item;
  if (requestId !== undefined || correlationId !== undefined) {
    healResult.sessions.push({
      applicantId,
      requestId,
      correlationId,
      finishedAt: item.enrolledAt ?? reported.askedAt,
    });
  }
}

function enrolledAtOf(item: EnrolledApplicant, { enrolledSince }: Reported): Date | null {
  return item.enrolledAt ?? enrolledSince;
}

function gapOf({ result }: Previewed): NewGap['kind'] | null {
  if (result === 'created') return 'missing_here';
  return result === 'updated' ? 'different_here' : null;
}

function deliveryOf({ preview, json }: Entry): Delivery[] {
  if (preview.result === 'updated') return [{ ...preview, json }];
  if (preview.result !== 'created') return [];
  return [{ ...preview, json: `${json.slice(0, -UPDATE.length)}${NO_UPDATE}` }];
}

/**
 * eNROLL's query API has no `isUpdate`: whether it is one follows from what we hold. It comes last, so that the text of
 * the element need not be made twice.
 */
function asUpdate(element: unknown): unknown {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return element ?? null;
  // in place: the answer is nobody else's, and copying it costs as much as comparing it
  const own = element as Record<string, unknown>;
  delete own['isUpdate'];
  own['isUpdate'] = true;
  return own;
}

/** What is kept of an entry without its key: all that rows of releases up to 0.1 hold. */
function plainDigestOf(json: string): string {
  return hash('sha256', json, 'hex');
}
