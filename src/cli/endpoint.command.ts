import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { BulkBody, type DeliveryDto, ListDeliveriesQuery } from '../webhooks/deliveries.dto.js';
import { Deliveries } from '../webhooks/deliveries.service.js';
import { CreateEndpointBody, UpdateEndpointBody } from '../webhooks/endpoints.dto.js';
import { Endpoints } from '../webhooks/endpoints.service.js';
import { isId, judged } from './arguments.js';
import { OPERATOR, type CliContext, UsageError } from './context.js';
import { pick } from './format.js';
import { itemsOf, MAX_LIMIT, type PageOptions, pagesOf, printPage, withPage } from './pages.js';

const TEST_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 200;

type Texts<Name extends string> = Partial<Record<Name, string>>;
type EndpointOptions = Texts<'name' | 'kind' | 'url' | 'subject' | 'credentialsFile' | 'rate'>;
type SettingsOptions = EndpointOptions & Texts<'events' | 'outcomes' | 'fields'>;
type ListOptions = PageOptions & Texts<'state' | 'applicantId' | 'event'>;

interface BulkOptions {
  since: string;
  yes?: boolean;
}

/** Where events are handed on to. Endpoints are named by their name or id. */
export function register(endpoint: Command, context: CliContext): void {
  registerSettings(endpoint, context);
  registerVerbs(endpoint, context);
  registerDeliveries(endpoint, context);
}

function registerSettings(endpoint: Command, context: CliContext): void {
  withSettings(endpoint.command('create'))
    .description('hand on events from now on; prints the secret, which is not shown again')
    .requiredOption('--name <text>', 'unique, for people')
    .requiredOption('--url <url>', 'https://…, or nats://host:port with --kind nats')
    .option('--kind <kind>', 'http or nats', 'http')
    .action(async (options: SettingsOptions) => {
      const body = await judged(CreateEndpointBody, settingsOf(options));
      context.print(await (await context.service(Endpoints)).create(body, OPERATOR));
    });

  withSettings(endpoint.command('update <endpoint>'))
    .description('change where events go and what they hold; settings that are not given stay')
    .option('--name <text>', 'unique, for people')
    .option('--url <url>', 'where events go')
    .action(async (which: string, options: SettingsOptions) => {
      const body = await judged(UpdateEndpointBody, settingsOf(options));
      const endpoints = await context.service(Endpoints);
      context.print(await endpoints.update(await endpointIdOf(context, which), body, OPERATOR));
    });

  endpoint
    .command('list')
    .description('all endpoints, with their states')
    .action(async () => {
      const items = await all(context);
      context.show(items, () =>
        items.map(({ circuit, ...item }) => ({
          ...pick(item, 'id', 'name', 'kind', 'state'),
          circuit: circuit.state,
          ...pick(item, 'lastSuccessAt', 'lastFailureCode'),
        })),
      );
    });
}

function withSettings(command: Command): Command {
  return command
    .option('--events <list>', 'types of events, joined by commas; empty: all')
    .option('--outcomes <list>', 'outcomes, joined by commas; empty: all')
    .option('--fields <list>', 'fields of the applicant that each event holds, joined by commas')
    .option('--rate <n>', 'maximum attempts per second; 0: no limit')
    .option('--subject <text>', 'NATS: how subjects begin')
    .option('--credentials-file <path>', 'NATS: holds a token, user:password, or credentials of NATS');
}

function registerVerbs(endpoint: Command, context: CliContext): void {
  /** A verb for one endpoint, which prints what `act` answers. */
  const verb = (
    name: string,
    description: string,
    act: (endpoints: Endpoints, id: string) => Promise<unknown>,
  ) => {
    endpoint
      .command(`${name} <endpoint>`)
      .description(description)
      .action(async (which: string) => {
        const endpoints = await context.service(Endpoints);
        context.print(await act(endpoints, await endpointIdOf(context, which)));
      });
  };
  verb('show', 'one endpoint, with what waits for it', (endpoints, id) => endpoints.find(id, OPERATOR));
  verb('pause', 'queue events and send none, until resumed', (endpoints, id) =>
    endpoints.pause(id, OPERATOR),
  );
  verb('resume', 'send again, even if it was disabled', (endpoints, id) => endpoints.resume(id, OPERATOR));
  verb('rotate-secret', 'print a new secret; the old one also signs for 24 hours', (endpoints, id) =>
    endpoints.rotateSecret(id, OPERATOR),
  );
  verb('delete', 'stop handing on; events that wait are dropped', async (endpoints, id) => {
    await endpoints.remove(id, OPERATOR);
    return { id, deleted: true };
  });
}

