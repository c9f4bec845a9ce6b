import { faultsOf, KEY, PRODUCTION } from '../../test/harness/settings.js';
import { ALERT_LIMITS } from './alert-limits.js';
import { Config, ConfigError, loadConfig } from './config.js';
import { isSecret, settings } from './settings.js';

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
    [{ ROLLCALL_MANAGEMENT_PORT: '3000' }, 'must be another port than PORT'],
    [{ ROLLCALL_KEEP_VERSIONS_DAYS: '365' }, 'must be 0, or at least ROLLCALL_KEEP_RECEIPTS_DAYS'],
    [
      { ROLLCALL_KEEP_VERSIONS_DAYS: '3650', ROLLCALL_KEEP_RECEIPTS_DAYS: '0' },
      'must be 0, or at least ROLLCALL_KEEP_RECEIPTS_DAYS',
    ],
    [{ ROLLCALL_MANAGEMENT_HOST: '127.0.0.1' }, 'has no effect without ROLLCALL_MANAGEMENT_PORT'],
    [{ ROLLCALL_MANAGEMENT_URL: 'https://x.example.org/?a' }, 'must end with its host or path'],
    [{ ROLLCALL_SECURITY_CONTACT: 'security@example.org' }, 'must be `mailto:` and an address'],
    [{ ROLLCALL_CALLBACK_ALLOW_CIDR: '198.51.100.7,enroll' }, 'must be addresses or ranges'],
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
      { name: 'ENROLL_TENANT', message: 'is not a setting: did you mean ENROLL_TENANT_ID?' },
      { name: 'ROLLCALL_PUBLIK_URL', message: 'is not a setting: did you mean ROLLCALL_PUBLIC_URL?' },
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
