import type { Command } from 'commander';
import { type Config, ConfigError } from '../config/config.js';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import { StoreTrial } from '../images/store-trial.service.js';
import { type CliContext, CommandError } from './context.js';
import {
  checkDatabase,
  checkDisk,
  checkImageStore,
  clockVerdict,
  failed,
  type Finding,
  ok,
  skipped,
  warning,
} from './doctor-checks.js';
import { checkPublicUrl } from './public-url-check.js';

type DoctorOptions = Parameters<EnrollClient['probe']>[0] & { days: string };

/** Looks at everything that a running Rollcall needs, and leaves nothing behind. */
export function register(doctor: Command, context: CliContext): void {
  doctor
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
  for await (const finding of examination(context, options)) {
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
