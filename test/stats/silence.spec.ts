import { EntityManager } from 'typeorm';
import { Config } from '../../src/config/config.js';
import { ReceiptRollup } from '../../src/stats/receipt-rollup.service.js';
import { Silence } from '../../src/stats/silence.service.js';
import { startApp, type TestApp } from '../harness/app.js';
import { forgetAll, plantReceipts } from './counted.js';

const MINUTE_MS = 60_000;

let rollcall: TestApp;
beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_ROLE: 'api' } });
});
afterAll(() => rollcall.stop());
beforeEach(() => forgetAll(rollcall));

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Africa/Cairo',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
/** E.g. `Fri 06:55`. */
const inCairo = (at: Date) => CLOCK.format(at).replace(',', '');

/** A callback every five minutes of these weeks, but where it is said to be quiet. */
async function hear(
  from: string,
  until: string,
  isQuiet: (at: Date) => boolean = () => false,
): Promise<void> {
  const times: Date[] = [];
  for (let at = Date.parse(from); at <= Date.parse(until); at += 5 * MINUTE_MS) {
    if (!isQuiet(new Date(at))) times.push(new Date(at));
  }
  await plantReceipts(rollcall, times);
  const rollup = rollcall.app.get(ReceiptRollup);
  while ((await rollup.countNext(0, 3000)) > 0);
}

const at = (time: string) => rollcall.app.get(Silence).read(new Date(time));

describe('silence', () => {
  it('is unknown where nothing was ever heard, and while there are fewer than four weeks to compare with', async () => {
    expect(await at('2026-03-13T08:00:00Z')).toEqual({
      lastCallbackAt: null,
      minutesSinceLast: null,
      usualMinutes: null,
      limitMinutes: 24 * 60,
      isSilent: null,
    });
    await hear('2026-02-15T00:00:00Z', '2026-03-11T08:00:00Z');
    expect(await at('2026-03-11T20:00:00Z')).toMatchObject({
      minutesSinceLast: 720,
      usualMinutes: null,
      isSilent: false,
    });
  });

  it('is too long after a day while nobody knows what is usual, and the limit is that of the settings', async () => {
    await hear('2026-03-11T07:00:00Z', '2026-03-11T08:00:00Z');
    expect(await at('2026-03-12T08:00:00Z')).toMatchObject({ usualMinutes: null, isSilent: false });
    expect(await at('2026-03-12T08:00:01Z')).toMatchObject({ usualMinutes: null, isSilent: true });
    const { env } = rollcall.app.get(Config);
    const limits = { ...env.ROLLCALL_ALERT_LIMITS, silenceHours: 2 };
    const impatient = new Silence(
      rollcall.app.get(EntityManager),
      new Config({ ...env, ROLLCALL_ALERT_LIMITS: limits }),
    );
    expect(await impatient.read(new Date('2026-03-11T10:01:00Z'))).toMatchObject({
      limitMinutes: 120,
      isSilent: true,
    });
  });

  it('is what lasts three times as long as usual, and ten minutes at least', async () => {
    await hear('2026-01-12T00:00:00Z', '2026-03-11T08:00:00Z');
    expect(await at('2026-03-11T08:04:00Z')).toMatchObject({
      lastCallbackAt: '2026-03-11T08:00:00.000Z',
      minutesSinceLast: 4,
      usualMinutes: 5,
      limitMinutes: 15,
      isSilent: false,
    });
    expect((await at('2026-03-11T08:15:00Z')).isSilent).toBe(false);
    expect((await at('2026-03-11T08:15:01Z')).isSilent).toBe(true);
  });

  describe('of a quiet Friday morning', () => {
    const outage = Date.parse('2026-02-20T10:00:00Z');
    const isQuiet = (time: Date) =>
      /^Fri 0[6-9]/.test(inCairo(time)) ||
      (time.getTime() > outage && time.getTime() < outage + 4 * 24 * 60 * MINUTE_MS);

    it('is usual, though one week there was an outage', async () => {
      await hear('2026-01-12T00:00:00Z', '2026-03-13T07:50:00Z', isQuiet);
      // 09:50 in Cairo; the last one came at 05:55
      expect(await at('2026-03-13T07:50:00Z')).toMatchObject({
        minutesSinceLast: 235,
        usualMinutes: 245,
        isSilent: false,
      });
    });

    it('is not usual on a Monday, though one week there was an outage', async () => {
      await hear('2026-01-12T00:00:00Z', '2026-03-16T03:55:00Z', isQuiet);
      expect(await at('2026-03-16T07:50:00Z')).toMatchObject({
        minutesSinceLast: 235,
        usualMinutes: 5,
        isSilent: true,
      });
    });
  });

  it('goes by the clock of Cairo also in the weeks after it was changed', async () => {
    const isNight = (time: Date) => /0[2-4]:/.test(inCairo(time));
    await hear('2026-03-01T00:00:00Z', '2026-04-28T02:30:00Z', isNight);
    // 06:04; at this time of UTC the night had just ended all winter
    expect((await at('2026-04-28T03:04:00Z')).usualMinutes).toBe(5);
    expect((await at('2026-04-28T02:04:00Z')).usualMinutes).toBe(185);
  });

  it('is not ended by what reconciliation finds', async () => {
    await hear('2026-01-12T00:00:00Z', '2026-03-11T08:00:00Z');
    await plantReceipts(rollcall, [new Date('2026-03-11T09:00:00Z')], { source: 'reconciliation' });
    await rollcall.app.get(ReceiptRollup).countNext(0);
    expect(await at('2026-03-11T09:30:00Z')).toMatchObject({ minutesSinceLast: 90, isSilent: true });
  });

  it('is known at once, also of callbacks that are not counted yet', async () => {
    await hear('2026-03-01T00:00:00Z', '2026-03-11T08:00:00Z');
    await plantReceipts(rollcall, [new Date()]);
    expect((await rollcall.app.get(Silence).read()).minutesSinceLast).toBeLessThan(1);
  });
});
