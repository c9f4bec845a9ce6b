import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, loadConfig } from './config.js';

const RING = `k1:${Buffer.alloc(32, 9).toString('base64')}`;
let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'rollcall-kms-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function program(text: string): string {
  const path = join(folder, 'kms');
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o700);
  return path;
}

const load = (env: Record<string, string>) =>
  loadConfig({ NODE_ENV: 'test', PATH: process.env.PATH, ...env });

function faultOf(env: Record<string, string>): string {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  throw new Error('was taken');
}

describe('ROLLCALL_KEYS_COMMAND', () => {
  test('prints the ring; it knows no setting of ours', () => {
    const path = program(`[ -z "$ROLLCALL_API_KEY" ] && echo '${RING}'`);
    const env = { ROLLCALL_KEYS_COMMAND: path, ROLLCALL_API_KEY: 'a-key-that-no-program-may-see' };
    expect(load(env).env.ROLLCALL_KEYS).toBe(RING);
  });

  test('takes arguments as they are, without a shell', () => {
    const path = program(`[ "$1" = 'a b;c' ] && echo '${RING}'`);
    expect(load({ ROLLCALL_KEYS_COMMAND: JSON.stringify([path, 'a b;c']) }).env.ROLLCALL_KEYS).toBe(RING);
  });

  test.each([
    ['fails', `echo '${RING}' >&2; exit 3`, 'ended with code 3'],
    ['prints nothing', 'exit 0', 'printed nothing'],
    ['prints what is no ring', 'echo s3cret', 'must be `id:key` pairs'],
  ])('one that %s stops the start, and nothing that it wrote is shown', (_what, text, message) => {
    const told = faultOf({ ROLLCALL_KEYS_COMMAND: program(text) });
    expect(told).toContain(message);
    expect(told).not.toContain(RING);
    expect(told).not.toContain('s3cret');
  });

  test('one that is not there stops the start', () => {
    expect(faultOf({ ROLLCALL_KEYS_COMMAND: '/nowhere/kms' })).toContain(
      '/nowhere/kms cannot be run (ENOENT)',
    );
  });

  test('beside ROLLCALL_KEYS it is refused', () => {
    expect(faultOf({ ROLLCALL_KEYS: RING, ROLLCALL_KEYS_COMMAND: program(`echo ${RING}`) })).toContain(
      'not both',
    );
  });
});
