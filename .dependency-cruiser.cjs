/**
 * Which folder may import which; every rule is named after the sentence it keeps (docs/architecture.md).
 * test/boundaries.spec.ts plants one bad import for each and sees it refused.
 */
const KERNEL = 'config|problem|db|crypto|observability|jobs|audit';
const LINE = 'callbacks|inbox|applicants';
const AROUND =
  'feed|images|webhooks|exports|stats|refusals|alerts|status|audit-trail|reconciliation|retention|privacy|backup|keys|timeline|go-live|live|console|cli';
const PUBLIC_FILE = '\\.(module|service|guard|types|dto|entity)\\.ts$';
/** The one repository that another folder uses: the inbox upserts applicants. */
const APPLICANTS_REPOSITORY = '^src/applicants/applicants\\.repository\\.ts$';

/** A folder of `src/` that may import, besides itself, only the folders named. */
const only = (name, folder, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^src/(${folder})/` },
  to: { path: '^src/', pathNot: `^src/(${[folder, ...allowed].join('|')})/` },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-undeclared-packages',
      comment: 'what runs in production is a dependency of its own, pinned in package.json',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
        dependencyTypesNot: ['type-only'],
      },
    },

    // the kernel
    only('config-imports-nothing', 'config', []),
    only('kernel-knows-no-feature', KERNEL, []),
    only('problems-know-no-observer', 'problem', ['db']),
    {
      name: 'contract-is-pure',
      comment: 'enroll-contract can be lifted out: node core and the phone library only',
      severity: 'error',
      from: { path: '^src/enroll-contract/' },
      to: {
        pathNot: ['^src/enroll-contract/', 'node_modules/libphonenumber-js/'],
        dependencyTypesNot: ['core'],
      },
    },
    only('auth-knows-no-feature', 'auth', [KERNEL]),
    only('enroll-client-knows-no-feature', 'enroll-client', [KERNEL, 'enroll-contract', 'auth']),

    // the line: callbacks -> inbox -> applicants
    {
      name: 'the-line-knows-no-reader',
      severity: 'error',
      from: { path: `^src/(${LINE})/` },
      to: { path: `^src/(${AROUND})/` },
    },
    only('callbacks-go-into-the-inbox', 'callbacks', [KERNEL, AROUND, 'enroll-contract', 'auth', 'inbox']),
    only('inbox-never-looks-back', 'inbox', [KERNEL, AROUND, 'enroll-contract', 'auth', 'applicants']),
    only('applicants-never-look-back', 'applicants', [
      KERNEL,
      AROUND,
      'enroll-contract',
      'auth',
      'enroll-client',
    ]),

    // around the line
    only('feed-reads-applicants', 'feed', [KERNEL, 'auth', 'enroll-contract', 'applicants']),
    only(
      'images-follow-the-feed',
      'images',
      [KERNEL, 'auth', 'enroll-contract', 'enroll-client', 'feed', 'applicants'],
      'a picture is revealed by the grant of a field: applicants/',
    ),
    only('webhooks-read-the-feed', 'webhooks', [KERNEL, 'auth', 'enroll-contract', 'feed']),
    only('exports-read-applicants', 'exports', [KERNEL, 'auth', 'enroll-contract', 'applicants', 'images']),
    only('stats-follow-the-feed', 'stats', [KERNEL, 'auth', 'enroll-contract', 'feed']),
    only('the-audit-trail-reads-the-audit', 'audit-trail', [KERNEL, 'auth', 'feed']),
    only('backups-know-tables-and-the-store', 'backup', [KERNEL, 'images']),
    only('refusals-know-only-who-calls', 'refusals', [KERNEL, 'auth']),
    only('alerts-read-what-is-shown', 'alerts', [
      KERNEL,
      'auth',
      'applicants',
      'inbox',
      'images',
      'feed',
      'webhooks',
      'stats',
      'refusals',
      'reconciliation',
      'privacy',
    ]),
    only('status-reads-what-is-shown', 'status', [
      KERNEL,
      'auth',
      'inbox',
      'images',
      'webhooks',
      'stats',
      'refusals',
      'alerts',
      'reconciliation',
    ]),
    only('reconciliation-goes-through-the-inbox', 'reconciliation', [
      KERNEL,
      'auth',
      'enroll-contract',
      'enroll-client',
      'inbox',
      'feed',
    ]),
    only('privacy-works-by-services', 'privacy', [
      KERNEL,
      'auth',
      'applicants',
      'inbox',
      'images',
      'exports',
      'retention',
    ]),
    only('live-says-what-moved-and-no-more', 'live', [KERNEL, 'auth', 'feed']),
    only('the-timeline-opens-versions-alone', 'timeline', [KERNEL, 'auth', 'enroll-contract', 'applicants']),
    only('going-live-knows-no-feature', 'go-live', [KERNEL, 'auth']),
    only('console-has-no-business', 'console', [KERNEL, 'auth']),
    {
      name: 'only-the-client-talks-to-enroll',
      comment: 'who began a session is our own knowledge: reading it is no talk with eNROLL',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: '^src/(enroll-client|images|reconciliation|retention|cli)/' },
      to: { path: '^src/enroll-client/', pathNot: 'session-tokens\\.service|enroll-client\\.module' },
    },
    {
      name: 'console-and-cli-are-leaves',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(app\\.module|openapi)\\.ts$|^src/(console|cli)/' },
      to: { path: '^src/(console|cli)/' },
    },
    {
      name: 'folders-are-entered-by-public-files',
      comment:
        'module, service, guard, types, dto and entity are public; the rest of a feature is its own (the next rule: one exception)',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: {
        path: '^src/[^/]+/',
        pathNot: ['^src/$1/', `^src/(${KERNEL}|enroll-contract)/`, PUBLIC_FILE, APPLICANTS_REPOSITORY],
      },
    },
    {
      name: 'only-the-inbox-upserts-applicants',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(applicants|inbox)/' },
      to: { path: APPLICANTS_REPOSITORY },
    },
    {
      name: 'sql-lives-in-repositories',
      comment:
        'node-postgres at run time belongs to db, jobs and the repositories; others pass connections on',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(db|jobs)/|\\.repository\\.ts$' },
      to: { path: 'node_modules/pg/', dependencyTypesNot: ['type-only'] },
    },

    // outside src/
    {
      name: 'simulator-sees-only-the-contract',
      severity: 'error',
      from: { path: '^simulator/' },
      to: { path: '^src/', pathNot: '^src/enroll-contract/' },
    },
    {
      name: 'product-never-sees-simulator-bench-or-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(simulator|bench|test|console|scripts)/' },
    },
    {
      name: 'the-web-console-talks-only-to-the-api',
      severity: 'error',
      from: { path: '^console/' },
      to: { path: '^(src|simulator|bench|test|clients|scripts)/' },
    },
    {
      name: 'pages-know-no-other-page',
      comment: 'what two pages share is a component',
      severity: 'error',
      from: { path: '^console/src/pages/([^/]+)/' },
      to: { path: '^console/src/pages/', pathNot: '^console/src/pages/$1/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    // packages without a `main` are found by their `exports`
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
    // specs may reach for the harness and for private files of their own folder
    exclude: { path: '\\.spec\\.ts$|^dist/' },
  },
};
