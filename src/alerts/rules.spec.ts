import { ALERT_LIMITS, type AlertRule } from '../config/alert-limits.js';
import type { Firing } from './alerts.types.js';
import { type ReadingOf, RULES } from './rules.js';

const MINUTE = 60;
const DAY = 86_400;
const GIB = 1024 ** 3;

function judge<Name extends AlertRule>(rule: Name, reading: ReadingOf[Name], limits = {}): Firing[] {
  return RULES[rule].judge(reading, { ...ALERT_LIMITS, ...limits });
}

describe('quarantine_grows', () => {
  it.each([
    [0, 500, 0],
    [9, 9, 0],
    [10, 10, 1],
  ])('%i of the last hour, %i open: %i alerts', (recent, open, alerts) => {
    expect(judge('quarantine_grows', { recent, open })).toHaveLength(alerts);
  });

  it('says how many, and has its limit in the settings', () => {
    expect(judge('quarantine_grows', { recent: 3, open: 7 }, { quarantinedPerHour: 3 })).toEqual([
      {
        subject: '',
        summary: 'Elements that went to quarantine within an hour: 3; open in all: 7.',
        context: { recent: 3, open: 7 },
      },
    ]);
  });
});

describe('receipts_pending', () => {
  it.each([
    [0, 0, 0],
    [80_000, 4 * MINUTE, 0],
    [1, 5 * MINUTE, 1],
  ])('%i pending, the oldest for %i s: %i alerts', (count, oldestSeconds, alerts) => {
    expect(judge('receipts_pending', { count, oldestSeconds })).toHaveLength(alerts);
  });
});

describe('images_behind', () => {
  it.each([
    ['nothing wanted, an old fault', { wanted: 0, behindSeconds: 0, fault: { code: 'X', seconds: DAY } }, 0],
    ['much wanted, in time', { wanted: 9000, behindSeconds: 59 * MINUTE, fault: null }, 0],
    ['a short fault', { wanted: 5, behindSeconds: 0, fault: { code: 'X', seconds: 59 * MINUTE } }, 0],
    ['behind', { wanted: 5, behindSeconds: 60 * MINUTE, fault: null }, 1],
    ['a long fault', { wanted: 5, behindSeconds: 0, fault: { code: 'X', seconds: 60 * MINUTE } }, 1],
  ])('%s', (_what, reading, alerts) => {
    expect(judge('images_behind', reading)).toHaveLength(alerts);
  });

  it('names what holds them up', () => {
    const fault = { code: 'IMAGE_STORE_FULL', seconds: 7300 };
    expect(judge('images_behind', { wanted: 5, behindSeconds: 40, fault })[0]?.summary).toBe(
      'Images still to be fetched: 5; behind by 2 hours; cause: IMAGE_STORE_FULL.',
    );
  });
});

describe('gaps_open', () => {
  it('fires at the first open gap, or at as many as the settings say', () => {
    expect(judge('gaps_open', { open: 0, oldestSeconds: 0 })).toEqual([]);
    expect(judge('gaps_open', { open: 1, oldestSeconds: 90 * MINUTE })).toEqual([
      {
        subject: '',
        summary: 'Open gaps: 1; the oldest was found 90 minutes ago.',
        context: { open: 1, oldestSeconds: 5400 },
      },
    ]);
    expect(judge('gaps_open', { open: 4, oldestSeconds: DAY }, { openGaps: 5 })).toEqual([]);
  });
});

describe('history_changed', () => {
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);

  it.each([
    ['the first', 'first', 0, 0],
    ['a failover just now', 'timeline', 0, 1],
    ['another server yesterday', 'cluster', 23, 1],
    ['a day later', 'timeline', 25, 0],
  ] as const)('%s', (_what, reason, hours, alerts) => {
    expect(judge('history_changed', { history: '7', reason, beganAt: ago(hours) })).toHaveLength(alerts);
  });

  it('says what to do', () => {
    const [firing] = judge('history_changed', { history: '7', reason: 'timeline', beganAt: ago(1) });
    expect(firing).toMatchObject({
      subject: '7',
      summary:
        'The database was failed over or restored to an earlier time. What the new server had not received is lost: ' +
        'reconcile that time. Readers of the feed continue where they were.',
    });
  });
});

