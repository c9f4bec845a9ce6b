import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where a person's own settings of the command line are (XDG Base Directory Specification). */
export function profileFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config'), 'rollcall');
}
