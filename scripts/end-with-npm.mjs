import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * Whoever kills `npm start` (systemd, pm2, a supervisor) ends npm and its shell, and neither passes it on to us: we would
 * stay behind, and keep port and data. So what npm started ends, by the same signal as ever, once one of the two is
 * gone: a child whose parent ends gets another parent at once.
 */
const LOOK_EVERY_MS = 250;
const isOfNpm = process.env.npm_lifecycle_script?.includes(basename(process.argv[1] ?? '')) === true;

if (isOfNpm && process.platform !== 'win32') {
  const parent = process.ppid;
  const npm = ownerOf(parent);
  setInterval(() => {
    if (process.ppid !== parent || ownerOf(parent) !== npm) process.kill(process.pid, 'SIGTERM');
  }, LOOK_EVERY_MS).unref();
}

/**
 * The parent of a shell. Undefined where the shell has made way for us and our parent is npm itself (whose own parent may
 * go, as with `nohup npm start &`), and where the system does not tell.
 */
function ownerOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const nameEnd = stat.lastIndexOf(')');
    const name = stat.slice(stat.indexOf('(') + 1, nameEnd);
    return /^(ba|da|a|z|k)?sh$|^busybox$/.test(name) ? stat.slice(nameEnd + 2).split(' ')[1] : undefined;
  } catch {
    return undefined;
  }
}
