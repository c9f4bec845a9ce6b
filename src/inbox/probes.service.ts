import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { CollectedRows, hourlyId } from '../db/collected-rows.js';
import { networkOf } from '../problem/address.js';
import { pageOf } from '../problem/cursor.js';
import type { CallbackKind } from '../enroll-contract/types.js';
import type { PageQuery } from '../problem/page.dto.js';
import { ENROLL_URLS, normalUrl } from '../problem/request-url.js';
import { Cursors } from './cursors.js';
import {
  addProbes,
  deleteOldProbes,
  listProbes,
  type ProbeRow,
  readLastProbes,
} from './probes.repository.js';
import type { ProbeDto, ProbePageDto } from './receipts.dto.js';

const CURSORS = new Cursors('probes');
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
  private readonly rows: CollectedRows<ProbeRow>;

  constructor(private readonly connection: EntityManager) {
    this.rows = new CollectedRows(
      async (rows) => {
        await addProbes(connection, rows);
        await deleteOldProbes(connection, MAX_KEPT);
      },
      (error) => this.log.warn({ code: 'PROBE_NOT_RECORDED', err: error }),
    );
  }

  /** Does not hold up the answer. */
  record({ kind, ...test }: Test): void {
    const id = hourlyId(test.at, [kind, networkOf(test.remoteAddress), test.tokenValid]);
    const tests = (this.rows.get(id)?.tests ?? 0) + 1;
    if (tests === 1 && !this.hasRoom(test)) return;
    this.rows.put(id, { id, ...test, tests });
  }

  /** Newest first: the first one is the last test. @throws Problem BAD_CURSOR */
  async list({ limit, cursor }: PageQuery): Promise<ProbePageDto> {
    const rows = await listProbes(this.connection, CURSORS.read(cursor), limit + 1);
    const { items, nextCursor } = pageOf(rows, limit, ({ at, id }) => CURSORS.write(at, id));
    return { items: items.map(viewOf), nextCursor };
  }

  /** The last test of each callback URL; null: there was none. */
  async last(): Promise<Record<CallbackKind, ProbeDto | null>> {
    const last: Record<CallbackKind, ProbeDto | null> = { success: null, fail: null, any: null };
    for (const row of await readLastProbes(this.connection)) {
      const kind = ENROLL_URLS.get(normalUrl(row.url));
      if (kind !== undefined && kind !== 'token') last[kind] ??= viewOf(row);
    }
    return last;
  }

  async onModuleDestroy(): Promise<void> {
    await this.rows.stop();
  }

  private hasRoom({ tokenValid }: { tokenValid: boolean }): boolean {
    return this.rows.count((row) => row.tokenValid === tokenValid) < MAX_WAITING;
  }
}

function viewOf({ id: _, at, ...rest }: ProbeRow): ProbeDto {
  return { at: at.toISOString(), ...rest };
}
