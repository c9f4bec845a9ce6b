import { banner } from './banner.js';
import { loadConfig } from './config/config.js';

const shown = (env: NodeJS.ProcessEnv) =>
  banner(
    loadConfig({ ROLLCALL_PUBLIC_URL: 'https://rollcall.example.org', ...env }),
    { clientId: 'enroll' },
    3007,
  );

test.each(['all', 'api'])('role %s prints what eNROLL is to be told', (role) => {
  expect(shown({ ROLLCALL_ROLE: role })).toContain(
    'Token URL             https://rollcall.example.org/oauth/token\n',
  );
  expect(shown({ ROLLCALL_ROLE: role })).toContain('Client Id             enroll\n');
});

test('a worker takes no callbacks, and prints no URL for them', () => {
  expect(shown({ ROLLCALL_ROLE: 'worker' })).toBe(
    '\nRollcall is ready: a worker, with its health at port 3007.\n\n',
  );
});
