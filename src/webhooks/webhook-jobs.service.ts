import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { FeedFollowers } from '../feed/feed-followers.service.js';
import { Jobs } from '../jobs/jobs.service.js';
import { Deliverer, POLL_EVERY_MS } from './deliverer.service.js';
import { queueForAll } from './fan-out.repository.js';
import { DELIVER, HAS_WORK } from './queue.repository.js';
import { purgeOrphans, purgeSecrets } from './purge.repository.js';

const BATCH_EVENTS = 1000;
/** Callbacks come first. */
const RESTS_TIMES = 4;

const PURGE = 'webhooks.purge';
/** One statement of this many ends well within its time-out. */
const PURGED_AT_ONCE = 5000;

/** Queues what the feed brings, has it delivered, and forgets what its endpoint leaves behind. */
@Injectable()
export class WebhookJobs {
  constructor(
    private readonly connection: EntityManager,
    followers: FeedFollowers,
    jobs: Jobs,
    deliverer: Deliverer,
  ) {
    followers.follow({
      name: 'webhooks',
      pollEveryMs: POLL_EVERY_MS,
      batchEvents: BATCH_EVENTS,
      restsTimes: RESTS_TIMES,
      take: (tx, events) =>
        queueForAll(
          tx,
          events.map((event) => ({ ...event, occurredAt: event.changedAt })),
        ),
      taken: () => void deliverer.look().catch(() => undefined),
    });
    jobs.poll(DELIVER, POLL_EVERY_MS, () => deliverer.look(), HAS_WORK);
    jobs.work(PURGE, { policy: 'exclusive' }, (_data, { signal }) => this.purge(signal));
    jobs.schedule(PURGE, '41 2 * * *');
  }

  /** What is left when the job has to end goes with the next. */
  async purge(signal: AbortSignal): Promise<{ purged: number }> {
    await purgeSecrets(this.connection);
    let purged = 0;
    for (let n = 1; n > 0 && !signal.aborted; purged += n) {
      n = await purgeOrphans(this.connection, PURGED_AT_ONCE);
    }
    return { purged };
  }
}
