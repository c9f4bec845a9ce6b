import { CliContext } from '../../src/cli/context.js';
import { wholeProgram } from '../../src/cli/program.js';
import { settings } from '../../src/config/settings.js';
import { REMEDIES } from '../../src/problem/remedies.js';

const texts = Object.values(REMEDIES);

test('remedies name settings that are there', () => {
  const named = texts.flatMap((text) => text.match(/\b(ROLLCALL|ENROLL)_[A-Z_]+\b/g) ?? []);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !(name in settings.shape))).toEqual([]);
});

test('remedies name commands that are there', async () => {
  const program = await wholeProgram(new CliContext());
  const named = texts.flatMap((text) => [...text.matchAll(/`rollcall ([\w-]+)(?: ([\w-]+))?/g)]);
  expect(named.length).toBeGreaterThan(10);
  const unknown = named.filter(([, noun, verb]) => {
    const found = program.commands.find((one) => one.name() === noun);
    return !(verb === undefined ? found : found?.commands.some((one) => one.name() === verb));
  });
  expect(unknown.map(([command]) => command)).toEqual([]);
});
