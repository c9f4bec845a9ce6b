// Regenerates what is derived from the code: docs/configuration.md, .env.example, docs/errors.md, docs/scopes.md,
// docs/audit-actions.md, the matrix of docs/access.md, the table of docs/command-line.md, the register of docs/privacy.md, migrations/schema.sql, openapi.json and the types of the client and the console.
// With --check nothing is written; stale files are named and the exit code is 1.
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import pg from 'pg';
import * as prettier from 'prettier';
import { parse } from 'yaml';
import { z } from 'zod';
import { build, root } from './build.mjs';
import { commandsPage } from './commands-page.mjs';

const check = process.argv.includes('--check');

/** What a first start sets. Placeholders of secrets are refused by production, so that nobody runs on a published one. */
const EXAMPLES = {
  ROLLCALL_PUBLIC_URL: 'https://rollcall.example.org',
  ROLLCALL_KEYS: `k1:${'A'.repeat(43)}=`,
  ROLLCALL_CLIENT_ID: 'enroll',
  ROLLCALL_CLIENT_SECRET: 'change-me-client-secret',
  ROLLCALL_API_KEY: 'change-me-management-api-key',
};

/** Variables that docker-compose.yml reads and Rollcall does not. */
const COMPOSE_VARIABLES = `# Password of the Postgres in docker-compose.yml, letters and digits only. It counts at the first start; docs/operations.md
# tells how to change it later.
POSTGRES_PASSWORD=change-me

# Cores that a container of Rollcall or Postgres may take; no more than the machine has.
# CPUS=2

# Public name of the profile proxy, the one of ROLLCALL_PUBLIC_URL.
# PROXY_HOST=localhost

# Its certificate: internal, which nobody trusts; a mail address, to get one by ACME (Let's Encrypt); or two files of
# ops/proxy/certs, /certs/tls.crt /certs/tls.key.
# PROXY_TLS=internal

# Its ports. ACME needs these.
# PROXY_HTTP_PORT=80
# PROXY_HTTPS_PORT=443
`;

await build();
const { loadConfig, ConfigError } = await built('config/config.js');
const { isSecret, settings } = await built('config/settings.js');
const { SETTING_GROUPS } = await built('config/setting-groups.js');
/** The headings of docs/configuration.md, each above the setting that it begins with. */
const HEADINGS = Object.fromEntries(Object.values(SETTING_GROUPS).map(({ from, title }) => [from, title]));
const { CATALOGUE } = await built('problem/catalogue.js');
const { REMEDIES } = await built('problem/remedies.js');
const { SCOPE_MEANINGS } = await built('auth/auth.types.js');
const { AUDIT_ACTIONS } = await built('audit/audit.actions.js');
const { UNRECORDED_OPERATIONS } = await built('audit/unrecorded-operations.js');
const { ROLES } = await built('auth/roles.js');
const { RETENTION_CLASSES } = await built('retention/policy.js');

const stale = [];
await produce('docs/configuration.md', configurationPage());
await produce('.env.example', await exampleEnvironment());
await produce('docs/errors.md', errorsPage());
await produce('migrations/schema.sql', await schemaOfAFreshDatabase());
const api = await openApi();
await produce('openapi.json', api);
await produce('docs/scopes.md', scopesPage(JSON.parse(api)));
await produce('docs/audit-actions.md', auditActionsPage(JSON.parse(api)));
await produce('docs/access.md', await accessPage());
await produce('docs/privacy.md', await privacyPage());
await produce('docs/command-line.md', await commandLinePage());
await produce('clients/typescript/src/openapi.ts', await clientTypes(api));
if (stale.length > 0) {
  console.error(`Stale: ${stale.join(', ')}. Run \`npm run gen\` and commit the result.`);
  process.exitCode = 1;
}

function built(file) {
  return import(join(root, 'dist/src', file));
}

async function produce(path, text) {
  const file = join(root, path);
  const { fileInfo, options } = await formatting(file);
  const wanted =
    fileInfo.inferredParser === null
      ? text
      : await prettier.format(text, { ...options, parser: fileInfo.inferredParser });
  const current = existsSync(file) ? await readFile(file, 'utf8') : null;
  if (current === wanted) return;
  if (check) stale.push(path);
  else await writeFile(file, wanted);
  console.log(`${check ? 'stale' : 'written'}: ${path}`);
}

