import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { generateSecret } from '../../src/webhooks/signature.js';
import type { AlertDto, AlertPageDto } from '../../src/alerts/alerts.dto.js';
import { Channels } from '../../src/alerts/channels.js';
import { Evaluation } from '../../src/alerts/evaluation.service.js';
import { Notifier } from '../../src/alerts/notifier.service.js';
import { ALERT_RULES, type AlertRule } from '../../src/config/alert-limits.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { type Ask, callerWithAll } from '../harness/clients.js';
import { Receiver } from '../webhooks/receiver.js';
import { Mailbox } from './mailbox.js';

export const WEBHOOK_SECRET = generateSecret();
export const PUBLIC_URL = 'https://rollcall.example.org';
export const MAIL_TO = ['oncall@example.org', 'team@example.org'];

/** Settings that leave one rule on. */
export function only(...rules: AlertRule[]): Record<string, string> {
  return { ROLLCALL_ALERTS_OFF: ALERT_RULES.filter((rule) => !rules.includes(rule)).join(',') };
}

export function mailSettings(smtpUrl: string): Record<string, string> {
  return {
    ROLLCALL_PUBLIC_URL: PUBLIC_URL,
    ROLLCALL_SMTP_URL: smtpUrl,
    ROLLCALL_ALERT_MAIL_FROM: 'Rollcall <rollcall@example.org>',
    ROLLCALL_ALERT_MAIL_TO: MAIL_TO.join(','),
  };
}

export function webhookSettings(port: number): Record<string, string> {
  return {
    ROLLCALL_ALERT_WEBHOOK_URL: `http://127.0.0.1:${port}/hook`,
    ROLLCALL_ALERT_WEBHOOK_SECRET: WEBHOOK_SECRET,
    ROLLCALL_WEBHOOK_ALLOW_CIDR: '127.0.0.0/8',
  };
}

/** Rollcall with a mail server and a receiver of webhooks to tell. */
export interface Alerting {
  rollcall: TestApp;
  ask: Ask;
  mailbox: Mailbox;
  receiver: Receiver;
  evaluate(): Promise<Record<string, number>>;
  /** Sends what is due now, without waiting for the next look. */
  sendDue(): Promise<void>;
  alerts(query?: string): Promise<AlertDto[]>;
  stop(): Promise<void>;
}

export async function startAlerting(env: Record<string, string> = {}): Promise<Alerting> {
  const mailbox = await Mailbox.open();
  const receiver = new Receiver();
  const port = await receiver.start();
  const rollcall = await startApp({
    env: {
      ...mailSettings(`smtp://127.0.0.1:${mailbox.port}?tls=optional`),
      ...webhookSettings(port),
      ...env,
    },
  });
  const ask = callerWithAll(rollcall);
  return {
    rollcall,
    ask,
    mailbox,
    receiver,
    evaluate: () => rollcall.app.get(Evaluation).evaluate(),
    sendDue: () => sendDue(rollcall.app),
    alerts: async (query = '') => (await ask<AlertPageDto>(`/api/v1/alerts${query}`)).body.items,
    stop: async () => {
      await rollcall.stop();
      await mailbox.close();
      await receiver.stop();
    },
  };
}

/** Sends what is due now over every channel of a process. */
export async function sendDue(app: NestFastifyApplication): Promise<void> {
  const { signal } = new AbortController();
  await Promise.all(app.get(Channels).all.map((channel) => app.get(Notifier).sendDue(channel, signal)));
}

/** Lets time go by for everything that is written of alerts. */
export async function pass(rollcall: TestApp, seconds: number): Promise<void> {
  const back = (column: string) => `${column} = ${column} - make_interval(secs => $1)`;
  const shifted = (columns: string[]) => columns.map(back).join(', ');
  await rollcall.sql(
    `update alerts set ${shifted(['suspected_at', 'opened_at', 'fine_since', 'told_at', 'acknowledged_at'])}`,
    [seconds],
  );
  await rollcall.sql(`update alert_notifications set ${shifted(['next_attempt_at', 'created_at'])}`, [
    seconds,
  ]);
}

/** So many elements that nobody can use, with the personal data of `applicant`. */
export async function quarantine(rollcall: TestApp, count: number, applicant = anApplicant()): Promise<void> {
  const list = Array.from({ length: count }, () => ({ ...applicant, isUpdate: 'perhaps' }));
  const { status } = await rollcall.callback('success', list);
  if (status !== 422) throw new Error(`the callback was answered ${status}`);
}

/** All of the quarantine is resolved, as an operator might. */
export async function clearQuarantine(rollcall: TestApp): Promise<void> {
  await rollcall.sql("update quarantine set state = 'discarded' where state = 'open'");
}
