import { Inject, Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { ALERT_RULES, type AlertRule } from '../config/alert-limits.js';
import { Config } from '../config/config.js';
import { publicUrlOf } from '../db/installation.repository.js';
import type { Tx } from '../db/tx.js';
import { Jobs } from '../jobs/jobs.service.js';
import { within } from '../observability/within.js';
import {
  beginEvaluation,
  forgetSuspected,
  insertSuspected,
  markFine,
  readLiveAlerts,
  renewAlert,
  resolveAlert,
} from './alerts.repository.js';
import type { Alert, Firing, NotificationKind } from './alerts.types.js';
import { Channels } from './channels.js';
import { messageOf } from './message.js';
import { type Case, casesOf, type Findings, type Step, stepOf } from './moves.js';
import { giveUpOld, insertNotifications } from './notifications.repository.js';
import { READERS, type Readers } from './readings.js';
import { RULES } from './rules.js';

const EVALUATE = 'alerts.evaluate';
const READING_WITHIN_MS = 5_000;
const EXPIRE_SECONDS = 60;

/** Judges all rules once a minute, over all replicas, and writes down what became of their alerts and who is to be told. */
@Injectable()
export class Evaluation {
  private readonly log = new Logger('alerts');

  constructor(
    private readonly connection: EntityManager,
    private readonly config: Config,
    @Inject(READERS) private readonly readers: Readers,
    private readonly channels: Channels,
    jobs: Jobs,
  ) {
    const options = { policy: 'exclusive', retryLimit: 0, expireSeconds: EXPIRE_SECONDS } as const;
    jobs.work(EVALUATE, options, () => this.evaluate());
    jobs.everyMinute(EVALUATE);
  }

  /** @returns how many alerts made which move */
  async evaluate(): Promise<Record<string, number>> {
    const findings = new Map<AlertRule, Firing[]>();
    for (const rule of ALERT_RULES) {
      const firings = await this.firingsOf(rule);
      if (firings !== undefined) findings.set(rule, firings);
    }
    return this.connection.transaction(async (tx) => {
      const now = await beginEvaluation(tx);
      return now === undefined ? {} : this.conclude(tx, findings, now);
    });
  }

  /** Undefined where the reading cannot be had. A rule that is switched off finds nothing, so that its alerts end. */
  private async firingsOf<Name extends AlertRule>(rule: Name): Promise<Firing[] | undefined> {
    const { ROLLCALL_ALERTS_OFF: off, ROLLCALL_ALERT_LIMITS: limits } = this.config.env;
    if (off.includes(rule)) return [];
    try {
      return RULES[rule].judge(await within(READING_WITHIN_MS, this.readers[rule]()), limits);
    } catch (error) {
      this.log.warn({ code: 'ALERT_READING_FAILED', rule, error });
      return undefined;
    }
  }

  private async conclude(tx: Tx, findings: Findings, now: Date): Promise<Record<string, number>> {
    const { remindHours } = this.config.env.ROLLCALL_ALERT_LIMITS;
    const counts: Record<string, number> = {};
    for (const { rule, alert, firing } of casesOf(await readLiveAlerts(tx), findings)) {
      const { move, tells } = stepOf(alert, firing !== undefined, now, remindHours);
      const moved = await this.take(tx, move, { rule, alert, firing });
      if (moved !== undefined && tells !== null) await this.tell(tx, moved, tells, now);
      counts[move] = (counts[move] ?? 0) + 1;
    }
    await giveUpOld(tx);
    return counts;
  }

  /** @returns the alert as it is then, where there is still one that people may know of */
  private async take(tx: Tx, move: Step['move'], { rule, alert, firing }: Case): Promise<Alert | undefined> {
    if (alert === undefined) {
      if (firing !== undefined) await insertSuspected(tx, rule, firing);
      return undefined;
    }
    if (firing !== undefined) return renewAlert(tx, alert.id, firing, move === 'open');
    if (move === 'calm') return markFine(tx, alert.id);
    if (move === 'resolve') return resolveAlert(tx, alert.id);
    if (move === 'forget') await forgetSuspected(tx, alert.id);
    return undefined;
  }

  private async tell(tx: Tx, alert: Alert, kind: NotificationKind, now: Date): Promise<void> {
    const { names } = this.channels;
    if (names.length === 0) return;
    const message = messageOf(alert, kind, now, await publicUrlOf(tx, this.config));
    await insertNotifications(tx, alert.id, kind, names, message);
  }
}