async function formatting(file) {
  return {
    fileInfo: await prettier.getFileInfo(file),
    options: await prettier.resolveConfig(file),
  };
}

function configurationPage() {
  const shape = z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }).properties;
  const required = requiredInProduction();
  const names = Object.keys(settings.shape);
  const missing = Object.keys(HEADINGS).filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Error(`no such settings: ${missing.join(', ')}`);
  const rows = names.flatMap((name) => {
    const { description = '', ...values } = shape[name];
    const notes = [
      description,
      required.has(name) ? '**Required in production.**' : '',
      isSecret(settings.shape[name]) ? 'Secret: never printed.' : '',
    ];
    const row = `| \`${name}\` | ${valuesOf(values)} | ${defaultOf(values.default)} | ${cell(notes.filter(Boolean).join(' '))} |`;
    const heading = HEADINGS[name];
    if (heading === undefined) return [row];
    return ['', `## ${heading}`, '', '| Name | Values | Default | Meaning |', '| - | - | - | - |', row];
  });
  const toc = Object.values(HEADINGS).map((text) => `[${text}](#${anchorOf(text)})`);
  return `# Configuration

<!-- Generated from src/config/settings.ts by \`npm run gen\`. -->

Set Rollcall up by environment variables. To try it you need none.

| You want to | Set |
| ----------- | --- |
| run it in production | ${[...required].map((name) => `\`${name}\``).join(', ')}, and \`NODE_ENV=production\` |
| tell eNROLL where to call | \`ROLLCALL_PUBLIC_URL\`, \`ROLLCALL_CLIENT_ID\`, \`ROLLCALL_CLIENT_SECRET\` |
| fetch pictures, and find whom eNROLL never told of | \`ENROLL_BASE_URL\`, \`ENROLL_TENANT_ID\`, \`ENROLL_TENANT_SECRET\` |
| send webhooks to systems in your own network | \`ROLLCALL_WEBHOOK_ALLOW_CIDR\` |
| hear of trouble | \`ROLLCALL_SMTP_URL\` or \`ROLLCALL_ALERT_WEBHOOK_URL\`: [alerts](alerts.md) |
| keep the API away from the internet | \`ROLLCALL_MANAGEMENT_PORT\`: [hardening](hardening.md) |

Look up a setting by its topic: ${toc.join(', ')}.

**Where to put it.** In a checkout, write \`NAME=value\` into a file \`.env\` in the folder where you call \`npm start\`, \`npm run dev\` or
\`npm run rollcall\`; [.env.example](../.env.example) is one to copy. The environment wins over the file, also with an empty value. Docker compose
reads \`.env\`, too. The built programs (\`dist/\`, the image) read no such file.

**A secret in a file.** Add \`_FILE\` to the name of any secret: \`ROLLCALL_KEYS_FILE=/run/secrets/keys\`.

**If something is wrong** the start ends with exit code 1, and one message names every setting that is wrong or missing, with its fix. At boot
Rollcall prints all settings; of a secret it only says whether it is set. Empty counts as not set.
${rows.join('\n')}
`;
}

/** As GitHub makes it of a heading. */
function anchorOf(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

/** Asked of the code itself, so that the page cannot lie. */
function requiredInProduction() {
  try {
    loadConfig({ NODE_ENV: 'production' });
    return new Set();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return new Set(error.faults.map((fault) => fault.name));
  }
}

function valuesOf({ enum: choices, minimum, maximum, minLength = 0, maxLength }) {
  if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(', ');
  if (minimum !== undefined) return `${minimum} to ${maximum}`;
  if (maxLength !== undefined) return `text, ${minLength} to ${maxLength} characters`;
  return minLength > 1 ? `text, at least ${minLength} characters` : 'text';
}

function defaultOf(value) {
  return value === undefined || value === '' ? '–' : `\`${value}\``;
}

function cell(text) {
  return text.replaceAll('|', '\\|');
}

async function exampleEnvironment() {
  const shape = z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }).properties;
  const compose = parse(await readFile(join(root, 'docker-compose.yml'), 'utf8'), { merge: true });
  const inCompose = compose.services.app.environment;
  const entries = Object.keys(settings.shape).map((name) => {
    const { description = '', default: usual } = shape[name];
    const value = EXAMPLES[name] ?? usual ?? '';
    const notes = [description.replaceAll('`', '')];
    if (name === 'PORT') notes.push('With docker compose: the port of this machine, on 127.0.0.1 alone.');
    else if (name in inCompose) {
      const [, instead] = new RegExp(`^\\$\\{${name}-(.*)\\}$`).exec(inCompose[name]) ?? [];
      notes.push(
        instead === undefined
          ? 'docker-compose.yml sets it itself.'
          : `With docker compose: ${instead}, unless it is set here.`,
      );
    }
    return `# ${notes.join(' ')}\n${name in EXAMPLES ? '' : '# '}${name}=${value}\n`;
  });
  return `# Generated from src/config/settings.ts by \`npm run gen\`. Copy to .env: docker compose reads it and gives it to Rollcall, and npm start
# reads it in its folder; elsewhere set the variables by your own means. Commented lines show the default. Values with "change-me" and the key of As are
# refused in production. A value with a $, a # or a quote stands in single quotes.

${COMPOSE_VARIABLES}
${entries.join('\n')}`;
}

