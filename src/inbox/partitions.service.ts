import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Jobs } from '../jobs/jobs.service.js';
import { makePartitions } from './partitions.repository.js';

const MAKE_PARTITIONS = 'inbox.make-partitions';
const MONTHS_AHEAD = 2;

/** Makes the monthly partitions of `receipts` and `changes` ahead of time; rows without one go to the default partition. */
@Injectable()
export class Partitions implements OnApplicationBootstrap {
  constructor(
    private readonly jobs: Jobs,
    private readonly connection: EntityManager,
  ) {
    jobs.work(MAKE_PARTITIONS, { policy: 'exclusive' }, () => this.make());
    jobs.schedule(MAKE_PARTITIONS, '17 2 * * *');
  }

  onApplicationBootstrap(): void {
    if (!this.jobs.works) return; // a command or an API replica leaves it to those that do the work
    this.jobs.sendOnceStarted(MAKE_PARTITIONS, {});
  }

  /** Only reads the catalog if all of them are there already. */
  async make(): Promise<void> {
    await makePartitions(this.connection, MONTHS_AHEAD);
  }
}
