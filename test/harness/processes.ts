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

/** Starts a file of ours in a process of its own, from the sources; `env` replaces the environment. */
export function startTypeScript(
  file: string,
  args: string[] = [],
  env: Record<string, string> = {},
): ChildProcess {
  return spawn(process.execPath, ['--import', LOADER, join(projectRoot, file), ...args], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs it to its end. */
export function runTypeScript(
  file: string,
  args?: string[],
  env?: Record<string, string>,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = startTypeScript(file, args, env);
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
  look: () => T | undefined | Promise<T | undefined>,
  milliseconds = 10_000,
): Promise<T> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`not within ${milliseconds} ms: ${look.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