function errorsPage() {
  const rows = Object.entries(CATALOGUE).map(
    ([code, [status, title]]) => `| \`${code}\` | ${status} | ${cell(title)} | ${cell(REMEDIES[code])} |`,
  );
  return `# Errors

<!-- Generated from src/problem/catalogue.ts and remedies.ts by \`npm run gen\`. -->

Look up what an error code means, and what to do about it.

\`\`\`json
{
  "type": "urn:rollcall:problem:not-found",
  "title": "Not found",
  "status": 404,
  "code": "NOT_FOUND",
  "instance": "/api/v1/applicants/A-1001",
  "requestId": "0f8b6c1e-7d7a-4f52-9a7e-3c1c52f0a9d1"
}
\`\`\`

- **In your program** branch on \`code\`. It is stable and never reused. Everything else is for people.
- **\`detail\`**, where there is one, says what is wrong with this request. It never holds personal data or secrets.
- **429 and 503** carry \`Retry-After\` in seconds. Wait that long and send the same again.
- **To find it in the log** search for \`requestId\`. It is the \`X-Request-Id\` of the answer, and that of your request if you sent one of 8 to 64
  letters, digits, dots, dashes and underscores. (A number of ten and more digits in it must be part of a UUID or of 32 hexadecimal digits.)
- **The token URL alone** answers as OAuth does (RFC 6749): \`{error, error_description}\`. All others answer \`application/problem+json\` (RFC 9457).
- **Without \`instance\`**: the request could not be read.

Commands end with an exit code: [command-line.md](command-line.md#what-it-prints).

| Code | Status | Means | Do |
| ---- | ------ | ----- | -- |
${rows.join('\n')}
`;
}

function operationsOf({ paths }) {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      route: `${method.toUpperCase()} ${path}`,
    })),
  );
}

function scopesPage(document) {
  const operations = operationsOf(document);
  const rows = Object.entries(SCOPE_MEANINGS).map(([scope, meaning]) => {
    const needing = operations.filter((operation) => operation['x-required-scope']?.includes(scope));
    const names = needing.map(({ operationId, route }) => `\`${operationId}\` (\`${route}\`)`);
    return `| \`${scope}\` | ${cell(meaning)} | ${names.join('<br>') || '–'} |`;
  });
  return `# Scopes

<!-- Generated from src/auth/auth.types.ts and the controllers by \`npm run gen\`. -->

An API key has scopes. An operation lets a key in that has every scope it names, and answers 403 \`INSUFFICIENT_SCOPE\` to others.
\`*\` is every scope. Some operations ask for one more where a request needs it: their description in \`/docs\` says so.
\`POST /api/v1/api-keys\` and \`rollcall apikey create --scopes …\` make a key: [api-keys.md](api-keys.md).

| Scope | Allows | Operations that need it |
| ----- | ------ | ----------------------- |
${rows.join('\n')}
`;
}

function auditActionsPage(document) {
  const routes = new Map(operationsOf(document).map(({ operationId, route }) => [operationId, route]));
  const named = (id) => `\`${id}\` (\`${routes.get(id)}\`)`;
  const actions = Object.entries(AUDIT_ACTIONS).map(
    ([action, { subject, when, operations = [] }]) =>
      `| \`${action}\` | ${cell(subject)} | ${cell(when)} | ${operations.map(named).join('<br>') || '–'} |`,
  );
  const others = Object.entries(UNRECORDED_OPERATIONS).map(([id, why]) => `| ${named(id)} | ${cell(why)} |`);
  return `# What is recorded

<!-- Generated from src/audit/audit.actions.ts by \`npm run gen\`. -->

Every action of the [audit](audit.md), with its subject and the operations that record it. Without operations it is a command or a job.
An entry of an applicant beside one of a thing has the same action; \`of\` in its \`detail\` names the thing.

| Action | Subject | When | Operations |
| ------ | ------- | ---- | ---------- |
${actions.join('\n')}

## What is not

These operations show no personal data, and change nothing of weight. Every other operation of the management API records.

| Operation | Why |
| --------- | --- |
${others.join('\n')}
`;
}

