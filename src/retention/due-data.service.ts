import { Injectable } from '@nestjs/common';
import type { Tx } from '../db/tx.js';
import { spellingsOf } from '../enroll-contract/applicant-id.js';
import { ReplacedImages } from '../images/replaced-images.service.js';
import { SettledDeliveries } from '../webhooks/settled-deliveries.service.js';
import {
  countDueMonths,
  idsHeld,
  type MonthlyTable,
  oldestMonth,
  removeNotices,
  removeRepeats,
  removeStragglers,
  retireMonth,
} from './months.repository.js';
import type { ClassName } from './policy.js';
import {
  AGED_TABLES,
  type AgedTable,
  countAged,
  countDueApplicants,
  type Due,
  nextDueApplicants,
  removeAged,
} from './rows.repository.js';

/** One statement of this many ends well within its time-out, and holds nobody up. */
const REMOVED_AT_ONCE = 2_000;
/** Each of them is a request with an entry of the audit. */
const ERASED_AT_ONCE = 100;
const DELIVERIES: AgedTable = {
  table: 'deliveries',
  key: '',
  at: 'settled_at',
  where: 'true',
  person: 'applicant_id',
};
const IMAGES: AgedTable = { ...DELIVERIES, table: 'images', where: `t.state = 'fetched'` };

/** What one step has removed. */
export interface Removed {
  rows: number;
  /** A month that was dropped whole, e.g. `2021-11`. */
  month?: string;
  isDone: boolean;
}

/** A month has to wait: its rows are not counted or read yet by the statistics or a follower of the feed. */
class MonthWaits extends Error {
  readonly code = 'MONTH_NOT_READ_YET';
}

/** Has whole people erased; `tx` has locked them. */
export type Erase = (tx: Tx, applicantIds: readonly string[], reason: string) => Promise<void>;

/** Counts and removes what is due of a class, a bounded piece at a time, but nothing of held people. */
@Injectable()
export class DueData {
  private eraser: Erase | undefined;

  constructor(
    private readonly images: ReplacedImages,
    private readonly deliveries: SettledDeliveries,
  ) {}

  /** Whoever erases people takes those whose time is over. Until it says so they are kept. */
  eraseWith(eraser: Erase): void {
    this.eraser = eraser;
  }

  /** @param keptHeld applicants of whom nothing is removed, as they are kept */
  async count(tx: Tx, name: ClassName, before: Date, keptHeld: readonly string[]): Promise<Due> {
    const held = keptHeld.flatMap(spellingsOf);
    const table = monthlyOf(name);
    if (table !== undefined) return countDueMonths(tx, table, before, await idsHeld(tx, table, held));
    if (name === 'approved' || name === 'rejected') {
      return countDueApplicants(tx, name === 'rejected', before, held);
    }
    const sum: Due = { rows: 0, oldest: null, held: 0 };
    for (const one of agedOf(name)) {
      const due = await countAged(tx, one, before, held);
      sum.rows += due.rows;
      sum.held += due.held;
      if (due.oldest !== null && (sum.oldest === null || due.oldest < sum.oldest)) sum.oldest = due.oldest;
    }
    return sum;
  }

  /** @throws MonthWaits, and what the database throws: nothing is removed then */
  async removeNext(tx: Tx, name: ClassName, before: Date, keptHeld: readonly string[]): Promise<Removed> {
    const held = keptHeld.flatMap(spellingsOf);
    const table = monthlyOf(name);
    if (table !== undefined) return this.removeMonth(tx, table, before, held);
    if (name === 'approved' || name === 'rejected') return this.erase(tx, name, before, held);
    if (name === 'deliveries') return piece(await this.deliveries.remove(tx, before, held, REMOVED_AT_ONCE));
    if (name === 'images') return piece(await this.images.clear(tx, before, held, REMOVED_AT_ONCE));
    for (const one of agedOf(name)) {
      const rows = await removeAged(tx, one, before, held, REMOVED_AT_ONCE);
      if (rows > 0) return { rows, isDone: false };
    }
    return { rows: 0, isDone: true };
  }

  /** First the months, whole; then what was left of earlier ones; then what belongs to the rows that are gone. */
  private async removeMonth(
    tx: Tx,
    table: MonthlyTable,
    before: Date,
    held: readonly string[],
  ): Promise<Removed> {
    const ids = await idsHeld(tx, table, held);
    const month = await oldestMonth(tx, table, before);
    if (month !== undefined) {
      const rows = await retireMonth(tx, table, month, ids);
      if (rows === null) throw new MonthWaits('The month is not read yet');
      return { rows, month: month.toISOString().slice(0, 7), isDone: false };
    }
    const rows =
      (await removeStragglers(tx, table, before, ids, REMOVED_AT_ONCE)) ||
      (table === 'changes' ? await removeNotices(tx, held, REMOVED_AT_ONCE) : 0);
    if (rows > 0 || table === 'changes') return piece(rows);
    // they only say which receipts those were, so nobody counts them
    const repeats = await removeRepeats(tx, before, REMOVED_AT_ONCE);
    return { rows: 0, isDone: repeats === 0 };
  }

  private async erase(
    tx: Tx,
    name: 'approved' | 'rejected',
    before: Date,
    held: readonly string[],
  ): Promise<Removed> {
    if (this.eraser === undefined) return piece(0);
    const due = await nextDueApplicants(tx, name === 'rejected', before, held, ERASED_AT_ONCE);
    await this.eraser(tx, due, `retention: ${name}`);
    return piece(due.length);
  }
}

function monthlyOf(name: ClassName): MonthlyTable | undefined {
  if (name === 'receipts') return 'receipts';
  return name === 'versions' ? 'changes' : undefined;
}

function agedOf(name: ClassName): readonly AgedTable[] {
  if (name === 'deliveries') return [DELIVERIES];
  if (name === 'images') return [IMAGES];
  return name in AGED_TABLES ? AGED_TABLES[name as keyof typeof AGED_TABLES] : [];
}

function piece(rows: number): Removed {
  return { rows, isDone: rows === 0 };
}
