import { join } from 'node:path';
import { z } from 'zod';
import { ALERT_RULES, type AlertLimits, readAlertLimits } from './alert-limits.js';
import { productionFaults, type SettingFault, togetherFaults } from './checks.js';
import { clearTextWarnings } from './clear-text.js';
import { CLEARABLE_FIELDS } from './contract-fields.js';
import { databaseUrlFault } from './database-url.js';
import { forgetLibpq } from './libpq.js';
import { unknownNames } from './unknown-names.js';

const PRODUCTION = 'production';
const PRODUCTION_DRAIN_SECONDS = 5;
const keyRingFormat =
  /^[A-Za-z0-9_-]{1,32}:[A-Za-z0-9+/_-]{43}=?(,[A-Za-z0-9_-]{1,32}:[A-Za-z0-9+/_-]{43}=?)*$/;

const text = () => z.string().trim().min(1);
const integer = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const url = (...schemes: string[]) =>
  text().refine(
    (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.replace(':', '')),
    `must be a URL starting with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  );
const hasDistinctIds = (ring: string) => {
  const ids = ring.split(',').map((pair) => pair.split(':', 1)[0]);
  return new Set(ids).size === ids.length;
};
/** Whether paths can be put behind it. What does not parse is told by `url`. */
const isBase = (value: string) => !/[?#]|\/\/[^/]*@/.test(value);
/** Minute, hour, day, month, weekday. */
const CRON_LIMITS = [59, 23, 31, 12, 7];
const isCron = (value: string) =>
  /^([\d*/,-]+ +){4}[\d*/,-]+$/.test(value) &&
  value
    .split(/ +/)
    .every((field, at) => (field.match(/\d+/g) ?? []).every((n) => Number(n) <= (CRON_LIMITS[at] ?? 0)));
const MAIL_ADDRESS =
  'must be a mail address, e.g. `rollcall@example.org` or `Rollcall <rollcall@example.org>`';
const isMailAddress = (value: string) => /^([^<>@]*<)?[^<>@\s]+@[^<>@\s]+>?$/.test(value);
const ADDRESS_OR_RANGE = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
const secret = () => text().meta({ secret: true });
const list = () =>
  z
    .string()
    .default('')
    .transform((value) =>
      value
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    );

/**
 * Every setting of Rollcall, keyed by its environment variable. The descriptions become `docs/configuration.md`.
 */
export const settings = z.object({
  NODE_ENV: z
    .enum(['development', 'test', PRODUCTION])
    .default('development')
    .describe('`production` refuses embedded Postgres, generated keys and demo secrets.'),
  PORT: integer(0, 65535).default(3000).describe('Port to listen on; 0 picks a free one.'),
  ROLLCALL_HOST: text()
    .optional()
    .describe('Address to listen on; default `127.0.0.1`, in production `0.0.0.0`.'),
  ROLLCALL_PUBLIC_URL: url('http', 'https')
    .refine(isBase, 'must end with its host or path, without a query, a fragment or a password')
    .optional()
    .describe(
      'Base URL under which eNROLL reaches this server, with the path that your proxy takes off, if any; default ' +
        '`http://localhost:PORT`. Every URL that is printed begins with it.',
    ),
  ROLLCALL_ROLE: z
    .enum(['all', 'api', 'worker'])
    .default('all')
    .describe('`api` answers HTTP, `worker` runs the jobs, `all` does both.'),
  ROLLCALL_DRAIN_SECONDS: integer(0, 300)
    .optional()
    .describe(
      'How long a stopping server goes on serving while `/health/ready` is 503; default 5 in production, else 0.',
    ),
  ROLLCALL_DATA_DIR: text()
    .default('.rollcall')
    .describe('Folder of the embedded Postgres, of generated keys and credentials.'),
  DATABASE_URL: text()
    .superRefine((value, context) => {
      const fault = databaseUrlFault(value);
      if (fault !== undefined) context.addIssue(fault);
    })
    .optional()
    .meta({ secret: true })
    .describe('Postgres 14 or newer. Absent: an embedded Postgres in `ROLLCALL_DATA_DIR`.'),
  ROLLCALL_DB_WAIT_SECONDS: integer(0, 3600)
    .default(60)
    .describe(
      'How long a database that is away is waited for at boot, before the process ends with the reason.',
    ),
  ROLLCALL_DB_READ_CONNECTIONS: integer(1, 100)
    .default(8)
    .describe('Connections for reads and administration.'),
  ROLLCALL_DB_WRITE_CONNECTIONS: integer(1, 32)
    .default(4)
    .describe('Connections that commit callbacks; below 100 waiting applicants two of them are used.'),
  ROLLCALL_KEYS: secret()
    .regex(keyRingFormat, 'must be `id:key` pairs joined by commas, each key 32 bytes in base64')
    .refine(hasDistinctIds, 'has one id twice: give each key an id of its own')
    .optional()
    .describe(
      'Key ring `id:key,id:key`: the first key seals, all open. Make a key with `openssl rand -base64 32`.',
    ),
  ROLLCALL_CLIENT_ID: text().max(128).optional().describe('Client id of eNROLL, made or updated at boot.'),
  ROLLCALL_CLIENT_SECRET: secret()
    .min(16)
    .max(256)
    .optional()
    .describe('Its secret, at least 16 characters.'),
  ROLLCALL_API_KEY: secret()
    .min(24)
    .max(256)
    .optional()
    .describe('First API key, all scopes, at least 24 characters.'),
  ROLLCALL_TOKEN_TTL_SECONDS: integer(60, 86_400).default(3600).describe('Life of an access token.'),
  ROLLCALL_SEARCHES_PER_MINUTE: integer(1, 100_000)
    .default(60)
    .describe(
      'Searches for applicants by name or value that one API key may make in a minute, over all replicas.',
    ),
  ROLLCALL_API_REQUESTS_PER_MINUTE: integer(1, 10_000_000)
    .default(30_000)
    .describe('Requests of the management API that one API key may make in a minute, over all replicas.'),
  ROLLCALL_API_ADDRESS_PER_MINUTE: integer(1, 10_000_000)
    .default(60_000)
    .describe('The same for one address, whatever its keys.'),
  ROLLCALL_API_REFUSALS_PER_MINUTE: integer(1, 1_000_000)
    .default(100)
    .describe(
      'Requests of the management API without a valid API key that one address may make in a minute; then they are answered 429. Right keys are not affected.',
    ),
  ROLLCALL_MAX_BODY_BYTES: integer(1024, 256 * 1024 * 1024)
    .default(16 * 1024 * 1024)
    .describe('Largest callback body, before and after decompression.'),
  ROLLCALL_NULLS_CLEAR: list()
    .pipe(
      z.array(
        z.enum(
          CLEARABLE_FIELDS,
          `must be fields of the contract joined by commas, of ${CLEARABLE_FIELDS.join(', ')}`,
        ),
      ),
    )
    .describe('Contract fields that an explicit `null`, `""` or `[]` clears; elsewhere the old value stays.'),
  ROLLCALL_OPEN_ROUTES: list()
    .pipe(z.array(z.enum(['docs', 'metrics'], 'must be `docs`, `metrics`, or both joined by a comma')))
    .describe(
      'What needs no API key in production, joined by commas: `docs` (`/docs`, `/openapi.json`, `/openapi.yaml`), `metrics`. Elsewhere nothing of it needs one.',
    ),
  ROLLCALL_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('Least severe level that is logged.'),
  ROLLCALL_TRUST_PROXY: list()
    .refine(
      (ranges) => ranges.every((range) => ADDRESS_OR_RANGE.safeParse(range).success),
      'must be the addresses or ranges of your proxies, e.g. `10.0.0.0/8`, joined by commas; how many there are does not count',
    )
    .describe('Addresses or CIDR ranges of proxies whose `X-Forwarded-For` is believed, joined by commas.'),
  ENROLL_BASE_URL: url('http', 'https')
    .optional()
    .describe("Base URL of your eNROLL tenant (by mail from eNROLL's team)."),
  ENROLL_TENANT_ID: text().optional().describe('Tenant id of the query API.'),
  ENROLL_TENANT_SECRET: secret().optional().describe('Tenant secret of the query API.'),
  ENROLL_DIALECT: text()
    .optional()
    .describe('Path of a dialect file (YAML); absent: the shipped, unverified one.'),
  ENROLL_PROXY_URL: url('http', 'https')
    .optional()
    .meta({ secret: true })
    .describe('Proxy on the way to eNROLL, `http://[user:password@]host:port`; TLS is tunnelled through it.'),
  ENROLL_CA_FILE: text()
    .optional()
    .describe('PEM file of certificate authorities trusted for eNROLL, beside the usual ones.'),
  ENROLL_TIMEOUT_SECONDS: integer(1, 120)
    .default(10)
    .describe('Longest wait for one answer of eNROLL, its last byte included.'),
  ENROLL_CONCURRENCY: integer(1, 64)
    .default(8)
    .describe(
      'Most requests that are under way at eNROLL at one time, per process, beside those for images.',
    ),
  ROLLCALL_RECONCILE_CRON: text()
    .refine(
      (value) => value === 'off' || isCron(value),
      'must be five fields of cron, e.g. `30 3 * * *`, or `off`',
    )
    .default('30 3 * * *')
    .describe(
      'When eNROLL is asked what we missed, by the wall clock of Africa/Cairo; `off`: only on demand. Without `ENROLL_*` it has no effect.',
    ),
  ROLLCALL_IMAGE_STORE: text()
    .refine(
      (value) => value === 'disk' || (value.startsWith('s3://') && URL.canParse(value)),
      'must be `disk` or a URL starting with s3://, e.g. s3://bucket/prefix',
    )
    .default('disk')
    .describe(
      'Where images are kept: `disk`, or `s3://bucket/prefix?endpoint=https://…&region=…&pathStyle=true` (all parameters optional).',
    ),
  ROLLCALL_IMAGE_DIR: text()
    .optional()
    .describe(
      'Folder of the images, for `disk`; default `images` in `ROLLCALL_DATA_DIR`. Share it between replicas.',
    ),
  ROLLCALL_IMAGE_CONCURRENCY: integer(1, 32)
    .default(4)
    .describe('Most images or batches of images that are asked of eNROLL at one time, per process.'),
  ROLLCALL_S3_ACCESS_KEY_ID: text()
    .optional()
    .describe('Access key of the bucket; absent: found as every AWS program finds it.'),
  ROLLCALL_S3_SECRET_ACCESS_KEY: secret().optional().describe('Its secret.'),
  ROLLCALL_WEBHOOK_ALLOW_CIDR: list()
    .pipe(z.array(z.union([z.cidrv4(), z.cidrv6()], 'must be ranges like 10.1.0.0/16, joined by commas')))
    .describe(
      'Ranges of private addresses that webhooks may be sent to, joined by commas; public ones are always allowed.',
    ),
  ROLLCALL_WEBHOOK_DISABLE_AFTER_DAYS: integer(1, 365)
    .default(5)
    .describe('Days of failures without a success after which an endpoint is disabled.'),
  ROLLCALL_DELIVERY_KEEP_DAYS: integer(1, 3650)
    .default(30)
    .describe('Days for which deliveries and their attempts are kept once they are delivered or dead.'),
  ROLLCALL_ALERTS_OFF: list()
    .refine(
      (names) => names.every((name) => (ALERT_RULES as readonly string[]).includes(name)),
      `must be rules joined by commas, of ${ALERT_RULES.join(', ')}`,
    )
    .describe('Rules that raise no alert, joined by commas; `docs/alerts.md` lists them.'),
  ROLLCALL_ALERT_LIMITS: z
    .string()
    .default('')
    .transform((value, context): AlertLimits => {
      try {
        return readAlertLimits(value);
      } catch (error) {
        context.addIssue((error as Error).message);
        return z.NEVER;
      }
    })
    .describe('When rules fire, as `name=number` joined by commas; `docs/alerts.md` lists the defaults.'),
  ROLLCALL_ALERT_WEBHOOK_URL: url('http', 'https')
    .optional()
    .meta({ secret: true })
    .describe('Where alerts are posted to, signed by Standard Webhooks. Such URLs often carry a token.'),
  ROLLCALL_ALERT_WEBHOOK_SECRET: secret()
    .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'must be `whsec_` and 24 to 64 bytes in base64')
    .optional()
    .describe('Signs them. Make one with `echo whsec_$(openssl rand -base64 32)`.'),
  ROLLCALL_SMTP_URL: url('smtp', 'smtps')
    .optional()
    .meta({ secret: true })
    .describe(
      'Mail server, `smtp[s]://[user:password@]host[:port]?tls=…&ca=…`; without `tls=optional` nothing is sent in clear.',
    ),
  ROLLCALL_ALERT_MAIL_FROM: text()
    .refine(isMailAddress, MAIL_ADDRESS)
    .optional()
    .describe('Sender of alerts by mail, e.g. `Rollcall <rollcall@example.org>`.'),
  ROLLCALL_ALERT_MAIL_TO: list()
    .refine((addresses) => addresses.every(isMailAddress), MAIL_ADDRESS)
    .describe('Receivers of alerts by mail, joined by commas.'),
  ROLLCALL_EXPORT_DAYS: integer(1, 365)
    .default(7)
    .describe('Days until an export that is over is removed, its file with it.'),
});

