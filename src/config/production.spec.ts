import { faultsOf, KEY, PRODUCTION, TENANT } from '../../test/harness/settings.js';
import { loadConfig } from './config.js';

describe('in production', () => {
  test('M12 the database and the keys must be given', () => {
    const faults = faultsOf({ NODE_ENV: 'production' });
    expect(faults.map((fault) => fault.name)).toEqual(['DATABASE_URL', 'ROLLCALL_KEYS']);
    expect(faults[1]?.message).toContain('openssl rand -base64 32');
  });

  test('with both it starts', () => {
    expect(loadConfig(PRODUCTION).production).toBe(true);
  });

  test.each([
    [
      'ROLLCALL_CLIENT_SECRET',
      { ROLLCALL_CLIENT_ID: 'enroll', ROLLCALL_CLIENT_SECRET: 'change-me-client-secret' },
    ],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://rollcall:change-me@db:5432/rollcall' }],
    ['ROLLCALL_API_KEY', { ROLLCALL_API_KEY: 'demo-secret-of-24-characters' }],
    ['ROLLCALL_KEYS', { ROLLCALL_KEYS: `k1:${'A'.repeat(43)}=` }],
    ['ROLLCALL_KEYS', { ROLLCALL_KEYS: `k2:${KEY}=,k1:${'A'.repeat(43)}=` }],
    ['ENROLL_TENANT_SECRET', { ENROLL_TENANT_SECRET: 'changeme' }],
    ['ROLLCALL_API_KEY', { ROLLCALL_API_KEY: 'CHANGE-ME-management-api-key' }],
    ['ROLLCALL_CLIENT_SECRET', { ROLLCALL_CLIENT_ID: 'e', ROLLCALL_CLIENT_SECRET: 'My-ChangeMe-secret' }],
    ['ENROLL_TENANT_SECRET', { ENROLL_TENANT_SECRET: 'Simulated-Tenant-Secret' }],
  ])('M12 a published example in %s is refused', (name, env) => {
    expect(faultsOf({ ...PRODUCTION, ...TENANT, ...env })).toEqual([
      {
        name,
        message: expect.stringMatching(/^(its password )?is a published example value: set your own$/),
      },
    ]);
    expect(faultsOf({ ...TENANT, ...env, NODE_ENV: 'development' })).toEqual([]);
  });

  test.each<[string, NodeJS.ProcessEnv]>([
    ['ROLLCALL_KEYS', { ROLLCALL_KEYS: `k1:${'b'.repeat(43)}` }],
    ['ROLLCALL_KEYS', { ROLLCALL_KEYS: `k1:${Buffer.alloc(32, 'k').toString('base64')}` }],
    ['ROLLCALL_KEYS', { ROLLCALL_KEYS: `k1:${Buffer.from([...Array(32).keys()]).toString('base64')}` }],
    ['ROLLCALL_API_KEY', { ROLLCALL_API_KEY: 'x'.repeat(24) }],
    ['ROLLCALL_API_KEY', { ROLLCALL_API_KEY: 'aAaAaAaAaAaAaAaAaAaAaAaAa' }],
    ['ROLLCALL_API_KEY', { ROLLCALL_API_KEY: '123412341234123412341234123' }],
    ['ROLLCALL_CLIENT_SECRET', { ROLLCALL_CLIENT_ID: 'e', ROLLCALL_CLIENT_SECRET: 'z'.repeat(16) }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://rollcall:aaaaaaaa@db:5432/rollcall' }],
    ['ENROLL_TENANT_SECRET', { ENROLL_TENANT_SECRET: '0000' }],
  ])('1.11 what repeats a few characters in %s is refused', (name, env) => {
    expect(faultsOf({ ...PRODUCTION, ...TENANT, ...env })).toEqual([
      { name, message: expect.stringContaining('anybody can guess') },
    ]);
    expect(faultsOf({ ...TENANT, ...env, NODE_ENV: 'development' })).toEqual([]);
  });

  test.each<[string, NodeJS.ProcessEnv]>([
    [
      'ROLLCALL_CLIENT_ID',
      { ROLLCALL_CLIENT_ID: 'enroll-of-the-bank', ROLLCALL_CLIENT_SECRET: 'eNROLL-of-the-bank' },
    ],
    ['ENROLL_TENANT_ID', { ENROLL_TENANT_ID: 'tenant-7', ENROLL_TENANT_SECRET: 'tenant-7' }],
    [
      'ROLLCALL_S3_ACCESS_KEY_ID',
      { ROLLCALL_S3_ACCESS_KEY_ID: 'minio', ROLLCALL_S3_SECRET_ACCESS_KEY: 'MinIO' },
    ],
  ])('1.11 a secret that is the same as %s is refused', (name, env) => {
    const secret = name.replace(/(_ACCESS_KEY)?_ID/, '_SECRET$1');
    expect(faultsOf({ ...PRODUCTION, ...TENANT, ...env })).toEqual([
      { name: secret, message: `is the same as ${name}: set your own` },
    ]);
  });

  const WHSEC = (bytes: Buffer) => ({
    ROLLCALL_ALERT_WEBHOOK_URL: 'https://alerts.example.org/',
    ROLLCALL_ALERT_WEBHOOK_SECRET: `whsec_${bytes.toString('base64')}`,
  });
  const MAIL = { ROLLCALL_ALERT_MAIL_FROM: 'a@example.org', ROLLCALL_ALERT_MAIL_TO: 'b@example.org' };
  test.each<[string, NodeJS.ProcessEnv, string]>([
    ['ROLLCALL_ALERT_WEBHOOK_SECRET', WHSEC(Buffer.alloc(24, 7)), 'anybody can guess'],
    ['ROLLCALL_ALERT_WEBHOOK_SECRET', WHSEC(Buffer.alloc(24, 'abcdef')), 'anybody can guess'],
    ['ROLLCALL_ALERT_WEBHOOK_SECRET', WHSEC(Buffer.from([...Array(24).keys()])), 'anybody can guess'],
    ['ROLLCALL_API_KEY', { ROLLCALL_API_KEY: `rca_${'k'.repeat(24)}` }, 'anybody can guess'],
    ['ROLLCALL_API_KEY', { ROLLCALL_API_KEY: 'passwordPasswordpassword' }, 'anybody can guess'],
    [
      'ROLLCALL_API_KEY',
      { ROLLCALL_API_KEY: 'Tenant-of-the-bank-20261128' },
      'little more than ENROLL_TENANT_ID',
    ],
    [
      'ROLLCALL_CLIENT_SECRET',
      { ROLLCALL_CLIENT_SECRET: 'enroll-of-bank-1' },
      'little more than ROLLCALL_CLIENT_ID',
    ],
    [
      'ROLLCALL_CLIENT_SECRET',
      { ROLLCALL_CLIENT_SECRET: 'enroll-of-bank_enroll-of-bank' },
      'little more than ROLLCALL_CLIENT_ID',
    ],
    [
      'ENROLL_TENANT_SECRET',
      { ENROLL_TENANT_SECRET: 'tenant-of-the-bank2026!' },
      'little more than ENROLL_TENANT_ID',
    ],
    [
      'DATABASE_URL',
      { DATABASE_URL: 'postgres://rollcall:rollcall123@db:5432/x?sslmode=verify-full' },
      'its password is little more than its user',
    ],
    [
      'ROLLCALL_SMTP_URL',
      { ...MAIL, ROLLCALL_SMTP_URL: 'smtps://mailer:mailer@mail.example.org' },
      'its password is the same as its user',
    ],
    [
      'ROLLCALL_SMTP_URL',
      { ...MAIL, ROLLCALL_SMTP_URL: 'smtps://mailer:changeme@mail.example.org' },
      'its password is a published example',
    ],
    [
      'ENROLL_PROXY_URL',
      { ENROLL_PROXY_URL: 'https://us%40r:us%40r9@proxy.example.org' },
      'its password is little more than its user',
    ],
    [
      'ENROLL_PROXY_URL',
      { ENROLL_PROXY_URL: 'https://user:77%of-it@proxy.example.org' },
      'has a % that encodes nothing',
    ],
  ])('1.11 a secret that is no more than what others know is refused: %s %#', (name, env, told) => {
    const own = {
      ...{ ROLLCALL_CLIENT_ID: 'enroll-of-bank', ROLLCALL_CLIENT_SECRET: 'b7e1f0c2a9d84e6f' },
      ...TENANT,
      ENROLL_TENANT_ID: 'tenant-of-the-bank',
    };
    expect(faultsOf({ ...PRODUCTION, ...own, ...env })).toEqual([
      { name, message: expect.stringContaining(told) },
    ]);
    expect(faultsOf({ ...own, ...env, NODE_ENV: 'development' })).toEqual([]);
  });

  test.each([
    'postgres://rollcall:Rollcall@db:5432/x?sslmode=verify-full',
    'postgres://p%40ss:p%40ss@db:5432/x?sslmode=verify-full',
    'postgres:///x?host=/run/postgresql&user=rollcall&password=rollcall',
    'postgres://rollcall:rollcall@/x?host=/run/postgresql',
  ])('1.11 a password that is the same as its user is refused: %s', (url) => {
    expect(faultsOf({ ...PRODUCTION, DATABASE_URL: url })).toEqual([
      { name: 'DATABASE_URL', message: 'its password is the same as its user: set your own' },
    ]);
  });

  const WIDE = [
    '::ffff:0:0/96',
    '::ffff:0.0.0.0/97',
    '::/16',
    '10.0.0.1,64.0.0.0/7',
    '2000::/3',
    '2a00::/12',
    'f000::/4',
  ];
  test.each(['1', '3', '0.0.0.0/0', '127.0.0.1,::/0', '0.0.0.0/1,128.0.0.0/1', '::/1', ...WIDE])(
    '1.11 proxies named as %s are refused',
    (proxies) => {
      const [fault, ...more] = faultsOf({ ...PRODUCTION, ROLLCALL_TRUST_PROXY: proxies });
      expect(more).toEqual([]);
      expect(fault).toEqual({
        name: 'ROLLCALL_TRUST_PROXY',
        message: expect.stringContaining('`10.0.0.0/8`'),
      });
    },
  );

  test('strong secrets, and proxies by name, are taken', () => {
    const env = {
      ROLLCALL_CLIENT_ID: 'enroll',
      ROLLCALL_CLIENT_SECRET: 'banana-banana-bandana',
      ROLLCALL_API_KEY: 'rca_0123456789abcdefghijklmn',
      ROLLCALL_TRUST_PROXY:
        '10.0.0.0/8,127.0.0.0/8,fc00::/7,fd00::/8,fe80::/10,::1,::ffff:10.0.0.0/104,173.245.48.0/20,2400:cb00::/32',
    };
    expect(faultsOf({ ...PRODUCTION, ...TENANT, ...env })).toEqual([]);
  });
});

describe('what goes to another host in clear is warned of', () => {
  const warningsOf = (env: NodeJS.ProcessEnv) => loadConfig(env).warnings();

  test.each<[string, NodeJS.ProcessEnv]>([
    ['DATABASE_URL', { DATABASE_URL: 'postgres://u:p4ssw@db.example.org/x?sslmode=disable' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://u:p4ssw@db.example.org/x' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres:///x?host=db.example.org&user=u&password=p4ssw' }],
    // encrypted, to whoever answers
    ['DATABASE_URL', { DATABASE_URL: 'postgres://u:p4ssw@db.example.org/x?sslmode=require' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://u:p4ssw@db.example.org/x?sslmode=no-verify' }],
    ['ENROLL_BASE_URL', { ...TENANT, ENROLL_BASE_URL: 'http://enroll.example.org' }],
    ['ENROLL_PROXY_URL', { ENROLL_PROXY_URL: 'http://u:p4ssw@proxy.example.org:3128' }],
    ['ROLLCALL_PUBLIC_URL', { ROLLCALL_PUBLIC_URL: 'http://rollcall.example.org' }],
    [
      'ROLLCALL_MANAGEMENT_URL',
      { ROLLCALL_MANAGEMENT_PORT: '3002', ROLLCALL_MANAGEMENT_URL: 'http://inside.example.org' },
    ],
    ['ROLLCALL_IMAGE_STORE', { ROLLCALL_IMAGE_STORE: 's3://b?endpoint=http://minio.example.org:9000' }],
    [
      'ROLLCALL_ALERT_WEBHOOK_URL',
      {
        ROLLCALL_ALERT_WEBHOOK_URL: 'http://chat.example.org/p4ssw',
        ROLLCALL_ALERT_WEBHOOK_SECRET: `whsec_${KEY}`,
      },
    ],
  ])('%s', (name, env) => {
    const [warning, ...more] = warningsOf(env);
    expect(more).toEqual([]);
    expect(warning).toMatch(new RegExp(`^${name}: `));
    expect(warning).not.toContain('p4ssw');
  });

  test.each<NodeJS.ProcessEnv>([
    {},
    { DATABASE_URL: 'postgres://u:p@127.0.0.1/x' },
    { DATABASE_URL: 'postgres://u:p@[::1]/x?sslmode=disable' },
    { DATABASE_URL: 'postgres://u:p@localhost/x' },
    { DATABASE_URL: 'postgresql:///db?host=/run/postgresql&user=u&password=p' },
    { DATABASE_URL: `postgres://u:p@${encodeURIComponent('/run/postgresql')}/db` },
    { DATABASE_URL: 'postgres://u:p@db.example.org/x?sslmode=verify-full' },
    { DATABASE_URL: 'postgres://u:p@db.example.org/x?sslmode=require&sslrootcert=package.json' },
    { DATABASE_URL: 'postgres://u:p@127.0.0.1/x?sslmode=require' },
    { ...TENANT, ENROLL_BASE_URL: 'http://127.0.0.1:4000' },
    {
      ROLLCALL_PUBLIC_URL: 'https://rollcall.example.org',
      ENROLL_PROXY_URL: 'http://proxy.example.org:3128',
    },
    { ROLLCALL_IMAGE_STORE: 's3://b?endpoint=https://minio.example.org' },
  ])('nothing is said of %j', (env) => {
    expect(warningsOf(env)).toEqual([]);
  });
});
