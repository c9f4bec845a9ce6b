import { ALERT_LIMITS } from './alert-limits.js';
import type { SettingFault } from './checks.js';
import { Config, ConfigError, isSecret, loadConfig, type SettingCheck, settings } from './config.js';

const KEY = 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE';
const TENANT = {
  ENROLL_BASE_URL: 'https://enroll.example.org',
  ENROLL_TENANT_ID: 'tenant',
  ENROLL_TENANT_SECRET: 'of the tenant',
};
const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://rollcall:p4ss@db:5432/rollcall?sslmode=verify-full',
  ROLLCALL_KEYS: `k1:${KEY}=`,
};

function faultsOf(env: NodeJS.ProcessEnv, checks: SettingCheck[] = []): SettingFault[] {
  try {
    loadConfig(env, checks);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('settings', () => {
  test('nothing has to be set outside production', () => {
    const config = loadConfig({});
    expect(config).toBeInstanceOf(Config);
    expect(config.env).toMatchObject({ PORT: 3000, ROLLCALL_ROLE: 'all', ROLLCALL_DATA_DIR: '.rollcall' });
    expect(config.production).toBe(false);
    expect(config.publicUrl).toBe('http://localhost:3000');
  });

  test('M12 all wrong settings are named at once, each with what is right', () => {
    const faults = faultsOf({
      PORT: '70000',
      ROLLCALL_ROLE: 'boss',
      DATABASE_URL: 'mysql://db',
      ROLLCALL_KEYS: 'k1:short',
      ROLLCALL_API_KEY: 'too-short',
    });
    expect(faults.map((fault) => fault.name).sort()).toEqual([
      'DATABASE_URL',
      'PORT',
      'ROLLCALL_API_KEY',
      'ROLLCALL_KEYS',
      'ROLLCALL_ROLE',
    ]);
    const messages = Object.fromEntries(faults.map(({ name, message }) => [name, message]));
    expect(messages['DATABASE_URL']).toContain('postgres://');
    expect(messages['ROLLCALL_KEYS']).toContain('32 bytes in base64');
    expect(messages['PORT']).toContain('65535');
    expect(messages['ROLLCALL_ROLE']).toContain('worker');
    expect(new ConfigError(faults).message).toMatch(/^5 setting\(s\) are wrong:\n {2}\w+: /);
  });

  test('a message never repeats the secret that is wrong', () => {
    const faults = faultsOf({ ROLLCALL_KEYS: 's3cret', ROLLCALL_API_KEY: 's3cret', DATABASE_URL: 's3cret' });
    expect(faults).toHaveLength(3);
    expect(JSON.stringify(faults)).not.toContain('s3cret');
  });

  test.each([
    ['ROLLCALL_CLIENT_ID', { ROLLCALL_CLIENT_SECRET: 'a-secret-of-sixteen' }],
    ['ROLLCALL_CLIENT_SECRET', { ROLLCALL_CLIENT_ID: 'enroll' }],
    ['ENROLL_TENANT_SECRET', { ENROLL_BASE_URL: 'https://enroll.example.org', ENROLL_TENANT_ID: 't' }],
    ['ENROLL_BASE_URL', { ENROLL_TENANT_ID: 't', ENROLL_TENANT_SECRET: 'of the tenant' }],
    ['ROLLCALL_ALERT_WEBHOOK_SECRET', { ROLLCALL_ALERT_WEBHOOK_URL: 'https://chat.example.org/hook' }],
    [
      'ROLLCALL_ALERT_MAIL_TO',
      { ROLLCALL_SMTP_URL: 'smtp://mail.example.org', ROLLCALL_ALERT_MAIL_FROM: 'rollcall@example.org' },
    ],
  ])('settings that belong together are all set, or none: %s is missing', (name, env) => {
    expect(faultsOf(env)).toEqual([{ name, message: expect.stringMatching(/^set all of .*, or none/) }]);
  });

  test('limits of alerts are pairs over the defaults, and rules are named as they are', () => {
    const { env } = loadConfig({
      ROLLCALL_ALERT_LIMITS: ' secretDays=30 , freeDiskGib=0.5,',
      ROLLCALL_ALERTS_OFF: 'disk_full',
    });
    expect(env.ROLLCALL_ALERT_LIMITS).toEqual({ ...ALERT_LIMITS, secretDays: 30, freeDiskGib: 0.5 });
    expect(env.ROLLCALL_ALERTS_OFF).toEqual(['disk_full']);
    expect(loadConfig({}).env.ROLLCALL_ALERT_LIMITS).toEqual(ALERT_LIMITS);
  });

  test.each([
    [{ ROLLCALL_ALERT_LIMITS: 'secretDay=3' }, 'has no limit "secretDay"; there are '],
    [{ ROLLCALL_ALERT_LIMITS: 'secretDays' }, 'must be a number over 0'],
    [{ ROLLCALL_ALERT_LIMITS: 'secretDays=0' }, 'must be a number over 0'],
    [{ ROLLCALL_ALERT_LIMITS: 'toString=1' }, 'has no limit "toString"'],
    [{ ROLLCALL_ALERT_MAIL_FROM: 'nobody' }, 'must be a mail address'],
    [{ ROLLCALL_ALERT_MAIL_TO: 'a@example.org,b' }, 'must be a mail address'],
    [{ ROLLCALL_TRUST_PROXY: '1' }, 'must be the addresses or ranges of your proxies'],
    [{ ROLLCALL_TRUST_PROXY: '10.0.0.0/8,proxy' }, 'must be the addresses or ranges of your proxies'],
    [{ ROLLCALL_ALERTS_OFF: 'disk_full,noise' }, 'must be rules joined by commas'],
  ])('%j is refused with what would be right', (env, message) => {
    expect(faultsOf(env)[0]).toEqual({
      name: Object.keys(env)[0],
      message: expect.stringContaining(message),
    });
  });

  test('3.3 everything that is wrong is said in one pass: names, values, what belongs together, files', () => {
    const env = {
      ROLLCALL_NULLS_CLEAR: 'foo,address,bar',
      ROLLCALL_PUBLIK_URL: 'https://rollcall.example.org',
      ENROLL_TENANT: 't',
      ENROLL_BASE_URL: 'https://enroll.example.org',
      PORT: 'x',
    };
    const file = () => [{ name: 'ENROLL_DIALECT', message: 'acme.yaml line 2, nane: unknown key' }];
    expect(faultsOf(env, [file])).toEqual([
      { name: 'ENROLL_TENANT', message: 'is no setting: did you mean ENROLL_TENANT_ID?' },
      { name: 'ROLLCALL_PUBLIK_URL', message: 'is no setting: did you mean ROLLCALL_PUBLIC_URL?' },
      { name: 'PORT', message: expect.stringContaining('number') },
      {
        name: 'ROLLCALL_NULLS_CLEAR',
        message: expect.stringMatching(/^must be fields of the contract .*, of gender, .*address/),
      },
      { name: 'ENROLL_TENANT_ID', message: expect.stringContaining('set all of') },
      { name: 'ENROLL_TENANT_SECRET', message: expect.stringContaining('set all of') },
      { name: 'ENROLL_DIALECT', message: expect.stringContaining('nane') },
    ]);
  });

  test('what Kubernetes sets for a service called rollcall is no setting of ours, nor what is empty', () => {
    const env = {
      ROLLCALL_PORT: 'tcp://127.0.0.1:3000',
      ROLLCALL_SERVICE_HOST: '127.0.0.1',
      ROLLCALL_SERVICE_PORT_HTTP: '3000',
      ROLLCALL_PORT_3000_TCP_ADDR: '127.0.0.1',
      ROLLCALL_WHATEVER: '',
    };
    expect(faultsOf(env)).toEqual([]);
  });

  test('a server listens on this machine alone, unless it is told otherwise or in production', () => {
    expect(loadConfig({}).host).toBe('127.0.0.1');
    expect(loadConfig({ ROLLCALL_HOST: '0.0.0.0' }).host).toBe('0.0.0.0');
    expect(loadConfig(PRODUCTION).host).toBe('0.0.0.0');
    expect(loadConfig({ ...PRODUCTION, ROLLCALL_HOST: '127.0.0.1' }).host).toBe('127.0.0.1');
  });

  test('empty counts as not set, and foreign variables are none of our business', () => {
    const config = loadConfig({ DATABASE_URL: '', PORT: '', HOME: '/home/x' });
    expect(config.env.DATABASE_URL).toBeUndefined();
    expect(config.env).not.toHaveProperty('HOME');
  });

  test('lists are split at commas and trimmed', () => {
    const { env } = loadConfig({ ROLLCALL_TRUST_PROXY: ' 10.0.0.0/8, 127.0.0.1 ,' });
    expect(env.ROLLCALL_TRUST_PROXY).toEqual(['10.0.0.0/8', '127.0.0.1']);
    expect(loadConfig({}).env.ROLLCALL_NULLS_CLEAR).toEqual([]);
  });

  test('the public URL loses its closing slash, or follows the port', () => {
    expect(loadConfig({ ROLLCALL_PUBLIC_URL: 'https://x.example/rollcall//' }).publicUrl).toBe(
      'https://x.example/rollcall',
    );
    expect(loadConfig({ PORT: '8080' }).publicUrl).toBe('http://localhost:8080');
  });

  test.each(['https://x.example/?a=1', 'https://x.example/#a', 'https://me:secret@x.example/rollcall'])(
    'the public URL %s is refused: no path can be put behind it',
    (url) =>
      expect(faultsOf({ ROLLCALL_PUBLIC_URL: url })).toEqual([
        expect.objectContaining({ name: 'ROLLCALL_PUBLIC_URL' }),
      ]),
  );

  test('nobody can change them', () => {
    const config = loadConfig({});
    expect(() => Object.assign(config.env, { PORT: 1 })).toThrow(TypeError);
    expect(() => Object.assign(config, { production: true })).toThrow(TypeError);
  });

  test.each(['k1:x', `k1:${KEY}=,`, `:${KEY}=`, `k1:${KEY}=,k1:${KEY}=`, `k 1:${KEY}=`, `k1:${KEY}=,k2`])(
    'the key ring %p is refused',
    (ring) =>
      expect(faultsOf({ ROLLCALL_KEYS: ring })).toEqual([expect.objectContaining({ name: 'ROLLCALL_KEYS' })]),
  );

  test('a key ring holds one or more keys, padded or not', () => {
    expect(faultsOf({ ROLLCALL_KEYS: `k1:${KEY}=` })).toEqual([]);
    expect(faultsOf({ ROLLCALL_KEYS: `k2:${KEY},k1:${KEY}=` })).toEqual([]);
  });
});

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
    ['ENROLL_BASE_URL', { ...TENANT, ENROLL_BASE_URL: 'http://enroll.example.org' }],
    ['ENROLL_PROXY_URL', { ENROLL_PROXY_URL: 'http://u:p4ssw@proxy.example.org:3128' }],
    ['ROLLCALL_PUBLIC_URL', { ROLLCALL_PUBLIC_URL: 'http://rollcall.example.org' }],
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

describe('the print at boot', () => {
  test('shows values, but of secrets only whether they are there', () => {
    const printed = loadConfig({ ...PRODUCTION, ENROLL_PROXY_URL: 'http://u:p4ss@proxy:3128' }).redacted();
    expect(printed).toMatchObject({
      PORT: 3000,
      ROLLCALL_CLIENT_ID: null,
      DATABASE_URL: { configured: true },
      ROLLCALL_KEYS: { configured: true },
      ROLLCALL_API_KEY: { configured: false },
      ENROLL_PROXY_URL: { configured: true },
    });
    expect(JSON.stringify(printed)).not.toMatch(new RegExp(`p4ss|${KEY}`));
    expect(Object.keys(printed)).toEqual(Object.keys(settings.shape));
  });

  test('every setting that sounds like a secret is one', () => {
    const secretSounding = Object.entries(settings.shape).filter(([name]) =>
      /(SECRET|KEYS?|PASSWORD|TOKEN)$/.test(name),
    );
    expect(secretSounding.length).toBeGreaterThan(3);
    for (const [name, schema] of secretSounding) expect([name, isSecret(schema)]).toEqual([name, true]);
  });

  test('every setting is described', () => {
    for (const [name, schema] of Object.entries(settings.shape)) {
      expect([name, schema.description]).toEqual([name, expect.stringMatching(/\.$/)]);
    }
  });
});
