import { Injectable, Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { EntityManager } from 'typeorm';
import { Jobs } from '../jobs/jobs.service.js';
import type { PollResult } from '../jobs/jobs.types.js';
import { backoffSeconds, Lease } from '../jobs/lease.js';
import type { Channel } from './channel.js';
import { Channels } from './channels.js';
import { claimDue, hasDue, renewClaim, settle } from './notifications.repository.js';

const LOOK_EVERY_MS = 1_000;
const FIRST_DELAY_SECONDS = 15;
const MAX_DELAY_SECONDS = 900;

/**
 * Sends stored notifications. Any number of processes may run it: each claims one notification at a time and holds a lease,
 * which ends if the process is killed. A failed notification is retried after 15 s, 30 s, 1 min … 15 min.
 */
@Injectable()
export class Notifier {
  private readonly log = new Logger('alerts');

  constructor(
    private readonly connection: EntityManager,
    channels: Channels,
    jobs: Jobs,
  ) {
    // one job per channel, so that a mail server that does not answer delays no webhook
    for (const channel of channels.all) {
      const poll = (signal: AbortSignal) => this.sendDue(channel, signal);
      jobs.poll(`alerts.${channel.name}`, LOOK_EVERY_MS, poll, hasDue(channel.name));
    }
  }

  /** Sends what is due on a channel, until the first failure: the next look comes soon enough. */
  async sendDue(channel: Channel, signal: AbortSignal): Promise<PollResult> {
    let sent = 0;
    while (!signal.aborted) {
      const outcome = await this.sendNext(channel);
      if (outcome === undefined) break;
      if (!outcome) return { counts: { sent, failed: 1 } };
      sent += 1;
    }
    return { counts: { sent } };
  }

  /** @returns whether it was sent; undefined if nothing is due */
  private async sendNext(channel: Channel): Promise<boolean | undefined> {
    const claim = randomUUID();
    const due = await claimDue(this.connection, claim, channel.name);
    if (due === undefined) return undefined;
    const { id, message, attempts } = due;
    const lease = new Lease(() => renewClaim(this.connection, claim, id));
    const delivery = await lease.hold(() => channel.send(id, message));
    const { sent, code } = delivery;
    if (code !== null) this.log.warn({ code, channel: channel.name, attempts: attempts + 1, sent });
    const delaySeconds = backoffSeconds(attempts, FIRST_DELAY_SECONDS, MAX_DELAY_SECONDS);
    await settle(this.connection, claim, id, delivery, delaySeconds);
    return sent;
  }
}
