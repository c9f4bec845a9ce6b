import type { AuditPageDto } from '../../src/audit-trail/audit-trail.dto.js';
import { Exports } from '../../src/exports/exports.service.js';
import type { ReplayItemDto } from '../../src/inbox/quarantine.dto.js';
import { anApplicant } from '../factories/applicant.js';
import type { TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';
import { type Exporting, startExporting } from '../exports/exporting.js';

const GUID = '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1';
const ID_NUMBER = '29703012357788';

let exporting: Exporting;
let rollcall: TestApp;

beforeAll(async () => {
  exporting = await startExporting();
  ({ rollcall } = exporting);
});
afterAll(() => exporting.stop());

interface Deed {
  actor: string;
  subject: string;
  detail: Record<string, unknown>;
}

const deeds = (action: string) =>
  rollcall.sql<Deed>('select actor, subject, detail from audit where action = $1 order by at, seq', [action]);

async function receive(...list: object[]): Promise<string> {
  const answer = await rollcall.callback('success', list);
  return ((await answer.json()) as { receiptId: string }).receiptId;
}

const post = async <Body>(path: string, body: object): Promise<Body> => {
  const answer = await rollcall.api(`/api/v1${path}`, { method: 'POST', body: JSON.stringify(body) });
  return (await answer.json()) as Body;
};

async function refuseAll<T>(work: () => Promise<T>): Promise<T> {
  await rollcall.sql('alter table audit add constraint closed check (false) not valid');
  try {
    return await work();
  } finally {
    await rollcall.sql('alter table audit drop constraint closed');
  }
}

describe('the bytes of a callback', () => {
  it('are recorded for each applicant in it, taken or not, in the spelling that is kept', async () => {
    await receive(anApplicant({ applicantId: GUID }), anApplicant({ applicantId: 'P-known' }));
    const known = anApplicant({ applicantId: 'P-known' });
    const receipt = await receive(
      anApplicant({ applicantId: GUID.toUpperCase(), isUpdate: true, address: 'another' }),
      known,
      { ...anApplicant({ applicantId: 'P-refused' }), isUpdate: '?' },
      { ...anApplicant(), applicantId: '' },
      anApplicant({ applicantId: 'P-new' }),
    );
    expect((await rollcall.api(`/api/v1/receipts/${receipt}/body`)).status).toBe(200);
    const found = await deeds('receipt.read');
    expect(found[0]).toMatchObject({ subject: `receipt:${receipt}`, detail: {} });
    expect(
      found
        .slice(1)
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual([GUID, 'P-known', 'P-new', 'P-refused'].map((id) => `applicant:${id}`));
    expect(found.at(-1)?.detail).toEqual({ of: `receipt:${receipt}` });
  });

  it('that nobody can read have an entry of their own, and all of them stay inside without one', async () => {
    const answer = await rollcall.callback('success', '[{"applicantId": "P-cut');
    const { receiptId } = (await answer.json()) as { receiptId: string };
    const read = () => rollcall.api(`/api/v1/receipts/${receiptId}/body`);
    const refused = await refuseAll(read);
    expect([refused.status, await refused.text()]).toEqual([503, expect.not.stringContaining('P-cut')]);
    expect(await (await read()).text()).toContain('P-cut');
    expect((await deeds('receipt.read')).at(-1)?.subject).toBe(`receipt:${receiptId}`);
  });
});

describe('the audit of one person', () => {
  it('is found in any spelling of a GUID', async () => {
    await rollcall.api(`/api/v1/applicants/${GUID}`);
    const answer = await rollcall.api(
      `/api/v1/audit?applicantId=${GUID.toUpperCase()}&action=applicant.read&limit=1`,
    );
    const { items } = (await answer.json()) as AuditPageDto;
    expect(items).toMatchObject([{ subject: `applicant:${GUID}`, detail: { via: 'read' } }]);
  });

  it('says what was done with an element about them in quarantine', async () => {
    const refused = async (id: string) => {
      await receive({ ...anApplicant({ applicantId: id }), isUpdate: '?' });
      const [row] = await rollcall.sql<{ id: string }>('select id from quarantine where applicant_id = $1', [
        id,
      ]);
      return row!.id;
    };
    const [one, two] = [await refused('P-fixed'), await refused('P-discarded')];
    await rollcall.api(`/api/v1/quarantine/${one}`);
    const fixed = await post<ReplayItemDto>(`/quarantine/${one}/fix`, { patch: { isUpdate: false } });
    expect(fixed.result).toBe('created');
    await post(`/quarantine/${two}/discard`, { reason: 'a test' });
    const done = await rollcall.sql(
      "select action, subject, detail->>'of' as of from audit where subject like 'applicant:P-%ed' and action like 'quarantine%' order by at, seq",
    );
    expect(done).toEqual([
      { action: 'quarantine.read', subject: 'applicant:P-fixed', of: `quarantine:${one}` },
      { action: 'quarantine.fix', subject: 'applicant:P-fixed', of: `quarantine:${one}` },
      { action: 'quarantine.replay', subject: 'applicant:P-fixed', of: `quarantine:${one}` },
      { action: 'quarantine.discard', subject: 'applicant:P-discarded', of: `quarantine:${two}` },
    ]);
  });

  it('says who saw the hashes of their images, which masked callers do not see', async () => {
    // a follower of the feed notes them
    const noted = 'select from images where lower(applicant_id) = lower($1)';
    await eventually(async () => (await rollcall.sql(noted, [GUID])).length > 0);
    await rollcall.api(`/api/v1/applicants/${GUID}/images`);
    expect(await deeds('image.list')).toMatchObject([{ subject: `applicant:${GUID}` }]);
    const masked = await exporting.keyOf('applicants:read');
    await rollcall.api(`/api/v1/applicants/${GUID}/images`, { headers: masked });
    expect(await deeds('image.list')).toHaveLength(1);
  });
});

it('a search is recorded with its kind and how many it found, never with what was asked', async () => {
  await receive(anApplicant({ applicantId: 'P-found', idNumber: ID_NUMBER }));
  await post('/applicants/search', { idNumber: ID_NUMBER });
  await post('/applicants/search', { q: 'قطقوط' });
  const [byValue, byName] = await deeds('applicant.search');
  expect(byValue?.detail).toMatchObject({ asked: { idNumber: expect.any(String) as string }, found: 1 });
  expect(byName?.detail).toMatchObject({ asked: { q: expect.any(String) as string }, found: 0 });
  expect(JSON.stringify([byValue, byName])).not.toMatch(/2970301|قطقوط/);
});

describe('an export', () => {
  const WITH_NAMES = ['firstName', 'version'];
  const subjects = async () => (await deeds('export.write')).map(({ subject }) => subject);

  it.each([[WITH_NAMES], [['version', 'idNumber', 'outcome']]])(
    'with %j unmasked has an entry for each applicant before it is ready, by who asked',
    async (columns) => {
      const before = (await subjects()).length;
      const { id, rows } = await exporting.exported({ columns });
      const written = (await deeds('export.write')).slice(before);
      const people = await rollcall.sql<{ id: string }>('select applicant_id as id from applicants');
      expect(rows).toBe(people.length);
      expect(written.map(({ subject }) => subject).sort()).toEqual(
        people.map((row) => `applicant:${row.id}`).sort(),
      );
      expect(written[0]).toMatchObject({ actor: 'ROLLCALL_API_KEY', detail: { of: `export:${id}` } });
      const text = await (await exporting.file(id)).text();
      expect(text.split('\r\n')[0]?.replace('\ufeff', '')).toBe(columns.join(','));
    },
  );

  it('that is masked, or has nothing sensitive, has none', async () => {
    const before = await subjects();
    await exporting.exported({ columns: WITH_NAMES, masked: true });
    await exporting.exported();
    expect(await subjects()).toEqual(before);
  });

  it('is not ready while the audit cannot be written, and goes on once it can', async () => {
    const [row] = await rollcall.sql<{ id: string }>(
      `insert into exports (created_by, format, filter, columns, masked, holds_pii)
       values ('ROLLCALL_API_KEY', 'csv', '{}', '{firstName}', false, true) returning id`,
    );
    await refuseAll(async () => {
      rollcall.app.get(Exports).wake();
      const failing = await eventually(async () => {
        const found = await exporting.find(row!.id);
        return found.errorCode === null ? undefined : found;
      });
      expect(failing).toMatchObject({ state: 'waiting', errorCode: 'AUDIT_UNAVAILABLE' });
      expect((await exporting.file(row!.id)).status).toBe(409);
    });
    await exporting.hurry();
    rollcall.app.get(Exports).wake();
    await exporting.until(row!.id, 'ready');
  });
});
