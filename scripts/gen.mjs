// Regenerates what is derived from the code: docs/configuration.md, .env.example, docs/errors.md, docs/scopes.md,
// docs/audit-actions.md, the matrix of docs/access.md, the table of docs/command-line.md, the register of docs/privacy.md, migrations/schema.sql, openapi.json and the client's types.
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
const { CATALOGUE } = await built('problem/catalogue.js');
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
  const rows = Object.entries(settings.shape).map(([name, schema]) => {
    const { description = '', ...values } = shape[name];
    const notes = [
      description,
      required.has(name) ? '**Required in production.**' : '',
      isSecret(schema) ? 'Secret: never printed.' : '',
    ];
    return `| \`${name}\` | ${valuesOf(values)} | ${defaultOf(values.default)} | ${cell(notes.filter(Boolean).join(' '))} |`;
  });
  return `# Configuration

<!-- Generated from src/config/settings.ts by \`npm run gen\`. -->

Every setting is an environment variable. Empty counts as not set. A wrong or missing one stops the start with exit
code 1 and one message that names all of them and their fixes. At boot all settings are printed, secrets only as
configured or not.

In a checkout \`npm start\`, \`npm run dev\` and \`npm run rollcall\` read the file \`.env\` of the folder in which they are called. What the environment has
wins, also an empty value. The built programs (\`dist/\`, the image) read no such file: there the settings come from whatever starts them.

A secret may stand in a file instead: \`ROLLCALL_KEYS_FILE=/run/secrets/keys\` for \`ROLLCALL_KEYS\`, and so with
every other one and \`DATABASE_URL\`.

| Name | Values | Default | Meaning |
| ---- | ------ | ------- | ------- |
${rows.join('\n')}
`;
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
    ([code, [status, title]]) => `| \`${code}\` | ${status} | ${cell(title)} |`,
  );
  return `# Errors

<!-- Generated from src/problem/catalogue.ts by \`npm run gen\`. -->

Errors are \`application/problem+json\` (RFC 9457): \`{type, title, status, detail?, code, instance?, requestId}\`. \`code\` is
stable and never reused; \`type\` is \`urn:rollcall:problem:\` and the code in lower case with dashes. Answers with status
429 and 503 carry \`Retry-After\` in seconds. \`requestId\` is also the \`X-Request-Id\` header and stands in the log:
the caller's own, where it has 8 to 64 letters, digits, dots, dashes and underscores and no number of ten and more digits, unless it
is a UUID or 32 hexadecimal digits. What is no HTTP request, or has a URL that is not ASCII, is answered without \`instance\`. No error holds personal data or secrets. The token URL alone answers in the form of RFC 6749: \`{error, error_description}\`.

| Code | Status | Title |
| ---- | ------ | ----- |
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

/** What has a default may be left out. */
async function clientTypes(api) {
  const types = astToString(await openapiTS(api, { defaultNonNullable: false }));
  return `// Generated from openapi.json by \`npm run gen\`.\n\n${types}`;
}
