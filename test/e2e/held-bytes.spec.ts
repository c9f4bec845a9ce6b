import { ApplicantRows } from '../../src/applicants/applicant-rows.service.js';
import type { FieldName } from '../../src/enroll-contract/types.js';
import { Inbox } from '../../src/inbox/inbox.service.js';
import { Messages } from '../../src/webhooks/messages.service.js';
import { anApplicant } from '../factories/applicant.js';
import { endOfFeed } from '../feed/fed.js';
import { startApp, type TestApp } from '../harness/app.js';

const COUNT = 7;
/** Four of these are less than may be held at once, five are more. */
const MOST_AT_ONCE = 5;
const LONG = 'x'.repeat(1_000_000);
const IDS = Array.from({ length: COUNT }, (_, at) => `held-${String(at).padStart(2, '0')}`);

let rollcall: TestApp;

beforeAll(async () => {
  rollcall = await startApp();
  for (const applicantId of IDS) {
    await send(anApplicant({ applicantId, address: 'before', issuingAuthority: LONG }));
  }
});
afterAll(() => rollcall.stop());

async function send(...elements: object[]): Promise<Record<string, unknown>> {
  return (await (await rollcall.callback('success', elements)).json()) as Record<string, unknown>;
}

test('applicants are read in bulk by as many bytes as may be held', async () => {
  const never = new AbortController().signal;
  const question = { filter: {}, masked: false, columns: ['applicantId', 'issuingAuthority'] } as const;
  const read = await rollcall.app.get(ApplicantRows).read(question, never, async (_, batches) => {
    const found: unknown[][] = [];
    for await (const { rows } of batches) found.push(rows.map(([applicantId]) => applicantId));
    return found;
  });
  expect(read.flat()).toEqual(IDS);
  expect(Math.max(...read.map((rows) => rows.length))).toBeLessThan(MOST_AT_ONCE);
});

test('a comparison of many long applicants tells of each', async () => {
  const parsed = IDS.map((applicantId, index) => {
    const value = { applicantId, isUpdate: true, address: index % 2 === 0 ? 'before' : 'after' };
    return { index, value, hasEscapes: false };
  });
  const previewed = await rollcall.app.get(Inbox).preview(parsed, new Date());
  expect(previewed).toEqual(
    IDS.map((applicantId, at) => ({
      applicantId,
      result: at % 2 === 0 ? 'duplicate' : 'updated',
      kind: 'any',
    })),
  );
});

test('deliveries with a long field are made a few at a time', async () => {
  await endOfFeed(rollcall);
  const rows = await rollcall.sql<{ history: string; tx: string; seq: string; at: Date; id: string }>(
    `select history::text, tx::text, seq::text, changed_at as at, applicant_id as id from changes c order by c.seq`,
  );
  const deliveries = rows.map(({ at, id, ...place }) => ({
    ...place,
    occurredAt: at,
    applicantId: id,
    version: 1,
    event: 'applicant.created' as const,
  }));
  const messages = rollcall.app.get(Messages);
  // without fields too: each state is opened, since a changed row must show
  for (const fields of [[], ['issuingAuthority']] satisfies FieldName[][]) {
    const made = await messages.of(deliveries, fields);
    expect(
      made.map(
        (message) => (JSON.parse(message!.body) as { data: { applicantId: string } }).data.applicantId,
      ),
    ).toEqual(IDS.slice(0, MOST_AT_ONCE - 1));
  }
});
