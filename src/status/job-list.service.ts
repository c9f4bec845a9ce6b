import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { readHeldPolls, readQueueActivity } from '../jobs/job-activity.repository.js';
import { Jobs } from '../jobs/jobs.service.js';
import type { JobDto } from './jobs.dto.js';

const NOTHING = {
  waiting: null,
  running: null,
  failed: null,
  oldestWaitingAt: null,
  lastFinishedAt: null,
  lastFailedAt: null,
};

/** Every queue and every poll, and what it does. */
@Injectable()
export class JobList {
  constructor(
    private readonly jobs: Jobs,
    private readonly connection: EntityManager,
  ) {}

  async list(): Promise<JobDto[]> {
    const declared = this.jobs.declared();
    const named = (kind: 'job' | 'poll') =>
      declared.filter((one) => one.kind === kind).map(({ name }) => name);
    const [queues, held] = await Promise.all([
      readQueueActivity(this.connection, named('job')),
      readHeldPolls(this.connection, named('poll')),
    ]);
    const activity = new Map(queues.map((queue) => [queue.name, queue]));
    return declared.map((one) => ({
      ...NOTHING,
      processes: held.includes(one.name) ? 1 : 0,
      ...activity.get(one.name),
      ...one,
    }));
  }
}
