import type { Alert, AlertState } from './alerts.types.js';
import { casesOf, stepOf } from './moves.js';

const NOW = new Date('2026-11-26T12:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const HOURS = 3600;

function anAlert(state: AlertState, over: Partial<Alert> = {}): Alert {
  return {
    id: 'a',
    rule: 'gaps_open',
    subject: '',
    summary: '',
    context: {},
    state,
    suspectedAt: ago(25 * HOURS),
    openedAt: state === 'suspected' ? null : ago(25 * HOURS),
    fineSince: null,
    resolvedAt: null,
    toldAt: state === 'suspected' ? null : ago(HOURS),
    acknowledgedAt: null,
    acknowledgedBy: null,
    ...over,
  };
}

describe('the next step of an alert', () => {
  it.each([
    ['nothing known, fine', undefined, false, 'stay', null],
    ['nothing known, fires', undefined, true, 'suspect', null],
    ['suspected a moment ago, fires', anAlert('suspected', { suspectedAt: ago(30) }), true, 'renew', null],
    ['suspected a minute ago, fires', anAlert('suspected', { suspectedAt: ago(57) }), true, 'open', 'opened'],
    ['suspected, fine', anAlert('suspected'), false, 'forget', null],
    ['open, fires', anAlert('open'), true, 'renew', null],
    ['open, told yesterday, fires', anAlert('open', { toldAt: ago(24 * HOURS) }), true, 'renew', 'reminder'],
    [
      'acknowledged, told yesterday, fires',
      anAlert('open', { toldAt: ago(24 * HOURS), acknowledgedAt: ago(HOURS) }),
      true,
      'renew',
      null,
    ],
    ['open, nobody was told, fires', anAlert('open', { toldAt: null }), true, 'renew', 'opened'],
    ['open, fires again after a moment', anAlert('open', { fineSince: ago(200) }), true, 'renew', null],
    ['open, fine', anAlert('open'), false, 'calm', null],
    ['open, fine for four minutes', anAlert('open', { fineSince: ago(240) }), false, 'stay', null],
    ['open, fine for five minutes', anAlert('open', { fineSince: ago(297) }), false, 'resolve', 'resolved'],
    [
      'open, nobody was told, fine for five minutes',
      anAlert('open', { fineSince: ago(300), toldAt: null }),
      false,
      'resolve',
      null,
    ],
  ] as const)('%s', (_what, alert, fires, move, tells) => {
    expect(stepOf(alert, fires, NOW, 24)).toEqual({ move, tells });
  });
});

describe('what may move', () => {
  const firing = (subject: string) => ({ subject, summary: '', context: {} });

  it('is each firing with its alert, and each alert that fires no more', () => {
    const live = ['b', 'c'].map((subject) => anAlert('open', { rule: 'client_secret_expiring', subject }));
    const findings = new Map([['client_secret_expiring', [firing('a'), firing('b')]]] as const);
    expect(casesOf(live, findings).map((one) => [one.firing?.subject, one.alert?.subject])).toEqual([
      ['a', undefined],
      ['b', 'b'],
      [undefined, 'c'],
    ]);
  });

  it('is nothing of a rule whose reading could not be had', () => {
    expect(casesOf([anAlert('open')], new Map())).toEqual([]);
    expect(casesOf([anAlert('open')], new Map([['disk_full', []]]))).toEqual([]);
  });
});
