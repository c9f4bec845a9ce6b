import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { z } from 'zod';
import { type Delivery, deliverySchema } from './callbacks.js';
import { addFlags, pickFlags, readNumber } from './flags.js';
import { FAULT_KINDS, readFaultText } from './misbehaviour.js';
import { LIVELY, type Mix, mixSchema } from './mix.js';
import { type Organization, organizationAt } from './organization.js';
import { DIALECTS, type DialectName, type SimulatorOptions } from './start.js';

/** What the command line asks for. */
export interface Wishes {
  simulator: SimulatorOptions;
  remember: number;
  rememberDays: number;
  count: number;
  mix: Mix;
  delivery: Delivery;
  /** Send a Callback-Test to both URLs first. */
  test: boolean;
  exit: boolean;
  json: boolean;
  ackFile?: string;
  withheldFile?: string;
}

/** A wrong command line; `shown` where commander has told the user already (help, unknown options). */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
    readonly shown: boolean,
  ) {
    super(message);
  }
}

const optionsSchema = z.looseObject({
  host: z.string(),
  port: z.number(),
  target: z.string(),
  clientId: z.string().optional(),
  clientSecret: z.string().optional(),
  credentialsFile: z.string(),
  credentialsIn: z.enum(['body', 'basic', 'headers']),
  dialect: z.string(),
  tenantId: z.string(),
  tenantSecret: z.string(),
  tokenTtlSeconds: z.number(),
  seed: z.number(),
  imageBytes: z.number(),
  brokenImageShare: z.number(),
  fault: z.array(z.string()),
  remember: z.number(),
  rememberDays: z.number(),
  count: z.number(),
  lively: z.boolean().default(false),
  test: z.boolean(),
  exit: z.boolean().default(false),
  json: z.boolean().default(false),
  ackFile: z.string().optional(),
  withheldFile: z.string().optional(),
});
type Options = z.output<typeof optionsSchema>;

const credentialsSchema = z.object({ clientId: z.string(), clientSecret: z.string() });

/**
 * Reads a command line (without `node` and the script).
 * @throws UsageError
 */
export function readWishes(argv: readonly string[]): Wishes {
  const command = describeCommand();
  try {
    command.parse(argv, { from: 'user' });
    const options = optionsSchema.parse(command.opts());
    return {
      simulator: simulatorOptions(options),
      mix: mixSchema.parse({ ...(options.lively ? LIVELY : {}), ...pickFlags(options, mixSchema.shape) }),
      delivery: deliverySchema.parse(pickFlags(options, deliverySchema.shape)),
      ...options,
    };
  } catch (error) {
    if (error instanceof CommanderError)
      throw new UsageError(error.message, error.exitCode === 0 ? 0 : 2, true);
    const message = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new UsageError(message, 2, false);
  }
}

function describeCommand(): Command {
  const command = new Command('simulator')
    .description(
      'A stand-in for eNROLL: serves its query calls and sends the callbacks of invented enrollments.',
    )
    .exitOverride()
    .allowExcessArguments(false);
  describeServing(command);
  command
    .optionsGroup('Calling the organization:')
    .option('--target <url>', 'base URL of the organization', 'http://localhost:3000')
    .option('--client-id <id>', 'client of the token URL; default: from the credentials file')
    .option('--client-secret <secret>', 'its secret; default: from the credentials file')
    .option('--credentials-file <path>', 'JSON {clientId, clientSecret}', '.rollcall/credentials.json')
    .addOption(
      new Option('--credentials-in <place>', 'where the token request carries them')
        .choices(['body', 'basic', 'headers'])
        .default('body'),
    )
    .option('--count <number>', 'people to enroll now', readNumber, 0)
    .option('--no-test', 'do not send a Callback-Test to both URLs first')
    .option('--ack-file <path>', 'write a line of JSON for each element that was acknowledged')
    .option('--withheld-file <path>', 'write the applicant ids of what was withheld, as JSON')
    .option('--exit', 'end after the enrollments instead of serving on');
  addFlags(command, deliverySchema.shape);
  command.optionsGroup('What happens to the enrollments:').option('--lively', 'a little of everything below');
  addFlags(command, mixSchema.shape);
  command.optionsGroup('Output:').option('--json', 'lines of JSON instead of text');
  return command.addHelpText('after', HELP_END);
}

function describeServing(command: Command): void {
  command
    .optionsGroup('Serving the query calls:')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port to listen on; 0: any free one', readNumber, 4010)
    .addOption(
      new Option('--dialect <name>', 'spelling of the query calls')
        .choices(Object.keys(DIALECTS))
        .default('default'),
    )
    .option('--tenant-id <id>', 'tenant that may ask', 'simulated-tenant')
    .option('--tenant-secret <secret>', 'its secret', 'simulated-tenant-secret')
    .option('--token-ttl-seconds <number>', "life of the query API's tokens", readNumber, 3600)
    .option('--seed <number>', 'the same seed gives the same people, pictures and callbacks', readNumber, 1)
    .option('--image-bytes <number>', 'size of each JPEG', readNumber, 120_000)
    .option('--broken-image-share <number>', 'images that are missing or broken for ever', readNumber, 0)
    .option('--remember <number>', 'people who enrolled before, without a callback', readNumber, 0)
    .option('--remember-days <number>', 'over how many days up to now', readNumber, 30)
    .option(
      '--fault <fault>',
      'misbehave, e.g. slow:call=image,delayMs=500,share=0.1 (repeatable)',
      collect,
      [],
    );
}

const HELP_END = `
Kinds of fault: ${FAULT_KINDS.join(', ')}.
While it runs, POST /__simulator/faults and further endpoints change its mind: see simulator/README.md.
Exit codes: 0 all answers were as the contract asks, 1 some were not, 2 wrong usage.`;

function simulatorOptions(options: Options): SimulatorOptions {
  return {
    ...options,
    dialect: options.dialect as DialectName,
    faults: options.fault.map(readFaultText),
    ...(options.count > 0 && { organization: organizationOf(options) }),
  };
}

function organizationOf({
  target,
  clientId,
  clientSecret,
  credentialsFile,
  credentialsIn,
}: Options): Organization {
  if (clientId !== undefined && clientSecret !== undefined) {
    return organizationAt(target, { clientId, clientSecret, credentialsIn });
  }
  return organizationAt(target, { ...readCredentials(credentialsFile), credentialsIn });
}

function readCredentials(path: string): z.output<typeof credentialsSchema> {
  try {
    return credentialsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new Error(`give --client-id and --client-secret: no clientId and clientSecret in ${path}`);
  }
}

function collect(text: string, collected: string[]): string[] {
  return [...collected, text];
}