function registerDeliveries(endpoint: Command, context: CliContext): void {
  endpoint
    .command('test <endpoint>')
    .description('send an event rollcall.test and report the result')
    .action((which: string) => sendTest(context, which));

  withPage(endpoint.command('deliveries <endpoint>'))
    .description('events for the endpoint, newest first')
    .option('--state <state>', 'due, delivered or dead')
    .option('--applicant-id <id>', 'only about this applicant')
    .option('--event <type>', 'only of this type')
    .action(async (which: string, options: ListOptions) => {
      const query = await judged(ListDeliveriesQuery, options);
      const deliveries = await context.service(Deliveries);
      printPage(context, await deliveries.list(await endpointIdOf(context, which), query, OPERATOR));
    });

  endpoint
    .command('attempts <endpoint> <delivery>')
    .description('the attempts of one delivery, newest first')
    .action(async (which: string, delivery: string) => {
      const deliveries = await context.service(Deliveries);
      const id = await endpointIdOf(context, which);
      context.print((await deliveries.attempts(id, delivery, { limit: MAX_LIMIT }, OPERATOR)).items);
    });

  endpoint
    .command('resend <endpoint> <delivery>')
    .description('send one delivery again, under the same id')
    .action(async (which: string, delivery: string) => {
      const deliveries = await context.service(Deliveries);
      context.print(await deliveries.resend(await endpointIdOf(context, which), delivery, OPERATOR));
    });

  const bulk = {
    recover: 'try deliveries again that were given up since a time; without --yes it only counts',
    replay: 'queue events since a time that the endpoint wants and never got; without --yes it only counts',
  } as const;
  for (const [verb, description] of Object.entries(bulk) as [keyof typeof bulk, string][]) {
    endpoint
      .command(`${verb} <endpoint>`)
      .description(description)
      .requiredOption('--since <time>', 'e.g. 2026-11-23T08:00:00Z')
      .option('--yes', 'do it')
      .action((which: string, options: BulkOptions) => again(context, verb, which, options));
  }
}

async function sendTest(context: CliContext, which: string): Promise<void> {
  const deliveries = await context.service(Deliveries);
  const endpointId = await endpointIdOf(context, which);
  let delivery: DeliveryDto = await deliveries.sendTest(endpointId, OPERATOR);
  for (const untilMs = performance.now() + TEST_WITHIN_MS; delivery.attempts === 0;) {
    if (performance.now() > untilMs) throw new Error('Queued, but nobody sends it: is a worker running?');
    await sleep(LOOK_EVERY_MS);
    delivery = await deliveries.find(endpointId, delivery.id, OPERATOR);
  }
  const { items } = await deliveries.attempts(endpointId, delivery.id, { limit: 1 }, OPERATOR);
  context.print({ id: delivery.id, state: delivery.state, ...items[0] });
  if (delivery.state !== 'delivered') throw new Error(`The attempt failed: ${delivery.lastCode}`);
}

/** Counts first, so that the progress has an end. */
async function again(
  context: CliContext,
  verb: 'recover' | 'replay',
  which: string,
  { since, yes = false }: BulkOptions,
): Promise<void> {
  const deliveries = await context.service(Deliveries);
  const endpointId = await endpointIdOf(context, which);
  const count = await context.withProgress(async (progress) => {
    const walk = async (dryRun: boolean, total = Infinity) => {
      let done = 0;
      const next = async (cursor: string | undefined) =>
        deliveries[verb](endpointId, await judged(BulkBody, { since, dryRun, cursor }), OPERATOR);
      for await (const page of pagesOf(next)) {
        done += page.count;
        progress.show(done / Math.max(1, total), done, `${done} ${dryRun ? 'counted' : 'due'}`);
      }
      return done;
    };
    const counted = await walk(true);
    return yes ? walk(false, counted) : counted;
  });
  context.print({ dryRun: !yes, count });
  if (!yes) context.note(`${count} would be sent (dry run: add --yes to do it)`);
}

function settingsOf(given: SettingsOptions): Record<string, unknown> {
  const { rate, events, outcomes, fields, credentialsFile, ...options } = given;
  return {
    ...options,
    events: listOf(events),
    outcomes: listOf(outcomes),
    fields: listOf(fields),
    ...(credentialsFile !== undefined && { credentials: readFileSync(credentialsFile, 'utf8').trim() }),
    ...(rate !== undefined && { ratePerSecond: rate === '0' ? null : Number(rate) }),
  };
}

function listOf(text?: string): string[] | undefined {
  const items = text?.split(',').map((item) => item.trim());
  return items?.filter((item) => item !== '');
}

async function endpointIdOf(context: CliContext, nameOrId: string): Promise<string> {
  if (isId(nameOrId)) return nameOrId.toLowerCase();
  const found = (await all(context)).find(({ name }) => name === nameOrId);
  if (found === undefined)
    throw new UsageError(`There is no endpoint "${nameOrId}"; see: rollcall endpoint list`);
  return found.id;
}

async function all(context: CliContext) {
  const endpoints = await context.service(Endpoints);
  return itemsOf((cursor) => endpoints.list({ limit: MAX_LIMIT, cursor }, OPERATOR));
}
