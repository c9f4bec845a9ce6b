import { DataSource, type EntityManager } from 'typeorm';
import { CliContext } from '../../src/cli/context.js';
import { runCommand } from '../../src/cli/program.js';
import { type Config, loadConfig } from '../../src/config/config.js';
import type { HoldDto, HoldPageDto } from '../../src/retention/holds.dto.js';
import { Holds } from '../../src/retention/holds.service.js';
import { aNationalId, anApplicant } from '../factories/applicant.js';
import { KEYS, startApp, type TestApp } from '../harness/app.js';
import { type Ask, callerWith, expectProblem } from '../harness/clients.js';
import { CLI } from '../harness/processes.js';

const MONA = aNationalId({ seed: 1 });
const GUID = '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1';
const NOBODY = '00000000-0000-4000-8000-000000000000';
const OFFICER = 'test holds:read holds:write';

let rollcall: TestApp;
let officer: Ask;

beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_ROLE: 'api' } });
  await take('A-mona', MONA);
  await take('A-ali', aNationalId({ seed: 2 }));
  await take(GUID, aNationalId({ seed: 3 }));
  officer = await callerWith(rollcall, 'holds:read', 'holds:write');
});
afterAll(() => rollcall.stop());

async function take(applicantId: string, idNumber: string): Promise<void> {
  expect((await rollcall.callback('success', [anApplicant({ applicantId, idNumber })])).status).toBe(200);
}

const place = (body: object, by = officer) =>
  by<HoldDto>('/api/v1/holds', { method: 'POST', body: JSON.stringify(body) });
const lift = (id: string, by = officer) => by<HoldDto>(`/api/v1/holds/${id}/lift`, { method: 'POST' });
const placed = async (body: object): Promise<HoldDto> => {
  const answer = await place({ reason: 'case 1', ...body });
  expect(answer.status).toBe(201);
  return answer.body;
};
const inTx = <T>(work: (tx: EntityManager) => Promise<T>) =>
  rollcall.app.get(DataSource).transaction((tx) => work(tx));
const held = (...ids: string[]) =>
  inTx(async (tx) => [...(await rollcall.app.get(Holds).isHeld(tx, ids))].sort());
const deedsOf = ({ id }: HoldDto) =>
  rollcall.sql<{ actor: string; action: string; subject: string; detail: object }>(
    `select actor, action, subject, reason, detail from audit where $1 in (subject, detail ->> 'of') order by seq`,
    [`hold:${id}`],
  );

afterEach(async () => {
  const { body } = await officer<HoldPageDto>('/api/v1/holds?state=placed');
  for (const { id } of body.items) expect((await lift(id)).status).toBe(200);
});

