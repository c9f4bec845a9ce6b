/** @jest-environment-options {"keepsModules": false} */
import { hash } from '@node-rs/argon2';
import { DataSource } from 'typeorm';
import type { Clients } from '../../src/auth/clients.service.js';
import { FailureThrottle } from '../../src/auth/failure-throttle.js';
import { CLIENT } from '../harness/app.js';
import { askToken } from './asking.js';
import { aDatabase, type AuthApp, startAuth } from './auth-app.js';

// Counted, not replaced: what a refusal costs must not depend on its reason.
jest.mock('@node-rs/argon2', () => {
  const actual = jest.requireActual<{ hash: typeof hash }>('@node-rs/argon2');
  return { ...actual, hash: jest.fn(actual.hash) };
});

const WRONG = 'a wrong guess of the secret';

let database: Awaited<ReturnType<typeof aDatabase>>;
let target: AuthApp;
let replica: AuthApp;
let clients: Clients;
let addresses = 0;

beforeAll(async () => {
  database = await aDatabase();
  target = await startAuth(database.url, { ROLLCALL_TRUST_PROXY: '127.0.0.1' });
  replica = await startAuth(database.url, { ROLLCALL_TRUST_PROXY: '127.0.0.1' });
  clients = target.clients;
});

afterAll(async () => {
  await replica.stop();
  await target.stop();
  await database.drop();
});

/** An address that no other test has used. */
function anAddress(): string {
  addresses += 1;
  return `198.51.${Math.floor(addresses / 250)}.${addresses % 250}`;
}

async function ask(address: string, secret: string, clientId: string = CLIENT.id, url = target.url) {
  return askToken(url, secret, clientId, { 'x-forwarded-for': address });
}

async function statuses(
  count: number,
  attempt: (index: number) => ReturnType<typeof ask>,
): Promise<number[]> {
  const answers: number[] = [];
  for (let i = 0; i < count; i += 1) answers.push((await attempt(i)).status);
  return answers;
}

const TEN_REFUSED = Array.from({ length: 10 }, () => 401);

describe('M1 repeated failures of one address and client', () => {
  test('ten are refused by 401, the next by 429 with Retry-After', async () => {
    const address = anAddress();
    expect(await statuses(10, () => ask(address, WRONG))).toEqual(TEN_REFUSED);
    const { status, headers, json } = await ask(address, WRONG);
    expect(status).toBe(429);
    expect(json).toEqual({
      error: 'too_many_requests',
      error_description: 'Too many failed requests, try again later',
    });
    const seconds = Number(headers['retry-after']);
    expect(Number.isInteger(seconds) && seconds > 40 && seconds <= 60).toBe(true);
    expect(headers['cache-control']).toBe('no-store');
  });

  test('are counted for an unknown id, and for no credentials at all, just as well', async () => {
    const address = anAddress();
    expect(await statuses(11, () => ask(address, WRONG, 'nobody'))).toEqual([...TEN_REFUSED, 429]);
    expect(await statuses(11, () => ask(address, '', ''))).toEqual([...TEN_REFUSED, 429]);
  });

  test('are the same of an id with a plus, in a form and by HTTP Basic', async () => {
    const address = anAddress();
    expect(await statuses(10, () => ask(address, WRONG, 'a+b'))).toEqual(TEN_REFUSED);
    const basic = `Basic ${Buffer.from('a+b:wrong').toString('base64')}`;
    const answer = await fetch(`${target.url}/oauth/token`, {
      method: 'POST',
      headers: { authorization: basic, 'x-forwarded-for': address },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    expect(answer.status).toBe(429);
  });

  test('touch neither another client at that address nor that client elsewhere', async () => {
    const address = anAddress();
    await statuses(11, () => ask(address, WRONG));
    expect((await ask(address, WRONG, 'somebody else')).status).toBe(401);
    expect((await ask(anAddress(), WRONG)).status).toBe(401);
  });

  test('are counted over all replicas together: of twenty at once, exactly ten are 401', async () => {
    const address = anAddress();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        ask(address, WRONG, 'nobody', i % 2 === 0 ? target.url : replica.url),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...TEN_REFUSED,
      ...TEN_REFUSED.map(() => 429),
    ]);
  });

  test('are over when the window is', async () => {
    const address = anAddress();
    await statuses(10, () => ask(address, WRONG));
    await database.sql('update token_failures set expire = 1');
    expect((await ask(address, WRONG)).status).toBe(401);
  });

  test('leave no address and no id readable in the table', async () => {
    const address = anAddress();
    await ask(address, WRONG, 'a-client-to-look-for');
    const rows = JSON.stringify(await database.sql('select * from token_failures'));
    expect(rows).not.toContain(address);
    expect(rows).not.toContain('a-client-to-look-for');
  });
});

