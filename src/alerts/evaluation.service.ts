import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { ALERT_RULES, type AlertRule } from '../config/alert-limits.js';
import { Config } from '../config/config.js';
import { managementUrlOf } from '../db/installation.repository.js';
import type { Tx } from '../db/tx.js';
import { Jobs } from '../jobs/jobs.service.js';
import { within } from '../observability/within.js';
import {
  beginEvaluation,
  forgetSuspected,
  insertSuspected,
  moveAlert,
  readLiveAlerts,
} from './alerts.repository.js';
import type { Alert, Firing, NotificationKind } from './alerts.types.js';
import { Channels } from './channels.js';
import { type AlertMessage, dataOf } from './message.js';
import { type Case, casesOf, type Findings, type Step, stepOf } from './moves.js';
import { giveUpOld, insertNotifications } from './notifications.repository.js';
import { Readings } from './readings.js';
import { RULES } from './rules.js';

const EVALUATE = 'alerts.evaluate';
const READING_TIMEOUT_MS = 5_000;
const EXPIRE_SECONDS = 60;

/** Checks all rules once a minute across all replicas, and stores the moves of their alerts and the notifications. */
@Injectable()
export class Evaluation {
  private readonly log = new Logger('alerts');

  constructor(
    private readonly connection: EntityManager,
    private readonly config: Config,
    private readonly readings: Readings,
    private readonly channels: Channels,
    jobs: Jobs,
  ) {
    const options = { policy: 'exclusive', retryLimit: 0, expireSeconds: EXPIRE_SECONDS } as const;
    jobs.work(EVALUATE, options, () => this.evaluate());
    jobs.everyMinute(EVALUATE);
  }

  /** @returns how many alerts made each move */
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

  /** Undefined if the reading fails. A rule that is switched off finds nothing, so its alerts end. */
  private async firingsOf<Name extends AlertRule>(rule: Name): Promise<Firing[] | undefined> {
    const { ROLLCALL_ALERTS_OFF: off, ROLLCALL_ALERT_LIMITS: limits } = this.config.env;
    if (off.includes(rule)) return [];
    try {
      return RULES[rule].judge(await within(READING_TIMEOUT_MS, this.readings.take(rule)), limits);
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

  /** @returns the alert after the move, if it may be shown */
  private async take(tx: Tx, move: Step['move'], { rule, alert, firing }: Case): Promise<Alert | undefined> {
    if (alert === undefined) {
      if (firing !== undefined) await insertSuspected(tx, rule, firing);
    } else if (move === 'forget') {
      await forgetSuspected(tx, alert.id);
    } else if (move !== 'stay' && move !== 'suspect') {
      return moveAlert(tx, alert.id, move, firing);
    }
    return undefined;
  }

  private async tell(tx: Tx, alert: Alert, kind: NotificationKind, now: Date): Promise<void> {
    const names = this.channels.all.map(({ name }) => name);
    if (names.length === 0) return;
    const data = dataOf(alert, await managementUrlOf(tx, this.config));
    const message: AlertMessage = { type: `alert.${kind}`, timestamp: now.toISOString(), data };
    await insertNotifications(tx, alert.id, kind, names, message);
  }
}
