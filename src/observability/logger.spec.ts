import { Writable } from 'node:stream';
import { Logger } from '@nestjs/common';
import { loadConfig } from '../config/config.js';
import { createLogger, PinoNestLogger } from './logger.js';

function aLog(level = 'debug') {
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  const log = createLogger(loadConfig({ ROLLCALL_LOG_LEVEL: level }), sink);
  return { log, nest: new PinoNestLogger(log), lines };
}

const SECRETS = [
  '29703012357788',
  '+201012345678',
  'mona@example.com',
  'فاطمة',
  's3cret-value',
  'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln',
];

describe('the log', () => {
  test('writes one JSON line per event with level, ISO time and context', () => {
    const { nest, lines } = aLog();
    nest.log('Listening', 'Bootstrap');
    expect(lines).toEqual([
      expect.objectContaining({ level: 'info', context: 'Bootstrap', msg: 'Listening', pid: process.pid }),
    ]);
    expect(lines[0]?.['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  test('hides PII and secrets by key, at any depth and in any spelling', () => {
    const { log, lines } = aLog();
    log.info({
      applicantId: 'a-1',
      request: {
        headers: { Authorization: 'Bearer s3cret-value', 'x-client-secret': 's3cret-value' },
        list: [{ idNumber: '29703012357788', first_name: 'فاطمة', phoneNumbers: ['+201012345678'] }],
      },
      CLIENT_SECRET: 's3cret-value',
    });
    const line = JSON.stringify(lines);
    for (const secret of SECRETS) expect(line).not.toContain(secret);
    expect(lines[0]).toMatchObject({ applicantId: 'a-1', CLIENT_SECRET: '[redacted]' });
  });

  test('whether a secret is configured may be told', () => {
    const { log, lines } = aLog();
    const settings = loadConfig({ ROLLCALL_API_KEY: 's3cret-value-s3cret-value' }).redacted();
    log.info({
      settings,
      token: { configured: 's3cret-value' },
      keys: { configured: true, id: 's3cret-value' },
    });
    expect(lines[0]).toMatchObject({
      settings: { ROLLCALL_API_KEY: { configured: true }, ROLLCALL_KEYS: { configured: false } },
      token: '[redacted]',
      keys: '[redacted]',
    });
  });

  test.each([
    ['a connection string', 'connect postgres://rollcall:s3cret-value@db:5432/rollcall failed'],
    ['a connection string whose password has a slash', 'postgres://u:a/s3cret-value@db/rollcall'],
    ['a bearer token', 'refused Bearer s3cret-value'],
    ['a JWT', `token was ${SECRETS[5]} here`],
    ['a form body', 'client_id=a&client_secret=s3cret-value&grant_type=client_credentials'],
    ['a national id', 'Key (id)=(29703012357788) exists'],
    ['a phone number', 'sent to +201012345678.'],
    ['an e-mail address', 'mail <mona@example.com> bounced'],
  ])('cuts %s out of a text', (_what, text) => {
    const { nest, log, lines } = aLog();
    nest.warn(text, 'Library');
    log.warn(text);
    log.warn({ note: text }, text);
    const line = JSON.stringify(lines);
    expect(lines).toHaveLength(3);
    for (const secret of SECRETS) expect(line).not.toContain(secret);
    expect(line).toContain('[redacted]');
  });

  test('keeps UUIDs, versions, times and small numbers readable', () => {
    const { log, lines } = aLog();
    const text =
      'receipt 019abcde-0123-7456-8901-123456789012 at 2026-11-23T06:00:00.000Z took 1234 ms on 18.4.0';
    log.info(text);
    expect(lines[0]?.['msg']).toBe(text);
  });

  test('an error keeps type, code, frames and causes, and nothing that Postgres says about rows', () => {
    const { nest, lines } = aLog();
    const driver = Object.assign(
      new Error('duplicate key value violates unique constraint "applicants_pkey"'),
      {
        code: '23505',
        detail: 'Key (applicant_id, first_name)=(1, فاطمة) already exists.',
        where: 'SQL function, parameter 1 = 29703012357788',
        parameters: ['29703012357788', 'فاطمة'],
        query: "insert into applicants values ('فاطمة')",
        table: 'applicants',
        constraint: 'applicants_pkey',
      },
    );
    nest.error(new Error('commit failed', { cause: driver }), 'Inbox');
    const line = JSON.stringify(lines);
    for (const secret of SECRETS) expect(line).not.toContain(secret);
    expect(lines[0]).toMatchObject({
      level: 'error',
      context: 'Inbox',
      err: {
        type: 'Error',
        message: 'commit failed',
        stack: expect.stringContaining('logger.spec'),
        cause: { code: '23505', table: 'applicants', constraint: 'applicants_pkey' },
      },
    });
  });

  test('the value that did not fit a column and the JSON that did not parse stay out of the message', () => {
    const { log, lines } = aLog();
    const misfit = Object.assign(new Error('invalid input syntax for type integer: "فاطمة"'), {
      code: '22P02',
    });
    log.error({ err: misfit });
    try {
      JSON.parse('{"firstName": فاطمة}');
    } catch (error) {
      log.error({ err: error }, 'unreadable');
      log.error(error);
    }
    const line = JSON.stringify(lines);
    expect(lines).toHaveLength(3);
    expect(line).not.toContain('فاطمة');
    expect(line).toContain('invalid input syntax for type integer');
    expect(line).toContain('not valid JSON');
  });

  test('survives cycles by cutting deep objects, long texts and bytes short', () => {
    const { log, lines } = aLog();
    const loop: Record<string, unknown> = { big: 1n, bytes: Buffer.alloc(10), text: 'x'.repeat(100_000) };
    loop['loop'] = loop;
    log.info(loop);
    expect(lines[0]).toMatchObject({ big: '1', bytes: '[10 bytes]' });
    expect(JSON.stringify(lines[0]).length).toBeLessThan(80_000);
  });

  test('Nest tells its routes and modules at debug level only, its errors with their stack frames', () => {
    const { nest, lines } = aLog('info');
    nest.log('Mapped {/x, GET} route', 'RouterExplorer');
    nest.error('boom', new Error('boom: فاطمة').stack, 'Handler');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      msg: 'boom',
      context: 'Handler',
      stack: expect.stringMatching(/^\s+at /),
    });
    expect(JSON.stringify(lines)).not.toContain('فاطمة');
  });

  test("Nest's Logger reaches it", () => {
    const { nest, lines } = aLog();
    Logger.overrideLogger(nest);
    try {
      new Logger('Somewhere').warn('careful');
    } finally {
      Logger.overrideLogger(false);
    }
    expect(lines[0]).toMatchObject({ level: 'warn', context: 'Somewhere', msg: 'careful' });
  });
});
