import { type ChildProcess, spawn } from 'node:child_process';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../src/config/root.js';

const LOADER = join(projectRoot, 'test', 'harness', 'typescript.mjs');

/** Who runs commands here, as the audit names him. */
export const CLI = `cli:${userInfo().username}@${hostname()}`;

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts a program as `npm run build` left it, e.g. `src/main.js`; `env` replaces the environment. */
export function startBuilt(
  file: string,
  args: string[] = [],
  env: Record<string, string> = {},
): ChildProcess {
  return startNode([join(projectRoot, 'dist', file), ...args], env);
}

/** Runs it to its end. */
export function runBuilt(file: string, args?: string[], env?: Record<string, string>): Promise<Finished> {
  return finished(startBuilt(file, args, env));
}

/** Starts a helper of the tests from its source. */
export function startTypeScript(
  file: string,
  args: string[],
  env: Record<string, string> = {},
): ChildProcess {
  return startNode(['--import', LOADER, join(projectRoot, file), ...args], env);
}

function startNode(args: string[], env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, args, {
    cwd: projectRoot,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** What it has said when it ends. */
export function finished(child: ChildProcess): Promise<Finished> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Looks every few milliseconds until `look` gives something. @throws after `milliseconds`. */
export async function eventually<T>(
  look: () => T | false | undefined | Promise<T | false | undefined>,
  milliseconds = 30_000,
): Promise<T> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`not within ${milliseconds} ms: ${look.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
