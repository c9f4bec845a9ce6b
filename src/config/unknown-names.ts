import type { SettingFault } from './checks.js';

const OURS = /^(ROLLCALL|ENROLL)_/;
/** Kubernetes sets such variables in every pod for a service named `rollcall` or `enroll`. */
const OF_KUBERNETES = /_SERVICE_(HOST|PORT(_\w+)?)$|_PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?$/;

/** Variables that look like ours but are not. Otherwise a typo would silently leave a default in force. */
export function unknownNames(env: NodeJS.ProcessEnv, known: readonly string[]): SettingFault[] {
  return Object.keys(env)
    .filter(
      (name) => OURS.test(name) && !known.includes(name) && !OF_KUBERNETES.test(name) && env[name] !== '',
    )
    .sort()
    .map((name) => ({ name, message: `is not a setting: did you mean ${nearest(name, known)}?` }));
}

function nearest(name: string, known: readonly string[]): string {
  const distances = known.map((other) => [distance(name, other), other] as const);
  return distances.reduce((best, next) => (next[0] < best[0] ? next : best))[1];
}

/** Levenshtein distance: how many letters must be added, removed or changed. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [above, letter] of [...from].entries()) {
    const next = [above + 1];
    for (const [at, other] of [...to].entries()) {
      const changed = (row[at] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
