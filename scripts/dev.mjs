import './node-version.mjs';
import './end-with-npm.mjs';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, root } from './build.mjs';
import { readEnvFile } from './env-file.mjs';

readEnvFile();

/** Compiles on every change and starts the server anew with what came out. */
await build();
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const children = [
  spawn(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  }),
  spawn(
    process.execPath,
    ['--enable-source-maps', '--watch', '--watch-preserve-output', join('dist', 'src', 'main.js')],
    {
      cwd: root,
      stdio: 'inherit',
    },
  ),
];
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });
}
for (const child of children) child.once('exit', () => children.forEach((other) => other.kill('SIGTERM')));
