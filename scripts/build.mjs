import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'dist', '.tsbuildinfo');
const SOURCES = ['src', 'simulator', 'bench', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];

/** Compiles to `dist/` when that is missing or older than a source; an installed image has no compiler and needs none. */
export async function build() {
  const builtAt = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  if (builtAt > 0 && SOURCES.every((source) => newestIn(join(root, source)) <= builtAt)) return;
  const compiler = findCompiler();
  if (compiler === undefined) {
    if (existsSync(join(root, 'dist', 'src', 'main.js'))) return;
    giveUp('Rollcall is not built and TypeScript is not installed: run `npm ci` with its dev dependencies.');
  }
  const started = new Date();
  const status = await watched(
    spawn(process.execPath, [compiler, '-p', join(root, 'tsconfig.build.json')], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
    builtAt > 0
      ? 'Building Rollcall, whose sources have changed'
      : 'Building Rollcall, which takes a minute the first time',
  );
  // tsc leaves the file alone where no content changed, and writes it also where it found errors
  const time = status === 0 ? started : new Date(0);
  if (existsSync(stamp)) utimesSync(stamp, time, time);
  if (status !== 0) giveUp('Rollcall could not be built.');
}

/** Shows people at a terminal how long `compiling` takes; then what it said. On standard error: a command's own output stays clean. */
async function watched(compiling, what) {
  let said = '';
  for (const stream of [compiling.stdout, compiling.stderr]) stream.on('data', (text) => (said += text));
  const isTerminal = process.stderr.isTTY === true;
  const started = performance.now();
  const show = (end) =>
    isTerminal &&
    process.stderr.write(`\r${what}: ${Math.round((performance.now() - started) / 1000)} s${end}`);
  show('');
  const ticking = setInterval(show, 1000, '');
  const [status] = await once(compiling, 'close');
  clearInterval(ticking);
  show('\n');
  process.stderr.write(said);
  return status;
}

function giveUp(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function newestIn(path) {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return 0;
  if (!entry.isDirectory()) return entry.mtimeMs;
  let newest = 0;
  for (const child of readdirSync(path, { withFileTypes: true })) {
    if (child.isDirectory() || (child.name.endsWith('.ts') && !child.name.endsWith('.spec.ts')))
      newest = Math.max(newest, newestIn(join(path, child.name)));
  }
  return newest;
}

function findCompiler() {
  try {
    return createRequire(import.meta.url).resolve('typescript/bin/tsc');
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
