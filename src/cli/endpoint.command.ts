import type { Command } from 'commander';
import { BulkBody, ListDeliveriesQuery } from '../webhooks/deliveries.dto.js';
import { Deliveries } from '../webhooks/deliveries.service.js';
import { CreateEndpointBody, UpdateEndpointBody } from '../webhooks/endpoints.dto.js';
import { Endpoints } from '../webhooks/endpoints.service.js';
import { isId } from './arguments.js';
import { withOptions } from './calls.js';
import { OPERATOR, type CliContext, UsageError } from './context.js';
import {
  BULK,
  type BulkOptions,
  CREATE,
  DELIVERIES,
  sendAgain,
  sendTest,
  settingsOf,
  type SettingsOptions,
  UPDATE,
} from './endpoint-actions.js';
import { pick } from './format.js';
import { judged } from './judged.js';
import { itemsOf, MAX_LIMIT, type PageOptions, printPage, withPage } from './pages.js';

type ListOptions = PageOptions & { state?: string; applicantId?: string; event?: string };

/** Where events are handed on to. Endpoints are named by their name or id. */
export function register(endpoint: Command, context: CliContext): void {
  registerSettings(endpoint, context);
  registerVerbs(endpoint, context);
  registerDeliveries(endpoint, context);
}

function registerSettings(endpoint: Command, context: CliContext): void {
  withOptions(endpoint.command('create'), CREATE)
    .description('hand on events from now on; prints the secret, which is not shown again')
    .action(async (options: SettingsOptions) => {
      const body = await judged(CreateEndpointBody, settingsOf(options));
      context.print(await (await context.service(Endpoints)).create(body, OPERATOR));
    });

  withOptions(endpoint.command('update <endpoint>'), UPDATE)
    .description('change where events go and what they hold; settings that are not given stay')
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
    .action((which: string) => test(context, which));

  withPage(withOptions(endpoint.command('deliveries <endpoint>'), DELIVERIES))
    .description('events for the endpoint, newest first')
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
    withOptions(endpoint.command(`${verb} <endpoint>`), BULK)
      .description(description)
      .action(async (which: string, options: BulkOptions) => {
        const deliveries = await context.service(Deliveries);
        const id = await endpointIdOf(context, which);
        await sendAgain(context, options, async (body) =>
          deliveries[verb](id, await judged(BulkBody, body), OPERATOR),
        );
      });
  }
}

async function test(context: CliContext, which: string): Promise<void> {
  const deliveries = await context.service(Deliveries);
  const endpointId = await endpointIdOf(context, which);
  await sendTest(context, {
    send: () => deliveries.sendTest(endpointId, OPERATOR),
    find: (id) => deliveries.find(endpointId, id, OPERATOR),
    lastAttempt: async (id) => (await deliveries.attempts(endpointId, id, { limit: 1 }, OPERATOR)).items[0],
  });
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
