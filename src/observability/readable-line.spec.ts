import { loadConfig } from '../config/config.js';
import { createLogger, withLogFormat } from './logger.js';
import { readableLine } from './readable-line.js';

/** What stands behind the time. */
const shown = (line: object) =>
  readableLine(JSON.stringify({ level: 'info', pid: 7, hostname: 'h', ...line }));
const time = '2026-11-30T10:00:00.000Z';
const CLOCK = new Date(time).toTimeString().slice(0, 8);

test.each<[string, object, string]>([
  [
    'a callback',
    {
      ...{ event: 'callback', requestId: 'r-1', method: 'POST', route: '/callbacks/success', status: 200 },
      ...{
        durationMs: 12.31,
        code: null,
        actor: 'enroll',
        received: 2,
        applied: 2,
        quarantined: 0,
        test: false,
      },
    },
    'POST /callbacks/success 200 in 12 ms  actor=enroll received=2 applied=2',
  ],
  [
    'a refused request, which the caller may ask about',
    {
      event: 'request',
      requestId: 'r-2',
      method: 'GET',
      route: 'none',
      status: 404,
      durationMs: 0,
      code: 'NOT_FOUND',
    },
    'GET none 404 in 0 ms (request r-2)  code=NOT_FOUND',
  ],
  [
    'a job',
    { event: 'job', job: 'images.fetch', outcome: 'done', durationMs: 7, n: 3 },
    'job images.fetch done in 7 ms  n=3',
  ],
  ['a warning', { level: 'warn', context: 'Database', msg: 'It is back.' }, 'warn: Database: It is back.'],
  [
    'an error, without its frames',
    {
      level: 'error',
      msg: 'Unexpected',
      err: { message: 'no row', stack: 'at x', cause: { message: 'cut' } },
    },
    'error: Unexpected: no row: cut',
  ],
  ['an event without a text', { event: 'image_lost', imageId: 'i-1' }, 'image_lost  imageId=i-1'],
])('%s is one line', (_, line, text) => {
  expect(shown({ time, ...line })).toBe(`${CLOCK}  ${text}\n`);
});

test('a job that found nothing to do is no news', () => {
  expect(shown({ time, event: 'job', job: 'keys.reseal', outcome: 'done', durationMs: 3668, n: 0 })).toBe('');
});

test('nothing in a line moves the cursor, or begins another line', () => {
  const line = shown({ time, msg: 'a\nb\u001b[2J', caller: '\u202ex' });
  expect(line).toBe(`${CLOCK}  a\\u000ab\\u001b[2J  caller=\\u202ex\n`);
});

test.each([
  [undefined, true, /^\d\d:\d\d:\d\d {2}told {2}n=1 idNumber=\[redacted\]\n$/],
  [undefined, false, /^\{"level":"info".*"n":1,"idNumber":"\[redacted\]","msg":"told"\}\n$/],
  ['json', true, /^\{/],
  ['text', false, /^\d\d:\d\d:\d\d {2}told/],
])('ROLLCALL_LOG_FORMAT=%s, on a terminal: %s', (format, isTerminal, expected) => {
  const lines: string[] = [];
  const config = withLogFormat(loadConfig({ ROLLCALL_LOG_FORMAT: format }), isTerminal);
  createLogger(config, { write: (line) => void lines.push(line) }).info(
    { n: 1, idNumber: '29703012357788' },
    'told',
  );
  expect(lines).toEqual([expect.stringMatching(expected)]);
  expect(lines.join()).not.toContain('29703012357788');
});
