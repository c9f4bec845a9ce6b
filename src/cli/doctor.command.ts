import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { type Config, ConfigError } from '../config/config.js';
import { readCertificates } from '../crypto/certificates.js';
import { LocalSecrets } from '../crypto/local-secrets.js';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import { failed, type Finding, ok, skipped, warning } from '../go-live/finding.types.js';
import { goLive, type GoLive } from '../go-live/go-live.service.js';
import { StoreTrial } from '../images/store-trial.service.js';
import { type CliContext, CommandError, UsageError } from './context.js';
import { checkDatabase, checkDisk, checkImageStore, clockVerdict } from './doctor-checks.js';
import { checkPublicUrl } from './public-url-check.js';

type DoctorOptions = Parameters<EnrollClient['probe']>[0] & { days: string } & GoLiveOptions;

interface GoLiveOptions {
  public?: string;
  clientId?: string;
  secretStdin?: boolean;
  installation?: string;
  ca?: string;
}

/** Looks at everything that a running Rollcall needs, and leaves nothing behind. */
export function register(doctor: Command, context: CliContext): void {
  doctor
    .option('--public <url>', 'play eNROLL from outside, at this base URL, and look at nothing else')
    .option('--client-id <id>', 'with --public: the client id of the panel; default: the one of the settings')
    .option('--secret-stdin', 'with --public: take the client secret from standard input')
    .option(
      '--installation <id>',
      'with --public: the one that should answer; default: that of the database here',
    )
    .option('--ca <file>', 'with --public: PEM of authorities to trust instead of the usual ones')
    .option('--days <n>', 'look for samples among the applicants of the last n days', '7')
    .option('--request-id <id>', 'a request that eNROLL knows')
    .option('--correlation-id <id>', 'a customer that eNROLL knows')
    .option('--applicant-id <id>', 'an applicant that eNROLL knows')
    .option('--image-path <path>', 'an image that eNROLL knows')
    .option('--photo-path <path>', 'the path of a field photo that eNROLL knows')
    .action((options: DoctorOptions) => examine(context, options));
}

async function examine(context: CliContext, options: DoctorOptions): Promise<void> {
  const findings: Finding[] = [];
  const looks = options.public === undefined ? examination(context, options) : fromOutside(context, options);
  for await (const finding of looks) {
    findings.push(finding);
    if (!context.json) context.print(textOf(finding));
  }
  const failures = findings.filter(({ status }) => status === 'failed').length;
  if (context.json) context.print({ ok: failures === 0, findings });
  if (failures > 0) throw new CommandError('UNWELL', `${failures} of ${findings.length} checks failed`);
}

async function* examination(context: CliContext, options: DoctorOptions): AsyncGenerator<Finding> {
  let config: Config;
  let client: EnrollClient;
  let store: StoreTrial;
  try {
    config = context.config;
    client = EnrollClient.connect(config);
    store = await StoreTrial.of(config);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const { name, message } of error.faults) yield { check: 'settings', ...failed(message, name) };
    return;
  }
  yield { check: 'settings', ...ok('all readable') };
  yield* checkDatabase(config, () => context.database());
  const { ROLLCALL_DATA_DIR, ROLLCALL_IMAGE_STORE } = config.env;
  yield { check: 'disk', ...(await checkDisk('ROLLCALL_DATA_DIR', ROLLCALL_DATA_DIR)) };
  if (ROLLCALL_IMAGE_STORE === 'disk') {
    yield { check: 'disk for images', ...(await checkDisk('ROLLCALL_IMAGE_DIR', config.imageDir)) };
  }
  yield { check: 'image store', ...(await checkImageStore(store)) };
  // without its database nobody knows which installation this is; the finding of the database says so already
  yield checkPublicUrl(config, await context.installation().catch(() => undefined));
  yield* examineEnroll(client, options);
}

async function* fromOutside(context: CliContext, options: GoLiveOptions): AsyncGenerator<Finding> {
  const base = URL.canParse(options.public ?? '') ? new URL(options.public ?? '') : undefined;
  if (base === undefined || !/^https?:$/.test(base.protocol))
    throw new UsageError('--public takes a URL that starts with https://, e.g. https://rollcall.example.org');
  const { config } = context;
  yield* goLive({
    base,
    credentials: await credentialsOf(config, options),
    // from another machine there is no database to ask
    installation: options.installation ?? (await context.installation().catch(() => undefined))?.id,
    ca: options.ca === undefined ? undefined : readCertificates(options.ca).join('\n'),
    maxBodyBytes: config.env.ROLLCALL_MAX_BODY_BYTES,
  });
}

/** Those that are given, of the settings, or that Rollcall has made in its data folder. */
async function credentialsOf(
  config: Config,
  { clientId, secretStdin }: GoLiveOptions,
): Promise<GoLive['credentials']> {
  const { ROLLCALL_CLIENT_ID, ROLLCALL_CLIENT_SECRET } = config.env;
  const made = new LocalSecrets(config).madeCredentials();
  const id = clientId ?? ROLLCALL_CLIENT_ID ?? made?.clientId;
  if (id === undefined) return undefined;
  if (secretStdin === true) return { clientId: id, clientSecret: (await text(process.stdin)).trim() };
  if (id === ROLLCALL_CLIENT_ID && ROLLCALL_CLIENT_SECRET !== undefined)
    return { clientId: id, clientSecret: ROLLCALL_CLIENT_SECRET };
  return made !== undefined && id === made.clientId ? made : undefined;
}

async function* examineEnroll(client: EnrollClient, options: DoctorOptions): AsyncGenerator<Finding> {
  if (!client.configured) {
    const fix = 'ENROLL_BASE_URL, ENROLL_TENANT_ID, ENROLL_TENANT_SECRET';
    yield { check: 'eNROLL', ...skipped('the query API is not configured', fix) };
    return;
  }
  const { title, file, spec } = client.dialect;
  const dialect = `${title}, ${file}`;
  const fix =
    'copy it, and write `verified: true` into your copy once all calls below are ok (ENROLL_DIALECT)';
  yield { check: 'eNROLL dialect', ...(spec.verified ? ok(dialect) : warning(dialect, fix)) };
  try {
    for await (const { call, ...probe } of client.probe(options, Number(options.days) || 7)) {
      yield { check: `eNROLL ${call}`, ...probe };
    }
    if (client.clockAheadMs !== undefined) {
      // its Date header has whole seconds
      yield { check: 'eNROLL clock', ...clockVerdict('eNROLL', client.clockAheadMs + 500) };
    }
    const reason = 'session tokens are not tried: each one would be somebody who began and never finished';
    yield { check: 'eNROLL sessions', ...skipped(reason) };
  } finally {
    client.onApplicationShutdown();
  }
}

function textOf({ check, status, found, tried, fix }: Finding): string {
  const more = [tried && `tried  ${tried}`, fix && `fix    ${fix}`].filter(Boolean);
  return [`${status.padEnd(8)}  ${check}: ${found}`, ...more.map((line) => `          ${line}`)].join('\n');
}
