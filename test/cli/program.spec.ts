/** @jest-environment-options {"keepsModules": false} */
import { runCommand } from '../../src/cli/program.js';

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

test('a noun that is called loads its own module alone', async () => {
  expect(await runCommand(['--json', 'db', '--help'])).toBe(0);
  expect(said).toMatch(/migrate .*adopt/s);
  expect(loaded(/\.command\.ts$/)).toEqual([expect.stringMatching(/\/db\.command\.ts$/)]);
});

test('every noun of the help has verbs or options of its own, and is described', async () => {
  await runCommand(['--help']);
  const nouns = [...said.matchAll(/^ {2}([a-z][a-z-]*) {2,}\S/gm)].map(([, noun = '']) => noun);
  expect(nouns).toHaveLength(26);
  // `status` has one thing to say, and nothing to choose
  for (const noun of nouns.filter((one) => one !== 'status')) {
    said = '';
    expect(await runCommand(['help', noun])).toBe(0);
    expect(said).toMatch(/\n\n\S.+\n[^]*(^Commands:$|^ {2}--)/m);
  }
});
