/** @jest-environment-options {"keepsModules": false} */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { CALLS } from '../../src/cli/api-nouns.js';
import { CliContext } from '../../src/cli/context.js';
import { runCommand, wholeProgram } from '../../src/cli/program.js';

let said = '';
beforeEach(() => {
  said = '';
  const keep = (text: unknown) => Boolean((said += String(text)));
  jest.spyOn(process.stdout, 'write').mockImplementation(keep);
  jest.spyOn(process.stderr, 'write').mockImplementation(keep);
});
afterEach(() => jest.restoreAllMocks());

const loaded = (pattern: RegExp) => Object.keys(require.cache).filter((file) => pattern.test(file));

test.each([
  ['--version', 0, /^\d+\.\d+\.\d+\n$/],
  ['--help', 0, / doctor +check database/],
  ['clients', 2, /Did you mean client/],
])('%s loads no module of a noun, and nothing of the application', async (arg, code, text) => {
  expect(await runCommand([arg])).toBe(code);
  expect(said).toMatch(text);
  expect(loaded(/\.command\.ts$|\.service\.ts$|node_modules\/(@nestjs|pg|typeorm|zod)\//)).toEqual([]);
});

test('a command that asks another machine loads nothing of the application, the database or the settings', async () => {
  expect(await runCommand(['probes', '--url', 'http://127.0.0.1:1', '--key', 'k'])).toBe(1);
  expect(said).toBe('http://127.0.0.1:1 does not answer: ECONNREFUSED\n');
  expect(loaded(/\.command\.ts$|\.service\.ts$|node_modules\/(@nestjs|pg|typeorm|zod)\//)).toEqual([]);
});

const nameless = (operation: string) => operation.replace(/\{\w+\}/g, '{}');

test('whatever the commands ask is an operation of the API', () => {
  const { paths } = JSON.parse(readFileSync('openapi.json', 'utf8')) as { paths: Record<string, object> };
  const known = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => nameless(`${method.toUpperCase()} ${path}`)),
  );
  for (const { ask } of Object.values(CALLS).flat()) {
    expect(known).toContain(nameless(ask.replace(' ', ' /api/v1')));
  }
});

test('a noun that is called loads its own module alone', async () => {
  expect(await runCommand(['--json', 'db', '--help'])).toBe(0);
  expect(said).toMatch(/migrate .*adopt/s);
  expect(loaded(/\.command\.ts$/)).toEqual([expect.stringMatching(/\/db\.command\.ts$/)]);
});

test('every noun of the help has verbs or options of its own, and is described', async () => {
  await runCommand(['--help']);
  const nouns = [...said.matchAll(/^ {2}([a-z][a-z-]*) {2,}\S/gm)].map(([, noun = '']) => noun);
  expect(nouns).toHaveLength(38);
  // `status` has one thing to say, and nothing to choose
  for (const noun of nouns.filter((one) => one !== 'status')) {
    said = '';
    expect(await runCommand(['help', noun])).toBe(0);
    expect(said).toMatch(/\n\n\S.+\n[^]*(^Commands:$|^ {2}--)/m);
  }
});

test('what belongs to every command stands in the help of each, and before or after its noun', async () => {
  for (const args of [['probes', '--help'], ['endpoint', 'list', '--help'], ['--help']]) {
    said = '';
    expect(await runCommand(args)).toBe(0);
    for (const option of ['--json', '--wide', '--utc', '--profile <name>']) expect(said).toContain(option);
  }
  said = '';
  expect(await runCommand(['endpoint', 'create', '--help'])).toBe(0);
  expect(said.match(/--url <url>/g)).toHaveLength(1);
});

test('completion names nouns, verbs and options, as bash asks for them', async () => {
  expect(await runCommand(['completion', 'bash'])).toBe(0);
  const script = said;
  const complete = (...words: string[]) =>
    execFileSync('bash', [
      '-c',
      `${script}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _rollcall; echo "\${COMPREPLY[@]}"`,
      'bash',
      'rollcall',
      ...words,
    ])
      .toString()
      .trim()
      .split(' ');
  expect(complete('rec')).toEqual(['receipts', 'reconcile']);
  expect(complete('receipts', '')).toEqual(expect.arrayContaining(['list', 'show', 'body', '--json']));
  expect(complete('receipts', 'list', '--a')).toEqual(['--applicant-id']);
  expect(complete('--profile', 'receipts', 'gaps', 'h')).toEqual(['heal']);
  expect(await runCommand(['completion', 'fish'])).toBe(2);
});

test('every command says what it does, and takes what every command takes', async () => {
  for (const noun of (await wholeProgram(new CliContext())).commands) {
    for (const command of [noun, ...noun.commands]) {
      expect(command.description()).not.toBe('');
      expect(command.options.map(({ long }) => long)).toEqual(
        expect.arrayContaining(['--json', '--utc', '--wide']),
      );
    }
  }
});
