import { setTimeout as sleep } from 'node:timers/promises';
import { makeCommandKey } from '../auth/command-key.service.js';
import type { Config } from '../config/config.js';
import { openExistingKeyRing } from '../crypto/open-key-ring.js';
import { installationAt } from '../db/installation.repository.js';
import { CommandError } from './faults.js';
import { ApiError, HttpApi, type Given, type Method } from './http-api.js';

const LOOPBACK = ['127.0.0.1', '::1'];
const WILDCARD = /^(0\.0\.0\.0|::)$/;
/** A replica hears of the key a moment after it is there. */
const HEARS_AFTER_MS = [25, 50, 100, 200, 400, 800];

export interface BesideApi {
  api: HttpApi;
  /** Takes the key away again. */
  end(): Promise<void>;
}

/**
 * The API of the server that runs beside the command, with a key of its own. The server says that it is of the installation of
 * this database before it sees a key.
 * @param databaseUrl undefined: the embedded database does not run
 * @param by `cli:<user>@<host>`
 * @throws CommandError NOT_RUNNING
 */
export async function openBeside(
  config: Config,
  databaseUrl: string | undefined,
  by: string,
): Promise<BesideApi> {
  const installation = databaseUrl === undefined ? undefined : await installationAt(databaseUrl);
  const places = placesOf(config, installation?.publicUrl ?? null);
  for (const url of installation === undefined ? [] : places) {
    const id = await new HttpApi({ url, key: '' }, true).installation().catch(() => undefined);
    if (databaseUrl === undefined || id !== installation?.id) continue;
    const addresses =
      LOOPBACK.includes(config.host) || WILDCARD.test(config.host) ? LOOPBACK : [...LOOPBACK, config.host];
    const own = await makeCommandKey(databaseUrl, openExistingKeyRing(config), by, addresses);
    return { api: new PatientApi({ url, key: own.key }, true), end: () => own.end() };
  }
  throw new CommandError(
    'NOT_RUNNING',
    `No server of this installation answers at ${places.join(' or ')}: start it, or name another one by --url and --key`,
  );
}

/** Where the server listens by the settings, and where it said that it does: it may have got another PORT. */
function placesOf(config: Config, noted: string | null): string[] {
  const { port, host } = config.management ?? { port: config.env.PORT, host: config.host };
  const { protocol } = new URL(config.localUrl(port));
  const name = WILDCARD.test(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const given = `${protocol}//${name}:${port}`;
  const isLocal =
    noted !== null && new URL(noted).hostname === 'localhost' && config.management === undefined;
  return [...new Set([given, ...(isLocal ? [noted] : [])])];
}

class PatientApi extends HttpApi {
  override async open(method: Method, path: string, given?: Given) {
    for (const waitMs of HEARS_AFTER_MS) {
      try {
        return await super.open(method, path, given);
      } catch (error) {
        if (!(error instanceof ApiError && error.code === 'TOKEN_INVALID')) throw error;
        await sleep(waitMs);
      }
    }
    return super.open(method, path, given);
  }
}
