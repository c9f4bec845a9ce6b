import { readFileSync } from 'node:fs';
import type { SettingFault } from './checks.js';

/** The variable that names the file of a secret. */
export function fileVariableOf(name: string): string {
  return `${name}_FILE`;
}

/**
 * Secrets that stand in files, as Docker, Kubernetes and the agents of vaults hand them out: `NAME_FILE` is the path of the file
 * that holds `NAME`. A file is in no listing of processes, in no dump of a container's settings and in no child's environment.
 * @param secrets names of the settings that may be given so
 * @returns the secrets that were read, without the line end behind them, and what is wrong with the others
 */
export function readSecretFiles(env: NodeJS.ProcessEnv, secrets: readonly string[]) {
  const values: Record<string, string> = {};
  const faults: SettingFault[] = [];
  for (const name of secrets) {
    const variable = fileVariableOf(name);
    const path = env[variable];
    if (!path) continue;
    const read = env[name] ? `set ${name} or ${variable}, not both` : secretIn(path);
    if (typeof read === 'string') faults.push({ name: variable, message: read });
    else values[name] = read.secret;
  }
  return { values, faults };
}

function secretIn(path: string): { secret: string } | string {
  try {
    const secret = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    return secret === '' ? `${path}: the file is empty` : { secret };
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    return `${path}: the file cannot be read (${code})`;
  }
}
