import { z } from 'zod';
import { ALERT_RULES, readAlertLimits } from './alert-limits.js';
import { CLEARABLE_FIELDS } from './contract-fields.js';
import { databaseUrlFault } from './database-url.js';
import { retentionSettings } from './retention-settings.js';

export const PRODUCTION = 'production';
const keyRingFormat =
  /^[A-Za-z0-9_-]{1,32}:[A-Za-z0-9+/_-]{43}=?(,[A-Za-z0-9_-]{1,32}:[A-Za-z0-9+/_-]{43}=?)*$/;

const text = () => z.string().trim().min(1);
const count = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const integer = (min: number, max: number, usual: number) => count(min, max).default(usual);
const url = (...schemes: string[]) =>
  text().refine(
    (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.replace(':', '')),
    `must be a URL starting with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  );
/** Never shown, and never has a default. */
const secret = <T extends z.ZodType>(value: T) => value.optional().meta({ secret: true });
const hasDistinctIds = (ring: string) => {
  const ids = ring.split(',').map((pair) => pair.split(':', 1)[0]);
  return new Set(ids).size === ids.length;
};
/** Whether paths can be put behind it. `url` reports what does not parse. */
const isBase = (value: string) => !/[?#]|\/\/[^/]*@/.test(value);
const baseUrl = () =>
  url('http', 'https')
    .refine(isBase, 'must end with its host or path, without a query, a fragment or a password')
    .optional();
const ADDRESSES = [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()];
/** Minute, hour, day, month, weekday. */
const CRON_LIMITS = [59, 23, 31, 12, 7];
const isCron = (value: string) =>
  /^([\d*/,-]+ +){4}[\d*/,-]+$/.test(value) &&
  value
    .split(/ +/)
    .every((field, at) => (field.match(/\d+/g) ?? []).every((n) => Number(n) <= (CRON_LIMITS[at] ?? 0)));
const mailAddress = () =>
  text().regex(
    /^([^<>@]*<)?[^<>@\s]+@[^<>@\s]+>?$/,
    'must be a mail address, e.g. `rollcall@example.org` or `Rollcall <rollcall@example.org>`',
  );
const listOf = <T extends z.ZodType<unknown, string>>(item: T) =>
  z
    .string()
    .default('')
    .transform((value) =>
      value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(z.array(item));

/** Every setting of Rollcall by its environment variable. The descriptions become `docs/configuration.md`. */
export const settings = z.object({
  NODE_ENV: z
    .enum(['development', 'test', PRODUCTION])
    .default('development')
    .describe('`production` refuses embedded Postgres, generated keys and demo secrets.'),
  PORT: integer(0, 65535, 3000).describe('Port to listen on; 0 picks a free one.'),
  ROLLCALL_HOST: text()
    .optional()
    .describe('Address to listen on; default `127.0.0.1`, in production `0.0.0.0`.'),
  ROLLCALL_MANAGEMENT_PORT: count(0, 65535)
    .optional()
    .describe(
      'A second port for the management API, `/docs` and `/metrics`. If set, `PORT` answers only `/oauth/token`, ' +
        '`/callbacks*`, `/.well-known` and `/health`, and only `PORT` need face the internet.',
    ),
  ROLLCALL_MANAGEMENT_HOST: text()
    .optional()
    .describe('Address to listen on with `ROLLCALL_MANAGEMENT_PORT`; default as `ROLLCALL_HOST`.'),
  ROLLCALL_MANAGEMENT_URL: baseUrl().describe(
    'Base URL under which your people reach the management API; default `ROLLCALL_PUBLIC_URL`, with ' +
      '`ROLLCALL_MANAGEMENT_PORT` `http://localhost:` and that port. Links in alerts and the documentation begin with it.',
  ),
  ROLLCALL_PUBLIC_URL: baseUrl().describe(
    'Base URL under which eNROLL reaches this server; default `http://localhost:PORT`. Include the path that your ' +
      'proxy removes, if any. Every URL that Rollcall prints begins with it.',
  ),
  ROLLCALL_ROLE: z
    .enum(['all', 'api', 'worker'])
    .default('all')
    .describe('`api` answers HTTP, `worker` runs the jobs, `all` does both.'),
  ROLLCALL_DRAIN_SECONDS: count(0, 300)
    .optional()
    .describe(
      'How long a stopping server keeps serving while `/health/ready` is 503; default 5 in production, else 0.',
    ),
  ROLLCALL_DATA_DIR: text()
    .default('.rollcall')
    .describe('Folder of the embedded Postgres and of generated keys and credentials.'),
  DATABASE_URL: secret(
    text().superRefine((value, context) => {
      const fault = databaseUrlFault(value);
      if (fault !== undefined) context.addIssue(fault);
    }),
  ).describe('Postgres 14 or newer. Without it, an embedded Postgres in `ROLLCALL_DATA_DIR`.'),
  ROLLCALL_DB_WAIT_SECONDS: integer(0, 3600, 60).describe(
    'How long to wait at boot for a database that is away. Then the process ends and says why.',
  ),
  ROLLCALL_DB_READ_CONNECTIONS: integer(1, 100, 8).describe('Connections for reads and administration.'),
  ROLLCALL_DB_WRITE_CONNECTIONS: integer(1, 32, 4).describe(
    'Connections that commit callbacks. While fewer than 100 applicants wait, two of them are used.',
  ),
  ROLLCALL_KEYS: secret(
    text()
      .regex(keyRingFormat, 'must be `id:key` pairs joined by commas, each key 32 bytes in base64')
      .refine(hasDistinctIds, 'has one id twice: give each key its own id'),
  ).describe(
    'Key ring `id:key,id:key`: the first key seals, all open. Make a key with `openssl rand -base64 32`.',
  ),
  ROLLCALL_KEYS_COMMAND: text()
    .max(2000)
    .optional()
    .describe(
      'Instead of `ROLLCALL_KEYS`: a program with its arguments (or a JSON list of them) that prints the ring, e.g. the client of ' +
        'a key management service. It runs once at boot, without a shell, for 15 s at the most; its standard error is shown nowhere.',
    ),
  ROLLCALL_CLIENT_ID: text().max(128).optional().describe('Client id of eNROLL, made or updated at boot.'),
  ROLLCALL_CLIENT_SECRET: secret(text().min(16).max(256)).describe(
    'Secret of `ROLLCALL_CLIENT_ID`, at least 16 characters.',
  ),
  ROLLCALL_API_KEY: secret(text().min(24).max(256)).describe(
    'First API key, with all scopes, at least 24 characters.',
  ),
  ROLLCALL_TOKEN_TTL_SECONDS: integer(60, 86_400, 3600).describe('Life of an access token.'),
  ROLLCALL_SEARCHES_PER_MINUTE: integer(1, 100_000, 60).describe(
    'Searches for applicants by name or value that one API key may make in a minute, over all replicas.',
  ),
  ROLLCALL_REVEALS_PER_MINUTE: integer(1, 100_000, 60).describe(
    'Reveals of single fields of an applicant that one caller may make in a minute, over all replicas.',
  ),
  ROLLCALL_REVEAL_TWO_PERSONS: z
    .enum(['true', 'false'])
    .default('false')
    .describe(
      '`true`: a second caller with `applicants:reveal` has to approve each reveal. Callers with `pii:read` need no reveal.',
    ),
  ROLLCALL_API_REQUESTS_PER_MINUTE: integer(1, 10_000_000, 30_000).describe(
    'Requests of the management API that one API key may make in a minute, over all replicas.',
  ),
  ROLLCALL_API_ADDRESS_PER_MINUTE: integer(1, 10_000_000, 60_000).describe(
    'The same for one address, whatever its keys.',
  ),
  ROLLCALL_API_REFUSALS_PER_MINUTE: integer(1, 1_000_000, 100).describe(
    'Requests of the management API without a valid API key that one address may make in a minute. Beyond that they are answered 429. Requests with a valid key are not affected.',
  ),
  ROLLCALL_MAX_BODY_BYTES: integer(1024, 256 * 1024 * 1024, 16 * 1024 * 1024).describe(
    'Largest callback body, before and after decompression.',
  ),
  ROLLCALL_NULLS_CLEAR: listOf(
    z.enum(
      CLEARABLE_FIELDS,
      `must be fields of the contract joined by commas, of ${CLEARABLE_FIELDS.join(', ')}`,
    ),
  ).describe(
    'Contract fields that an explicit `null`, `""` or `[]` clears. All other fields keep their old value.',
  ),
  ROLLCALL_OPEN_ROUTES: listOf(
    z.enum(['docs', 'metrics'], 'must be `docs`, `metrics`, or both joined by a comma'),
  ).describe(
    'Routes that need no API key in production, joined by commas: `docs` (`/docs`, `/openapi.json`, `/openapi.yaml`), `metrics`. Outside production, and at `ROLLCALL_MANAGEMENT_PORT`, they never need one.',
  ),
  ROLLCALL_OIDC_ISSUER: url('http', 'https')
    .optional()
    .describe(
      'Issuer of the OpenID Connect provider with which people log in; `docs/access.md`. Without it there are only local accounts.',
    ),
  ROLLCALL_OIDC_CLIENT_ID: text().optional().describe('Client id of Rollcall at the provider.'),
  ROLLCALL_OIDC_CLIENT_SECRET: secret(text()).describe('Its secret.'),
  ROLLCALL_OIDC_ROLES_CLAIM: text().default('roles').describe('Claim of the ID token that holds the roles.'),
  ROLLCALL_OIDC_ROLES: listOf(
    text().regex(/^[^=]+=[a-z]+$/, 'must be `value=role` joined by commas, e.g. `kyc-staff=operator`'),
  ).describe(
    'Which values of that claim are which role, as `value=role` joined by commas. Without it, values that are roles count.',
  ),
  ROLLCALL_OIDC_ACR: listOf(text()).describe(
    'The provider is asked for these classes of log-in (`acr_values`), joined by commas, and the ID token must name one of them as `acr`.',
  ),
  ROLLCALL_OIDC_AMR: listOf(text()).describe(
    'Means of which the provider must name one in `amr`, joined by commas, e.g. `mfa,hwk`.',
  ),
  ROLLCALL_OIDC_MAX_AGE_MINUTES: count(1, 1440)
    .optional()
    .describe(
      'The provider must have asked the person for a password or the like within these minutes (`max_age`, `auth_time`).',
    ),
  ROLLCALL_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('Least severe level that is logged.'),
  ROLLCALL_LOG_FORMAT: z
    .enum(['auto', 'json', 'text'])
    .default('auto')
    .describe(
      '`json`: an object per line. `text`: a line for people. `auto`: `text` on a terminal, else `json`.',
    ),
  ROLLCALL_SECURITY_CONTACT: text()
    .regex(
      /^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/,
      'must be `mailto:` and an address, or a URL starting with https://',
    )
    .optional()
    .describe(
      'Whom to tell of a weakness in this installation, `mailto:…` or `https://…`; `/.well-known/security.txt` says it (RFC 9116).',
    ),
  ROLLCALL_TLS_CERT_FILE: text()
    .optional()
    .describe(
      'PEM file of the certificate, and of those that lead to its authority, with which the ports speak TLS. Without it they speak plain HTTP, behind a proxy. A renewed file is used within 10 s, without a restart.',
    ),
  ROLLCALL_TLS_KEY_FILE: text()
    .optional()
    .describe('PEM file of the private key of `ROLLCALL_TLS_CERT_FILE`, without a passphrase.'),
  ROLLCALL_TLS_CLIENT_CA_FILE: text()
    .optional()
    .describe(
      'PEM file of authorities. If set, the token URL and the callbacks may be called only with a client certificate of one of them.',
    ),
  ROLLCALL_CALLBACK_ALLOW_CIDR: listOf(
    z.union(ADDRESSES, 'must be addresses or ranges joined by commas, e.g. `198.51.100.0/24`'),
  ).describe(
    'Addresses or CIDR ranges from which the token URL and the callbacks may be called, joined by commas; default: any. Behind a proxy they count once `ROLLCALL_TRUST_PROXY` names it.',
  ),
  ROLLCALL_TRUST_PROXY: listOf(
    z.union(
      ADDRESSES,
      'must be the addresses or ranges of your proxies joined by commas, e.g. `10.0.0.0/8`; a number of proxies is not enough',
    ),
  ).describe('Addresses or CIDR ranges of proxies whose `X-Forwarded-For` is believed, joined by commas.'),
  ENROLL_BASE_URL: url('http', 'https')
    .optional()
    .describe("Base URL of your eNROLL tenant (by mail from eNROLL's team)."),
  ENROLL_TENANT_ID: text().optional().describe('Tenant id of the query API.'),
  ENROLL_TENANT_SECRET: secret(text()).describe('Tenant secret of the query API.'),
  ENROLL_DIALECT: text()
    .optional()
    .describe('Path of a dialect file (YAML). Without it, the shipped, unverified dialect.'),
  ENROLL_PROXY_URL: secret(url('http', 'https')).describe(
    'Proxy on the way to eNROLL, `http://[user:password@]host:port`; TLS is tunnelled through it.',
  ),
  ENROLL_CA_FILE: text()
    .optional()
    .describe('PEM file of certificate authorities to trust for eNROLL, beside the usual ones.'),
  ENROLL_TIMEOUT_SECONDS: integer(1, 120, 10).describe(
    'Longest wait for one complete answer of eNROLL, up to its last byte.',
  ),
  ENROLL_CONCURRENCY: integer(1, 64, 8).describe(
    'Most requests to eNROLL under way at one time, per process. Those for images count apart.',
  ),
  ROLLCALL_RECONCILE_CRON: text()
    .refine(
      (value) => value === 'off' || isCron(value),
      'must be five fields of cron, e.g. `30 3 * * *`, or `off`',
    )
    .default('30 3 * * *')
    .describe(
      'When to ask eNROLL what we missed, by the wall clock of Africa/Cairo; `off`: only on demand. Without `ENROLL_*` it has no effect.',
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
  ROLLCALL_IMAGE_CONCURRENCY: integer(1, 32, 4).describe(
    'Most requests to eNROLL for images or batches of images under way at one time, per process.',
  ),
  ROLLCALL_CLAMD: text()
    .regex(
      /^(\/.+|(\[[0-9a-f:]+\]|[^\s:/]+):\d{1,5})$/i,
      'must be the `host:port` of a clamd, or the path of its socket',
    )
    .optional()
    .describe(
      'A clamd (ClamAV) that is asked about each image before it is kept or shown: `host:port`, or the path of its socket. Where it does not answer, no image passes. Without it, none is scanned.',
    ),
  ROLLCALL_S3_ACCESS_KEY_ID: text()
    .optional()
    .describe('Access key of the bucket. Without it, credentials are found as in every AWS program.'),
  ROLLCALL_S3_SECRET_ACCESS_KEY: secret(text()).describe('Secret of `ROLLCALL_S3_ACCESS_KEY_ID`.'),
  ROLLCALL_WEBHOOK_ALLOW_CIDR: listOf(
    z.union([z.cidrv4(), z.cidrv6()], 'must be ranges like 10.1.0.0/16, joined by commas'),
  ).describe(
    'Ranges of private addresses that webhooks may be sent to, joined by commas. Public addresses are always allowed.',
  ),
  ROLLCALL_WEBHOOK_HOSTS: listOf(
    text().regex(
      /^(\*\.)?[a-z0-9_:[\]-][a-z0-9_.:[\]-]*$/,
      'must be host names or addresses in lower case joined by commas, e.g. `crm.example.org` or `*.example.org`',
    ),
  ).describe(
    'The only hosts that webhooks, NATS endpoints and the alert webhook may be sent to, joined by commas; `*.example.org` is every host below it. Without it: every public host.',
  ),
  ROLLCALL_WEBHOOK_DISABLE_AFTER_DAYS: integer(1, 365, 5).describe(
    'Days of failures without a success after which an endpoint is disabled.',
  ),
  ROLLCALL_DELIVERY_KEEP_DAYS: integer(1, 3650, 30).describe(
    'Days to keep deliveries and their attempts once they are delivered or dead.',
  ),
  ROLLCALL_ALERTS_OFF: listOf(
    z.enum(ALERT_RULES, `must be rules joined by commas, of ${ALERT_RULES.join(', ')}`),
  ).describe('Rules that raise no alert, joined by commas; `docs/alerts.md` lists them.'),
  ROLLCALL_ALERT_LIMITS: z
    .string()
    .default('')
    .transform(readAlertLimits)
    .describe('When rules fire, as `name=number` joined by commas; `docs/alerts.md` lists the defaults.'),
  ROLLCALL_ALERT_WEBHOOK_URL: secret(url('http', 'https')).describe(
    'Where alerts are posted to, signed by Standard Webhooks. Such URLs often carry a token.',
  ),
  ROLLCALL_ALERT_WEBHOOK_SECRET: secret(
    text().regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'must be `whsec_` and 24 to 64 bytes in base64'),
  ).describe('Signs these alerts. Make one with `echo whsec_$(openssl rand -base64 32)`.'),
  ROLLCALL_SMTP_URL: secret(url('smtp', 'smtps')).describe(
    'Mail server, `smtp[s]://[user:password@]host[:port]?tls=…&ca=…`. Nothing is sent in clear, unless you set `tls=optional`.',
  ),
  ROLLCALL_ALERT_MAIL_FROM: mailAddress()
    .optional()
    .describe('Sender of alerts by mail, e.g. `Rollcall <rollcall@example.org>`.'),
  ROLLCALL_ALERT_MAIL_TO: listOf(mailAddress()).describe('Receivers of alerts by mail, joined by commas.'),
  ...retentionSettings,
  ROLLCALL_EXPORT_DAYS: integer(1, 365, 7).describe(
    'Days until a finished export is removed together with its file.',
  ),
});

export type Settings = z.output<typeof settings>;

/** True for settings whose value must never be shown. */
export function isSecret(schema: z.ZodType): boolean {
  return schema.meta()?.secret === true;
}
