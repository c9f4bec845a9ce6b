import { parseJson } from '../enroll-client/json-answer.js';
import { Problem } from '../problem/problem.js';
import { runVerdict } from './run-verdict.js';

const HOURS = 1000;

test.each([
  'ENROLL_AUTH',
  'ENROLL_FORBIDDEN',
  'ENROLL_UNAVAILABLE',
  'ENROLL_TIMEOUT',
  'ENROLL_BUSY',
  'OVERLOADED',
  'DATABASE_UNAVAILABLE',
] as const)('%s never ends a run, and is looked after every five minutes at least', (code) => {
  expect(runVerdict(new Problem(code), HOURS)).toEqual({
    state: 'waiting',
    errorCode: code,
    delaySeconds: 300,
  });
  expect(runVerdict(new Problem(code), 0)).toEqual({ state: 'waiting', errorCode: code, delaySeconds: 5 });
});

test('a Retry-After is kept to', () => {
  expect(runVerdict(new Problem('ENROLL_BUSY', undefined, { retryAfterSeconds: 900 }), 0)).toMatchObject({
    delaySeconds: 900,
  });
});

test('a page of HTML in the place of JSON never ends a run: it may be maintenance', async () => {
  const error = await new Promise(() => parseJson(Buffer.from('<html>'))).catch((e: unknown) => e);
  expect(runVerdict(error, HOURS)).toEqual({
    state: 'waiting',
    errorCode: 'ENROLL_BAD_ANSWER',
    delaySeconds: 300,
  });
});

test('a lost connection to the database is an outage', () => {
  const error = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  expect(runVerdict(error, HOURS)).toMatchObject({ state: 'waiting', errorCode: 'DATABASE_UNAVAILABLE' });
});

test.each([
  new Problem('ENROLL_BAD_ANSWER'),
  new Problem('ENROLL_REFUSED'),
  new TypeError('a fault of ours'),
])('%s ends a run at the fifth try in a row', (error) => {
  expect([0, 1, 2, 3, 4].map((attempts) => runVerdict(error, attempts).state)).toEqual([
    'waiting',
    'waiting',
    'waiting',
    'waiting',
    'failed',
  ]);
});