export type Settings = z.output<typeof settings>;

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
  /** Address to listen on. */
  readonly host: string;
  /** How long a stopping server serves on. */
  readonly drainMs: number;
  /** Folder of the images, where they are kept on disk. */
  readonly imageDir: string;

  constructor(readonly env: Readonly<Settings>) {
    this.production = env.NODE_ENV === PRODUCTION;
    this.publicUrl = (env.ROLLCALL_PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, '');
    this.host = env.ROLLCALL_HOST ?? (this.production ? '0.0.0.0' : '127.0.0.1');
    this.drainMs = 1000 * (env.ROLLCALL_DRAIN_SECONDS ?? (this.production ? PRODUCTION_DRAIN_SECONDS : 0));
    this.imageDir = env.ROLLCALL_IMAGE_DIR ?? join(env.ROLLCALL_DATA_DIR, 'images');
    Object.freeze(this.env);
    Object.freeze(this);
  }

  /** Whether these need no API key. */
  opens(routes: Settings['ROLLCALL_OPEN_ROUTES'][number]): boolean {
    return !this.production || this.env.ROLLCALL_OPEN_ROUTES.includes(routes);
  }

  /** What works, and should not stay as it is: one line each, without secrets. */
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

/** True for settings whose value must never be shown. */
export function isSecret(schema: z.ZodType): boolean {
  let inner: unknown = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) {
    if (inner.meta()?.secret === true) return true;
    inner = inner.unwrap();
  }
  return inner instanceof z.ZodType && inner.meta()?.secret === true;
}

