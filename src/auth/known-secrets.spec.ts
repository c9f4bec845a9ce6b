import type { LiveClient } from './clients.repository.js';
import { KnownSecrets } from './known-secrets.js';

const SECRET = 'a secret that somebody chose';

function aClient(clientId = 'enroll', ...ids: string[]): LiveClient {
  const secrets = (ids.length > 0 ? ids : ['one']).map((id) => ({
    id,
    kind: 'argon2id' as const,
    digest: '',
    expiresAtMs: Infinity,
  }));
  return { clientId, secrets, tokensValidFrom: 0 };
}

beforeEach(() => {
  jest.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  jest.useRealTimers();
});

describe('secrets found right a moment ago', () => {
  test('are known for that client and that text alone', () => {
    const known = new KnownSecrets();
    known.remember('enroll', SECRET, 'one');
    expect(known.has(aClient(), SECRET)).toBe(true);
    expect(known.has(aClient(), `${SECRET}\0`)).toBe(false);
    expect(known.has(aClient('other'), SECRET)).toBe(false);
  });

  test('a client and a secret that only joined read the same are not mixed up', () => {
    const known = new KnownSecrets();
    known.remember('a|b', 'c', 'one');
    expect(known.has(aClient('a'), 'b|c')).toBe(false);
  });

  test('are forgotten after a day', () => {
    const known = new KnownSecrets();
    known.remember('enroll', SECRET, 'one');
    jest.setSystemTime(1_000_000 + 86_399_999);
    expect(known.has(aClient(), SECRET)).toBe(true);
    jest.setSystemTime(1_000_000 + 86_400_000);
    expect(known.has(aClient(), SECRET)).toBe(false);
  });

  test('a secret of the settings is never forgotten, also not by remembering it again for a day', () => {
    const known = new KnownSecrets();
    known.remember('enroll', SECRET, 'one', true);
    known.remember('enroll', SECRET, 'one');
    jest.setSystemTime(9_000_000_000);
    expect(known.has(aClient(), SECRET)).toBe(true);
  });

  test('end with the stored secret that they are', () => {
    const known = new KnownSecrets();
    known.remember('enroll', SECRET, 'one', true);
    expect(known.has(aClient('enroll', 'two', 'one'), SECRET)).toBe(true);
    expect(known.has(aClient('enroll', 'two', 'three'), SECRET)).toBe(false);
  });

  test('at most a thousand are held: the oldest goes, the one of the settings stays', () => {
    const known = new KnownSecrets();
    known.remember('enroll', SECRET, 'one', true);
    for (let i = 0; i < 999; i += 1) known.remember('enroll', `secret ${i}`, 'one');
    expect(known.has(aClient(), 'secret 0')).toBe(true);
    known.remember('enroll', 'one more', 'one');
    expect(known.has(aClient(), 'secret 0')).toBe(false);
    expect(known.has(aClient(), 'secret 1')).toBe(true);
    expect(known.has(aClient(), 'one more')).toBe(true);
    expect(known.has(aClient(), SECRET)).toBe(true);
  });

  test('what is used again counts as young', () => {
    const known = new KnownSecrets();
    for (let i = 0; i < 1_000; i += 1) known.remember('enroll', `secret ${i}`, 'one');
    known.remember('enroll', 'secret 0', 'one');
    known.remember('enroll', 'one more', 'one');
    expect(known.has(aClient(), 'secret 0')).toBe(true);
  });
});
