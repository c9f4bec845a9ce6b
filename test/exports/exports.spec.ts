import { readdirSync, readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { readSheet } from 'read-excel-file/node';
import { ExportFiles } from '../../src/exports/export-files.service.js';
import { DEFAULT_COLUMNS } from '../../src/exports/exports.types.js';
import type { ExportPageDto } from '../../src/exports/exports.dto.js';
import type { Scope } from '../../src/auth/auth.types.js';
import { anApplicant } from '../factories/applicant.js';
import { eventually } from '../harness/processes.js';
import { type Exporting, startExporting } from './exporting.js';

jest.setTimeout(120_000);

const PATH = '/api/v1/exports';
const ID = '0d7a4b0e-9a55-4c1c-92f0-a9d15f2b7c1e';
const SENSITIVE = ['applicantId', 'firstName', 'idNumber', 'phoneNumbers', 'emails', 'address', 'extras'];
const MONA = {
  applicantId: 'E-1',
  firstName: 'منى',
  familyName: 'أحمد حسن',
  gender: 'أنثى',
  idNumber: '29703012357788',
  phoneNumbers: ['+201068282888', '01068282889'],
  emails: ['mona@example.com'],
  address: '=HYPERLINK("http://x")',
  issueDate: '٠١/٠٥/٢٠٢١',
  channel: 'branch-12',
};

let exporting: Exporting;
beforeAll(async () => {
  exporting = await startExporting();
  await exporting.enroll(MONA);
  await exporting.enroll(
    { applicantId: 'E-2', status: 4, nationality: 'SDN' },
    { applicantId: '000123', status: 77 },
  );
  const failed = [anApplicant({ applicantId: 'E-3', status: 5 })];
  await (await exporting.rollcall.callback('fail', failed)).text();
});
afterAll(() => exporting.stop());

type Row = Record<string, string>;

async function csvOf({ id }: { id: string }, headers?: Record<string, string>): Promise<Row[]> {
  const response = await exporting.file(id, headers);
  expect(response.status).toBe(200);
  const bytes = Buffer.from(await response.arrayBuffer());
  const { data, errors } = Papa.parse<Row>(bytes.toString('utf8'), { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  return data;
}

async function problemOf(response: Response): Promise<{ status: number; code: string }> {
  const { code } = (await response.json()) as { code: string };
  return { status: response.status, code };
}

function partsInStore(): string[] {
  return readdirSync(exporting.imageDir, { recursive: true })
    .map(String)
    .filter((file) => /[0-9a-f]{64}$/.test(file));
}

describe('an export', () => {
  it('without columns has what is not sensitive, oldest applicant first', async () => {
    const ready = await exporting.exported();
    expect(ready).toMatchObject({
      state: 'ready',
      format: 'csv',
      filter: {},
      columns: DEFAULT_COLUMNS,
      masked: false,
      holdsPii: false,
      rows: 4,
      rowsTotal: 4,
      attempts: 1,
      errorCode: null,
    });
    expect(Date.parse(ready.expiresAt!) - Date.parse(ready.finishedAt!)).toBe(7 * 86_400_000);
    const rows = await csvOf(ready);
    expect(Object.keys(rows[0]!)).toEqual(DEFAULT_COLUMNS);
    expect(rows.map(({ applicantId }) => applicantId)).toEqual(['E-1', '000123', 'E-2', 'E-3']);
    expect(rows[0]).toMatchObject({
      version: '1',
      outcome: 'accepted',
      status: '1',
      derivedGender: 'F',
      derivedBirthGovernorate: '23',
      issueDateParsed: '2021-05-01',
    });
    expect(rows[1]!.flags!.split('|')).toContain('unknownStatus');
  });

  it('has the times of the API, to the millisecond', async () => {
    const answer = await exporting.rollcall.api('/api/v1/applicants/E-1');
    const { firstReceivedAt, lastReceivedAt } = (await answer.json()) as Row;
    const [mona] = await csvOf(await exporting.exported());
    expect(mona).toMatchObject({ firstReceivedAt, lastReceivedAt });
  });

  it('is given away as a file that nobody caches, with its length', async () => {
    const { id, bytes } = await exporting.exported({ format: 'ndjson' });
    const response = await exporting.file(id);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/x-ndjson',
      'content-length': String(bytes),
      'cache-control': 'no-store',
      'content-disposition': expect.stringMatching(
        /^attachment; filename="applicants-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.ndjson"$/,
      ),
    });
    const lines = (await response.text()).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { applicantId: string }).applicantId)).toHaveLength(4);
  });

  it('as XLSX is a sheet with texts as texts', async () => {
    const { id } = await exporting.exported({
      format: 'xlsx',
      columns: ['applicantId', 'status', 'address'],
    });
    const sheet = await readSheet(Buffer.from(await (await exporting.file(id)).arrayBuffer()));
    expect(sheet.slice(0, 2)).toEqual([
      ['applicantId', 'status', 'address'],
      ['E-1', 1, MONA.address],
    ]);
    expect(sheet[2]).toEqual(['000123', 77, expect.any(String)]);
  });

  it.each([
    [{ outcome: 'rejected' }, ['E-3']],
    [{ status: 4 }, ['E-2']],
    [{ nationality: 'SDN' }, ['E-2']],
    [{ documentType: 'EGY', status: 5 }, ['E-3']],
    [{ flag: 'unknownStatus' }, ['000123']],
    [{ receivedTo: '2020-01-01' }, []],
    [{ receivedFrom: '2020-01-01T00:00:00Z', outcome: null }, ['E-1', '000123', 'E-2', 'E-3']],
  ])('of the filter %j has %j', async (filter, ids) => {
    const rows = await csvOf(await exporting.exported({ filter }));
    expect(rows.map(({ applicantId }) => applicantId)).toEqual(ids);
  });

  it('in parquet and without anybody in it ends well, too', async () => {
    const ready = await exporting.exported({ format: 'parquet', filter: { receivedTo: '2020-01-01' } });
    const bytes = Buffer.from(await (await exporting.file(ready.id)).arrayBuffer());
    expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', bytes.length - 4)).toBe('PAR1PAR1');
    const empty = await exporting.exported({ format: 'ndjson', filter: { receivedTo: '2020-01-01' } });
    expect(await (await exporting.file(empty.id)).text()).toBe('');
  });

  it('is read in one snapshot: no callback is in it by half', async () => {
    // more than one batch
    const crowd = Array.from({ length: 700 }, (_, at) => ({ applicantId: `S-${at}`, nationality: 'N-0' }));
    await exporting.enroll(...crowd);
    let round = 0;
    let over = false;
    const flipping = (async () => {
      while (!over) {
        const nationality = `N-${(round += 1)}`;
        await exporting.enroll(...crowd.map((one) => ({ ...one, nationality, isUpdate: true })));
      }
    })();
    try {
      for (let turn = 0; turn < 3; turn += 1) {
        const rows = (await csvOf(await exporting.exported())).filter(({ nationality }) =>
          /^N-/.test(nationality!),
        );
        expect(rows).toHaveLength(crowd.length);
        expect(new Set(rows.map(({ nationality }) => nationality)).size).toBe(1);
      }
    } finally {
      over = true;
      await flipping;
      await exporting.rollcall.sql("delete from applicants where applicant_id like 'S-%'");
    }
    expect(round).toBeGreaterThan(1);
  });
});

