import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../src/config/root.js';
import { freePort } from './running.js';

jest.setTimeout(120_000);

/** What it takes on a disk, in MB, with the blocks that files and folders fill. */
function megabytesIn(folder: string): number {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return paths.reduce((sum, path) => sum + lstatSync(join(folder, path)).blocks * 512, 0) / 1e6;
}

test('3.6 the demo first says what it will write, and writes no more', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-demo-'));
  const port = await freePort();
  const ports = ['--simulator-port', await freePort()];
  const args = ['--count', '100', '--withhold', '0', '--data-dir', join(folder, 'demo'), '--exit'];
  const demo = spawn(process.execPath, [join(projectRoot, 'scripts/demo.mjs'), ...ports, ...args], {
    // nothing answers at this database: the demo has one of its own
    env: { PATH: process.env.PATH, PORT: port, DATABASE_URL: 'postgres://127.0.0.1:1/not-this-one' },
  });
  let output = '';
  for (const stream of [demo.stdout, demo.stderr])
    stream.on('data', (data: Buffer) => (output += data.toString()));
  const [code] = (await once(demo, 'exit')) as [number];
  expect([code, output.split('\n')[0]]).toEqual([
    0,
    `The demo writes up to 119 MB into ${join(folder, 'demo')}.`,
  ]);
  expect(output).toContain(`http://localhost:${port}/docs`);
  expect(megabytesIn(folder)).toBeLessThan(119);
  rmSync(folder, { recursive: true });
});
