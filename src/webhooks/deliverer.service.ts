import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { EntityManager } from 'typeorm';
import { Config } from '../config/config.js';
import type { PollResult } from '../jobs/jobs.types.js';
import { within } from '../observability/within.js';
import { AttemptReports } from './attempt-reports.service.js';
import { DeliveryWorker } from './delivery-worker.js';
import { Destinations } from './destinations.service.js';
import { Messages } from './messages.service.js';
import { findWork, takeLease } from './queue.repository.js';

/**
 * While there are events, one waits at most this long to be queued, and as long again to be sent where another process has
 * the lane.
 */
export const POLL_EVERY_MS = 50;
/** A lane that failed is not begun again at once: the database would be asked in a tight loop. */
const REST_AFTER_FAULT_MS = 1000;
/** How long attempts under way are waited for when the process leaves. */
const FINISH_WITHIN_MS = 3000;

/** Gives each endpoint with something due a lane of its own. */
@Injectable()
export class Deliverer implements OnModuleDestroy {
  private readonly log = new Logger('webhooks');
  private readonly lanes = new Map<string, DeliveryWorker>();
  private readonly running = new Set<Promise<void>>();
  private readonly leaving = new AbortController();
  /** Gives up what is under way. */
  private readonly cut = new AbortController();

  constructor(
    private readonly connection: EntityManager,
    private readonly config: Config,
    private readonly messages: Messages,
    private readonly destinations: Destinations,
    private readonly reports: AttemptReports,
  ) {
    // each attempt under way listens to it
    setMaxListeners(0, this.cut.signal);
  }

  /** Wakes the lanes that have something to do, and begins those that nobody has. */
  async look(): Promise<PollResult> {
    let lanes = 0;
    if (this.leaving.signal.aborted) return { counts: { lanes } };
    for (const id of await findWork(
      this.connection,
      [...this.lanes.values()].map(({ owner }) => owner),
    )) {
      const lane = this.lanes.get(id);
      if (lane !== undefined) lane.wake();
      else if (await this.begin(id)) lanes += 1;
    }
    // while there are lanes, a delivery that is due again wakes its own at once
    return { counts: { lanes }, pauseMs: this.lanes.size > 0 ? POLL_EVERY_MS : undefined };
  }

  /** Before the jobs are drained: nothing new is begun, and the leases are given back. */
  async onModuleDestroy(): Promise<void> {
    this.leaving.abort();
    for (const lane of this.lanes.values()) lane.leave();
    const over = Promise.all(this.running);
    await within(FINISH_WITHIN_MS, over).catch(() => this.cut.abort());
    await within(FINISH_WITHIN_MS, over).catch(() => undefined);
  }

  private async begin(id: string): Promise<boolean> {
    const owner = randomUUID();
    const leasedMs = performance.now();
    if (!(await takeLease(this.connection, id, owner))) return false;
    const lost = new AbortController();
    const signal = AbortSignal.any([this.cut.signal, lost.signal]);
    setMaxListeners(0, signal);
    const lane = new DeliveryWorker(
      {
        connection: this.connection,
        destinations: this.destinations,
        messages: this.messages,
        reports: this.reports,
        disableAfterDays: this.config.env.ROLLCALL_WEBHOOK_DISABLE_AFTER_DAYS,
        signal,
        cut: () => lost.abort(),
      },
      id,
      owner,
      leasedMs,
    );
    if (this.leaving.signal.aborted) lane.leave();
    this.lanes.set(id, lane);
    const over = this.run(lane, id).finally(() => this.running.delete(over));
    this.running.add(over);
    return true;
  }

  private async run(lane: DeliveryWorker, endpointId: string): Promise<void> {
    try {
      await lane.run();
    } catch (error) {
      this.log.warn({ code: 'LANE_FAILED', endpointId, err: error });
      await sleep(REST_AFTER_FAULT_MS, undefined, { signal: this.leaving.signal }).catch(() => undefined);
    }
    this.lanes.delete(endpointId);
  }
}