describe('sensitive columns', () => {
  it('are masked for a key that may not read them, and then the file is for every reader of exports', async () => {
    const writer = await exporting.keyOf('exports:write');
    const ready = await exporting.exported({ columns: [...SENSITIVE, 'derivedBirthDate'] }, writer);
    expect(ready).toMatchObject({ masked: true, holdsPii: false });
    const [mona] = await csvOf(ready, await exporting.keyOf('exports:read'));
    expect(mona).toEqual({
      applicantId: 'E-1',
      firstName: 'م•••',
      idNumber: '•••88',
      phoneNumbers: '•••88|•••89',
      emails: 'm•••@•••',
      address: '•••',
      extras: '{"channel":"•••"}',
      derivedBirthDate: '',
    });
  });

  it('are whole for a key that may read them, and then every download takes pii:read', async () => {
    const writer = await exporting.keyOf('exports:write', 'pii:read');
    const ready = await exporting.exported({ columns: [...SENSITIVE, 'derivedBirthDate'] }, writer);
    expect(ready).toMatchObject({ masked: false, holdsPii: true });
    const refused = await exporting.file(ready.id, await exporting.keyOf('exports:read'));
    expect(refused.headers.get('www-authenticate')).toContain('scope="pii:read"');
    expect(await problemOf(refused)).toEqual({ status: 403, code: 'INSUFFICIENT_SCOPE' });
    const [mona] = await csvOf(ready, await exporting.keyOf('exports:read', 'pii:read'));
    expect(mona).toEqual({
      applicantId: 'E-1',
      firstName: 'منى',
      idNumber: MONA.idNumber,
      phoneNumbers: `'${MONA.phoneNumbers.join('|')}`,
      emails: 'mona@example.com',
      address: `'${MONA.address}`,
      extras: '{"channel":"branch-12"}',
      derivedBirthDate: '1997-03-01',
    });
  });

  it('are masked where it is asked for', async () => {
    const ready = await exporting.exported({ columns: SENSITIVE, masked: true });
    expect(ready).toMatchObject({ masked: true, holdsPii: false });
    expect((await csvOf(ready))[0]).toMatchObject({ idNumber: '•••88' });
  });

  it('can be told from the others: their bytes are nowhere in the store', async () => {
    const ready = await exporting.exported({ columns: SENSITIVE });
    const names = partsInStore();
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      expect(readFileSync(`${exporting.imageDir}/${name}`).includes(MONA.idNumber)).toBe(false);
    }
    expect(ready.holdsPii).toBe(true);
  });
});

