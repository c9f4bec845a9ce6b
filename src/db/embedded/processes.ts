import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { errnoOf } from '../errors.js';
import type { Home } from './home.js';

/** What `postmaster.pid` says of a server. */
export interface Postmaster {
  pid: number;
  port: number;
  /** `starting`, `ready`, `stopping` … as the server writes it. */
  status: string;
}

export function readPostmaster(data: string): Postmaster | undefined {
  const lines = readText(join(data, 'postmaster.pid'))?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3]), status: lines[7]?.trim() ?? 'starting' };
}

/** Whether the process is a live Postgres of this data folder. Another process may have the number in an old file by now. */
export function isServerOf(data: string, pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform === 'linux') return folderOf(pid) === data;
  if (process.platform === 'win32') return true;
  return spawnSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' }).stdout.includes(
    'postgres',
  );
}

/** Processes that a killed postmaster left behind. They hold its shared memory, so no new one can start. Linux only. */
export function leftoversOf(data: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid > 0 && folderOf(pid) === data && isAlive(pid));
}

/** The working directory of a Postgres process. It is the data folder, which tells it from other servers. */
function folderOf(pid: number): string | undefined {
  try {
    // a shell may run in the same folder
    return readText(`/proc/${pid}/comm`)?.trim() === 'postgres'
      ? readlinkSync(`/proc/${pid}/cwd`)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Sends a signal. It is no error if the process is already gone. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (errnoOf(error) !== 'ESRCH') throw error;
  }
}

/** False for a zombie, too. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
  return statFields(pid)?.[0] !== 'Z';
}

/** Notes that this process uses the server; returns the path of its note. */
export function joinUsers(home: Home): string {
  const note = join(home.users, `${process.pid}-${randomBytes(4).toString('hex')}`);
  writeFileSync(note, startOf(process.pid), { mode: 0o600 });
  return note;
}

/** Removes the note and tells whether another live process still uses the server. */
export function leaveUsers(home: Home, note: string): { othersRemain: boolean } {
  rmSync(note, { force: true });
  let othersRemain = false;
  for (const name of readdirSync(home.users)) {
    const file = join(home.users, name);
    const pid = Number.parseInt(basename(name), 10);
    if (isAlive(pid) && readText(file) === startOf(pid)) othersRemain = true;
    else rmSync(file, { force: true });
  }
  return { othersRemain };
}

/** When a process started (clock ticks since boot), so that a reused number is not taken for the old process. */
function startOf(pid: number): string {
  return statFields(pid)?.[19] ?? '';
}

/** The fields of /proc/<pid>/stat from `state` on. The program's name before them may hold blanks and brackets. */
function statFields(pid: number): string[] | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
