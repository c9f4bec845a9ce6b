import { randomBytes } from 'node:crypto';
import { banner } from './banner.js';
import { loadConfig } from './config/config.js';

const shown = (env: NodeJS.ProcessEnv) =>
  banner(
    loadConfig({ ROLLCALL_PUBLIC_URL: 'https://rollcall.example.org', ...env }),
    { clientId: 'enroll' },
    { port: 3007, management: undefined },
  );

const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://rollcall:pw@127.0.0.1:1/rollcall',
  ROLLCALL_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  ROLLCALL_CLIENT_ID: 'enroll',
  ROLLCALL_CLIENT_SECRET: 'a-secret-of-a-banner-test',
  ROLLCALL_API_KEY: 'an-api-key-of-a-banner-test-of-ours',
};

test.each(['all', 'api'])('role %s prints what eNROLL is to be told', (role) => {
  expect(shown({ ROLLCALL_ROLE: role })).toContain(
    'Token URL             https://rollcall.example.org/oauth/token\n',
  );
  expect(shown({ ROLLCALL_ROLE: role })).toContain('Client Id             enroll\n');
});

test('a worker takes no callbacks, and prints no URL for them', () => {
  expect(shown({ ROLLCALL_ROLE: 'worker' })).toBe(
    '\nRollcall is ready: a worker, with its health on port 3007.\n\n',
  );
});

test.each<[string, Record<string, string>, boolean]>([
  ['outside production', {}, true],
  ['in production, where it takes an API key', PRODUCTION, false],
  ['in production, where a setting opens it', { ...PRODUCTION, ROLLCALL_OPEN_ROUTES: 'docs' }, true],
  [
    'in production, where only the metrics are open',
    { ...PRODUCTION, ROLLCALL_OPEN_ROUTES: 'metrics' },
    false,
  ],
])('the documentation is named where a browser can open it: %s', (_, env, isNamed) => {
  const documentation = 'API documentation     https://rollcall.example.org/docs\n';
  expect(shown(env).includes(documentation)).toBe(isNamed);
  expect(shown(env).includes('/docs')).toBe(isNamed);
});
