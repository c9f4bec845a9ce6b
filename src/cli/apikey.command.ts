import type { Command } from 'commander';
import { ApiKeys } from '../auth/api-keys.service.js';
import { type GrantedScope, SCOPES } from '../auth/auth.types.js';
import { hasControls } from '../problem/printable.js';
import { wordsOf } from './arguments.js';
import { BY, type CliContext, UsageError } from './context.js';

const GRANTABLE: readonly GrantedScope[] = [...SCOPES, '*'];
const MAX_NAME_LENGTH = 128;

/** Keys of the management API. */
export function register(apikey: Command, context: CliContext): void {
  apikey
    .command('create')
    .description('create a key and print it; it is not shown again')
    .requiredOption('--name <text>', 'who uses the key, as the audit shows it')
    .requiredOption('--scopes <list>', `joined by commas: ${GRANTABLE.join(', ')}`)
    .action((options: { name: string; scopes: string }) => createApiKey(context, options));

  apikey
    .command('list')
    .description('names and scopes of all keys')
    .action(async () => context.print(await (await context.service(ApiKeys)).list()));

  apikey
    .command('disable <name>')
    .description('refuse a key from now on')
    .action(async (name: string) => {
      if (!(await (await context.service(ApiKeys)).disable(BY, name))) {
        throw new Error(`There is no API key "${name}"; see: rollcall apikey list`);
      }
      context.print({ name, disabled: true });
    });
}

async function createApiKey(context: CliContext, options: { name: string; scopes: string }): Promise<void> {
  const name = options.name.trim();
  if (name === '' || name.length > MAX_NAME_LENGTH || hasControls(name)) {
    throw new UsageError(`--name has 1 to ${MAX_NAME_LENGTH} characters, and no control characters`);
  }
  // the audit must not mistake the holder for somebody with a shell, or for a person
  if (/^(cli|user)(:|$)/i.test(name)) throw new UsageError('--name must not begin with "cli:" or "user:"');
  const scopes = wordsOf('scope', options.scopes, GRANTABLE);
  const key = await (await context.service(ApiKeys)).create(BY, name, scopes);
  if (key === undefined) throw new Error(`An API key named "${name}" is there already`);
  context.print({ name, apiKey: key, scopes });
}