describe('disk_full', () => {
  it('fires for each disk that has too little left', () => {
    const disks = [
      { folder: 'data', freeBytes: 2 * GIB },
      { folder: 'images', freeBytes: 1.26 * GIB },
    ];
    expect(judge('disk_full', disks)).toEqual([
      {
        subject: 'images',
        summary: 'Free space on the disk of the images: 1.3 GiB.',
        context: { freeBytes: 1.26 * GIB },
      },
    ]);
    expect(judge('disk_full', disks, { freeDiskGib: 3 })).toHaveLength(2);
  });
});

describe('erasure_stuck', () => {
  it('fires once an erasure is not done after so long, and says why', () => {
    const stuck = { unfinished: 1, oldestSeconds: 10_800, errorCode: 'IMAGE_STORE_FULL' };
    expect(judge('erasure_stuck', stuck).map(({ summary }) => summary)).toEqual([
      'Erasures that are not done: 1; the oldest for 3 hours; cause: IMAGE_STORE_FULL.',
    ]);
    expect(judge('erasure_stuck', { ...stuck, oldestSeconds: 60 })).toEqual([]);
    expect(judge('erasure_stuck', { unfinished: 0, oldestSeconds: 0, errorCode: null })).toEqual([]);
  });
});

describe.each(['client_secret_expiring', 'endpoint_secret_expiring'] as const)('%s', (rule) => {
  it('fires for each owner whose secret ends within the days of the settings', () => {
    const secrets = [
      { name: 'a', endsInSeconds: 7 * DAY, hasOther: false },
      { name: 'b', endsInSeconds: 6.5 * DAY, hasOther: false },
      { name: 'c', endsInSeconds: 30, hasOther: true },
    ];
    expect(judge(rule, secrets).map(({ subject, summary }) => [subject, summary])).toEqual([
      ['b', 'A secret of b ends in 6 days; no other one is live.'],
      ['c', 'A secret of c ends in less than a minute; another one stays live.'],
    ]);
  });
});

describe('consumer_behind', () => {
  it('fires for each consumer that has acknowledged nothing for long', () => {
    const consumers = [
      { name: 'crm', oldestSeconds: 59 * MINUTE },
      { name: 'lake', oldestSeconds: 2 * DAY },
    ];
    expect(judge('consumer_behind', consumers)).toEqual([
      {
        subject: 'lake',
        summary: 'The consumer lake has not acknowledged events for 2 days.',
        context: { oldestSeconds: 2 * DAY },
      },
    ]);
  });
});

describe('endpoint_failing', () => {
  it('fires for each endpoint that has failed for long, or was disabled', () => {
    const endpoints = [
      { name: 'crm', failingSeconds: 14 * MINUTE, code: 'TIMEOUT', isDisabled: false },
      { name: 'core', failingSeconds: 3 * 3600, code: 'HTTP_5XX', isDisabled: false },
      { name: 'old', failingSeconds: 5, code: 'GONE', isDisabled: true },
    ];
    expect(judge('endpoint_failing', endpoints).map(({ subject, summary }) => [subject, summary])).toEqual([
      ['core', 'The endpoint core has failed for 3 hours (HTTP_5XX).'],
      ['old', 'The endpoint old was disabled (GONE) and gets nothing until it is resumed.'],
    ]);
  });
});