/** Looks at settings that parsed, for what only a feature knows. */
export type SettingCheck = (given: Partial<Settings>) => SettingFault[];

/**
 * Reads and checks the environment once, and takes libpq's variables out of it.
 * @throws ConfigError naming every wrong setting and its fix.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env, checks: SettingCheck[] = []): Config {
  const given = { ...env, DATABASE_URL: forgetLibpq(env) };
  const faults = unknownNames(env, Object.keys(settings.shape));
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(settings.shape)) {
    const parsed = schema.safeParse(given[name as keyof typeof given] || undefined);
    if (parsed.success) values[name] = parsed.data;
    else faults.push(...faultsOf(name, parsed.error));
  }
  const wrong = new Set(faults.map(({ name }) => name));
  faults.push(...togetherFaults(values, wrong));
  if (values.NODE_ENV === PRODUCTION) faults.push(...productionFaults(values, wrong));
  faults.push(...checks.flatMap((check) => check(values)));
  if (faults.length > 0) throw new ConfigError(faults);
  return new Config(values as Settings);
}

/** Of a list with several wrong entries the message is said once. */
function faultsOf(name: string, { issues }: z.ZodError): SettingFault[] {
  return [...new Set(issues.map(({ message }) => message))].map((message) => ({ name, message }));
}
