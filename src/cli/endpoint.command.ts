import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { VALID_BODY, VALID_QUERY } from '../problem/valid.pipe.js';
import { BulkBody, type DeliveryDto, ListDeliveriesQuery } from '../webhooks/deliveries.dto.js';
import { Deliveries } from '../webhooks/deliveries.service.js';
import { CreateEndpointBody, UpdateEndpointBody } from '../webhooks/endpoints.dto.js';
import { Endpoints } from '../webhooks/endpoints.service.js';
import { OPERATOR, type CliContext, UsageError } from './context.js';
import { ProgressBar } from './progress.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PAGE = 200;
const TEST_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 200;

interface SettingsOptions {
  name?: string;
  kind?: string;
  url?: string;
  subject?: string;
  credentialsFile?: string;
  events?: string;
  outcomes?: string;
  fields?: string;
  rate?: string;
}

interface ListOptions {
  state?: string;
  applicantId?: string;
  event?: string;
  limit: string;
  cursor?: string;
}

interface BulkOptions {
  since: string;
  yes?: true;
}

/** Where events are handed on to. Endpoints are named by their name or id. */
export function register(endpoint: Command, context: CliContext): void {
  registerSettings(endpoint, context);
  registerStates(endpoint, context);
  registerDeliveries(endpoint, context);
}

function registerSettings(endpoint: Command, context: CliContext): void {
  withSettings(endpoint.command('create'))
    .description('hand events on from now; prints the secret, which is not shown again')
    .requiredOption('--name <text>', 'unique, for people')
    .requiredOption('--url <url>', 'https://…, or nats://host:port with --kind nats')
    .option('--kind <kind>', 'http or nats', 'http')
    .action(async (options: SettingsOptions) => {
      const body = await bodyOf(CreateEndpointBody, settingsOf(options));
      context.print(await (await context.service(Endpoints)).create(body, OPERATOR));
    });

  withSettings(endpoint.command('update <endpoint>'))
    .description('change what is sent, or where to; what is not named stays')
    .option('--name <text>', 'unique, for people')
    .option('--url <url>', 'where to')
    .action(async (which: string, options: SettingsOptions) => {
      const body = await bodyOf(UpdateEndpointBody, settingsOf(options));
      context.print(
        await (await context.service(Endpoints)).update(await idOf(context, which), body, OPERATOR),
      );
    });

  endpoint
    .command('list')
    .description('all, with their states')
    .action(async () => {
      const items = await all(context);
      const row = ({
        id,
        name,
        kind,
        state,
        circuit,
        lastSuccessAt,
        lastFailureCode,
      }: (typeof items)[number]) => ({
        id,
        name,
        kind,
        state,
        circuit: circuit.state,
        lastSuccessAt,
        lastFailureCode,
      });
      context.print(context.json ? items : items.map(row));
    });

  endpoint
    .command('show <endpoint>')
    .description('one, with what waits for it')
    .action(async (which: string) =>
      context.print(await (await context.service(Endpoints)).find(await idOf(context, which), OPERATOR)),
    );
}

function withSettings(command: Command): Command {
  return command
    .option('--events <list>', 'joined by commas; empty: all')
    .option('--outcomes <list>', 'joined by commas; empty: all')
    .option('--fields <list>', 'of the applicant, joined by commas, that go with each event')
    .option('--rate <n>', 'most attempts per second; 0: no limit')
    .option('--subject <text>', 'of nats: what subjects begin with')
    .option('--credentials-file <path>', 'of nats: holds a token, user:password, or credentials of NATS');
}

function registerStates(endpoint: Command, context: CliContext): void {
  const verbs = {
    pause: 'queue events and send none, until resumed',
    resume: 'send again, also where it was disabled',
  } as const;
  for (const [verb, description] of Object.entries(verbs) as [keyof typeof verbs, string][]) {
    endpoint
      .command(`${verb} <endpoint>`)
      .description(description)
      .action(async (which: string) => {
        const endpoints = await context.service(Endpoints);
        context.print(await endpoints[verb](await idOf(context, which), OPERATOR));
      });
  }

  endpoint
    .command('delete <endpoint>')
    .description('hand on no more; what waits is dropped')
    .action(async (which: string) => {
      const id = await idOf(context, which);
      await (await context.service(Endpoints)).remove(id, OPERATOR);
      context.print({ id, deleted: true });
    });

  endpoint
    .command('rotate-secret <endpoint>')
    .description('print a new secret; the old one signs beside it for 24 hours')
    .action(async (which: string) =>
      context.print(
        await (await context.service(Endpoints)).rotateSecret(await idOf(context, which), OPERATOR),
      ),
    );
}