/** The matrix stands in a page that people write. */
async function accessPage() {
  const [begin, end] = [
    '<!-- matrix: generated from src/auth/roles.ts by `npm run gen` -->',
    '<!-- end of matrix -->',
  ];
  const page = await readFile(join(root, 'docs/access.md'), 'utf8');
  const names = Object.keys(ROLES);
  const mark = (role, scope) => (ROLES[role].scopes.includes(scope) ? '●' : '');
  const meanings = names.map((role) => `| \`${role}\` | ${cell(ROLES[role].meaning)} |`);
  const rows = Object.keys(SCOPE_MEANINGS).map(
    (scope) => `| \`${scope}\` | ${names.map((role) => mark(role, scope)).join(' | ')} |`,
  );
  const matrix = `| Role | For whom |
| ---- | -------- |
${meanings.join('\n')}

| Scope | ${names.join(' | ')} |
| ----- | ${names.map(() => ':-:').join(' | ')} |
${rows.join('\n')}`;
  return `${page.slice(0, page.indexOf(begin))}${begin}\n\n${matrix}\n\n${page.slice(page.indexOf(end))}`;
}

async function commandLinePage() {
  const { CliContext } = await built('cli/context.js');
  const { wholeProgram } = await built('cli/program.js');
  const { CALLS } = await built('cli/api-nouns.js');
  return commandsPage(join(root, 'docs/command-line.md'), await wholeProgram(new CliContext()), CALLS);
}

async function privacyPage() {
  const [begin, end] = [
    '<!-- register: generated from src/retention/policy.ts by `npm run gen` -->',
    '<!-- end of register -->',
  ];
  const page = await readFile(join(root, 'docs/privacy.md'), 'utf8');
  const shape = z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }).properties;
  const rows = Object.entries(RETENTION_CLASSES).map(([name, one]) => {
    const days = one.setting === null ? one.days : shape[one.setting].default;
    const howLong = days === 0 ? one.withoutEnd : `${days} days from: ${one.from}`;
    const set = one.setting === null ? '–' : `\`${one.setting}\``;
    return `| \`${name}\` | ${one.what} | ${one.purpose} | ${howLong} | ${set} | ${one.reason} | ${one.where} | ${one.who} | ${one.by} |`;
  });
  const register = `| Class | What | Why | How long, as shipped | Setting | Reason of the time | Where | Who sees it | Removed by |
| ----- | ---- | --- | -------------------- | ------- | ------------------ | ----- | ----------- | ---------- |
${rows.join('\n')}`;
  return `${page.slice(0, page.indexOf(begin))}${begin}\n\n${register}\n\n${page.slice(page.indexOf(end))}`;
}

async function schemaOfAFreshDatabase() {
  const { openDatabase } = await built('db/open-database.js');
  const { migrate } = await built('db/migrations.js');
  const { dumpSchema } = await built('db/schema-dump.js');
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-gen-'));
  // run by root, the server becomes another user, who must get into this folder
  await chmod(folder, 0o755);
  const database = await openDatabase(loadConfig({ ROLLCALL_DATA_DIR: folder }));
  const client = new pg.Client({ connectionString: database.url });
  try {
    await migrate(database.url);
    await client.connect();
    return await dumpSchema(client);
  } finally {
    await client.end();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function openApi() {
  const { openApiDocument } = await built('openapi.js');
  return JSON.stringify(await openApiDocument());
}

/**
 * Of the client and of the console. What has a default may be left out. Each schema by its own name, too: `import type { MeDto }
 * from './openapi.js'`.
 */
async function clientTypes(api) {
  const types = await openapiTS(api, {
    defaultNonNullable: false,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    rootTypesKeepCasing: true,
  });
  return `// Generated from openapi.json by \`npm run gen\`.\n\n${astToString(types)}`;
}
