import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { KeyRing } from '../crypto/key-ring.js';
import type { Tx } from '../db/tx.js';
import { storeFaultOf } from '../images/sealed-image-store.service.js';
import { Jobs } from '../jobs/jobs.service.js';
import type { PollResult } from '../jobs/jobs.types.js';
import { EventLoopPressure } from '../observability/event-loop-pressure.js';
import { Metrics } from '../observability/metrics.js';
import type { Batch } from './keys.types.js';
import { Places } from './places.service.js';
import {
  HAS_RESEAL,
  lockReseal,
  moveReseal,
  noteUnopened,
  otherSealingKeys,
  restartReseals,
} from './reseals.repository.js';

const RESEAL = 'keys.reseal';
const IDLE_MS = 5_000;
/** So long it works before it looks again whether it may. */
const STRETCH_MS = 1_000;
/** While callbacks keep the process busy it rests this many times as long as it works. */
const RESTS_UNDER_PRESSURE = 2;
/** While another server seals with another key, or the store is away. */
const WAIT_MS = 10_000;

/**
 * Brings everything over to the first key of the ring, beside callbacks. A batch is one transaction with the position behind it,
 * so whatever is killed goes on from there, in this process or another.
 *
 * Of each place: waiting → its rows by their key, batch by batch → finished. All begin again where a server with another first key
 * is heard of.
 */
@Injectable()
export class ResealJob {
  private readonly log = new Logger('keys');
  private readonly pressure: EventLoopPressure;
  private readonly startedAt = new Date();

  constructor(
    private readonly connection: EntityManager,
    private readonly ring: KeyRing,
    private readonly places: Places,
    metrics: Metrics,
    private readonly jobs: Jobs,
  ) {
    this.pressure = new EventLoopPressure(metrics);
    jobs.poll(RESEAL, IDLE_MS, (signal) => this.look(signal), HAS_RESEAL);
  }

  /** The key that everything goes over to. */
  get keyId(): string {
    return this.ring.current.id;
  }

  /** There is something to do. */
  wake(): void {
    this.jobs.wake(RESEAL);
  }

  /** Ids of keys with which other servers seal at present: as long as there is one, nothing goes over. */
  otherKeys(tx: Tx = this.connection): Promise<string[]> {
    return otherSealingKeys(tx, this.ring.current.id, this.startedAt);
  }

  /** One stretch. */
  async look(signal: AbortSignal): Promise<PollResult> {
    const counts = { seen: 0, rewritten: 0, unopened: 0 };
    if ((await this.otherKeys()).length > 0) {
      await restartReseals(this.connection, this.ring.current.id);
      return { counts, pauseMs: WAIT_MS };
    }
    const endsMs = performance.now() + STRETCH_MS;
    while (performance.now() < endsMs && !signal.aborted) {
      const startedMs = performance.now();
      const batch = await this.next();
      if (batch === undefined) return { counts };
      if (batch === 'store is away') return { counts, pauseMs: WAIT_MS };
      counts.seen += batch.seen;
      counts.rewritten += batch.rewritten;
      counts.unopened += batch.unopened.length;
      if (this.pressure.isHigh()) await sleep(RESTS_UNDER_PRESSURE * (performance.now() - startedMs));
    }
    return { counts, pauseMs: 0 };
  }

  private async next(): Promise<Batch | 'store is away' | undefined> {
    try {
      return await this.connection.transaction((tx) => this.batch(tx));
    } catch (error) {
      const fault = storeFaultOf(error);
      if (fault === undefined) throw error;
      this.log.warn({ code: fault.code }, 'Stored files are sealed anew once the store is back');
      return 'store is away';
    }
  }

  private async batch(tx: Tx): Promise<Batch | undefined> {
    const task = await lockReseal(tx, this.ring.current.id);
    if (task === undefined) return undefined;
    const batch = await this.places.named(task.place).next(tx, task.position);
    await noteUnopened(tx, task.place, batch.unopened);
    await moveReseal(tx, task.place, batch);
    for (const { rowKey, keyId, code } of batch.unopened)
      this.log.error({ event: 'row_not_resealed', place: task.place, row: rowKey, keyId, code });
    if (batch.last === null) this.log.log({ event: 'place_resealed', place: task.place });
    return batch;
  }
}
