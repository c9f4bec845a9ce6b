import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCE = /(?<!\.spec)\.(tsx?|mjs|json|css|svg|html|md)$/;
/** What `dist/` is made of. A part is built when what it writes last is missing or older than one of its sources. */
const PARTS = [
  {
    what: 'Rollcall',
    stamp: join(root, 'dist', '.tsbuildinfo'),
    sources: ['src', 'simulator', 'bench', 'package.json', 'tsconfig.json', 'tsconfig.build.json'],
    tool: 'typescript/bin/tsc',
    options: ['-p', join(root, 'tsconfig.build.json')],
  },
  {
    what: 'the console',
    isOptional: true, // the server runs without it, and says so
    stamp: join(root, 'dist', 'console', 'index.html'),
    sources: ['console', 'docs', 'README.md'],
    tool: 'vite/bin/vite.js',
    options: ['build', join(root, 'console'), '--logLevel', 'warn'],
  },
];

/** Builds what is missing or out of date; an installed image has no compiler and needs none. */
export async function build() {
  for (const part of PARTS) await buildPart(part);
}

async function buildPart({ what, stamp, sources, tool, options, isOptional = false }) {
  const builtAt = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  if (builtAt > 0 && sources.every((source) => newestIn(join(root, source)) <= builtAt)) return;
  const command = join(root, 'node_modules', tool);
  if (!existsSync(command)) {
    if (isOptional || existsSync(join(root, 'dist', 'src', 'main.js'))) return;
    giveUp(
      `${capitalized(what)} is not built, and what builds it is not installed: run \`npm ci\` with its dev dependencies.`,
    );
  }
  const started = new Date();
  const status = await watched(
    spawn(process.execPath, [command, ...options], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] }),
    builtAt > 0
      ? `Building ${what}, whose sources have changed`
      : `Building ${what}, which takes up to a minute the first time`,
  );
  // tsc leaves the file alone where no content changed, and writes it also where it found errors
  const time = status === 0 ? started : new Date(0);
  if (existsSync(stamp)) utimesSync(stamp, time, time);
  if (status !== 0) giveUp(`${capitalized(what)} could not be built.`);
}

function capitalized(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
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
    if (child.isDirectory() ? child.name !== 'node_modules' : SOURCE.test(child.name))
      newest = Math.max(newest, newestIn(join(path, child.name)));
  }
  return newest;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
