import { type Call, listOf, option } from './calls.js';

const KEY = ['name', 'scopes', 'state', 'expiresAt', 'allowAddresses', 'requestsPerMinute', 'lastUsedAt'];

/** Who may call and who may log in. */
export const ACCESS: Readonly<Record<string, readonly Call[]>> = {
  apikey: [
    { verb: 'list', says: 'all keys', ask: 'GET /api-keys', paged: true, columns: KEY },
    {
      verb: 'create',
      says: 'create a key and print it; it is not shown again',
      ask: 'POST /api-keys',
      options: [
        option('--name <text>', 'who uses the key, as the audit shows it').makeOptionMandatory(),
        option('--scopes <list>', 'joined by commas').argParser(listOf).makeOptionMandatory(),
        option('--expires <time>', 'refuse it from then on, e.g. 2027-11-30'),
        option('--allow-address <range...>', 'addresses or CIDR ranges from which it may be used'),
        option('--requests-per-minute <n>', 'over all replicas').argParser(Number),
      ],
      body: ({ expires: expiresAt, allowAddress: allowAddresses, ...key }) => ({
        ...key,
        expiresAt,
        allowAddresses,
      }),
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
      body: (typed, [clientId]) => ({ clientId, ...typed }),
    },
    {
      verb: 'rotate <clientId>',
      says: 'add a secret and print it; the older one works until the overlap is over',
      ask: 'POST /clients/{clientId}/secrets',
      options: [option('--overlap <seconds>', 'how long the older secret still works').argParser(Number)],
      body: ({ overlap: overlapSeconds }) => ({ overlapSeconds }),
    },
    {
      verb: 'disable <clientId>',
      says: 'refuse its secrets and tokens',
      ask: 'POST /clients/{clientId}/disable',
    },
    { verb: 'enable <clientId>', says: 'undo a disable', ask: 'POST /clients/{clientId}/enable' },
  ],
  user: [
    {
      verb: 'list',
      says: 'people, their roles and whether they may log in',
      ask: 'GET /users',
      paged: true,
      columns: ['login', 'name', 'roles', 'state', 'lastLoginAt'],
    },
    {
      verb: 'invite',
      says: 'print a link for somebody, which is not shown again',
      ask: 'POST /users',
      options: [
        option('--login <login>', 'by what they log in, e.g. a mail address').makeOptionMandatory(),
        option('--name <text>', 'as people call them').makeOptionMandatory(),
        option('--role <list>', 'joined by commas').argParser(listOf).makeOptionMandatory(),
      ],
      body: ({ role: roles, ...person }) => ({ ...person, roles }),
    },
    {
      verb: 'reset <login>',
      says: 'end password, second factor and sessions, and print a new link',
      ask: 'POST /users/{id}/invitation',
      named: '/users',
    },
    {
      verb: 'disable <login>',
      says: 'refuse log-ins and end every session from now on',
      ask: 'PATCH /users/{id}',
      named: '/users',
      body: () => ({ disabled: true }),
    },
    {
      verb: 'enable <login>',
      says: 'undo a disable',
      ask: 'PATCH /users/{id}',
      named: '/users',
      body: () => ({ disabled: false }),
    },
  ],
};
