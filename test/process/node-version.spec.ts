import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/config/root.js';

const scripts = join(projectRoot, 'scripts');

/** This Node, under another number. */
function run(script: string, version: string, ...args: string[]) {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  const child = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, join(scripts, script), ...args],
    { encoding: 'utf8' },
  );
  return { code: child.status, said: child.stderr };
}

describe('a Node that is too old', () => {
  test.each(['16.20.2', '18.20.8', '20.9.0', '20.18.3'])('%s is told so in one sentence', (version) => {
    expect(run('start.mjs', version)).toEqual({
      code: 1,
      said: `Rollcall needs Node 20.19 or newer; this is ${version}. Get it from https://nodejs.org, or by: nvm install\n`,
    });
  });

  test('the floor itself is not', () => {
    expect(run('demo.mjs', '20.19.0', '--help')).toEqual({ code: 0, said: '' });
  });

  test('is told ahead of every other import, whatever was started', () => {
    const started = readdirSync(scripts).filter((file) =>
      readFileSync(join(scripts, file), 'utf8').includes("import './end-with-npm.mjs'"),
    );
    expect(started).toEqual(expect.arrayContaining(['start.mjs', 'rollcall.mjs', 'dev.mjs', 'demo.mjs']));
    for (const file of started)
      expect(readFileSync(join(scripts, file), 'utf8')).toMatch(/^import '.\/node-version.mjs';\n/);
  });
});
