import { SHOWN_STATES } from '../alerts/alerts.types.js';
import type { ResealDto } from '../keys/keys.dto.js';
import { printChannels } from './alert-channels.js';
import { type Call, listOf, option, stateOption } from './calls.js';
import { EXPORT, type ExportOptions, exportThere } from './exporting.js';
import { RESEAL, reseal, RETIRE } from './resealing.js';

const ALERT = ['id', 'openedAt', 'state', 'title', 'subject', 'acknowledgedBy', 'summary'];

/** What keeps the server well. */
export const ADMINISTRATION: Readonly<Record<string, readonly Call[]>> = {
  alerts: [
    {
      verb: 'list',
      says: 'alerts, newest first',
      ask: 'GET /alerts',
      options: [stateOption(SHOWN_STATES, 'open')],
      paged: true,
      columns: ALERT,
    },
    { verb: 'ack <id>', says: 'say that somebody takes care of it', ask: 'POST /alerts/{id}/acknowledge' },
    { verb: 'test', says: 'send a test over every channel', ask: 'POST /alerts/test', print: printChannels },
  ],
  images: [
    { verb: 'status', says: 'how many are wanted, fetched or missing', ask: 'GET /images/status' },
    {
      verb: 'retry',
      says: 'ask eNROLL again for images: those that could not be fetched, or some of one applicant',
      ask: 'POST /images/retry',
      options: [
        option('--state <list>', 'in these states, joined by commas').argParser(listOf),
        option('--applicant, --applicant-id <id>', 'only of this applicant'),
      ],
      body: ({ state: states, applicantId }) => ({ states, applicantId }),
    },
    { verb: 'pause', says: 'fetch no more images until resumed', ask: 'POST /images/pause' },
    { verb: 'resume', says: 'continue to fetch images', ask: 'POST /images/resume' },
  ],
  keys: [
    { verb: 'list', says: 'the keys that seal, by their ids', ask: 'GET /keys' },
    {
      verb: 'rotate',
      says: 'make a new key, where the server keeps the ring itself; it seals once that has started again',
      ask: 'POST /keys/rotate',
    },
    {
      verb: 'reseal',
      says: 'bring everything over to the first key; this shows how far it is',
      ask: 'POST /keys/reseal',
      options: RESEAL,
      run: async (context, _args, typed) => {
        const api = await context.api();
        const ask = (method: 'GET' | 'POST') => api.ask(method, '/keys/reseal') as Promise<ResealDto>;
        await reseal(
          context,
          typed,
          () => ask('POST'),
          () => ask('GET'),
        );
      },
    },
    {
      verb: 'retire <id>',
      says: 'end a key that nothing uses any more; then take it out of the ring',
      ask: 'POST /keys/{id}/retire',
      options: RETIRE,
      // an empty body is none
      body: ({ endCredentials = false }) => ({ endCredentials }),
    },
  ],
  jobs: [
    {
      verb: 'list',
      says: 'background jobs: when each runs, what waits and what was given up',
      ask: 'GET /jobs',
      columns: [
        'name',
        'cron',
        'everySeconds',
        'waiting',
        'running',
        'failed',
        'lastFinishedAt',
        'processes',
      ],
    },
  ],
  settings: [
    {
      verb: 'list',
      says: 'what each setting of the server is; no secret is shown',
      ask: 'GET /settings',
      columns: ['name', 'value', 'isSet', 'source'],
    },
  ],
  export: [
    {
      verb: '',
      says: 'write applicants to a file, all as of one moment; this is recorded',
      ask: 'POST /exports',
      options: EXPORT,
      run: (context, _args, typed) => exportThere(context, typed as ExportOptions),
    },
  ],
};
