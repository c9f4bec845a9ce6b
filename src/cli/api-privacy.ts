import { ERASURE_STATES } from '../privacy/erasures.types.js';
import type { RetentionRunDto } from '../retention/retention.dto.js';
import { type Call, OF_APPLICANT, option, pathOf, stateOption, type Typed } from './calls.js';
import type { CliContext } from './context.js';
import { download, ZIP } from './download.js';
import { PERSON, personOf, type PersonOptions } from './person.js';
import { followRun, printPolicy } from './retention-run.js';
import { CERTIFICATE, printReport, printSigned, REPORT, SIGNED } from './signed.js';

const HOLD = ['id', 'state', 'applicantIds', 'reason', 'placedBy', 'placedAt', 'liftedAt'];
const ERASURE = [
  'id',
  'state',
  'reason',
  'requestedBy',
  'requestedAt',
  'beganAt',
  'erasedAt',
  'errorCode',
  'applicantIds',
];
type Report = Parameters<typeof printReport>[1];
type Certificate = Parameters<typeof printSigned>[1];

/** `--reason` is mandatory. */
const named = (typed: Typed) => personOf(typed as unknown as PersonOptions);

/** What data protection asks for. */
export const PRIVACY: Readonly<Record<string, readonly Call[]>> = {
  holds: [
    {
      verb: 'place',
      says: 'remove nothing of a person until the hold is lifted',
      ask: 'POST /holds',
      options: PERSON,
      body: async (typed) => {
        const { nationalId: idNumber, ...hold } = await named(typed);
        return { ...hold, idNumber };
      },
    },
    {
      verb: 'list',
      says: 'people of whom nothing is removed',
      ask: 'GET /holds',
      options: [stateOption(['placed', 'lifted'], 'placed'), OF_APPLICANT],
      paged: true,
      columns: HOLD,
    },
    { verb: 'lift <id>', says: 'let what is due be removed again', ask: 'POST /holds/{id}/lift' },
  ],
  erasures: [
    {
      verb: 'request',
      says: 'restrict a person at once; the server erases them. It cannot be undone',
      ask: 'POST /erasures',
      options: PERSON,
      body: named,
    },
    {
      verb: 'list',
      says: 'erasures, newest first',
      ask: 'GET /erasures',
      options: [stateOption(ERASURE_STATES), OF_APPLICANT],
      paged: true,
      columns: ERASURE,
    },
    { verb: 'show <id>', says: 'how far one is, and what keeps it', ask: 'GET /erasures/{id}' },
    {
      verb: 'certificate <id>',
      says: 'the signed certificate of one that is done',
      ask: 'GET /erasures/{id}/certificate',
      options: CERTIFICATE,
      run: erasureCertificate,
    },
  ],
  'subject-access': [
    {
      verb: '',
      says: 'everything that is held about one person, as one ZIP; this is recorded',
      ask: 'POST /subject-access',
      options: [...PERSON, ZIP],
      run: async (context, _args, { out, ...typed }) =>
        download(context, ['POST', '/subject-access', await named(typed)], out),
    },
  ],
  privacy: [
    {
      verb: 'report',
      says: 'what was done with personal data in a period, as one signed file; it is recorded',
      ask: 'GET /privacy/report',
      options: REPORT,
      body: ({ from, to }) => ({ from, to }),
      print: (context, answer: Report, { out }) => printReport(context, answer, out as string | undefined),
    },
  ],
  retention: [
    {
      verb: 'show',
      says: 'the policy in force: how long, from when, why, by which setting',
      ask: 'GET /retention',
      print: printPolicy,
    },
    {
      verb: 'preview',
      says: 'count what a run would remove now, and what stays because of a hold',
      ask: 'POST /retention/preview',
      print: (context, preview: { classes: object[] }) => context.show(preview, () => preview.classes),
    },
    {
      verb: 'run',
      says: 'let the server remove what is due now; goes on with a run that is unfinished',
      ask: 'POST /retention/runs',
      run: runRetention,
    },
    {
      verb: 'runs',
      says: 'runs, newest first',
      ask: 'GET /retention/runs',
      paged: true,
      columns: ['id', 'trigger', 'startedBy', 'state', 'createdAt', 'finishedAt'],
    },
    {
      verb: 'certificate <id>',
      says: 'what a run has removed, signed; its id is what `run` prints',
      ask: 'GET /retention/runs/{id}/certificate',
      options: SIGNED,
      body: () => ({}),
      print: (context, answer: Certificate, { out }) =>
        printSigned(context, answer, out as string | undefined),
    },
  ],
  audit: [
    {
      verb: 'list',
      says: 'who did what to whom, newest first',
      ask: 'GET /audit',
      options: [
        option('--from <time>', 'at or after; a date begins in UTC'),
        option('--to <time>', 'before'),
        option('--applicant, --applicant-id <id>', 'what was done to this applicant'),
        option('--actor <name>', 'done by this API key, by user:<login> or by cli:<user>@<host>'),
        option('--action <action>', 'of this kind, e.g. applicant.read'),
      ],
      paged: true,
      columns: ['at', 'actor', 'action', 'subject', 'reason', 'detail'],
    },
  ],
};

async function erasureCertificate(context: CliContext, args: string[], { out, pdf }: Typed): Promise<void> {
  const path = pathOf('/erasures/{id}/certificate', args);
  if (out !== undefined || pdf === undefined) {
    const signed = await (await context.api()).ask('GET', path);
    await printSigned(context, signed as Certificate, out as string | undefined);
  }
  if (pdf !== undefined) await download(context, ['GET', `${path}.pdf`], pdf);
}

async function runRetention(context: CliContext): Promise<void> {
  const api = await context.api();
  const { id } = (await api.ask('POST', '/retention/runs')) as RetentionRunDto;
  const path = pathOf('/retention/runs/{id}', [id]);
  await followRun(context, id, () => api.ask('GET', path) as Promise<RetentionRunDto>);
}
