import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { networkOf } from '../problem/address.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import type { PageQuery } from '../problem/page.dto.js';
import { uuidv7 } from './intake.js';
import { addProbes, deleteOldProbes, listProbes, type ProbeRow } from './probes.repository.js';
import type { ProbePageDto } from './receipts.dto.js';

const LIST = 'probes';
const CURSOR = z.tuple([z.iso.datetime(), z.guid()]);
const HOUR_MS = 3_600_000;
const WRITE_EVERY_MS = 1_000;
/** So many different ones are written at once; with a valid token, and without: strangers take nobody else's place. */
const MAX_WAITING = 20;
const MAX_KEPT = 1_000;

/** A Callback-Test, when it came and at which of the callback URLs. */
interface Test {
  at: Date;
  kind: string;
  /** As it was asked, without its query. */
  url: string;
  remoteAddress: string;
  tokenValid: boolean;
}

/**
 * The record of Callback-Tests (M3). Anyone may send them, so those of one URL and address are one row an hour, written once a
 * second at the most, and the newest 1,000 are kept.
 */
@Injectable()
export class Probes implements OnModuleDestroy {
  private readonly log = new Logger(Probes.name);
  private readonly waiting = new Map<string, ProbeRow>();
  private readonly stopping = new AbortController();
  private writing: Promise<void> | undefined;

  constructor(private readonly connection: EntityManager) {}

  /** Written beside the answer: at once where there was none within the last second. */
  record({ kind, ...test }: Test): void {
    const id = hourlyId(test.at, [kind, networkOf(test.remoteAddress), test.tokenValid]);
    const tests = (this.waiting.get(id)?.tests ?? 0) + 1;
    if (tests === 1 && !this.hasRoom(test)) return;
    this.waiting.set(id, { id, ...test, tests });
    this.writing ??= this.write();
  }

  /** Newest first: the first one is the last test. @throws Problem BAD_CURSOR */
  async list({ limit, cursor }: PageQuery): Promise<ProbePageDto> {
    const after = cursor === undefined ? null : positionOf(cursor);
    const rows = await listProbes(this.connection, after, limit + 1);
    const { items, nextCursor } = pageOf(rows, limit, ({ id, at }) =>
      writeCursor(LIST, at.toISOString(), id),
    );
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

/** One id for what comes within an hour, in every process. */
function hourlyId(at: Date, what: unknown): string {
  const time = uuidv7(at.getTime() - (at.getTime() % HOUR_MS)).slice(0, 13);
  const hex = createHash('sha256').update(JSON.stringify(what)).digest('hex');
  return `${time}-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
}

function positionOf(cursor: string): [at: Date, id: string] {
  const [at, id] = readCursor(LIST, CURSOR, cursor);
  return [new Date(at), id];
}
