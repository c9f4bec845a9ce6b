import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../config/config.js';
import { KeyRing } from './key-ring.js';
import { LocalSecrets } from './local-secrets.js';

const CREDENTIALS = { clientId: 'enroll', clientSecret: 'one', apiKey: 'two' };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall بيانات '));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function inFolder(dataDir = join(folder, 'data')): LocalSecrets {
  return new LocalSecrets(loadConfig({ ROLLCALL_DATA_DIR: dataDir }));
}

describe('secrets made by Rollcall itself', () => {
  test('the key ring is made once, and every start reads the same', () => {
    const first = inFolder().keyRing();
    expect(inFolder().keyRing()).toBe(first);
    expect(first).toMatch(/^local:[A-Za-z0-9+/]{43}=$/);
    expect(KeyRing.parse(first).current.id).toBe('local');
  });

  test('two data directories have two rings', () => {
    expect(inFolder(join(folder, 'a')).keyRing()).not.toBe(inFolder(join(folder, 'b')).keyRing());
  });

  test('the files are readable by their owner alone, and no draft is left', () => {
    const local = inFolder();
    local.keyRing();
    local.credentials(() => CREDENTIALS);
    expect(readdirSync(join(folder, 'data')).sort()).toEqual(['credentials.json', 'keys']);
    for (const name of ['credentials.json', 'keys']) {
      expect(statSync(join(folder, 'data', name)).mode & 0o777).toBe(0o600);
    }
  });

  test('credentials are made once', () => {
    expect(inFolder().credentials(() => CREDENTIALS)).toEqual(CREDENTIALS);
    expect(
      inFolder().credentials(() => {
        throw new Error('made again');
      }),
    ).toEqual(CREDENTIALS);
  });

  test('of two processes that make them at once, both get what the first one made', () => {
    const slow = inFolder();
    const credentials = slow.credentials(() => {
      inFolder().credentials(() => CREDENTIALS);
      return { ...CREDENTIALS, clientSecret: 'of the loser' };
    });
    expect(credentials).toEqual(CREDENTIALS);
    expect(readdirSync(join(folder, 'data'))).toEqual(['credentials.json']);
  });

  test('a damaged file is an error, not a reason to make new secrets', () => {
    const path = join(folder, 'credentials.json');
    writeFileSync(path, '{"clientId":"enroll"}');
    expect(() => inFolder(folder).credentials(() => CREDENTIALS)).toThrow();
    expect(readFileSync(path, 'utf8')).toBe('{"clientId":"enroll"}');
  });

  test('a data directory that is no folder is an error', () => {
    const path = join(folder, 'file');
    writeFileSync(path, '');
    chmodSync(path, 0o600);
    expect(() => inFolder(path).keyRing()).toThrow(/ENOTDIR|EEXIST/);
  });
});
