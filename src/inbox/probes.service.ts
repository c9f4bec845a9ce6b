import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { EntityManager } from 'typeorm';
import { networkOf } from '../problem/address.js';
import { pageOf } from '../problem/cursor.js';
import type { PageQuery } from '../problem/page.dto.js';
import { uuidv7 } from './intake.js';
import { Cursors } from './cursors.js';
import { addProbes, deleteOldProbes, listProbes, type ProbeRow } from './probes.repository.js';
import type { ProbePageDto } from './receipts.dto.js';

const CURSORS = new Cursors('probes');
const HOUR_MS = 3_600_000;
const WRITE_EVERY_MS = 1_000;
/** Rows written at once, counted apart with and without a valid token: strangers take nobody else's place. */
const MAX_WAITING = 20;
const MAX_KEPT = 1_000;

/** A Callback-Test, and which of the callback URLs it tests. */
type Test = Omit<ProbeRow, 'id' | 'tests'> & { kind: string };

/**
 * The record of Callback-Tests (M3). Anyone may send them, so the tests of one URL and address share one row per hour. Rows are
 * written at most once a second, and the newest 1,000 are kept.
 */
@Injectable()
export class Probes implements OnModuleDestroy {
  private readonly log = new Logger(Probes.name);
  private readonly waiting = new Map<string, ProbeRow>();
  private readonly stopping = new AbortController();
  private writing: Promise<void> | undefined;

  constructor(private readonly connection: EntityManager) {}

  /** Does not hold up the answer. Writes at once if nothing was written within the last second. */
  record({ kind, ...test }: Test): void {
    const id = hourlyId(test.at, [kind, networkOf(test.remoteAddress), test.tokenValid]);
    const tests = (this.waiting.get(id)?.tests ?? 0) + 1;
    if (tests === 1 && !this.hasRoom(test)) return;
    this.waiting.set(id, { id, ...test, tests });
    this.writing ??= this.write();
  }

  /** Newest first: the first one is the last test. @throws Problem BAD_CURSOR */
  async list({ limit, cursor }: PageQuery): Promise<ProbePageDto> {
    const rows = await listProbes(this.connection, CURSORS.read(cursor), limit + 1);
    const { items, nextCursor } = pageOf(rows, limit, ({ at, id }) => CURSORS.write(at, id));
    return { items: items.map(({ id: _, at, ...rest }) => ({ at: at.toISOString(), ...rest })), nextCursor };
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.writing;
  }

  private hasRoom({ tokenValid }: { tokenValid: boolean }): boolean {
    return [...this.waiting.values()].filter((row) => row.tokenValid === tokenValid).length < MAX_WAITING;
  }

  private async write(): Promise<void> {
    while (this.waiting.size > 0) {
      const rows = [...this.waiting.values()];
      this.waiting.clear();
      try {
        await addProbes(this.connection, rows);
        await deleteOldProbes(this.connection, MAX_KEPT);
      } catch (error) {
        this.log.warn({ code: 'PROBE_NOT_RECORDED', err: error });
      }
      await pause(WRITE_EVERY_MS, undefined, { ref: false, signal: this.stopping.signal }).catch(
        () => undefined,
      );
    }
    this.writing = undefined;
  }
}

/** The same id for all that comes within an hour, in every process. */
function hourlyId(at: Date, what: unknown): string {
  const time = uuidv7(at.getTime() - (at.getTime() % HOUR_MS)).slice(0, 13);
  const hex = createHash('sha256').update(JSON.stringify(what)).digest('hex');
  return `${time}-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
}