describe('a hold', () => {
  it('on an applicant holds this one until it is lifted; both are recorded, also with the person', async () => {
    expect(await held('A-mona', 'A-ali')).toEqual([]);
    const hold = await placed({ applicantId: 'A-mona' });
    expect(hold).toMatchObject({
      state: 'placed',
      applicantId: 'A-mona',
      applicantIds: ['A-mona'],
      reason: 'case 1',
      placedBy: OFFICER,
      liftedBy: null,
      liftedAt: null,
    });
    expect(await held('A-mona', 'A-ali')).toEqual(['A-mona']);
    const lifted = await lift(hold.id);
    expect(lifted).toMatchObject({
      status: 200,
      body: { state: 'lifted', applicantIds: [], liftedBy: OFFICER },
    });
    expect(await held('A-mona')).toEqual([]);
    const entry = { actor: OFFICER, reason: 'case 1' };
    const detail = { by: 'applicantId' };
    expect(await deedsOf(hold)).toEqual(
      ['hold.place', 'hold.lift'].flatMap((action) => [
        { ...entry, action, subject: `hold:${hold.id}`, detail },
        { ...entry, action, subject: 'applicant:A-mona', detail: { of: `hold:${hold.id}` } },
      ]),
    );
  });

  it('on a national id, in any spelling, holds whoever has it, now and later; it is kept sealed, and goes with the lifting', async () => {
    const hold = await placed({ idNumber: ` ${MONA.slice(0, 4)}-${MONA.slice(4)}` });
    expect(hold).toMatchObject({ applicantId: null, applicantIds: ['A-mona'] });
    await take('A-mona-again', MONA);
    expect(await held('A-mona', 'A-mona-again', 'A-ali', 'A-unknown')).toEqual(['A-mona', 'A-mona-again']);
    const { body } = await officer<HoldPageDto>('/api/v1/holds?state=placed');
    expect(body.items).toMatchObject([{ id: hold.id, applicantIds: ['A-mona', 'A-mona-again'] }]);
    const kept = () =>
      rollcall.sql<{ row: string; length: number }>(
        `select h::text as row, octet_length(id_number) as length from holds h where id = $1`,
        [hold.id],
      );
    expect(await kept()).toEqual([{ row: expect.not.stringContaining(MONA), length: expect.any(Number) }]);
    expect(JSON.stringify([body, await deedsOf(hold)])).not.toContain(MONA);
    await lift(hold.id);
    expect(await kept()).toMatchObject([{ length: null }]);
    expect(await held('A-mona')).toEqual([]);
    expect((await deedsOf(hold)).map(({ action, subject }) => `${action} ${subject}`)).toEqual([
      `hold.place hold:${hold.id}`,
      'hold.place applicant:A-mona',
      `hold.lift hold:${hold.id}`,
      'hold.lift applicant:A-mona',
      'hold.lift applicant:A-mona-again',
    ]);
  });

  it('finds a GUID in any spelling', async () => {
    await placed({ applicantId: GUID.toUpperCase() });
    expect(await held(GUID)).toEqual([GUID]);
    expect(await held(GUID.toUpperCase())).toEqual([GUID.toUpperCase()]);
  });

  it('of the same person for the same reason is the one that is there; for another reason it counts for itself', async () => {
    const [first, again] = await Promise.all([placed({ idNumber: MONA }), placed({ idNumber: MONA })]);
    expect(again.id).toBe(first.id);
    expect((await deedsOf(first)).filter(({ subject }) => subject.startsWith('hold:'))).toHaveLength(1);
    const other = await placed({ idNumber: MONA, reason: 'case 2' });
    expect(other.id).not.toBe(first.id);
    await lift(first.id);
    expect(await held('A-mona')).toEqual(['A-mona']);
    const [once, twice] = [await lift(other.id), await lift(other.id)];
    expect(twice.body).toEqual(once.body);
    expect((await deedsOf(other)).filter(({ action }) => action === 'hold.lift')).toMatchObject([
      { subject: `hold:${other.id}` },
      { subject: 'applicant:A-mona' },
      { subject: 'applicant:A-mona-again' },
    ]);
    expect((await placed({ idNumber: MONA })).id).not.toBe(first.id);
  });

  it('waits for whoever removes something, so that it comes before or after, never between', async () => {
    let answered = false;
    const answer = await inTx(async (tx) => {
      expect((await rollcall.app.get(Holds).isHeld(tx, ['A-ali'])).size).toBe(0);
      const waiting = placed({ applicantId: 'A-ali' }).finally(() => (answered = true));
      await rollcall.app.get(Holds).isHeld(tx, ['A-ali']);
      await tx.query('select pg_sleep(0.3)');
      expect(answered).toBe(false);
      return { waiting };
    });
    await answer.waiting;
    expect(await held('A-ali')).toEqual(['A-ali']);
  });

  it.each<[string, object]>([
    ['nobody', {}],
    ['an applicant and a national id', { applicantId: 'A-mona', idNumber: MONA }],
    ['a national id of dashes', { idNumber: '--' }],
    ['an empty applicantId', { applicantId: '' }],
    ['U+0000', { applicantId: 'a\0' }],
    ['no reason', { applicantId: 'A-mona', reason: undefined }],
    ['a blank reason', { applicantId: 'A-mona', reason: ' ' }],
    ['an unknown key', { applicantId: 'A-mona', until: '2027-01-01' }],
  ])('400 for %s', async (_, body) => {
    expectProblem(await place({ reason: 'case 1', ...body }), 400, 'BAD_REQUEST');
  });

  it('404 for an unknown one, 403 without the scope, and none without its record', async () => {
    expectProblem(await lift(NOBODY), 404, 'NOT_FOUND');
    const reader = await callerWith(rollcall, 'holds:read');
    expectProblem(
      await place({ applicantId: 'A-mona', reason: 'case 1' }, reader),
      403,
      'INSUFFICIENT_SCOPE',
    );
    await rollcall.sql('alter table audit add constraint closed check (false) not valid');
    try {
      expectProblem(await place({ applicantId: 'A-mona', reason: 'case 1' }), 503, 'AUDIT_UNAVAILABLE');
    } finally {
      await rollcall.sql('alter table audit drop constraint closed');
    }
    expect(await held('A-mona')).toEqual([]);
  });

  it('is listed newest first, page by page', async () => {
    const [first, second] = [await placed({ applicantId: 'A-mona' }), await placed({ applicantId: 'A-ali' })];
    const { body: page } = await officer<HoldPageDto>('/api/v1/holds?limit=1');
    expect(page.items).toEqual([second]);
    const { body: next } = await officer<HoldPageDto>(`/api/v1/holds?limit=1&cursor=${page.nextCursor}`);
    expect(next.items).toEqual([first]);
    expectProblem(await officer('/api/v1/holds?cursor=x'), 400, 'BAD_CURSOR');
    expectProblem(await officer('/api/v1/holds?state=gone'), 400, 'BAD_REQUEST');
  });
});

