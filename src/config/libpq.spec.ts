import { loadConfig } from './config.js';

describe('variables of libpq', () => {
  test('are taken out of the environment: nothing of ours connects by them', () => {
    const env = { PGHOST: 'elsewhere', PGOPTIONS: '-c search_path=app', PGSSLMODE: 'require', PATH: '/bin' };
    expect(loadConfig(env).env.DATABASE_URL).toBeUndefined();
    expect(env).toEqual({ PATH: '/bin' });
  });

  test.each([
    ['postgres://u@h/d', 'verify-full', 'postgres://u@h/d?sslmode=verify-full'],
    ['postgres://u@h/d?application_name=x', 'require', 'postgres://u@h/d?application_name=x&sslmode=require'],
    ['postgres://u@h/d?sslmode=disable', 'require', 'postgres://u@h/d?sslmode=disable'],
    ['postgres://u@h/d?ssl=0', 'require', 'postgres://u@h/d?ssl=0'],
    ['postgres://u@h/d', 'prefer', 'postgres://u@h/d'],
  ])('but a wish for TLS is kept where the URL says nothing of it: %s, %s', (url, mode, used) => {
    expect(loadConfig({ DATABASE_URL: url, PGSSLMODE: mode }).env.DATABASE_URL).toBe(used);
  });

  test.each([
    ['postgres://u@h/d\n', 'postgres://u@h/d?password=p%40%23%26'],
    ['postgres://h/d?user=u', 'postgres://h/d?user=u&password=p%40%23%26'],
    ['postgres://u:own@h/d', 'postgres://u:own@h/d'],
    ['postgres://h/d?user=u&password=own', 'postgres://h/d?user=u&password=own'],
  ])('so is a password: %s', (url, used) => {
    expect(loadConfig({ DATABASE_URL: url, PGPASSWORD: 'p@#&' }).env.DATABASE_URL).toBe(used);
  });
});
