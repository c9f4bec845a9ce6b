import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { MIN_CHOSEN_LENGTH } from '../auth/auth.types.js';
import { type ClientChange, Clients, DEFAULT_OVERLAP_SECONDS } from '../auth/clients.service.js';
import { weaknessOf } from '../config/weak-secrets.js';
import { hasControls } from '../problem/printable.js';
import { BY, type CliContext, UsageError } from './context.js';

/** What fits a header and the `Authorization` of every HTTP client: printable ASCII, no colon, no blank at the ends. */
const CLIENT_ID = /^[!-9;-~](?:[ -9;-~]{0,126}[!-9;-~])?$/;
const MAX_SECRET_LENGTH = 256;
const MAX_OVERLAP_SECONDS = 30 * 86_400;

interface SecretOptions {
  secretStdin?: true;
}

/** Clients of the token URL. */
export function register(client: Command, context: CliContext): void {
  client
    .command('create <clientId>')
    .description('create a client and print its secret, which is not shown again')
    .option('--name <text>', 'name for people; the client id where absent')
    .option('--secret-stdin', 'take the secret from standard input instead of making one')
    .action((clientId: string, options: SecretOptions & { name?: string }) =>
      createClient(context, clientId, options),
    );

  client
    .command('list')
    .description('clients and the ends of their secrets')
    .action(() => listClients(context));

  client
    .command('rotate <clientId>')
    .description('add a secret and print it; the older one goes on for the overlap')
    .option('--overlap <seconds>', 'how long the older secret goes on', String(DEFAULT_OVERLAP_SECONDS))
    .option('--secret-stdin', 'take the secret from standard input instead of making one')
    .action((clientId: string, options: SecretOptions & { overlap: string }) =>
      rotateClient(context, clientId, options),
    );

  client
    .command('disable <clientId>')
    .description('refuse its secrets and tokens from now on')
    .action(async (clientId: string) => {
      check(await (await clientsOf(context)).disable(BY, clientId), clientId);
      context.print({ clientId, disabled: true });
    });

  client
    .command('enable <clientId>')
    .description('take back a disable')
    .action(async (clientId: string) => {
      check(await (await clientsOf(context)).enable(BY, clientId), clientId);
      context.print({ clientId, disabled: false });
    });
}

async function createClient(
  context: CliContext,
  clientId: string,
  options: SecretOptions & { name?: string },
): Promise<void> {
  if (!CLIENT_ID.test(clientId)) {
    throw new UsageError('A client id is 1-128 printable ASCII characters without ":"');
  }
  if (hasControls(options.name ?? '')) throw new UsageError('--name holds no control characters');
  const chosen = await chosenSecret(context, clientId, options);
  const clients = await clientsOf(context);
  const secret = chosen ?? clients.makeSecret();
  check(await clients.create(BY, clientId, options.name ?? clientId, secret), clientId);
  context.print({ clientId, ...shown(chosen, secret) });
}

async function rotateClient(
  context: CliContext,
  clientId: string,
  options: SecretOptions & { overlap: string },
): Promise<void> {
  const overlapSeconds = Number(options.overlap);
  if (!Number.isInteger(overlapSeconds) || overlapSeconds < 0 || overlapSeconds > MAX_OVERLAP_SECONDS) {
    throw new UsageError(`--overlap is a number of seconds from 0 to ${MAX_OVERLAP_SECONDS}`);
  }
  const chosen = await chosenSecret(context, clientId, options);
  const clients = await clientsOf(context);
  const secret = chosen ?? clients.makeSecret();
  check(await clients.rotate(BY, clientId, secret, overlapSeconds), clientId);
  context.print({ clientId, ...shown(chosen, secret), olderSecretEndsInSeconds: overlapSeconds });
}

async function listClients(context: CliContext): Promise<void> {
  const clients = await (await clientsOf(context)).list();
  context.print(
    context.json
      ? clients
      : clients.map(({ clientId, name, disabledAt, secrets }) => ({
          clientId,
          name,
          state: disabledAt === null ? 'live' : 'disabled',
          secrets: secrets.map(({ kind, expiresAt }) =>
            expiresAt === null ? kind : `${kind} until ${expiresAt}`,
          ),
        })),
  );
}

async function clientsOf(context: CliContext): Promise<Clients> {
  return (await context.createApp()).get(Clients, { strict: false });
}

async function chosenSecret(
  context: CliContext,
  clientId: string,
  options: SecretOptions,
): Promise<string | undefined> {
  if (options.secretStdin !== true) return undefined;
  const secret = (await text(process.stdin)).replace(/\r?\n$/, '');
  if (secret.length < MIN_CHOSEN_LENGTH || secret.length > MAX_SECRET_LENGTH) {
    throw new UsageError(`A secret has ${MIN_CHOSEN_LENGTH} to ${MAX_SECRET_LENGTH} characters`);
  }
  const weakness = weaknessOf(secret, [{ name: 'the client id', value: clientId }]);
  if (context.config.production && weakness !== undefined) throw new UsageError(`The secret ${weakness}`);
  return secret;
}

/** A secret that somebody chose is not printed back. */
function shown(chosen: string | undefined, secret: string): { clientSecret?: string } {
  return chosen === undefined ? { clientSecret: secret } : {};
}

function check(change: ClientChange, clientId: string): void {
  if (change === 'exists') {
    throw new Error(
      `Client "${clientId}" is there already; for a new secret: rollcall client rotate ${clientId}`,
    );
  }
  if (change === 'unknown') throw new Error(`There is no client "${clientId}"; see: rollcall client list`);
}
