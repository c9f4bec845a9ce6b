import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../src/config/root.js';
import { run } from './running.js';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'rollcall-connecting-'));
const preload = join(folder, 'preload.mjs');
beforeAll(() =>
  writeFileSync(
    preload,
    `import { writeFileSync } from 'node:fs';
     import { getDefaultAutoSelectFamilyAttemptTimeout as within } from 'node:net';
     process.on('exit', () => writeFileSync(process.env.TESTED_TOLD, String(within())));`,
  ),
);
afterAll(() => rmSync(folder, { recursive: true }));

// Node's own 250 ms are too short for an address 300 ms away, where the other one leads nowhere
test.each([
  ['the server', 'main.js', ['--none'], { PORT: 'none' }],
  ['a command', 'cli/main.js', ['--help'], {}],
  ['the process that fetches images', 'images/fetch-process.js', [], {}],
])('%s gives each address of a name two seconds to connect', async (_what, program, args, env) => {
  const told = join(folder, 'told');
  const started = run({ ...env, TESTED_TOLD: told }, {}, [
    process.execPath,
    '--import',
    pathToFileURL(preload).href,
    join(projectRoot, 'dist', 'src', program),
    ...args,
  ]);
  await started.exited;
  expect(readFileSync(told, 'utf8')).toBe('2000');
});