describe('M1 repeated failures of one address', () => {
  test('a hundred over many ids close it for further guesses', async () => {
    const address = anAddress();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => ask(address, WRONG, `guess ${i}`)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect((await ask(address, WRONG, 'guess 101')).status).toBe(429);
    expect((await ask(address, CLIENT.secret)).status).toBe(200);
  });

  test('all addresses of an IPv6 network are one, and an IPv4 address is the same in IPv6 clothes', async () => {
    await statuses(10, (i) => ask(`2001:db8:1:2::${i + 1}`, WRONG));
    expect((await ask('2001:db8:1:2:ffff:ffff:ffff:ffff', WRONG)).status).toBe(429);
    expect((await ask('2001:db8:1:3::1', WRONG)).status).toBe(401);
    const address = anAddress();
    await statuses(10, () => ask(address, WRONG));
    expect((await ask(`::ffff:${address}`, WRONG)).status).toBe(429);
  });

  test('an address is the same however a proxy writes it', async () => {
    const address = anAddress();
    expect(await statuses(10, (i) => ask(`${address}:${40_000 + i}`, WRONG))).toEqual(TEN_REFUSED);
    for (const written of [address, `"${address}:1"`, `[::ffff:${address}]:1`, `${address}, 127.0.0.1:80`]) {
      expect({ written, status: (await ask(written, WRONG)).status }).toEqual({ written, status: 429 });
    }
    expect((await ask(address, CLIENT.secret)).status).toBe(200);
  });
});

describe('M1 never a lock-out of the client itself', () => {
  test('the client of the settings gets its token, from the very address, time and again', async () => {
    const address = anAddress();
    await statuses(15, () => ask(address, WRONG));
    expect(await statuses(5, () => ask(address, CLIENT.secret))).toEqual([200, 200, 200, 200, 200]);
    expect((await ask(address, WRONG)).status).toBe(429);
  });

  test('a client with a generated secret gets its token', async () => {
    const secret = clients.makeSecret();
    await clients.create('test', 'generated', 'generated', secret);
    const address = anAddress();
    await statuses(15, () => ask(address, WRONG, 'generated'));
    expect((await ask(address, secret, 'generated')).status).toBe(200);
  });

  test('a client with a chosen secret that this process has never seen gets its token', async () => {
    const secret = 'chosen in the panel of eNROLL';
    await clients.create('test', 'chosen', 'chosen', secret);
    const address = anAddress();
    await statuses(15, () => ask(address, WRONG, 'chosen'));
    expect((await ask(address, secret, 'chosen')).status).toBe(200);
    expect((await ask(address, WRONG, 'chosen')).status).toBe(429);
  });

  test('guesses past the limit are slowed to ten a second, whatever their number', async () => {
    const address = anAddress();
    await clients.create('test', 'slow', 'slow', 'chosen in the panel, too');
    await statuses(10, () => ask(address, WRONG, 'slow'));
    const argon2 = jest.mocked(hash).mockClear();
    const start = performance.now();
    const answers = await Promise.all(Array.from({ length: 60 }, () => ask(address, WRONG, 'slow')));
    const runsPossible = (performance.now() - start) / 100 + 1;
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([429]));
    expect(argon2.mock.calls.length).toBeGreaterThan(0);
    expect(argon2.mock.calls.length).toBeLessThanOrEqual(runsPossible);
  });

  test('forty wrong guesses at once do not stand before the right one, which nobody has seen yet', async () => {
    await clients.create('test', 'flooded', 'flooded', 'chosen, and asked for amid guesses');
    const address = anAddress();
    const guesses = Array.from({ length: 40 }, (_, i) => ask(address, `${WRONG} ${i}`, 'flooded'));
    const right = ask(address, 'chosen, and asked for amid guesses', 'flooded');
    const more = Array.from({ length: 10 }, (_, i) => ask(address, `${WRONG} more ${i}`, 'flooded'));
    expect((await right).status).toBe(200);
    const answers = await Promise.all([...guesses, ...more]);
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...TEN_REFUSED,
      ...Array.from({ length: 40 }, () => 429),
    ]);
  });

  test('nor do guesses from a hundred and fifty addresses at once', async () => {
    await clients.create('test', 'beset', 'beset', 'chosen, and asked for from elsewhere');
    const guesses = Array.from({ length: 150 }, () => ask(anAddress(), WRONG, 'beset'));
    expect((await ask(anAddress(), 'chosen, and asked for from elsewhere', 'beset')).status).toBe(200);
    expect(new Set((await Promise.all(guesses)).map(({ status }) => status))).toEqual(new Set([401]));
  });

  test('a right secret is not counted as a failure', async () => {
    const secret = 'chosen, right at the first time';
    await clients.create('test', 'right', 'right', secret);
    const address = anAddress();
    await database.sql('delete from token_failures');
    expect((await ask(address, secret, 'right')).status).toBe(200);
    expect(await database.sql('select points from token_failures')).toEqual([{ points: 0 }, { points: 0 }]);
    expect((await ask(address, secret, 'right')).status).toBe(200);
  });
});

