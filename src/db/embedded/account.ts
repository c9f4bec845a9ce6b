import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** The system account that runs the server. Undefined means our own: Postgres refuses only root. */
export interface Account {
  uid: number;
  gid: number;
}

const NOBODY: Account = { uid: 65534, gid: 65534 };

/**
 * Picks the account: our own, unless we are root. For root it is the owner of an existing data folder (a plain user may
 * have made it), else `postgres`, else `nobody`.
 * @param dataFolder absolute path of PGDATA, which need not exist
 */
export function pickAccount(dataFolder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(dataFolder, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return accountNamed('postgres') ?? accountNamed('nobody') ?? NOBODY;
}

function accountNamed(name: string): Account | undefined {
  const idOf = (flag: string) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout);
  const account = { uid: idOf('-u'), gid: idOf('-g') };
  return account.uid > 0 ? account : undefined;
}

/** Whether the account can reach a folder. It asks the system, because of ACLs and parents of mode 0700. */
export function mayEnter(account: Account, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, stdio: 'ignore' }).status === 0;
}