it('is listed of one applicant: by its id in any spelling, and by its national id', async () => {
  const byId = await placed({ applicantId: GUID });
  const other = await placed({ applicantId: 'A-ali' });
  const byNumber = await placed({ idNumber: MONA });
  const of = async (applicantId: string, more = '') =>
    (await officer<HoldPageDto>(`/api/v1/holds?state=placed&applicantId=${applicantId}${more}`)).body;
  expect((await of(GUID.toUpperCase())).items).toEqual([byId]);
  expect((await of('A-mona')).items.map(({ id }) => id)).toEqual([byNumber.id]);
  expect((await of('nobody')).items).toEqual([]);
  const again = await placed({ applicantId: 'A-mona' });
  const { items, nextCursor } = await of('A-mona', '&limit=1');
  expect(items).toEqual([again]);
  expect((await of('A-mona', `&cursor=${nextCursor}`)).items.map(({ id }) => id)).toEqual([byNumber.id]);
  await lift(other.id);
  const lifted = await officer<HoldPageDto>('/api/v1/holds?state=lifted&applicantId=A-ali&limit=1');
  expect(lifted.body.items).toMatchObject([{ id: other.id }]);
});

describe('rollcall holds', () => {
  class TestContext extends CliContext {
    readonly printed: unknown[] = [];
    override get config(): Config {
      return loadConfig({ NODE_ENV: 'test', DATABASE_URL: rollcall.databaseUrl, ROLLCALL_KEYS: KEYS });
    }
    override print(value: unknown): void {
      this.printed.push(value);
    }
    override note(text: string): void {
      this.printed.push(text);
    }
  }

  async function holds<Printed>(...args: string[]): Promise<{ code: number; printed: Printed }> {
    const context = new TestContext();
    const code = await runCommand(['--json', 'holds', ...args], context);
    return { code, printed: context.printed[0] as Printed };
  }

  it('places, lists and lifts', async () => {
    const { code, printed: hold } = await holds<HoldDto>(
      'place',
      '--applicant',
      'A-ali',
      '--reason',
      'case 3',
    );
    expect({ code, hold }).toMatchObject({ code: 0, hold: { applicantIds: ['A-ali'], placedBy: CLI } });
    expect((await holds<HoldPageDto>('list')).printed.items).toEqual([hold]);
    expect((await holds<HoldPageDto>('list', '--applicant-id', 'A-ali')).printed.items).toEqual([hold]);
    expect((await holds<HoldPageDto>('list', '--applicant-id', 'A-mona')).printed.items).toEqual([]);
    expect(await holds<HoldDto>('lift', hold.id)).toMatchObject({ code: 0, printed: { state: 'lifted' } });
    expect((await holds<HoldPageDto>('list')).printed.items).toEqual([]);
    expect((await holds('place', '--reason', 'case 3')).code).toBe(2);
    expect((await holds('lift', 'x')).code).toBe(2);
  });
});
