import type { Command } from 'commander';
import { type Config, ConfigError } from '../config/config.js';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import { StoreTrial } from '../images/store-trial.service.js';
import type { CliContext } from './context.js';
import { checkDatabase, checkDisk, checkImageStore, clockFinding, type Finding } from './doctor-checks.js';
import { checkPublicUrl } from './public-url-check.js';

interface DoctorOptions {
  days: string;
  requestId?: string;
  correlationId?: string;
  applicantId?: string;
  imagePath?: string;
  photoPath?: string;
}

/** At least one thing is as it must not be. */
class Unwell extends Error {
  readonly code = 'UNWELL';
}

/** Looks at everything that a running Rollcall needs, and leaves nothing behind. */
export function register(doctor: Command, context: CliContext): void {
  doctor
    .option('--days <n>', 'look for samples among those who enrolled in the last n days', '7')
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
  const failed = findings.filter(({ status }) => status === 'failed').length;
  if (context.json) context.print({ ok: failed === 0, findings });
  if (failed > 0) throw new Unwell(`${failed} of ${findings.length} checks failed`);
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
    yield* error.faults.map(({ name, message }): Finding => ({
      check: 'settings',
      status: 'failed',
      found: message,
      fix: name,
    }));
    return;
  }
  yield { check: 'settings', status: 'ok', found: 'all readable' };
  yield* checkDatabase(config, () => context.database());
  const { ROLLCALL_DATA_DIR, ROLLCALL_IMAGE_STORE } = config.env;
  yield checkDisk('disk', 'ROLLCALL_DATA_DIR', ROLLCALL_DATA_DIR);
  if (ROLLCALL_IMAGE_STORE === 'disk') {
    yield checkDisk('disk for images', 'ROLLCALL_IMAGE_DIR', config.imageDir);
  }
  yield checkImageStore(store);
  // without its database nobody knows which installation this is; that finding is made already
  yield checkPublicUrl(config, await context.installation().catch(() => undefined));
  yield* examineEnroll(client, options);
}

async function* examineEnroll(client: EnrollClient, options: DoctorOptions): AsyncGenerator<Finding> {
  if (!client.configured) {
    const fix = 'ENROLL_BASE_URL, ENROLL_TENANT_ID, ENROLL_TENANT_SECRET';
    yield { check: 'eNROLL', status: 'skipped', found: 'the query API is not configured', fix };
    return;
  }
  const { title, file, spec } = client.dialect;
  yield spec.verified
    ? { check: 'eNROLL dialect', status: 'ok', found: `${title}, ${file}` }
    : {
        check: 'eNROLL dialect',
        status: 'warning',
        found: `${title}, ${file}`,
        fix: 'copy it, and write `verified: true` into your copy once all calls below are ok (ENROLL_DIALECT)',
      };
  try {
    for await (const { call, ...probe } of client.probe(options, Number(options.days) || 7)) {
      yield { check: `eNROLL ${call}`, ...probe };
    }
    if (client.clockAheadMs !== undefined) {
      // its Date header has whole seconds
      yield clockFinding('eNROLL clock', 'eNROLL', client.clockAheadMs + 500);
    }
    yield {
      check: 'eNROLL sessions',
      status: 'skipped',
      found: 'session tokens are not tried: each one would be somebody who began and never finished',
    };
  } finally {
    client.onApplicationShutdown();
  }
}

function textOf({ check, status, found, tried, fix }: Finding): string {
  const more = [tried && `tried  ${tried}`, fix && `fix    ${fix}`].filter(Boolean);
  return [`${status.padEnd(8)}  ${check}: ${found}`, ...more.map((line) => `          ${line}`)].join('\n');
}