describe('silence', () => {
  it.each([
    ['no callback ever', { minutesSinceLast: null, usualMinutes: null, isSilent: null }, 0],
    [
      'silent for longer than the limit, with too little history',
      { minutesSinceLast: 1500, usualMinutes: null, isSilent: true },
      1,
    ],
    ['as usual', { minutesSinceLast: 30, usualMinutes: 20, isSilent: false }, 0],
    ['silent', { minutesSinceLast: 200.4, usualMinutes: 20.2, isSilent: true }, 1],
  ])('%s', (_what, reading, alerts) => {
    expect(judge('silence', reading)).toHaveLength(alerts);
  });

  it('says what would be usual', () => {
    expect(judge('silence', { minutesSinceLast: 200.4, usualMinutes: 20.2, isSilent: true })[0]).toEqual({
      subject: '',
      summary: 'No callback for 3 hours; usual in this hour of the week: 20 minutes.',
      context: { minutesSinceLast: 200, usualMinutes: 20 },
    });
  });

  it('says since when where nobody knows what is usual', () => {
    const [firing] = judge('silence', { minutesSinceLast: 1500, usualMinutes: null, isSilent: true });
    expect(firing?.summary).toBe('No callback for 25 hours; usual in this hour of the week: unknown.');
  });
});

describe.each(['tokens_refused', 'callbacks_refused'] as const)('%s', (rule) => {
  const at = new Date();
  it.each([
    ['nothing', 0, 0, 0],
    ['one of a client', 1, 0, 1],
    ['a few of strangers', 0, 9, 0],
    ['many of strangers', 0, 10, 1],
  ])('%s', (_what, ofClients, ofStrangers, alerts) => {
    const latest = { at, code: 'invalid_client', clientId: ofClients > 0 ? 'enroll' : null };
    expect(judge(rule, { ofClients, ofStrangers, latest })).toHaveLength(alerts);
  });

  it('says how many, and which the latest was', () => {
    const latest = { at, code: 'TOKEN_INVALID', clientId: 'enroll' };
    expect(judge(rule, { ofClients: 2, ofStrangers: 1, latest })[0]).toMatchObject({
      summary: expect.stringContaining(
        'refused within an hour: 2 of clients, 1 of strangers; the latest: TOKEN_INVALID of enroll.',
      ),
      context: { ofClients: 2, ofStrangers: 1, code: 'TOKEN_INVALID', clientId: 'enroll' },
    });
    const limits = { refusedPerHour: 3, strangersRefusedPerHour: 100 };
    expect(judge(rule, { ofClients: 2, ofStrangers: 99, latest }, limits)).toEqual([]);
  });
});

describe('reject_spike', () => {
  const usual = { accepted: 950, rejected: 50 };
  it.each([
    ['as usual', { accepted: 95, rejected: 5 }, usual, 0],
    ['too few to tell', { accepted: 0, rejected: 19 }, usual, 0],
    ['too little history', { accepted: 0, rejected: 90 }, { accepted: 90, rejected: 9 }, 0],
    ['a few more, by chance', { accepted: 17, rejected: 3 }, usual, 0],
    ['many more', { accepted: 70, rejected: 30 }, usual, 1],
    ['more, but not twice the usual', { accepted: 9200, rejected: 800 }, usual, 0],
    ['the first rejections ever', { accepted: 98, rejected: 2 }, { accepted: 1000, rejected: 0 }, 0],
    ['many first rejections', { accepted: 90, rejected: 10 }, { accepted: 1000, rejected: 0 }, 1],
    ['fewer', { accepted: 100, rejected: 0 }, { accepted: 500, rejected: 500 }, 0],
  ])('%s', (_what, recent, before, alerts) => {
    expect(judge('reject_spike', { recent, usual: before })).toHaveLength(alerts);
  });

  it('compares the shares in words', () => {
    expect(judge('reject_spike', { recent: { accepted: 70, rejected: 30 }, usual })[0]).toEqual({
      subject: '',
      summary: '30 % of 100 decisions within two hours are rejections; in the week before: 5 %.',
      context: { decided: 100, rejected: 30, share: 0.3 },
    });
  });
});
