/** @jest-environment-options {"keepsModules": false} */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { CALLS } from '../../src/cli/api-nouns.js';
import { registerCalls } from '../../src/cli/calls.js';
import { CliContext } from '../../src/cli/context.js';
import { addGlobals } from '../../src/cli/globals.js';
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

test('of an option that is given twice no value is dropped in silence', async () => {
  const place = ['--url', 'http://127.0.0.1:1', '--key', 'k'];
  const invite = ['user', 'invite', '--login', 'a@bank.example', '--name', 'A', ...place];
  expect(await runCommand([...invite, '--role', 'admin', '--role', 'auditor'])).toBe(2);
  expect(said).toBe('--role was given twice: join its values by commas\n');
  said = '';
  expect(await runCommand(['probes', ...place, '--limit', '1', '--limit', '2'])).toBe(2);
  expect(said).toBe('--limit was given twice\n');
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
  expect(nouns).toHaveLength(40);
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

/** Types a line into a zsh of nothing but the script, and reads what Tab makes of it. */
const TAB_IN_ZSH = `zmodload zsh/zpty; zpty z zsh -f -i
zpty -w z "source $1"; sleep 1; zpty -w -n z "$2"$'\\t'; sleep 1
while zpty -r -t z part; do print -rn -- "$part"; done; zpty -d z`;

test('completion for zsh uses nothing that zsh has another meaning for; where there is a zsh it is tried', async () => {
  expect(await runCommand(['completion', 'zsh'])).toBe(0);
  // special parameters of zsh, and a modifier of its expansions
  expect(said).not.toMatch(/\b(path|words)=|:1:[A-Z]/);
  expect(said).toMatch(/compinit[^]*bashcompinit/);
  if (spawnSync('zsh', ['--version']).error) return;
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-zsh-'));
  writeFileSync(join(folder, 'script'), said);
  const typed = ['-f', '-c', TAB_IN_ZSH, 'zsh', join(folder, 'script'), 'rollcall receipts list --a'];
  expect(execFileSync('zsh', typed).toString()).toContain('list --applicant-id');
  rmSync(folder, { recursive: true });
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

test('a command that works in both places takes the same arguments and options there', async () => {
  const beside = await wholeProgram(new CliContext());
  const usageOf = (command: Command) => [
    command.registeredArguments.map(({ required, variadic }) => ({ required, variadic })),
    // a list that is short is shown whole beside the server; the others are no questions for another machine
    command.options
      .map(({ long }) => long)
      .filter((long) => !/^--(secret-stdin|reveal|limit|cursor)$/.test(long ?? ''))
      .sort(),
  ];
  for (const noun of beside.commands) {
    const there = new Command(noun.name());
    registerCalls(there, CALLS[noun.name()] ?? [], new CliContext());
    addGlobals(there, true);
    const verbs = there.commands.length === 0 ? [there] : there.commands;
    for (const verb of CALLS[noun.name()] === undefined ? [] : verbs) {
      const here = noun.commands.find((one) => one.name() === verb.name()) ?? noun;
      expect([noun.name(), verb.name(), ...usageOf(verb)]).toEqual([
        noun.name(),
        verb.name(),
        ...usageOf(here),
      ]);
    }
  }
});