function registerDeliveries(endpoint: Command, context: CliContext): void {
  endpoint
    .command('test <endpoint>')
    .description('send an event rollcall.test and tell what came of it')
    .action((which: string) => sendTest(context, which));

  endpoint
    .command('deliveries <endpoint>')
    .description('events for it, newest first')
    .option('--state <state>', 'due, delivered or dead')
    .option('--applicant-id <id>', 'of that applicant')
    .option('--event <type>', 'of that type')
    .option('--limit <n>', `at most so many, up to ${PAGE}`, '50')
    .option('--cursor <cursor>', 'go on behind the list before')
    .action((which: string, options: ListOptions) => listDeliveries(context, which, options));

  endpoint
    .command('attempts <endpoint> <delivery>')
    .description('how one delivery was tried, newest first')
    .action(async (which: string, delivery: string) => {
      const deliveries = await context.service(Deliveries);
      const { items } = await deliveries.attempts(
        await idOf(context, which),
        delivery,
        { limit: PAGE },
        OPERATOR,
      );
      context.print(items);
    });

  endpoint
    .command('resend <endpoint> <delivery>')
    .description('send one delivery again, under the same id')
    .action(async (which: string, delivery: string) => {
      const deliveries = await context.service(Deliveries);
      context.print(await deliveries.resend(await idOf(context, which), delivery, OPERATOR));
    });

  const bulk = {
    recover: 'try again what was given up since a time; counts without --yes',
    replay: 'queue the events since a time that it wants and has no delivery of; counts without --yes',
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
  const endpointId = await idOf(context, which);
  let delivery: DeliveryDto = await deliveries.sendTest(endpointId, OPERATOR);
  for (const untilMs = performance.now() + TEST_WITHIN_MS; delivery.attempts === 0;) {
    if (performance.now() > untilMs) throw new Error('Queued, but nobody sends it: does a worker run?');
    await sleep(LOOK_EVERY_MS);
    delivery = await deliveries.find(endpointId, delivery.id, OPERATOR);
  }
  const { items } = await deliveries.attempts(endpointId, delivery.id, { limit: 1 }, OPERATOR);
  context.print({ id: delivery.id, state: delivery.state, ...items[0] });
  if (delivery.state !== 'delivered') throw new Error(`The attempt failed: ${delivery.lastCode}`);
}

async function listDeliveries(context: CliContext, which: string, options: ListOptions): Promise<void> {
  const query = (await VALID_QUERY.transform(
    { ...options },
    { type: 'query', metatype: ListDeliveriesQuery },
  )) as ListDeliveriesQuery;
  const page = await (await context.service(Deliveries)).list(await idOf(context, which), query, OPERATOR);
  context.print(context.json ? page : page.items);
  if (page.nextCursor !== null) context.note(`More: --cursor ${page.nextCursor}`);
}

/** Counts first: what is done is measured by it. */
async function again(
  context: CliContext,
  verb: 'recover' | 'replay',
  which: string,
  { since, yes }: BulkOptions,
): Promise<void> {
  const deliveries = await context.service(Deliveries);
  const endpointId = await idOf(context, which);
  const progress = new ProgressBar();
  const pages = async (dryRun: boolean, total: number | undefined) => {
    let count = 0;
    for (let cursor: string | null | undefined; cursor !== null;) {
      const body = await bodyOf(BulkBody, { since, dryRun, cursor });
      const page = await deliveries[verb](endpointId, body, OPERATOR);
      count += page.count;
      cursor = page.nextCursor;
      const share = total === undefined ? 0 : count / Math.max(1, total);
      if (!context.json) progress.show(share, count, `${count} ${dryRun ? 'counted' : 'due'}`);
    }
    return count;
  };
  const counted = await pages(true, undefined);
  const count = yes === true ? await pages(false, counted) : counted;
  progress.clear();
  context.print({ dryRun: yes !== true, count });
  if (yes !== true) context.note(`${count} would be sent (dry run: add --yes to do it)`);
}

function settingsOf(given: SettingsOptions): Record<string, unknown> {
  const { rate, events, outcomes, fields, credentialsFile, ...options } = given;
  const lists = Object.entries({ events, outcomes, fields }).filter(([, list]) => list !== undefined);
  return {
    ...options,
    ...Object.fromEntries(lists.map(([name, list]) => [name, listOf(list ?? '')])),
    ...(credentialsFile !== undefined && { credentials: readFileSync(credentialsFile, 'utf8').trim() }),
    ...(rate !== undefined && { ratePerSecond: rate === '0' ? null : Number(rate) }),
  };
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Judged as the API judges it. */
async function bodyOf<Body>(body: new () => Body, value: unknown): Promise<Body> {
  return (await VALID_BODY.transform(value, { type: 'body', metatype: body })) as Body;
}

async function idOf(context: CliContext, nameOrId: string): Promise<string> {
  if (UUID.test(nameOrId)) return nameOrId.toLowerCase();
  const found = (await all(context)).find(({ name }) => name === nameOrId);
  if (found === undefined)
    throw new UsageError(`There is no endpoint "${nameOrId}"; see: rollcall endpoint list`);
  return found.id;
}

async function all(context: CliContext) {
  const endpoints = await context.service(Endpoints);
  const items = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await endpoints.list({ limit: PAGE, ...(cursor !== undefined && { cursor }) }, OPERATOR);
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}
