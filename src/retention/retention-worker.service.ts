import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { errnoOf } from '../db/errors.js';
import { Jobs } from '../jobs/jobs.service.js';
import type { PollResult } from '../jobs/jobs.types.js';
import { DueData } from './due-data.service.js';
import { Holds } from './holds.service.js';
import {
  addRemoved,
  claimStep,
  type ClaimedStep,
  failStep,
  finishRun,
  finishStep,
  HAS_RUN,
} from './runs.repository.js';

const RUNS = 'retention.runs';
const LOOK_EVERY_MS = 2_000;
/** Callbacks come first. */
const RESTS_TIMES = 4;
const RETRY_SECONDS = 2;

/**
 * Works off a run, one bounded piece after the other, each in a transaction of its own with its count. A process that is killed
 * leaves nothing half done: the next one goes on with the next piece.
 */
@Injectable()
export class RetentionWorker {
  private readonly log = new Logger('retention');

  constructor(
    private readonly connection: EntityManager,
    private readonly data: DueData,
    private readonly holds: Holds,
    private readonly audit: Audit,
    jobs: Jobs,
  ) {
    jobs.poll(
      RUNS,
      LOOK_EVERY_MS,
      async (): Promise<PollResult> => {
        const startedMs = performance.now();
        const removed = await this.work();
        if (removed === undefined) return { counts: {} };
        return { counts: { steps: 1, removed }, pauseMs: RESTS_TIMES * (performance.now() - startedMs) };
      },
      HAS_RUN,
    );
  }

  /** One piece. @returns how many rows it removed; undefined where there is nothing to do right now */
  async work(): Promise<number | undefined> {
    let step: ClaimedStep | undefined;
    try {
      return await this.connection.transaction(async (tx) => {
        step = await claimStep(tx);
        if (step === undefined) return undefined;
        const held = [...(await this.holds.all(tx))];
        const { rows, month, isDone } = await this.data.removeNext(tx, step.class, step.dueBefore, held);
        await addRemoved(tx, step, rows, month);
        if (isDone) {
          const left = await this.data.count(tx, step.class, step.dueBefore, held);
          await finishStep(tx, step, left.held);
        }
        return rows;
      });
    } catch (error) {
      if (step === undefined) throw error;
      const code = errnoOf(error) ?? 'FAILED';
      this.log.warn({ code, class: step.class, err: error }, 'A piece of a retention run failed');
      await failStep(this.connection, step, code, RETRY_SECONDS * 2 ** step.attempts);
      return 0;
    } finally {
      await this.finish();
    }
  }

  private async finish(): Promise<void> {
    await this.connection.transaction(async (tx) => {
      const run = await finishRun(tx);
      if (run === undefined) return;
      const subject = `retention:${run.id}`;
      await this.audit.record(tx, {
        actor: 'system',
        action: 'retention.finish',
        subject,
        detail: { state: run.state },
      });
    });
  }
}
