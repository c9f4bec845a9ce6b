import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliContext } from '../../src/cli/context.js';
import { runCommand } from '../../src/cli/program.js';
import { type Config, loadConfig } from '../../src/config/config.js';
import { projectRoot } from '../../src/config/root.js';
import { KEYS, startApp, type TestApp } from '../harness/app.js';

let rollcall: TestApp;
const folder = mkdtempSync(join(tmpdir(), 'rollcall-verify-'));
const at = (name: string) => join(folder, name);
const CERTIFICATE = at('certificate.json');
const REPORT = at('report.json');
const PUBLIC_KEYS = at('jwks.json');

class TestContext extends CliContext {
  printed: unknown;
  notes = '';

  override get config(): Config {
    return loadConfig({ NODE_ENV: 'test', DATABASE_URL: rollcall.databaseUrl, ROLLCALL_KEYS: KEYS });
  }

  override print(value: unknown): void {
    this.printed = value;
  }

  override note(text: string): void {
    this.notes += text;
  }
}

/** As `rollcall --json <args>`. */
async function run(...args: string[]) {
  const context = new TestContext();
  const code = await runCommand(['--json', ...args], context);
  return { code, printed: context.printed, notes: context.notes };
}

const write = (name: string, value: unknown): string => {
  writeFileSync(at(name), JSON.stringify(value));
  return at(name);
};
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

beforeAll(async () => {
  rollcall = await startApp();
  const ended = await run('retention', 'run');
  const { id } = ended.printed as { id: string };
  expect(ended).toMatchObject({ code: 0, notes: `Its certificate: rollcall retention certificate ${id}` });
  await run('retention', 'certificate', id, '--out', CERTIFICATE);
  await run('privacy', 'report', '--from', '2026-01-01', '--to', '2100-01-01', '--out', REPORT);
  write('jwks.json', await (await rollcall.api('/.well-known/jwks.json')).json());
});
afterAll(async () => {
  await rollcall.stop();
  rmSync(folder, { recursive: true });
});

describe('rollcall verify', () => {
  it.each([
    ['a certificate of retention', CERTIFICATE, 'retention-certificate'],
    ['a privacy report', REPORT, 'privacy-report'],
  ])('takes %s, by its own keys and by public keys alone', async (_what, file, kind) => {
    const intact = { code: 0, printed: { file, kind, issuer: expect.any(String) as string, intact: true } };
    expect(await run('verify', file)).toMatchObject(intact);
    expect(await run('verify', file, '--keys', PUBLIC_KEYS)).toMatchObject(intact);
  });

  it('refuses one that says something else than what was signed', async () => {
    const file = write('changed.json', { ...read(CERTIFICATE), certificate: { issuer: 'somebody else' } });
    expect(await run('verify', file, '--keys', PUBLIC_KEYS)).toMatchObject({
      code: 1,
      notes: expect.stringContaining('something else than what was signed') as string,
    });
  });

  it('refuses one whose signature was changed, or is of other keys', async () => {
    const { jws } = read(CERTIFICATE) as { jws: string };
    const changed = write('signature.json', { jws: `${jws.slice(0, -2)}AA` });
    const others = write('others.json', { keys: [] });
    for (const args of [
      [changed, '--keys', PUBLIC_KEYS],
      [CERTIFICATE, '--keys', others],
    ])
      expect(await run('verify', ...args)).toMatchObject({
        code: 1,
        notes: expect.stringContaining('not signed by any of these keys') as string,
      });
  });

  it.each([
    ['a file that is not there', [at('nowhere.json')], 'nowhere.json is no JSON file'],
    ['a file without a signature', [PUBLIC_KEYS], 'it is no certificate'],
    ['keys that are none', [CERTIFICATE, '--keys', CERTIFICATE], 'is no JWK set'],
  ])('is used wrongly with %s', async (_what, args, message) => {
    expect(await run('verify', ...args)).toMatchObject({
      code: 2,
      notes: expect.stringContaining(message) as string,
    });
  });
});

test('the program of docs/verifying-signatures.md takes what is signed and nothing else', () => {
  const page = readFileSync(join(projectRoot, 'docs/verifying-signatures.md'), 'utf8');
  const program = /```js\n(\/\/ node verify-statement[^]*?)```/.exec(page)?.[1] ?? '';
  writeFileSync(at('verify-statement.mjs'), program);
  const verify = (file: string) =>
    execFileSync(process.execPath, [at('verify-statement.mjs'), file, PUBLIC_KEYS], { stdio: 'pipe' });
  expect(verify(CERTIFICATE).toString()).toMatch(/^rollcall-retention-certificate\+jws \{/);
  const { jws } = read(CERTIFICATE) as { jws: string };
  expect(() => verify(write('signature.json', { jws: `${jws.slice(0, -2)}AA` }))).toThrow('changed since');
});
