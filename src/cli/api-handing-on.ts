import type { AttemptDto, BulkDto, DeliveryDto } from '../webhooks/deliveries.dto.js';
import { type Call, listOf, option, pathOf, type Typed } from './calls.js';
import type { CliContext } from './context.js';
import {
  BULK,
  type BulkOptions,
  CREATE,
  DELIVERIES,
  sendAgain,
  sendTest,
  settingsOf,
  UPDATE,
} from './endpoint-actions.js';

const DELIVERY = [
  'id',
  'event',
  'applicantId',
  'state',
  'attempts',
  'nextAttemptAt',
  'lastCode',
  'createdAt',
];
const PLACE = 'beginning, now (only later events), or a cursor of the feed';
const CONSUMER = ['name', 'events', 'outcomes', 'fields', 'cursor', 'ackedAt', 'createdAt', 'lag'];

/** To whom changes are handed on. */
export const HANDING_ON: Readonly<Record<string, readonly Call[]>> = {
  endpoint: [
    {
      verb: 'list',
      says: 'all endpoints, with their states',
      ask: 'GET /endpoints',
      paged: true,
      columns: ['id', 'name', 'kind', 'state', 'lastSuccessAt', 'lastFailureCode'],
    },
    {
      verb: 'create',
      says: 'hand on events from now on; prints the secret, which is not shown again',
      ask: 'POST /endpoints',
      options: CREATE,
      body: settingsOf,
    },
    {
      verb: 'update <endpoint>',
      says: 'change where events go and what they hold; settings that are not given stay',
      ask: 'PATCH /endpoints/{id}',
      named: '/endpoints',
      options: UPDATE,
      body: settingsOf,
    },
    ...(
      [
        ['show', 'one endpoint, with what waits for it', 'GET', ''],
        ['pause', 'queue events and send none, until resumed', 'POST', '/pause'],
        ['resume', 'send again, even if it was disabled', 'POST', '/resume'],
        [
          'rotate-secret',
          'print a new secret; the old one also signs for 24 hours',
          'POST',
          '/rotate-secret',
        ],
        ['delete', 'stop handing on; events that wait are dropped', 'DELETE', ''],
      ] as const
    ).map(([verb, says, method, end]): Call => {
      return {
        verb: `${verb} <endpoint>`,
        says,
        ask: `${method} /endpoints/{id}${end}`,
        named: '/endpoints',
      };
    }),
    {
      verb: 'deliveries <endpoint>',
      says: 'events for the endpoint, newest first',
      ask: 'GET /endpoints/{id}/deliveries',
      named: '/endpoints',
      options: DELIVERIES,
      paged: true,
      columns: DELIVERY,
    },
    {
      verb: 'attempts <endpoint> <delivery>',
      says: 'the attempts of one delivery, newest first',
      ask: 'GET /endpoints/{id}/deliveries/{deliveryId}/attempts',
      named: '/endpoints',
      paged: true,
    },
    {
      verb: 'resend <endpoint> <delivery>',
      says: 'send one delivery again, under the same id',
      ask: 'POST /endpoints/{id}/deliveries/{deliveryId}/resend',
      named: '/endpoints',
    },
    {
      verb: 'test <endpoint>',
      says: 'send an event rollcall.test and report the result',
      ask: 'POST /endpoints/{id}/test',
      named: '/endpoints',
      run: testEndpoint,
    },
    ...(
      [
        ['recover', 'try deliveries again that were given up since a time; without --yes it only counts'],
        [
          'replay',
          'queue events since a time that the endpoint wants and never got; without --yes it only counts',
        ],
      ] as const
    ).map(([verb, says]): Call => {
      return {
        verb: `${verb} <endpoint>`,
        says,
        ask: `POST /endpoints/{id}/${verb}`,
        named: '/endpoints',
        options: BULK,
        run: (context, [id = ''], typed) => bulk(context, pathOf(`/endpoints/{id}/${verb}`, [id]), typed),
      };
    }),
  ],
  consumer: [
    {
      verb: 'list',
      says: 'readers of the feed, and how far they are',
      ask: 'GET /consumers',
      paged: true,
      columns: CONSUMER,
    },
    {
      verb: 'create <name>',
      says: 'keep the place of a reader',
      ask: 'POST /consumers',
      options: [
        option('--events <list>', 'only these, joined by commas').argParser(listOf),
        option('--outcomes <list>', 'only these, joined by commas').argParser(listOf),
        option('--fields <list>', 'fields of the contract to add to its events, joined by commas').argParser(
          listOf,
        ),
        option('--from <place>', PLACE).default('beginning'),
      ],
      body: (typed, [name]) => ({ name, ...typed }),
    },
    {
      verb: 'rewind <name>',
      says: 'move its place; stop its reader first, or that acknowledges what it has read',
      ask: 'POST /consumers/{name}/rewind',
      options: [option('--to <place>', PLACE).makeOptionMandatory()],
    },
    { verb: 'delete <name>', says: 'forget a consumer and its place', ask: 'DELETE /consumers/{name}' },
  ],
};

async function testEndpoint(context: CliContext, [id = '']: string[]): Promise<void> {
  const api = await context.api();
  const delivery = (deliveryId: string) =>
    pathOf('/endpoints/{id}/deliveries/{deliveryId}', [id, deliveryId]);
  await sendTest(context, {
    send: () => api.ask('POST', pathOf('/endpoints/{id}/test', [id])) as Promise<DeliveryDto>,
    find: (deliveryId) => api.ask('GET', delivery(deliveryId)) as Promise<DeliveryDto>,
    lastAttempt: async (deliveryId) => {
      const page = await api.ask<{ items: AttemptDto[] }>('GET', `${delivery(deliveryId)}/attempts`, {
        limit: 1,
      });
      return page?.items[0];
    },
  });
}

async function bulk(context: CliContext, path: string, typed: Typed): Promise<void> {
  const api = await context.api();
  // mandatory, so it is there
  const options = typed as unknown as BulkOptions;
  await sendAgain(context, options, (body) => api.ask('POST', path, body) as Promise<BulkDto>);
}
