import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Jobs } from '../jobs/jobs.service.js';
import {
  completeVersions,
  correct,
  type Difference,
  dropStaleDay,
  lockRecount,
  readMonths,
  readStaleDay,
  recount,
  type Recounted,
} from './recount.repository.js';
import type { Range } from './stats.types.js';

const RECOUNT_STALE = 'stats.recount-stale';
/** Most corrections per transaction: one that writes holds up the readers of the feed. */
const CORRECTED_AT_ONCE = 2000;
/** Most differences to list; of the others the number says enough. */
const SHOWN_DIFFERENCES = 50;

export interface RecountReport extends Omit<Recounted, 'differences'> {
  differences: number;
  /** The first of them. */
  examples: Difference[];
}

/** @param share of the range that is recounted, 0 to 1 */
export type OnMonth = (share: number, soFar: RecountReport) => void;

/**
 * Proves that the rollups equal a recount, and corrects them where they do not. It reads in a snapshot and writes
 * differences, not totals, so callbacks, followers and readers go on as usual.
 */
@Injectable()
export class Recounts {
  private readonly log = new Logger(Recounts.name);

  constructor(
    private readonly connection: EntityManager,
    jobs: Jobs,
  ) {
    jobs.work(RECOUNT_STALE, { policy: 'exclusive', retryLimit: 0 }, async (_data, { signal }) => ({
      days: await this.recountStale(signal),
    }));
    jobs.schedule(RECOUNT_STALE, '*/5 * * * *');
  }

  /**
   * Recounts month by month, each in its own snapshot.
   * @param mends whether differences are corrected
   * @returns undefined if another recount is under way
   */
  async run(mends: boolean, onMonth: OnMonth = () => undefined): Promise<RecountReport | undefined> {
    return this.alone(async () => {
      const report: RecountReport = { applicants: 0, events: 0, receipts: 0, differences: 0, examples: [] };
      const months = await this.connection.transaction((tx) => readMonths(tx));
      for (const [at, month] of months.entries()) {
        if (mends) await this.connection.transaction((tx) => completeVersions(tx, month));
        const found = await this.compare(month);
        if (mends) await this.correct(found.differences);
        report.applicants += found.applicants;
        report.events += found.events;
        report.receipts += found.receipts;
        report.differences += found.differences.length;
        report.examples.push(...found.differences.slice(0, SHOWN_DIFFERENCES - report.examples.length));
        onMonth((at + 1) / months.length, report);
      }
      return report;
    });
  }

  /** Recounts the days with unknown differences. @returns how many there were */
  async recountStale(signal?: AbortSignal): Promise<number> {
    let days = 0;
    await this.alone(async () => {
      for (;;) {
        const day = signal?.aborted === true ? undefined : await readStaleDay(this.connection);
        if (day === undefined) return;
        const { differences } = await this.compare(day);
        await this.correct(differences);
        await dropStaleDay(this.connection, day);
        this.log.log({ event: 'stats.recounted', day: day.from, differences: differences.length });
        days += 1;
      }
    });
    return days;
  }

  private compare(range: Range): Promise<Recounted> {
    return this.connection.transaction('REPEATABLE READ', (tx) => recount(tx, range));
  }

  private async correct(differences: Difference[]): Promise<void> {
    for (let at = 0; at < differences.length; at += CORRECTED_AT_ONCE) {
      await correct(this.connection, differences.slice(at, at + CORRECTED_AT_ONCE));
    }
  }

  /** Takes the lock before any snapshot, so that a recount sees the corrections of the one before. */
  private alone<T>(work: () => Promise<T>): Promise<T | undefined> {
    return this.connection.transaction(async (tx) => ((await lockRecount(tx)) ? work() : undefined));
  }
}
