import { type Call, option } from './calls.js';

const REASON = option('--reason <text>', 'why; kept with it').makeOptionMandatory();
const KEY = ['name', 'scopes', 'state', 'expiresAt', 'allowAddresses', 'requestsPerMinute', 'lastUsedAt'];
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
const listOf = (text: string) => text.split(',').map((item) => item.trim());

/**
 * What the commands of administration are over HTTP. Beside the server these verbs are in the `*.command.ts` of their noun, which
 * work on the database, where no server runs, too.
 */
export const ADMINISTRATION: Readonly<Record<string, readonly Call[]>> = {
  apikey: [
    { verb: 'list', says: 'all keys', ask: 'GET /api-keys', paged: true, columns: KEY },
    {
      verb: 'create',
      says: 'create a key and print it; it is not shown again',
      ask: 'POST /api-keys',
      options: [
        option('--name <text>', 'who uses the key, as the audit shows it').makeOptionMandatory(),
        option('--scopes <list>', 'joined by commas').argParser(listOf).makeOptionMandatory(),
        option('--expires-at <time>', 'refuse it from then on'),
        option('--allow-addresses <list>', 'addresses or ranges, joined by commas').argParser(listOf),
        option('--requests-per-minute <n>', 'over all replicas').argParser(Number),
      ],
    },
    {
      verb: 'rotate <name>',
      says: 'replace a key by a new one with the same rights, and print it',
      ask: 'POST /api-keys/{id}/rotate',
      named: '/api-keys',
    },
    {
      verb: 'disable <name>',
      says: 'refuse a key from now on',
      ask: 'DELETE /api-keys/{id}',
      named: '/api-keys',
    },
  ],
  client: [
    { verb: 'list', says: 'clients, and when their secrets end', ask: 'GET /clients', paged: true },
    {
      verb: 'create <clientId>',
      says: 'create a client and print its secret, which is not shown again',
      ask: 'POST /clients',
      options: [option('--name <text>', 'name for people; default: the client id')],
      run: async (context, [clientId], typed) => {
        context.print(await (await context.api()).ask('POST', '/clients', { clientId, ...typed }));
      },
    },
    {
      verb: 'rotate <clientId>',
      says: 'add a secret and print it; the older one works until the overlap is over',
      ask: 'POST /clients/{clientId}/secrets',
      options: [option('--overlap-seconds <n>', 'how long the older secret still works').argParser(Number)],
    },
    {
      verb: 'disable <clientId>',
      says: 'refuse its secrets and tokens',
      ask: 'POST /clients/{clientId}/disable',
    },
    { verb: 'enable <clientId>', says: 'undo a disable', ask: 'POST /clients/{clientId}/enable' },
  ],
  endpoint: [
    {
      verb: 'list',
      says: 'all endpoints, with their states',
      ask: 'GET /endpoints',
      paged: true,
      columns: ['id', 'name', 'kind', 'state', 'lastSuccessAt', 'lastFailureCode'],
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
        ['test', 'send an event rollcall.test; its attempts tell the result', 'POST', '/test'],
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
      options: [
        option('--state <state>', 'in this state').choices(['due', 'delivered', 'dead']),
        option('--applicant-id <id>', 'only about this applicant'),
        option('--event <type>', 'only of this type'),
      ],
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
  ],
  alerts: [
    {
      verb: 'list',
      says: 'alerts, newest first',
      ask: 'GET /alerts',
      options: [option('--state <state>', 'in this state').choices(['open', 'resolved'])],
      paged: true,
      columns: ['id', 'openedAt', 'state', 'title', 'subject', 'acknowledgedBy', 'summary'],
    },
    { verb: 'ack <id>', says: 'say that somebody takes care of it', ask: 'POST /alerts/{id}/acknowledge' },
    { verb: 'test', says: 'send a test over every channel', ask: 'POST /alerts/test' },
  ],
  quarantine: [
    {
      verb: 'list',
      says: 'elements in quarantine, newest first',
      ask: 'GET /quarantine',
      options: [
        option('--state <state>', 'in this state').choices(['open', 'replayed', 'discarded']).default('open'),
        option('--code <code>', 'refused for this reason'),
        option('--applicant-id <id>', 'of this applicant'),
        option('--receipt-id <id>', 'from this callback'),
      ],
      paged: true,
      columns: ['id', 'receivedAt', 'kind', 'applicantId', 'code', 'state', 'reason'],
    },
    {
      verb: 'show <id>',
      says: 'one element as it was received; this is recorded',
      ask: 'GET /quarantine/{id}',
    },
    {
      verb: 'discard <id>',
      says: 'put an element aside for good; it is kept',
      ask: 'POST /quarantine/{id}/discard',
      options: [REASON],
    },
  ],
  images: [
    { verb: 'status', says: 'how many are wanted, fetched or missing', ask: 'GET /images/status' },
    {
      verb: 'retry',
      says: 'ask eNROLL again for images that could not be fetched',
      ask: 'POST /images/retry',
      options: [option('--applicant-id <id>', 'only of this applicant')],
    },
    { verb: 'pause', says: 'fetch no more images until resumed', ask: 'POST /images/pause' },
    { verb: 'resume', says: 'continue to fetch images', ask: 'POST /images/resume' },
  ],
  audit: [
    {
      verb: 'list',
      says: 'who did what to whom, newest first',
      ask: 'GET /audit',
      options: [
        option('--from <time>', 'at or after'),
        option('--to <time>', 'before'),
        option('--applicant-id <id>', 'what was done to this applicant'),
        option('--actor <name>', 'done by this API key, or cli:<user>@<host>'),
        option('--action <action>', 'of this kind, e.g. applicant.read'),
      ],
      paged: true,
      columns: ['at', 'actor', 'action', 'subject', 'reason', 'detail'],
    },
  ],
  consumer: [
    { verb: 'list', says: 'readers of the feed, and how far they are', ask: 'GET /consumers', paged: true },
  ],
  holds: [
    {
      verb: 'list',
      says: 'people of whom nothing is removed',
      ask: 'GET /holds',
      options: [option('--state <state>', 'in this state')],
      paged: true,
    },
    { verb: 'lift <id>', says: 'let what is due be removed again', ask: 'POST /holds/{id}/lift' },
  ],
  erasures: [
    {
      verb: 'list',
      says: 'erasures, newest first',
      ask: 'GET /erasures',
      options: [option('--state <state>', 'in this state')],
      paged: true,
    },
    { verb: 'show <id>', says: 'how far one is, and what keeps it', ask: 'GET /erasures/{id}' },
  ],
  user: [
    {
      verb: 'list',
      says: 'people, their roles and whether they may log in',
      ask: 'GET /users',
      paged: true,
      columns: ['login', 'name', 'roles', 'state', 'lastLoginAt'],
    },
  ],
  keys: [{ verb: 'list', says: 'the keys that seal, by their ids', ask: 'GET /keys' }],
};
