import { spawnSync } from 'node:child_process';
import type { SettingFault } from './checks.js';

const NAME = 'ROLLCALL_KEYS_COMMAND';
const WITHIN_MS = 15_000;
const MAX_BYTES = 64 * 1024;
/** Settings of ours: the command has no business with them. */
const OURS = /^(ROLLCALL_|ENROLL_|DATABASE_URL|PG)/;

/**
 * The key ring as a command prints it, e.g. the client of a key management service. It runs once, without a shell, and what it writes
 * to standard error is shown nowhere: it may hold the key.
 * @returns the ring without the line end behind it, or what is wrong
 */
export function readKeysCommand(env: NodeJS.ProcessEnv): { ring?: string; faults: SettingFault[] } {
  const command = env[NAME];
  if (!command) return { faults: [] };
  const fault = (message: string) => ({ faults: [{ name: NAME, message }] });
  if (env.ROLLCALL_KEYS || env.ROLLCALL_KEYS_FILE)
    return fault(`set ${NAME} or ROLLCALL_KEYS (or its file), not both`);
  const [program = '', ...args] = wordsOf(command) ?? [];
  if (program === '') return fault('must be a program and its arguments, or a JSON list of them');
  const given = Object.fromEntries(Object.entries(env).filter(([name]) => !OURS.test(name)));
  const { error, status, signal, stdout } = spawnSync(program, args, {
    env: given,
    shell: false,
    timeout: WITHIN_MS,
    killSignal: 'SIGKILL',
    maxBuffer: MAX_BYTES,
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
  });
  if (error !== undefined) return fault(`${program} ${reasonOf(error)}`);
  if (status !== 0) return fault(`${program} ended with ${signal ?? `code ${status}`}`);
  const ring = stdout.replace(/\r?\n$/, '');
  return ring === '' ? fault(`${program} printed nothing`) : { ring, faults: [] };
}

function wordsOf(command: string): string[] | undefined {
  if (!command.trim().startsWith('[')) return command.trim().split(/\s+/);
  try {
    const words: unknown = JSON.parse(command);
    return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : undefined;
  } catch {
    return undefined;
  }
}

function reasonOf({ code = 'FAILED' }: NodeJS.ErrnoException): string {
  return code === 'ETIMEDOUT' ? `did not answer within ${WITHIN_MS / 1000} s` : `cannot be run (${code})`;
}