describe('the audit', () => {
  it('says who made which file and who took it, without what is in it', async () => {
    const headers = await exporting.keyOf('exports:write', 'exports:read', 'pii:read');
    const { id, bytes } = await exporting.exported({ columns: SENSITIVE, filter: { status: 1 } }, headers);
    await csvOf({ id }, headers);
    const deeds = await exporting.rollcall.sql<{ actor: string; action: string; detail: object }>(
      'select actor, action, detail from audit where subject = $1 order by at',
      [`export:${id}`],
    );
    const what = { format: 'csv', filter: { status: 1 }, columns: SENSITIVE, masked: false, holdsPii: true };
    expect(deeds).toEqual([
      { actor: expect.stringMatching(/^key-/), action: 'export.create', detail: what },
      { actor: deeds[0]!.actor, action: 'export.download', detail: { ...what, rows: 1, bytes } },
    ]);
  });
});

describe('exports are kept', () => {
  it('in a list, newest first, page by page', async () => {
    const [first, second] = [await exporting.exported(), await exporting.exported()];
    const page = async (query: string) =>
      (await (await exporting.rollcall.api(`${PATH}?${query}`)).json()) as ExportPageDto;
    const newest = await page('limit=1');
    expect(newest.items.map(({ id }) => id)).toEqual([second.id]);
    const next = await page(`limit=1&cursor=${newest.nextCursor}`);
    expect(next.items.map(({ id }) => id)).toEqual([first.id]);
  });

  it('until they expire: then the export and its parts are gone', async () => {
    const kept = await exporting.exported();
    const { id } = await exporting.exported();
    const before = partsInStore().length;
    await exporting.rollcall.sql(
      "update exports set expires_at = now() - interval '1 second' where id = $1",
      [id],
    );
    await exporting.rollcall.app.get(ExportFiles).remove(new AbortController().signal);
    await eventually(() => partsInStore().length === before - 1, 60_000);
    expect(await problemOf(await exporting.file(id))).toEqual({ status: 404, code: 'NOT_FOUND' });
    expect(await csvOf(kept)).not.toEqual([]);
    const deeds = await exporting.rollcall.sql(
      "select actor from audit where subject = $1 and action = 'export.expire'",
      [`export:${id}`],
    );
    expect(deeds).toEqual([{ actor: 'system' }]);
  });

  it('until somebody deletes them', async () => {
    const { id } = await exporting.exported();
    const before = partsInStore().length;
    const response = await exporting.rollcall.api(`${PATH}/${id}`, { method: 'DELETE' });
    expect(response.status).toBe(204);
    expect(await problemOf(await exporting.rollcall.api(`${PATH}/${id}`))).toEqual({
      status: 404,
      code: 'NOT_FOUND',
    });
    await eventually(() => partsInStore().length === before - 1, 60_000);
  });
});

