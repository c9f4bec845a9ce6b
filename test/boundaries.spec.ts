import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../src/config/root.js';

interface Violation {
  rule: { name: string };
  from: string;
}

const rules = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
  forbidden: { name: string }[];
};

/** One import each that a hurried hand might write, by the rule that must refuse it. */
const PLANTED: [rule: string, from: string, imported: string][] = [
  ['no-cycles', 'src/applicants/round.types.ts', '../feed/pages.ts'],
  ['no-undeclared-packages', 'src/inbox/lodash-user.ts', 'lodash'],
  ['no-undeclared-packages', 'src/inbox/jest-user.ts', 'fast-check'],
  ['config-imports-nothing', 'src/config/needy.ts', '../crypto/key.ts'],
  ['kernel-knows-no-feature', 'src/db/curious.ts', '../applicants/applicants.service.ts'],
  ['problems-know-no-observer', 'src/problem/watched.ts', '../observability/metrics.ts'],
  ['contract-is-pure', 'src/enroll-contract/impure.ts', '@nestjs/common'],
  ['contract-is-pure', 'src/enroll-contract/configured.ts', '../config/settings.ts'],
  ['auth-knows-no-feature', 'src/auth/nosy.ts', '../applicants/applicants.service.ts'],
  ['enroll-client-knows-no-feature', 'src/enroll-client/nosy.ts', '../inbox/inbox.service.ts'],
  ['the-line-knows-no-reader', 'src/applicants/teller.ts', '../webhooks/webhooks.service.ts'],
  ['callbacks-go-into-the-inbox', 'src/callbacks/shortcut.ts', '../applicants/applicants.service.ts'],
  ['inbox-never-looks-back', 'src/inbox/back.ts', '../callbacks/callbacks.types.ts'],
  ['applicants-never-look-back', 'src/applicants/back.ts', '../inbox/inbox.service.ts'],
  ['the-line-knows-no-reader', 'src/applicants/wanter.ts', '../images/images.service.ts'],
  ['images-follow-the-feed', 'src/images/peek.ts', '../inbox/inbox.service.ts'],
  ['feed-reads-applicants', 'src/feed/peek.ts', '../inbox/inbox.service.ts'],
  ['webhooks-read-the-feed', 'src/webhooks/peek.ts', '../applicants/applicants.service.ts'],
  ['exports-read-applicants', 'src/exports/peek.ts', '../inbox/inbox.service.ts'],
  ['the-audit-trail-reads-the-audit', 'src/audit-trail/peek.ts', '../applicants/applicants.service.ts'],
  ['backups-know-tables-and-the-store', 'src/backup/peek.ts', '../applicants/applicants.service.ts'],
  ['stats-follow-the-feed', 'src/stats/peek.ts', '../applicants/applicants.service.ts'],
  ['refusals-know-only-who-calls', 'src/refusals/peek.ts', '../inbox/inbox.service.ts'],
  ['alerts-read-what-is-shown', 'src/alerts/peek.ts', '../exports/exports.service.ts'],
  ['status-reads-what-is-shown', 'src/status/peek.ts', '../exports/exports.service.ts'],
  [
    'reconciliation-goes-through-the-inbox',
    'src/reconciliation/door.ts',
    '../applicants/applicants.service.ts',
  ],
  ['privacy-works-by-services', 'src/privacy/peek.ts', '../webhooks/webhooks.service.ts'],
  ['live-says-what-moved-and-no-more', 'src/live/peek.ts', '../applicants/applicants.service.ts'],
  ['the-timeline-opens-versions-alone', 'src/timeline/peek.ts', '../webhooks/webhooks.service.ts'],
  ['going-live-knows-no-feature', 'src/go-live/peek.ts', '../inbox/inbox.service.ts'],
  ['console-has-no-business', 'src/console/business.ts', '../applicants/applicants.service.ts'],
  ['only-the-client-talks-to-enroll', 'src/inbox/caller.ts', '../enroll-client/client.service.ts'],
  ['console-and-cli-are-leaves', 'src/feed/leafy.ts', '../cli/context.types.ts'],
  ['folders-are-entered-by-public-files', 'src/inbox/burglar.ts', '../applicants/versions.repository.ts'],
  ['only-the-inbox-upserts-applicants', 'src/exports/upserter.ts', '../applicants/applicants.repository.ts'],
  ['sql-lives-in-repositories', 'src/inbox/sql.service.ts', 'pg'],
  ['simulator-sees-only-the-contract', 'simulator/insider.ts', '../src/config/settings.ts'],
  ['product-never-sees-simulator-bench-or-tests', 'src/inbox/cheat.ts', '../../simulator/book.ts'],
  ['product-never-sees-simulator-bench-or-tests', 'src/console/shared.ts', '../../console/src/base.ts'],
  ['the-web-console-talks-only-to-the-api', 'console/src/shortcut.ts', '../../src/auth/roles.ts'],
  ['pages-know-no-other-page', 'console/src/pages/audit/AuditPage.ts', '../receipts/columns.ts'],
];

