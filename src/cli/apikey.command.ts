import type { Command } from 'commander';
import { CreateApiKeyBody } from '../auth/api-keys.dto.js';
import { ApiKeys } from '../auth/api-keys.service.js';
import { GRANTABLE } from '../auth/auth.types.js';
import { KeyAdministration } from '../auth/key-administration.service.js';
import { wordsOf } from './arguments.js';
import { judged } from './judged.js';
import { BY, type CliContext, OPERATOR } from './context.js';
import { pick } from './format.js';

interface CreateOptions {
  name: string;
  scopes: string;
  expires?: string;
  allowAddress?: string[];
  requestsPerMinute?: string;
}

/** Keys of the management API. */
export function register(apikey: Command, context: CliContext): void {
  apikey
    .command('create')
    .description('create a key and print it; it is not shown again')
    .requiredOption('--name <text>', 'who uses the key, as the audit shows it')
    .requiredOption('--scopes <list>', `joined by commas: ${GRANTABLE.join(', ')}`)
    .option(
      '--expires <time>',
      'refuse it from then on, e.g. 2027-11-30 (midnight UTC) or 2027-11-30T12:00:00Z',
    )
    .option('--allow-address <range...>', 'addresses or CIDR ranges from which it may be used; default: any')
    .option('--requests-per-minute <n>', 'over all replicas; default: ROLLCALL_API_REQUESTS_PER_MINUTE')
    .action((options: CreateOptions) => createApiKey(context, options));

  apikey
    .command('list')
    .description('all keys: what they may do, their limits, and when they were last used')
    .action(() => listApiKeys(context));

  apikey
    .command('rotate <name>')
    .description('replace a key by a new one with the same rights, and print it; the one before ends at once')
    .action((name: string) => rotateApiKey(context, name));

  apikey
    .command('disable <name>')
    .description('refuse a key from now on')
    .action(async (name: string) => {
      if (!(await (await context.service(ApiKeys)).disable(BY, name))) {
        throw unknownKey(name);
      }
      context.print({ name, disabled: true });
    });
}

async function createApiKey(context: CliContext, options: CreateOptions): Promise<void> {
  const { name, expires, allowAddress, requestsPerMinute } = options;
  const body = await judged(CreateApiKeyBody, {
    name,
    scopes: wordsOf('scope', options.scopes, GRANTABLE),
    expiresAt: expires,
    allowAddresses: allowAddress,
    requestsPerMinute: requestsPerMinute === undefined ? undefined : Number(requestsPerMinute),
  });
  const { key: apiKey, ...made } = await (await context.service(KeyAdministration)).create(body, OPERATOR);
  context.print({ name: made.name, apiKey, scopes: made.scopes, ...limitsOf(made) });
}

async function listApiKeys(context: CliContext): Promise<void> {
  const keys = await (await context.service(ApiKeys)).list();
  context.show(keys, () =>
    keys.map((key) =>
      pick(key, 'name', 'scopes', 'state', 'expiresAt', 'allowAddresses', 'requestsPerMinute', 'lastUsedAt'),
    ),
  );
}

async function rotateApiKey(context: CliContext, name: string): Promise<void> {
  const found = (await (await context.service(ApiKeys)).list()).find((one) => one.name === name);
  if (found === undefined) throw unknownKey(name);
  const { key: apiKey } = await (await context.service(KeyAdministration)).rotate(found.id, OPERATOR);
  context.print({ name, apiKey });
}

function unknownKey(name: string): Error {
  return new Error(`There is no API key "${name}"; see: rollcall apikey list`);
}

/** The limits that were set. */
function limitsOf({ expiresAt, allowAddresses, requestsPerMinute }: Record<string, unknown>): object {
  const limits = Object.entries({ expiresAt, allowAddresses, requestsPerMinute });
  return Object.fromEntries(limits.filter(([, value]) => value !== null));
}
