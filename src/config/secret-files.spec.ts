import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultsOf, KEY } from '../../test/harness/settings.js';
import { loadConfig } from './config.js';

describe('a secret in a file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-secrets-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function file(name: string, text: string): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  }

  test('is taken as if it stood in its variable, without the line end behind it', () => {
    const env: NodeJS.ProcessEnv = {
      ROLLCALL_KEYS_FILE: file('keys', `k1:${KEY}\n`),
      ROLLCALL_API_KEY_FILE: file('api-key', 'rca_0123456789abcdefghijklmn\r\n'),
      DATABASE_URL_FILE: file('url', 'postgres://u@localhost/x'),
      PGPASSWORD: 'p',
    };
    expect(loadConfig(env).env).toMatchObject({
      ROLLCALL_KEYS: `k1:${KEY}`,
      ROLLCALL_API_KEY: 'rca_0123456789abcdefghijklmn',
      DATABASE_URL: 'postgres://u@localhost/x?password=p',
    });
    expect(env['PGPASSWORD']).toBeUndefined();
  });

  test('is checked and hidden as ever', () => {
    const ROLLCALL_KEYS_FILE = file('keys', 's3cret');
    const faults = faultsOf({ ROLLCALL_KEYS_FILE });
    expect(faults).toEqual([{ name: 'ROLLCALL_KEYS', message: expect.stringContaining('32 bytes') }]);
    expect(JSON.stringify(faults)).not.toContain('s3cret');
    const config = loadConfig({ ROLLCALL_API_KEY_FILE: file('api-key', 's3cret-of-24-characters!') });
    expect(config.redacted()).toMatchObject({ ROLLCALL_API_KEY: { configured: true } });
  });

  test('that is missing, empty or given twice is a fault that names the file, not the secret', () => {
    const faults = faultsOf({
      ROLLCALL_KEYS_FILE: join(folder, 'nowhere'),
      ROLLCALL_API_KEY_FILE: file('empty', '\n'),
      ENROLL_PROXY_URL_FILE: file('proxy', 'http://u:s3cret@proxy'),
      ENROLL_PROXY_URL: 'http://u:s3cret@other',
    });
    expect(faults).toEqual([
      { name: 'ROLLCALL_KEYS_FILE', message: `${folder}/nowhere: the file cannot be read (ENOENT)` },
      { name: 'ROLLCALL_API_KEY_FILE', message: `${folder}/empty: the file is empty` },
      { name: 'ENROLL_PROXY_URL_FILE', message: 'set ENROLL_PROXY_URL or ENROLL_PROXY_URL_FILE, not both' },
    ]);
  });

  test('is for secrets alone: a file of anything else is an unknown setting', () => {
    expect(faultsOf({ ROLLCALL_HOST_FILE: file('host', '0.0.0.0') })).toEqual([
      { name: 'ROLLCALL_HOST_FILE', message: expect.stringContaining('is not a setting') },
    ]);
  });
});