/** Closes the planted cycle; a cycle is reported at one of its ends. */
const WAY_BACK = ['src/feed/pages.ts', '../applicants/round.types.ts'] as const;

/** Imports that the design allows, so that a rule that refuses everything is found out. */
const ALLOWED: [from: string, imported: string][] = [
  ['src/callbacks/good.ts', '../inbox/inbox.service.ts'],
  ['src/inbox/good.repository.ts', 'pg'],
  ['src/inbox/good.ts', '../applicants/applicants.service.ts'],
  ['src/inbox/writer.ts', '../applicants/applicants.repository.ts'],
  ['src/inbox/contract.ts', '../enroll-contract/names.ts'],
  ['src/enroll-contract/phones.ts', 'libphonenumber-js/max'],
  ['src/enroll-contract/hash.ts', 'node:crypto'],
  ['src/images/good.ts', '../enroll-client/client.service.ts'],
  ['src/images/follower.ts', '../feed/feed.service.ts'],
  ['src/webhooks/good.ts', '../feed/feed.service.ts'],
  ['src/cli/good.ts', '../inbox/inbox.service.ts'],
  ['src/jobs/good.ts', '../db/tx.ts'],
  ['simulator/good.ts', '../src/enroll-contract/names.ts'],
];

let folder: string;
let violations: Violation[];

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'boundaries-')));
  await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  await plant(
    'package.json',
    JSON.stringify({ type: 'module', dependencies: { pg: '*', 'libphonenumber-js': '*' } }),
  );
  await plant(
    'tsconfig.json',
    JSON.stringify({ extends: join(projectRoot, 'tsconfig.json'), include: ['**/*'] }),
  );
  const sources = [...PLANTED.map(([, from, imported]) => [from, imported] as const), ...ALLOWED, WAY_BACK];
  const planted = new Set(sources.map(([from]) => from));
  for (const [from, imported] of sources) {
    if (imported.startsWith('.') && !planted.has(join(dirname(from), imported))) {
      await plant(join(dirname(from), imported), 'export const thing = 1;\n');
    }
    const specifier = imported.replace(/\.ts$/, '.js');
    await plant(from, `import * as thing from '${specifier}';\nexport const used = thing;\n`);
  }
  violations = await cruise();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function plant(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

async function cruise(): Promise<Violation[]> {
  const cruiser = join(projectRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(projectRoot, '.dependency-cruiser.cjs');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [cruiser, '--config', config, '--output-type', 'json', '--no-progress', 'src', 'simulator', 'console'],
    { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
  ).catch((error: { stdout: string }) => error);
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

describe('the folders import each other only as the design says', () => {
  test.each(PLANTED)('%s: refuses %s importing %s', (rule, from) => {
    const refused = violations
      .filter((violation) => violation.from === from)
      .map(({ rule: { name } }) => name);
    expect(refused).toContain(rule);
  });

  test.each(ALLOWED)('%s may import %s', (from) => {
    expect(violations.filter((violation) => violation.from === from)).toEqual([]);
  });

  test('every rule has a planted import that proves it', () => {
    const proven = new Set(PLANTED.map(([rule]) => rule));
    expect(rules.forbidden.map((rule) => rule.name).filter((name) => !proven.has(name))).toEqual([]);
  });
});
