import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** Clock ticks a second in /proc: 100 on every Linux that Node runs on. */
const TICKS = 100;

interface Stat {
  parent: number;
  /** User and system time of the process itself. */
  seconds: number;
  /** The same of its children that have ended. */
  endedChildrenSeconds: number;
}

/** CPU seconds of one process so far; NaN where there is no /proc. */
export function cpuOfProcess(pid: number): number {
  return statOf(pid)?.seconds ?? Number.NaN;
}

/** CPU seconds so far of a whole Postgres server, found by any of its backends. */
export function cpuOfPostgres(backendPid: number): number {
  const postmaster = statOf(backendPid)?.parent;
  const own = postmaster === undefined ? undefined : statOf(postmaster);
  if (own === undefined) return Number.NaN;
  let seconds = own.seconds + own.endedChildrenSeconds;
  for (const pid of processes()) {
    const stat = statOf(pid);
    if (stat?.parent === postmaster) seconds += stat?.seconds ?? 0;
  }
  return seconds;
}

/** Resident memory of a process in MB: now, and the most it ever had. NaN where there is no /proc. */
export function memoryOf(pid: number): { residentMb: number; peakMb: number } {
  const status = read(`/proc/${pid}/status`) ?? '';
  const inMb = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? Number.NaN) / 1024;
  return { residentMb: inMb('VmRSS'), peakMb: inMb('VmHWM') };
}

/** Resident memory of a process and of those it started, in MB. */
export function memoryOfFamily(pid: number): number {
  return processes()
    .filter((one) => one === pid || statOf(one)?.parent === pid)
    .reduce((sum, one) => sum + memoryOf(one).residentMb, 0);
}

function processes(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0);
}

/** `proc_pid_stat(5)`; the name in parentheses may hold blanks. */
function statOf(pid: number): Stat | undefined {
  const text = read(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const ticks = (at: number): number => fields[at] ?? 0;
  return {
    parent: ticks(1),
    seconds: (ticks(11) + ticks(12)) / TICKS,
    endedChildrenSeconds: (ticks(13) + ticks(14)) / TICKS,
  };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** A port of the loopback that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
