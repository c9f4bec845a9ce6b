import { healGaps } from './api-actions.js';
import { type Call, OF_APPLICANT, option } from './calls.js';

const FROM = option('--from <time>', 'at or after, e.g. 2026-11-01 or 2026-11-01T00:00:00+02:00');
const TO = option('--to <time>', 'before');
const SOURCE = option('--source <source>', 'that came this way').choices([
  'callback',
  'replay',
  'reconciliation',
]);
const BUCKET = option('--bucket <length>', 'hours of UTC or days of Cairo').choices(['hour', 'day', 'none']);
const RANGE = [
  option('--from <time>', 'enrolled at or after').makeOptionMandatory(),
  option('--to <time>', 'enrolled before').makeOptionMandatory(),
];
const GAP = ['id', 'applicantId', 'kind', 'state', 'enrolledAt', 'foundAt', 'resolution'];
const RUN = ['id', 'from', 'to', 'state', 'dryRun', 'found', 'missing', 'different', 'healed', 'errorCode'];

/** Is everything here? */
export const COMPLETENESS: Readonly<Record<string, readonly Call[]>> = {
  gaps: [
    {
      verb: 'list',
      says: 'where eNROLL and Rollcall differ',
      ask: 'GET /reconciliation/gaps',
      options: [
        option('--state <state>', 'in this state').choices(['open', 'healed', 'ignored']),
        option('--kind <kind>', 'of this kind').choices(['missing_here', 'different_here', 'missing_there']),
        option('--run-id <id>', 'last seen by this run'),
        OF_APPLICANT,
      ],
      paged: true,
      columns: GAP,
    },
    {
      verb: 'heal [id]',
      says: 'ask eNROLL again for what is missing here; without an id for all',
      ask: 'POST /reconciliation/gaps/{id}/heal',
      run: (context, args) => healGaps(context, args),
    },
    {
      verb: 'ignore <id>',
      says: 'leave a gap as it is, for a reason',
      ask: 'POST /reconciliation/gaps/{id}/ignore',
      options: [option('--reason <text>', 'why; kept with it').makeOptionMandatory()],
    },
  ],
  runs: [
    {
      verb: 'list',
      says: 'reconciliation runs, newest first',
      ask: 'GET /reconciliation/runs',
      options: [
        option('--state <state>', 'in this state').choices([
          'waiting',
          'running',
          'completed',
          'failed',
          'cancelled',
        ]),
      ],
      paged: true,
      columns: RUN,
    },
    { verb: 'show <id>', says: 'one run', ask: 'GET /reconciliation/runs/{id}' },
    {
      verb: 'start',
      says: 'let the server ask eNROLL for everything enrolled in a range',
      ask: 'POST /reconciliation/runs',
      options: [...RANGE, option('--dry-run', 'only note what is missing or different')],
    },
    { verb: 'cancel <id>', says: 'end one', ask: 'POST /reconciliation/runs/{id}/cancel' },
  ],
  statement: [
    {
      verb: '',
      says: 'a signed statement: is everything here that eNROLL enrolled?',
      ask: 'GET /reconciliation/statement',
      options: RANGE,
      // the signature is for programs: `--json` has it
      run: async (context, _args, typed) => {
        const api = await context.api();
        const signed = await api.ask<{ statement: object }>('GET', '/reconciliation/statement', typed);
        context.show(signed, () => signed?.statement);
      },
    },
  ],
  stats: [
    {
      verb: 'show',
      says: 'applicants, callbacks and silence of a range',
      ask: 'GET /stats/overview',
      options: [FROM, TO],
    },
    {
      verb: 'callbacks',
      says: 'callbacks over time',
      ask: 'GET /stats/callbacks',
      options: [FROM, TO, BUCKET, SOURCE],
    },
  ],
};
