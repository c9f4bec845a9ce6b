import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { MIN_CHOSEN_LENGTH } from '../auth/auth.types.js';
import { CreateClientBody, NewClientSecretBody } from '../auth/clients.dto.js';
import { Clients, DEFAULT_OVERLAP_SECONDS } from '../auth/clients.service.js';
import { weaknessOf } from '../config/weak-secrets.js';
import { judged } from './judged.js';
import { BY, type CliContext, UsageError } from './context.js';

const MAX_SECRET_LENGTH = 256;

const SECRET_STDIN = 'take the secret from standard input instead of making one';

interface SecretOptions {
  secretStdin?: boolean;
}

interface CreateOptions extends SecretOptions {
  name?: string;
}

interface RotateOptions extends SecretOptions {
  overlap: string;
}

/** Clients of the token URL. */
export function register(client: Command, context: CliContext): void {
  client
    .command('create <clientId>')
    .description('create a client and print its secret, which is not shown again')
    .option('--name <text>', 'name for people; default: the client id')
    .option('--secret-stdin', SECRET_STDIN)
    .action((clientId: string, options: CreateOptions) => createClient(context, clientId, options));

  client
    .command('list')
    .description('clients, and when their secrets end')
    .action(() => listClients(context));

  client
    .command('rotate <clientId>')
    .description('add a secret and print it; the older one works until the overlap is over')
    .option('--overlap <seconds>', 'how long the older secret still works', String(DEFAULT_OVERLAP_SECONDS))
    .option('--secret-stdin', SECRET_STDIN)
    .action((clientId: string, options: RotateOptions) => rotateClient(context, clientId, options));

  const verbs = [
    ['disable', 'refuse its secrets and tokens from now on', true],
    ['enable', 'undo a disable', false],
  ] as const;
  for (const [verb, description, disabled] of verbs) {
    client
      .command(`${verb} <clientId>`)
      .description(description)
      .action(async (clientId: string) => {
        if (!(await (await context.service(Clients))[verb](BY, clientId))) throw unknownClient(clientId);
        context.print({ clientId, disabled });
      });
  }
}

async function createClient(context: CliContext, clientId: string, options: CreateOptions): Promise<void> {
  const { name = clientId } = await judged(CreateClientBody, { clientId, name: options.name });
  const { secret, shown } = await secretFor(context, clientId, options);
  if (!(await (await context.service(Clients)).create(BY, clientId, name, secret))) {
    throw new Error(
      `Client "${clientId}" is there already; for a new secret: rollcall client rotate ${clientId}`,
    );
  }
  context.print({ clientId, ...shown });
}

async function rotateClient(context: CliContext, clientId: string, options: RotateOptions): Promise<void> {
  const { overlapSeconds } = await judged(NewClientSecretBody, { overlapSeconds: Number(options.overlap) });
  const { secret, shown } = await secretFor(context, clientId, options);
  if (!(await (await context.service(Clients)).rotate(BY, clientId, secret, overlapSeconds))) {
    throw unknownClient(clientId);
  }
  context.print({ clientId, ...shown, olderSecretEndsInSeconds: overlapSeconds });
}

async function listClients(context: CliContext): Promise<void> {
  const clients = await (await context.service(Clients)).list();
  context.show(clients, () =>
    clients.map(({ clientId, name, disabledAt, secrets }) => ({
      clientId,
      name,
      state: disabledAt === null ? 'live' : 'disabled',
      secrets: secrets.map(({ kind, expiresAt }) =>
        expiresAt === null ? kind : `${kind} until ${expiresAt}`,
      ),
    })),
  );
}

/** A new secret, or the one on standard input. A secret that somebody chose is not printed back. */
async function secretFor(
  context: CliContext,
  clientId: string,
  { secretStdin = false }: SecretOptions,
): Promise<{ secret: string; shown: { clientSecret?: string } }> {
  if (!secretStdin) {
    const secret = (await context.service(Clients)).makeSecret();
    return { secret, shown: { clientSecret: secret } };
  }
  const secret = (await text(process.stdin)).replace(/\r?\n$/, '');
  if (secret.length < MIN_CHOSEN_LENGTH || secret.length > MAX_SECRET_LENGTH) {
    throw new UsageError(`A secret has ${MIN_CHOSEN_LENGTH} to ${MAX_SECRET_LENGTH} characters`);
  }
  const weakness = weaknessOf(secret, [{ name: 'the client id', value: clientId }]);
  if (context.config.production && weakness !== undefined) throw new UsageError(`The secret ${weakness}`);
  return { secret, shown: {} };
}

function unknownClient(clientId: string): Error {
  return new Error(`There is no client "${clientId}"; see: rollcall client list`);
}
