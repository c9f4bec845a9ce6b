import { join } from 'node:path';
import type { z } from 'zod';
import {
  portFaults,
  productionFaults,
  type SettingFault,
  retentionFaults,
  tlsSettingFaults,
  togetherFaults,
} from './checks.js';
import { clearTextWarnings } from './clear-text.js';
import { readKeysCommand } from './keys-command.js';
import { forgetLibpq } from './libpq.js';
import { fileVariableOf, readSecretFiles } from './secret-files.js';
import type { SettingSource } from './setting-groups.js';
import { isSecret, PRODUCTION, type Settings, settings } from './settings.js';
import { unknownNames } from './unknown-names.js';

const PRODUCTION_DRAIN_SECONDS = 5;
/** Thrown by `loadConfig`; carries all faults at once. */
export class ConfigError extends Error {
  readonly code = 'CONFIG_INVALID';
  constructor(readonly faults: SettingFault[]) {
    super(
      `${faults.length} setting(s) are wrong:\n` +
        faults.map((fault) => `  ${fault.name}: ${fault.message}`).join('\n'),
    );
  }
}

/** The frozen settings of this process; also the injection token. */
export class Config {
  readonly production: boolean;
  /** Without a trailing slash. */
  readonly publicUrl: string;
  /** Base URL of the management API, without a trailing slash. */
  readonly managementUrl: string;
  /** Whether callers come by HTTPS, here or at a proxy. */
  readonly isHttps: boolean;
  /** Address to listen on. */
  readonly host: string;
  /** The second port; undefined where one port carries everything. */
  readonly management: { port: number; host: string } | undefined;
  /** How long a stopping server keeps serving. */
  readonly drainMs: number;
  /** Folder of the images, if they are kept on disk. */
  readonly imageDir: string;

  /** @param sources where each setting that was given came from; the others are defaults */
  constructor(
    readonly env: Readonly<Settings>,
    readonly sources: Readonly<Record<string, SettingSource>> = {},
  ) {
    this.production = env.NODE_ENV === PRODUCTION;
    this.publicUrl = (env.ROLLCALL_PUBLIC_URL ?? this.localUrl(env.PORT)).replace(/\/+$/, '');
    this.isHttps = this.publicUrl.startsWith('https:');
    this.host = env.ROLLCALL_HOST ?? (this.production ? '0.0.0.0' : '127.0.0.1');
    const port = env.ROLLCALL_MANAGEMENT_PORT;
    this.management =
      port === undefined ? undefined : { port, host: env.ROLLCALL_MANAGEMENT_HOST ?? this.host };
    const ownUrl = port === undefined ? this.publicUrl : this.localUrl(port);
    this.managementUrl = (env.ROLLCALL_MANAGEMENT_URL ?? ownUrl).replace(/\/+$/, '');
    this.drainMs = 1000 * (env.ROLLCALL_DRAIN_SECONDS ?? (this.production ? PRODUCTION_DRAIN_SECONDS : 0));
    this.imageDir = env.ROLLCALL_IMAGE_DIR ?? join(env.ROLLCALL_DATA_DIR, 'images');
    Object.freeze(this.env);
    Object.freeze(this);
  }

  /** Whether these routes need no API key. Those of the management port need none: the public one does not answer them. */
  opens(routes: Settings['ROLLCALL_OPEN_ROUTES'][number]): boolean {
    return (
      !this.production || this.management !== undefined || this.env.ROLLCALL_OPEN_ROUTES.includes(routes)
    );
  }

  /** How a port is reached from this machine. */
  localUrl(port: number): string {
    return `${this.env.ROLLCALL_TLS_CERT_FILE === undefined ? 'http' : 'https'}://localhost:${port}`;
  }

  /** What works but should not stay as it is: one line each, without secrets. */
  warnings(): string[] {
    return clearTextWarnings(this.env);
  }

  /** What may be printed at boot: secrets only as `configured: true | false`. */
  redacted(): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(settings.shape).map(([name, schema]) => {
        const value = this.env[name as keyof Settings];
        return [name, isSecret(schema) ? { configured: value !== undefined } : (value ?? null)];
      }),
    );
  }
}

/** A check that only a feature can make. It sees the settings that parsed. */
export type SettingCheck = (given: Partial<Settings>) => SettingFault[];

/**
 * Reads and checks the environment once, and removes libpq's variables from it.
 * @throws ConfigError naming every wrong setting and its fix
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env, checks: SettingCheck[] = []): Config {
  const names = Object.keys(settings.shape);
  const secrets = names.filter((name) => isSecret(settings.shape[name as keyof Settings]));
  const files = readSecretFiles(env, secrets);
  const DATABASE_URL = forgetLibpq(env, files.values.DATABASE_URL ?? env.DATABASE_URL);
  const command = readKeysCommand(env);
  const keys = command.ring !== undefined && { ROLLCALL_KEYS: command.ring };
  const given = { ...env, ...files.values, ...keys, DATABASE_URL };
  const faults = [
    ...unknownNames(env, [...names, ...secrets.map(fileVariableOf)]),
    ...files.faults,
    ...command.faults,
  ];
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(settings.shape)) {
    const parsed = schema.safeParse(given[name as keyof typeof given] || undefined);
    if (parsed.success) values[name] = parsed.data;
    else faults.push(...faultsOf(name, parsed.error));
  }
  const wrong = new Set(faults.map(({ name }) => name));
  faults.push(
    ...togetherFaults(values, wrong),
    ...portFaults(values),
    ...tlsSettingFaults(values),
    ...retentionFaults(values),
  );
  if (values.NODE_ENV === PRODUCTION) faults.push(...productionFaults(values, wrong));
  faults.push(...checks.flatMap((check) => check(values)));
  if (faults.length > 0) throw new ConfigError(faults);
  return new Config(values as Settings, sourcesOf(given, files.values, keys));
}

function sourcesOf(given: NodeJS.ProcessEnv, inFiles: object, byCommand: object | false) {
  const named = Object.keys(settings.shape).filter((name) => given[name]);
  return Object.fromEntries(
    named.map((name): [string, SettingSource] => {
      if (name in inFiles) return [name, 'file'];
      return [name, byCommand !== false && name in byCommand ? 'command' : 'environment'];
    }),
  );
}

/** A list with several wrong entries gives its message once. */
function faultsOf(name: string, { issues }: z.ZodError): SettingFault[] {
  return [...new Set(issues.map(({ message }) => message))].map((message) => ({ name, message }));
}