describe('refusals', () => {
  it.each([
    ['no body', undefined],
    ['nothing', {}],
    ['something else', { what: 'receipts', format: 'csv' }],
    ['an unknown format', { what: 'applicants', format: 'xls' }],
    ['an unknown column', { what: 'applicants', format: 'csv', columns: ['applicantId', 'sealed'] }],
    ['a column twice', { what: 'applicants', format: 'csv', columns: ['status', 'status'] }],
    ['no columns', { what: 'applicants', format: 'csv', columns: [] }],
    ['columns that are no list', { what: 'applicants', format: 'csv', columns: 'applicantId' }],
    ['an unknown filter', { what: 'applicants', format: 'csv', filter: { idNumber: '1' } }],
    ['a filter that is a list', { what: 'applicants', format: 'csv', filter: [] }],
    ['a bad outcome', { what: 'applicants', format: 'csv', filter: { outcome: 'good' } }],
    ['a bad time', { what: 'applicants', format: 'csv', filter: { receivedFrom: 'yesterday' } }],
    ['an unknown key', { what: 'applicants', format: 'csv', compress: true }],
  ])('of %s: 400', async (_what, body) => {
    const response = await exporting.rollcall.api(PATH, { method: 'POST', body: JSON.stringify(body) });
    expect(await problemOf(response)).toEqual({ status: 400, code: 'BAD_REQUEST' });
  });

  it.each([
    ['GET', `${PATH}/${ID}`, 404, 'NOT_FOUND'],
    ['GET', `${PATH}/${ID}/file`, 404, 'NOT_FOUND'],
    ['POST', `${PATH}/${ID}/cancel`, 404, 'NOT_FOUND'],
    ['DELETE', `${PATH}/${ID}`, 404, 'NOT_FOUND'],
    ['GET', `${PATH}/1`, 404, 'NOT_FOUND'],
    ['GET', `${PATH}?limit=0`, 400, 'BAD_REQUEST'],
    ['GET', `${PATH}?state=ready`, 400, 'UNKNOWN_FILTER'],
    ['GET', `${PATH}?cursor=x`, 400, 'BAD_CURSOR'],
    ['PUT', `${PATH}/${ID}`, 405, 'METHOD_NOT_ALLOWED'],
  ])('%s %s: %i %s', async (method, path, status, code) => {
    expect(await problemOf(await exporting.rollcall.api(path, { method }))).toEqual({ status, code });
  });

  it('of cancelling what is over: 409', async () => {
    const { id } = await exporting.exported();
    const response = await exporting.rollcall.api(`${PATH}/${id}/cancel`, { method: 'POST' });
    expect(await problemOf(response)).toEqual({ status: 409, code: 'CONFLICT' });
  });

  it.each<[string, string, Scope]>([
    ['POST', PATH, 'exports:read'],
    ['POST', `${PATH}/${ID}/cancel`, 'exports:read'],
    ['DELETE', `${PATH}/${ID}`, 'exports:read'],
    ['GET', PATH, 'exports:write'],
    ['GET', `${PATH}/${ID}`, 'exports:write'],
    ['GET', `${PATH}/${ID}/file`, 'pii:read'],
  ])('%s %s with the scope %s alone: 403; without a key: 401', async (method, path, scope) => {
    const body = method === 'POST' ? { body: '{}' } : {};
    const headers = await exporting.keyOf(scope);
    const lacking = await exporting.rollcall.api(path, { method, headers, ...body });
    expect(await problemOf(lacking)).toEqual({ status: 403, code: 'INSUFFICIENT_SCOPE' });
    const nobody = await fetch(exporting.rollcall.url + path, { method });
    expect(await problemOf(nobody)).toEqual({ status: 401, code: 'TOKEN_MISSING' });
  });
});

it('says how many exports ended how', async () => {
  await exporting.exported();
  const metrics = await (await fetch(`${exporting.rollcall.url}/metrics`)).text();
  expect(metrics).toMatch(/^rollcall_exports_total\{result="ready"\} [1-9]/m);
});

describe('where nobody has time to write them', () => {
  let waiting: Exporting;
  beforeAll(async () => (waiting = await startExporting({ ROLLCALL_ROLE: 'api' })));
  afterAll(() => waiting.stop());

  it('ten exports of one key wait, also of those asked for at once; other keys wait for none of them', async () => {
    const ask = (headers: Record<string, string>) =>
      waiting.rollcall.api(PATH, {
        method: 'POST',
        body: '{"what":"applicants","format":"csv"}',
        headers: { 'content-type': 'application/json', ...headers },
      });
    const greedy = await waiting.keyOf('exports:write');
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(greedy)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(10).fill(202), 429, 429]);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.map(({ headers }) => headers.get('retry-after'))).toEqual(['60', '60']);
    expect(await refused[0]?.json()).toMatchObject({ code: 'TOO_MANY_EXPORTS' });
    expect((await ask(await waiting.keyOf('exports:write'))).status).toBe(202);
    const taken = (await answers.find(({ status }) => status === 202)?.json()) as { id: string };
    await waiting.rollcall.api(`${PATH}/${taken.id}/cancel`, { method: 'POST', headers: greedy });
    expect((await ask(greedy)).status).toBe(202);
  });
});
