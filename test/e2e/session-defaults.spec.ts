import pg from 'pg';
import { migrate } from '../../src/db/migrations.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp } from '../harness/app.js';
import { freshDatabase } from '../harness/database.js';
import { eventually } from '../harness/processes.js';
import { Receiver } from '../webhooks/receiver.js';

jest.setTimeout(160_000);

/** What other houses have on their databases and roles, all at once. */
const ODD: Record<string, string> = {
  ...{ datestyle: 'German, DMY', timezone: 'Asia/Tehran', intervalstyle: 'iso_8601', bytea_output: 'escape' },
  ...{
    standard_conforming_strings: 'off',
    backslash_quote: 'on',
    array_nulls: 'off',
    extra_float_digits: '-15',
  },
  ...{ xmlbinary: 'hex', xmloption: 'document', transform_null_equals: 'on', quote_all_identifiers: 'on' },
  ...{
    client_encoding: 'WIN1256',
    client_min_messages: 'debug1',
    row_security: 'off',
    synchronous_commit: 'off',
  },
  ...{ default_transaction_isolation: 'serializable', default_transaction_deferrable: 'on' },
  ...{ statement_timeout: '3s', lock_timeout: '1ms', idle_in_transaction_session_timeout: '20ms' },
  ...{ idle_session_timeout: '2s', transaction_timeout: '3s' },
  ...{ plan_cache_mode: 'force_custom_plan', jit: 'on', jit_above_cost: '0', constraint_exclusion: 'off' },
  ...{
    from_collapse_limit: '1',
    join_collapse_limit: '1',
    enable_indexscan: 'off',
    enable_bitmapscan: 'off',
  },
  ...{ enable_hashjoin: 'off', enable_nestloop: 'off', enable_sort: 'off', enable_partition_pruning: 'off' },
};

async function setOdd(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const name = pg.escapeIdentifier(new URL(url).pathname.slice(1));
  for (const [setting, value] of Object.entries(ODD)) {
    await client.query(
      `alter database ${name} set ${setting} = ${value.includes(',') ? value : `'${value}'`}`,
    );
  }
  await client.end();
  return url;
}

const APPLICANT = { ...anApplicant({ applicantId: 'odd-1' }), phoneNumbers: null, address: "شارع 'ب\\1'" };

/** One enrollment from its callback to everybody who is told of it; what they were told, without ids and times of this run. */
async function tell(odd: boolean): Promise<Record<string, unknown>> {
  const receiver = new Receiver();
  const port = await receiver.start();
  const rollcall = await startApp({
    captureLog: true,
    env: { ROLLCALL_WEBHOOK_ALLOW_CIDR: '127.0.0.0/8' },
    route: (url) => (odd ? setOdd(url) : url),
  });
  const post = (path: string, body: object) =>
    rollcall.api(`/api/v1/${path}`, { method: 'POST', body: JSON.stringify(body) });
  const get = async (path: string) => (await rollcall.api(`/api/v1/${path}`)).text();

  try {
    await post('endpoints', { name: 'core', url: `http://127.0.0.1:${port}/` });
    const callback = await rollcall.callback('success', [APPLICANT]);
    const update = await rollcall.callback('fail', [{ applicantId: 'odd-1', isUpdate: true, status: 5 }]);
    const { id } = (await (await post('exports', { what: 'applicants', format: 'csv' })).json()) as {
      id: string;
    };
    await eventually(
      async () => (await get(`exports/${id}`)).includes('"state":"ready"') || undefined,
      60_000,
    );
    await eventually(() => receiver.delivered.length === 2 || undefined, 60_000);
    const stats = await eventually(async () => {
      const told = await get('stats/applicants?by=outcome&bucket=none');
      return told.includes('"value":"rejected"') ? told : undefined;
    }, 60_000);
    return withoutThisRun({
      callback: await callback.text(),
      update: await update.text(),
      applicant: await get('applicants/odd-1'),
      versions: await get('applicants/odd-1/versions'),
      list: await get('applicants?limit=5'),
      feed: await get('changes?limit=5'),
      receipts: await get('receipts?limit=5'),
      delivered: receiver.delivered.map(({ body }) => body).sort(),
      exported: await get(`exports/${id}/file`),
      stats,
      errors: rollcall.log.filter((line) => /"level":"error"/.test(line)),
    });
  } finally {
    await rollcall.stop();
    await receiver.stop();
  }
}

function withoutThisRun(told: object): Record<string, unknown> {
  const text = JSON.stringify(told)
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/\\"(cursor|nextCursor|position|next)\\":\\"[^"]*\\"/g, '\\"$1\\":\\"<place>\\"')
    .replaceAll(/"(bytes|attempts|durationMs|total_ms)":\d+/g, '"$1":0');
  return JSON.parse(text) as Record<string, unknown>;
}

test('with every default of database and role set otherwise, all are told the same', async () => {
  const usual = await tell(false);
  expect(usual).toMatchObject({ errors: [], stats: expect.stringContaining('"total":1') });
  expect(await tell(true)).toEqual(usual);
});

test('and the schema is made by the same migrations', async () => {
  const database = await freshDatabase({ migrated: false });
  expect((await migrate(await setOdd(database.url))).length).toBeGreaterThan(10);
  await database.drop();
});
