import { ACCESS } from './api-access.js';
import { findApplicants, getImage, printBody, printChanges } from './api-actions.js';
import { ADMINISTRATION } from './api-administration.js';
import { COMPLETENESS } from './api-completeness.js';
import { ENROLL } from './api-enroll.js';
import { HANDING_ON } from './api-handing-on.js';
import { PRIVACY } from './api-privacy.js';
import { QUARANTINE } from './api-quarantine.js';
import { printStatus } from './api-status.js';
import { APPLICANT_FILTER } from './applicant-filter.js';
import { type Call, option } from './calls.js';
import { OUT } from './download.js';

const SOURCE = option('--source <source>', 'that came this way').choices([
  'callback',
  'replay',
  'reconciliation',
]);
const number = (flags: string, says: string) => option(flags, says).argParser(Number);

const APPLICANT = [
  'applicantId',
  'version',
  'outcome',
  'status',
  'firstName',
  'familyName',
  'flags',
  'lastReceivedAt',
  'match',
];
const RECEIPT = [
  'receiptId',
  'receivedAt',
  'source',
  'kind',
  'state',
  'received',
  'applied',
  'duplicates',
  'quarantined',
  'errorCode',
  // where one applicant was asked for
  'elements',
];

const CHANGE = [
  'changedAt',
  'event',
  'applicantId',
  'version',
  'outcome',
  'status',
  'changedFields',
  'fields',
];

/** The verbs of each noun that are requests of the management API: they work beside the server and from another machine. */
export const CALLS: Readonly<Record<string, readonly Call[]>> = {
  ...ACCESS,
  ...ADMINISTRATION,
  ...COMPLETENESS,
  ...ENROLL,
  ...HANDING_ON,
  ...PRIVACY,
  ...QUARANTINE,
  status: [
    {
      verb: '',
      says: 'today at a glance, and what needs attention',
      ask: 'GET /status',
      run: (context) => printStatus(context),
    },
  ],
  applicants: [
    {
      verb: 'find [name]',
      says: 'by name, by an exact value or by what is known of them; without anything the latest',
      ask: 'POST /applicants/search',
      options: [
        option(
          '--by <field>',
          'by the exact value on standard input, which no list of processes shows',
        ).choices(['idNumber', 'phone', 'email', 'documentNumber']),
        ...APPLICANT_FILTER,
        option('--correlation-id <id>', 'your own key of the customer, from when a session was minted here'),
      ],
      paged: true,
      columns: APPLICANT,
      run: (context, args, typed) => findApplicants(context, args, typed, APPLICANT),
    },
    {
      verb: 'show <applicantId>',
      says: 'what is known of one, masked unless the key may see it',
      ask: 'GET /applicants/{applicantId}',
      options: [option('--as-of <time>', 'what was known at that time')],
    },
    {
      verb: 'history <applicantId>',
      says: 'the versions of one, and the callback that each came from',
      ask: 'GET /applicants/{applicantId}/versions',
      paged: true,
      columns: [
        'version',
        'receivedAt',
        'event',
        'outcome',
        'status',
        'changedFields',
        'flags',
        'source',
        'receiptId',
      ],
    },
    {
      verb: 'timeline <applicantId>',
      says: 'everything that happened to one: callbacks, versions, images, deliveries, reads',
      ask: 'GET /applicants/{applicantId}/timeline',
      paged: true,
      columns: ['at', 'type', 'what', 'state', 'version', 'by', 'reason'],
    },
    {
      verb: 'images <applicantId>',
      says: 'the images of one, and what became of each',
      ask: 'GET /applicants/{applicantId}/images',
      columns: [
        'field',
        'version',
        'isCurrent',
        'state',
        'attempts',
        'errorCode',
        'mediaType',
        'bytes',
        'settledAt',
      ],
    },
  ],
  receipts: [
    {
      verb: 'list',
      says: 'what was received, newest first',
      ask: 'GET /receipts',
      options: [
        option('--applicant-id <id>', 'every callback that named this applicant'),
        option('--state <state>', 'in this state').choices(['applied', 'pending', 'rejected']),
        option('--kind <kind>', 'of this callback URL').choices(['success', 'fail', 'any']),
        SOURCE,
        option(
          '--received-from <time>',
          'received at or after, e.g. 2026-11-01 or 2026-11-01T00:00:00+02:00',
        ),
        option('--received-to <time>', 'received before'),
      ],
      paged: true,
      columns: RECEIPT,
    },
    {
      verb: 'show <receiptId>',
      says: 'one callback, and what became of its elements',
      ask: 'GET /receipts/{receiptId}',
    },
    {
      verb: 'body <receiptId>',
      says: 'its bytes as they were received; this is recorded',
      ask: 'GET /receipts/{receiptId}/body',
      options: [OUT],
      run: printBody,
    },
  ],
  changes: [
    {
      verb: '',
      says: 'the feed, oldest first',
      ask: 'GET /changes',
      options: [
        option('--after <cursor>', 'after this place; absent: from the oldest that is kept'),
        option('--event <list>', 'of these types, joined by commas, e.g. applicant.created'),
        option('--outcome <list>', 'with these outcomes, joined by commas'),
        option('--fields <list>', 'fields of the applicant to add, joined by commas'),
        number('--limit <n>', 'show at most this many').default(50),
      ],
      columns: CHANGE,
      run: (context, _args, typed) => printChanges(context, typed, CHANGE),
    },
  ],
  probes: [
    {
      verb: '',
      says: 'Callback-Tests, newest first',
      ask: 'GET /probes',
      paged: true,
    },
  ],
  refusals: [
    {
      verb: '',
      says: 'what was refused at the token URL and the callback URLs, newest first',
      ask: 'GET /refusals',
      options: [option('--route <route>', 'at this URL'), option('--caller <caller>', 'of such callers')],
      paged: true,
      columns: ['at', 'url', 'clientId', 'remoteAddress', 'status', 'code', 'bytes', 'count'],
    },
  ],
  image: [
    {
      verb: 'get <applicantId> <field>',
      says: 'one image, as a file; this is recorded',
      ask: 'GET /applicants/{applicantId}/images/{field}',
      options: [
        OUT,
        option('--size <size>', 'as eNROLL gave it, or small').choices(['full', 'thumb']),
        option('--of-version <n>', 'what the field showed at this version'),
      ],
      run: getImage,
    },
    {
      verb: 'refetch <applicantId>',
      says: 'ask eNROLL again for every image of one applicant',
      ask: 'POST /images/retry',
      run: async (context, [applicantId = '']) => {
        const api = await context.api();
        const states = ['fetched', 'missing', 'not_image', 'failed'];
        context.print(await api.ask('POST', '/images/retry', { applicantId, states }));
      },
    },
  ],
};
