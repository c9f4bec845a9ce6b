import { Webhook } from 'standardwebhooks';
import type { AlertMessage } from '../../src/alerts/message.js';
import { Readings } from '../../src/alerts/readings.js';
import { anApplicant } from '../factories/applicant.js';
import { eventually } from '../harness/processes.js';
import {
  type Alerting,
  clearQuarantine,
  MAIL_TO,
  only,
  pass,
  PUBLIC_URL,
  quarantine,
  startAlerting,
  WEBHOOK_SECRET,
} from './alerting.js';

jest.setTimeout(60_000);

const MINUTE = 60;
const HOUR = 3600;
const APPLICANT = anApplicant();

let alerting: Alerting;
beforeAll(async () => {
  alerting = await startAlerting(only('quarantine_grows'));
});
afterAll(() => alerting.stop());

const mails = () => alerting.mailbox.received.map(({ subject }) => subject);
const posts = () => alerting.receiver.delivered.map(({ body }) => JSON.parse(body) as AlertMessage);
const untilTold = (n: number) =>
  eventually(() => (mails().length >= n && posts().length >= n ? true : undefined), 15_000);

async function evaluateAfter(seconds: number) {
  await pass(alerting.rollcall, seconds);
  await alerting.evaluate();
  await alerting.sendDue();
}

// one story: each test goes on where the one before it ended
describe('an alert', () => {
  it('is not raised by a flicker: what is fine at the next evaluation was never told', async () => {
    await quarantine(alerting.rollcall, 10, APPLICANT);
    await alerting.evaluate();
    await alerting.evaluate();
    expect(await alerting.alerts()).toEqual([]);
    await clearQuarantine(alerting.rollcall);
    await evaluateAfter(MINUTE);
    expect(await alerting.rollcall.sql('select from alerts')).toEqual([]);
  });

  it('opens at the second evaluation that finds it, and is told once over each channel', async () => {
    await quarantine(alerting.rollcall, 12, APPLICANT);
    await alerting.evaluate();
    await evaluateAfter(MINUTE);
    await evaluateAfter(MINUTE);
    const [alert, ...others] = await alerting.alerts('?state=open');
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      rule: 'quarantine_grows',
      state: 'open',
      context: { recent: 12, open: 12 },
      link: `${PUBLIC_URL}/api/v1/quarantine?state=open`,
    });
    await untilTold(1);
    expect(mails()).toEqual(['[Rollcall] Quarantine grows']);
    expect(alerting.mailbox.received[0]?.recipients).toEqual(MAIL_TO);
    expect(posts()).toEqual([
      {
        type: 'alert.opened',
        timestamp: expect.any(String),
        data: expect.objectContaining({ id: alert?.id }),
      },
    ]);
    expect((await alerting.alerts())[0]?.notifications).toMatchObject([
      {
        kind: 'opened',
        channel: 'mail',
        state: 'sent',
        attempts: 1,
        errorCode: null,
        sentAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
      { kind: 'opened', channel: 'webhook', state: 'sent', attempts: 1, errorCode: null },
    ]);
  });

  it('is signed so that a library of Standard Webhooks takes it', () => {
    const { headers, body } = alerting.receiver.delivered[0]!;
    const signed = headers as Record<string, string>;
    expect(new Webhook(WEBHOOK_SECRET).verify(body, signed)).toMatchObject({ type: 'alert.opened' });
    expect(() => new Webhook(WEBHOOK_SECRET).verify(`${body} `, signed)).toThrow();
  });

  it('holds no personal data, wherever it goes', () => {
    const { idNumber, firstName, familyName, phoneNumbers, emails, address, applicantId } = APPLICANT;
    const personal = [idNumber, firstName, familyName, address, applicantId, ...phoneNumbers!, ...emails!];
    const [mail] = alerting.mailbox.received;
    const told = [mail?.text, mail?.html, mail?.subject, mail?.raw, JSON.stringify(posts())].join('\n');
    expect(told).toContain('Elements that went to quarantine');
    for (const text of personal) expect(told).not.toContain(text);
  });

  it('is reminded of after a day, and not before', async () => {
    await evaluateAfter(23 * HOUR);
    await evaluateAfter(2 * HOUR);
    await untilTold(2);
    expect(mails().slice(1)).toEqual(['[Rollcall] Still: Quarantine grows']);
    expect(posts()[1]?.type).toBe('alert.reminder');
    const [first, second] = alerting.mailbox.received;
    expect(second?.references).toBe(first?.references);
    expect(second?.messageId).not.toBe(first?.messageId);
  });

  it('is reminded of no more once somebody has acknowledged it', async () => {
    const [alert] = await alerting.alerts();
    await alerting.ask(`/api/v1/alerts/${alert?.id}/acknowledge`, { method: 'POST' });
    await evaluateAfter(30 * HOUR);
    const rows = await alerting.rollcall.sql('select kind from alert_notifications where channel = $1', [
      'mail',
    ]);
    expect(rows).toHaveLength(2);
  });

  it('outlives a moment in which all is well', async () => {
    await clearQuarantine(alerting.rollcall);
    await evaluateAfter(MINUTE);
    await quarantine(alerting.rollcall, 11, APPLICANT);
    await evaluateAfter(3 * MINUTE);
    await clearQuarantine(alerting.rollcall);
    await evaluateAfter(MINUTE);
    await evaluateAfter(4 * MINUTE);
    expect(await alerting.alerts('?state=open')).toMatchObject([{ context: { recent: 11 } }]);
  });

  it('is over after five minutes in which all is well, and that is told', async () => {
    await evaluateAfter(MINUTE);
    await untilTold(3);
    expect(await alerting.alerts('?state=open')).toEqual([]);
    expect(await alerting.alerts('?state=resolved')).toMatchObject([
      { state: 'resolved', resolvedAt: expect.any(String), acknowledgedBy: expect.any(String) },
    ]);
    expect(mails()[2]).toBe('[Rollcall] Over: Quarantine grows');
    expect(posts()[2]?.data.resolvedAt).toEqual(expect.any(String));
  });

  it('is another one when it comes back', async () => {
    await quarantine(alerting.rollcall, 10, APPLICANT);
    await alerting.evaluate();
    await evaluateAfter(MINUTE);
    expect(await alerting.alerts()).toMatchObject([{ state: 'open' }, { state: 'resolved' }]);
    await untilTold(4);
  });

  it('stays as it is while its reading cannot be had', async () => {
    const readings = alerting.rollcall.app.get(Readings);
    const failing = jest.spyOn(readings, 'take').mockRejectedValue(new Error('no reading'));
    await evaluateAfter(MINUTE);
    await evaluateAfter(10 * MINUTE);
    expect(failing).toHaveBeenCalled();
    failing.mockRestore();
    expect(await alerting.alerts('?state=open')).toHaveLength(1);
  });

  it('is counted for Prometheus', async () => {
    const text = await (await fetch(`${alerting.rollcall.url}/metrics`)).text();
    expect(text).toContain('\nrollcall_alerts_open 1\n');
    expect(text).toMatch(/\nrollcall_alert_notifications_due \d/);
    expect(text).toMatch(/\nrollcall_alerts_evaluation_age_seconds \d/);
  });
});