describe('M1 a refused address', () => {
  test('leaves no row for the ids that it makes up', async () => {
    const address = anAddress();
    await Promise.all(Array.from({ length: 101 }, (_, i) => ask(address, WRONG, `made up ${i}`)));
    const rows = async () => (await database.sql('select from token_failures')).length;
    const before = await rows();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) => ask(address, WRONG, `made up later ${i}`)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([429]));
    expect(await rows()).toBe(before);
  });
});

describe('M1 refusals take the same time', () => {
  test.each<[string, string]>([
    ['an unknown id', 'unknown'],
    ['no credentials', ''],
    ['a client whose secret was made', 'made-only'],
    ['a client whose secret was chosen', 'chosen-only'],
    ['a client of two chosen secrets', 'two-chosen'],
    ['a disabled client', 'disabled'],
  ])('%s costs one run of argon2 and two counted failures', async (_case, clientId) => {
    await clients.create('test', 'made-only', 'x', clients.makeSecret());
    await clients.create('test', 'chosen-only', 'x', 'chosen, and not guessed');
    await clients.create('test', 'two-chosen', 'x', 'chosen, and not guessed');
    await clients.rotate('test', 'two-chosen', 'chosen for the second time');
    await clients.create('test', 'disabled', 'x', 'chosen, and not guessed');
    await clients.disable('test', 'disabled');
    await database.sql('delete from token_failures');
    const argon2 = jest.mocked(hash).mockClear();
    expect((await ask(anAddress(), WRONG, clientId)).status).toBe(401);
    expect(argon2).toHaveBeenCalledTimes(1);
    expect(await database.sql('select points from token_failures')).toEqual([{ points: 1 }, { points: 1 }]);
  });

  test('beyond the limit a known id, an unknown one and one of a made secret cost the same work and pause', async () => {
    await clients.create('test', 'known-chosen', 'x', 'chosen, and not guessed');
    await clients.create('test', 'known-made', 'x', clients.makeSecret());
    for (const clientId of ['known-chosen', 'known-made', 'unknown-id']) {
      const address = anAddress();
      await Promise.all(Array.from({ length: 10 }, () => ask(address, WRONG, clientId)));
      const argon2 = jest.mocked(hash).mockClear();
      const start = performance.now();
      expect((await ask(address, WRONG, clientId)).status).toBe(429);
      expect(performance.now() - start).toBeGreaterThanOrEqual(99);
      expect({ clientId, runs: argon2.mock.calls.length }).toEqual({ clientId, runs: 1 });
    }
  });

  test('a right secret costs none, or one where it is chosen and was not seen for a day', async () => {
    const made = clients.makeSecret();
    await clients.create('test', 'at-once', 'x', made);
    await clients.create('test', 'once-a-minute', 'x', 'chosen, and asked for often');
    const argon2 = jest.mocked(hash).mockClear();
    expect((await ask(anAddress(), made, 'at-once')).status).toBe(200);
    expect((await ask(anAddress(), CLIENT.secret)).status).toBe(200);
    expect(argon2).toHaveBeenCalledTimes(0);
    for (let i = 0; i < 3; i += 1) {
      expect((await ask(anAddress(), 'chosen, and asked for often', 'once-a-minute')).status).toBe(200);
    }
    expect(argon2).toHaveBeenCalledTimes(1);
  });
});

describe('M1 the throttle without its table', () => {
  test('each process counts for itself while the database is away', async () => {
    const throttle = new FailureThrottle(
      new DataSource({ type: 'postgres', url: 'postgres://nobody@127.0.0.1:1/none' }),
    );
    for (let i = 0; i < 10; i += 1)
      expect(await throttle.count('192.0.2.1', 'enroll')).toEqual({ throttled: false });
    expect(await throttle.count('192.0.2.1', 'enroll')).toEqual({
      throttled: true,
      retryAfterSeconds: expect.any(Number),
    });
    await throttle.forgive('192.0.2.1', 'enroll');
    expect(await throttle.count('192.0.2.2', 'enroll')).toEqual({ throttled: false });
  });
});
