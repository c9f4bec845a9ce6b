import type { ApplicantDto } from '../../src/applicants/applicants.dto.js';
import type {
  QuarantineCountsDto,
  QuarantineDto,
  QuarantineItemDto,
  QuarantinePageDto,
  ReplayDto,
  ReplayItemDto,
} from '../../src/inbox/quarantine.dto.js';
import type { ReceiptDto } from '../../src/inbox/receipts.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { type Answer, type Ask, callerWith, callerWithAll, expectProblem } from '../harness/clients.js';

let rollcall: TestApp;
let owner: Ask;
/** May look, but neither read PII nor act. */
let viewer: Ask;

beforeAll(async () => {
  rollcall = await startApp();
  owner = callerWithAll(rollcall);
  viewer = await callerWith(rollcall, 'quarantine:read');
});
afterAll(() => rollcall.stop());

const LIST = '/api/v1/quarantine';
const list = async (query = '', ask = viewer) => (await ask<QuarantinePageDto>(`${LIST}?${query}`)).body;
const read = async (id: string, ask = owner) => (await ask<QuarantineDto>(`${LIST}/${id}`)).body;
const post = <Body = Record<string, unknown>>(
  path: string,
  body: unknown,
  ask = owner,
): Promise<Answer<Body>> => ask<Body>(`${LIST}/${path}`, { method: 'POST', body: JSON.stringify(body) });
const applicant = async (id: string) => (await owner<ApplicantDto>(`/api/v1/applicants/${id}`)).body;

/** Sends one element that is refused, and finds it in quarantine. */
async function refused(element: string, kind: 'success' | 'fail' = 'success'): Promise<QuarantineItemDto> {
  const response = await rollcall.callback(kind, `[${element}]`);
  const { receiptId } = (await response.json()) as { receiptId: string };
  const [item] = (await list(`receiptId=${receiptId}`)).items;
  expect(item).toBeDefined();
  return item!;
}

const wire = (over: object) => JSON.stringify({ ...anApplicant(), ...over });

describe('GET /api/v1/quarantine', () => {
  it('200: newest first, page by page, without what the elements hold', async () => {
    const ids = [];
    for (const name of ['منى', 'هدى', 'آية']) {
      ids.push((await refused(wire({ applicantId: 'q-list', isUpdate: 'maybe', firstName: name }))).id);
    }
    const seen: string[] = [];
    let more = '';
    for (;;) {
      const page = await list(`applicantId=q-list&limit=2${more}`);
      seen.push(...page.items.map((item) => item.id));
      expect(JSON.stringify(page)).not.toContain('منى');
      if (page.nextCursor === null) break;
      more = `&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual(ids.reverse());
    const [item] = (await list('applicantId=q-list')).items;
    expect(item).toMatchObject({
      applicantId: 'q-list',
      code: 'IS_UPDATE_WRONG_TYPE',
      state: 'open',
      source: 'callback',
      kind: 'success',
      elementIndex: 0,
      resolvedAt: null,
      resolution: null,
      replayReceiptId: null,
    });
  });

  it('200: filters by code and by state, merging states by time', async () => {
    const first = await refused('{"applicantId":"q-state","a":1,"a":2}');
    const second = await refused('{"applicantId":"q-state","__proto__":1}');
    const third = await refused('{"applicantId":"q-state","isUpdate":[]}');
    await post(`${second.id}/discard`, { reason: 'a test' });
    const ids = async (query: string) =>
      (await list(`applicantId=q-state&${query}`)).items.map((item) => item.id);
    expect(await ids('')).toEqual([third.id, second.id, first.id]);
    expect(await ids('state=open')).toEqual([third.id, first.id]);
    expect(await ids('state=discarded')).toEqual([second.id]);
    expect(await ids('state=replayed')).toEqual([]);
    expect(await ids('code=DUPLICATE_KEY')).toEqual([first.id]);
    expect(await ids(`receivedFrom=${third.receivedAt}`)).toEqual([third.id]);
    expect(await ids(`receivedTo=${third.receivedAt}&state=open`)).toEqual([first.id]);
  });

  it.each([
    ['state=lost', 'BAD_REQUEST'],
    ['receiptId=1', 'BAD_REQUEST'],
    ['limit=0', 'BAD_REQUEST'],
    ['reason=x', 'UNKNOWN_FILTER'],
    ['cursor=x', 'BAD_CURSOR'],
  ])('400: %s is %s', async (query, code) => expectProblem(await owner(`${LIST}?${query}`), 400, code));

  it('401 without a key, 403 without quarantine:read', async () => {
    expectProblem(await owner(LIST, { headers: { authorization: '' } }), 401, 'TOKEN_MISSING');
    expectProblem(await (await callerWith(rollcall, 'pii:read'))(LIST), 403, 'INSUFFICIENT_SCOPE');
  });
});

describe('GET /api/v1/quarantine/{id}', () => {
  it('200: shows the element as received to who may read PII, and records it', async () => {
    const element = '{"applicantId" : "q-show", "firstName":"منى","firstName":"هدى", "n": 1.0e2 }';
    const { id } = await refused(element);
    const masked = await read(id, viewer);
    expect(masked).toMatchObject({ id, code: 'DUPLICATE_KEY', element: null });
    expect(masked.masked).toEqual({
      kind: 'object',
      fields: [
        { name: 'applicantId', kind: 'text', values: ['q-show'], refused: false },
        { name: 'firstName', kind: 'text', values: ['م•••'], refused: true },
        { name: 'firstName', kind: 'text', values: ['ه•••'], refused: true },
        { name: 'n', kind: 'number', values: ['•••'], refused: false },
      ],
      leftOff: 0,
    });
    expect(await rollcall.sql('select 1 from audit where subject = $1', [`quarantine:${id}`])).toEqual([]);
    expect(await read(id)).toMatchObject({ id, code: 'DUPLICATE_KEY', element, masked: null });
    expect(
      await rollcall.sql('select action, detail from audit where subject = $1', [`quarantine:${id}`]),
    ).toEqual([{ action: 'quarantine.read', detail: { applicantId: 'q-show' } }]);
  });

  it.each(['00000000-0000-0000-0000-000000000000', '1', 'replay'])('404 for %s', async (id) => {
    expectProblem(await owner(`${LIST}/${id}`), 404, 'NOT_FOUND');
  });
});

describe('GET /api/v1/quarantine/counts', () => {
  it('200: counts by cause and state in one answer', async () => {
    const counts = async () => (await viewer<QuarantineCountsDto>(`${LIST}/counts`)).body;
    const of = (answer: QuarantineCountsDto, state: string) =>
      answer.items.find((one) => one.code === 'TOO_DEEP' && one.state === state)?.count ?? 0;
    const before = await counts();
    const deep = `{"applicantId":"q-count","deep":${'['.repeat(300)}${']'.repeat(300)}}`;
    const [first, second] = [await refused(deep), await refused(deep)];
    await post(`${first.id}/discard`, { reason: 'a test' });
    const after = await counts();
    expect(after).toMatchObject({ nextCursor: null, complete: true });
    expect([
      of(after, 'open') - of(before, 'open'),
      of(after, 'discarded') - of(before, 'discarded'),
    ]).toEqual([1, 1]);
    expect(after.items).toContainEqual(
      expect.objectContaining({ state: 'open', newestAt: second.receivedAt }),
    );
    expect(after.items.map(({ count }) => count)).toEqual(
      after.items.map(({ count }) => count).sort((a, b) => b - a),
    );
    const other = await callerWith(rollcall, 'stats:read');
    expectProblem(await other(`${LIST}/counts`), 403, 'INSUFFICIENT_SCOPE');
  });
});

describe('POST /api/v1/quarantine/{id}/reveal', () => {
  const reason = 'case 4711';
  const reveal = (id: string, body: object, ask: Ask) => post<{ element: string }>(`${id}/reveal`, body, ask);
  let investigator: Ask;
  beforeAll(async () => {
    investigator = await callerWith(rollcall, 'applicants:reveal', 'quarantine:read');
  });

  it('200: shows the element for a reason, recorded for the element and for whom it names', async () => {
    const element = '{"applicantId" : "q-whole", "firstName":"منى", "isUpdate":[] }';
    const { id } = await refused(element);
    const answer = await reveal(id, { reason }, investigator);
    expect(answer).toMatchObject({ status: 200, body: { id, element } });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const entries = await rollcall.sql(
      `select subject, reason, detail from audit where action = 'quarantine.reveal' order by seq`,
    );
    expect(entries).toEqual([
      { subject: `quarantine:${id}`, reason, detail: { applicantId: 'q-whole' } },
      { subject: 'applicant:q-whole', reason, detail: { of: `quarantine:${id}` } },
    ]);
  });

  it('400 without a reason, 404 for what is not there, 403 without both scopes, 503 where it cannot be recorded', async () => {
    const { id } = await refused('{"applicantId":"","firstName":"منى"}');
    expectProblem(await reveal(id, {}, investigator), 400, 'BAD_REQUEST');
    const nobody = '00000000-0000-0000-0000-000000000000';
    expectProblem(await reveal(nobody, { reason }, investigator), 404, 'NOT_FOUND');
    for (const scopes of [['quarantine:read', 'pii:read'], ['applicants:reveal']] as const)
      expectProblem(
        await reveal(id, { reason }, await callerWith(rollcall, ...scopes)),
        403,
        'INSUFFICIENT_SCOPE',
      );
    await rollcall.sql('alter table audit add constraint closed check (false) not valid');
    try {
      expectProblem(await reveal(id, { reason }, investigator), 503, 'AUDIT_UNAVAILABLE');
    } finally {
      await rollcall.sql('alter table audit drop constraint closed');
    }
  });
});

describe('POST /api/v1/quarantine/{id}/fix', () => {
  const fix = (id: string, body: unknown, ask = owner) => post<ReplayItemDto>(`${id}/fix`, body, ask);

  it('200: patches the element, takes it, and keeps what was received', async () => {
    const element = wire({ applicantId: '', firstName: 'منى', note: { a: 1, b: 2 }, account: 1 }).replace(
      '"account":1',
      '"account":12345678901234567890',
    );
    const { id } = await refused(element, 'fail');
    const answer = await fix(id, {
      patch: { applicantId: 'q-fixed', status: 5, note: { b: null } },
      note: 'id from the branch',
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      id,
      applicantId: 'q-fixed',
      passes: true,
      code: null,
      result: 'created',
    });
    expect(await applicant('q-fixed')).toMatchObject({
      outcome: 'rejected',
      firstName: 'منى',
      extras: { note: { a: 1 }, account: '12345678901234567890' },
    });
    expect(await read(id)).toMatchObject({
      state: 'replayed',
      resolution: 'fixed: applicantId, status, note (id from the branch)',
      replayReceiptId: answer.body.replayReceiptId,
      element,
    });
    const receipt = await owner<ReceiptDto>(`/api/v1/receipts/${answer.body.replayReceiptId}`);
    expect(receipt.body).toMatchObject({ source: 'replay', kind: 'fail', results: ['created'] });
    const audit = await rollcall.sql<{ action: string }>(
      'select action from audit where subject = $1 order by at',
      [`quarantine:${id}`],
    );
    expect(audit.map((row) => row.action)).toEqual([
      'quarantine.fix',
      'quarantine.replay',
      'quarantine.read',
    ]);
  });

  it.each([
    ['a key in another case', '{"ApplicantID":"","isUpdate":false}', { applicantId: 'q-1' }],
    ['two spellings of a key', '{"applicantId":"q-2","APPLICANTID":"x"}', { applicantId: 'q-2' }],
    ['a key given twice', '{"applicantId":"q-3","firstName":"a","firstName":"b"}', {}],
    ['a forbidden key', '{"applicantId":"q-4","__proto__":{"a":1},"x":{"constructor":1}}', {}],
    ['what is no object', '"q-5"', { applicantId: 'q-5' }],
    ['too many levels', `{"applicantId":"q-6","deep":${'['.repeat(300)}${']'.repeat(300)}}`, { deep: null }],
  ])('200: mends %s', async (_what, element, patch) => {
    const { id } = await refused(element);
    const { status, body } = await fix(id, { patch });
    expect({ status, body }).toMatchObject({ status: 200, body: { passes: true, result: 'created' } });
  });

  it('200: a dry run says what would happen and writes nothing', async () => {
    const { id } = await refused(wire({ applicantId: '' }));
    const counted = 'select (select count(*) from receipts) as r, (select count(*) from changes) as c';
    const before = await rollcall.sql(counted);
    expect((await fix(id, { patch: { isUpdate: 'x' }, dryRun: true })).body).toMatchObject({
      passes: false,
      code: 'APPLICANT_ID_MISSING',
      reason: expect.any(String),
      result: null,
    });
    expect((await fix(id, { patch: { applicantId: 'q-dry' }, dryRun: true })).body).toMatchObject({
      passes: true,
      applicantId: 'q-dry',
      overtaken: false,
      replayReceiptId: null,
    });
    expect(await rollcall.sql(counted)).toEqual(before);
    expect((await read(id)).state).toBe('open');
  });

  it('200: warns where the applicant was heard of since', async () => {
    const { id } = await refused(wire({ applicantId: 'q-late', isUpdate: {} }));
    await new Promise((resolve) => setTimeout(resolve, 5));
    await rollcall.callback('success', [anApplicant({ applicantId: 'q-late' })]);
    expect((await fix(id, { patch: { isUpdate: true }, dryRun: true })).body).toMatchObject({
      overtaken: true,
    });
  });

  it('422 STILL_REFUSED: says why, and leaves it open', async () => {
    const { id } = await refused(wire({ applicantId: '' }));
    const answer = await fix(id, { patch: { applicantId: 'x'.repeat(129) } });
    expectProblem(answer, 422, 'STILL_REFUSED');
    expect(answer.body).toMatchObject({ elementCode: 'APPLICANT_ID_TOO_LONG' });
    expect((await read(id)).state).toBe('open');
  });

  it('409 CONFLICT where it is resolved, 404 where it is not there', async () => {
    const { id } = await refused(wire({ applicantId: '' }));
    await fix(id, { patch: { applicantId: 'q-twice' } });
    expectProblem(await fix(id, { patch: { applicantId: 'q-twice' } }), 409, 'CONFLICT');
    expectProblem(await fix('00000000-0000-0000-0000-000000000000', { patch: {} }), 404, 'NOT_FOUND');
  });

  it.each([
    [{}],
    [{ patch: 'x' }],
    [{ patch: [] }],
    [{ patch: {}, dryRun: 'yes' }],
    [{ patch: {}, force: true }],
  ])('400 for %j', async (body) => {
    const { id } = await refused(wire({ applicantId: '' }));
    expectProblem(await fix(id, body), 400, 'BAD_REQUEST');
  });

  it('403 without quarantine:write', async () => {
    const { id } = await refused(wire({ applicantId: '' }));
    expectProblem(await fix(id, { patch: {} }, viewer), 403, 'INSUFFICIENT_SCOPE');
  });
});

describe('POST /api/v1/quarantine/replay', () => {
  const replay = (body: unknown, ask = owner) => post<ReplayDto>('replay', body, ask);

  /** Puts a sound element into quarantine, as a fault of ours would have. */
  async function parked(applicantId: string, code = 'APPLY_FAILED'): Promise<string> {
    const { id } = await refused(wire({ applicantId: '', note: applicantId }));
    const sound = await refused('0'); // a place for the sealed bytes of the fixed element
    await post(`${sound.id}/discard`, { reason: 'scaffold' });
    await rollcall.sql('update quarantine set code = $2, applicant_id = $3 where id = $1', [
      id,
      code,
      applicantId,
    ]);
    const { Sealer } = await import('../../src/crypto/sealer.js');
    const bytes = Buffer.from(wire({ applicantId }));
    const sealed = rollcall.app.get(Sealer, { strict: false }).seal(bytes, `quarantine|${id}`);
    await rollcall.sql('update quarantine set element = $2 where id = $1', [id, sealed]);
    return id;
  }

  it('200: is a dry run unless told otherwise', async () => {
    const id = await parked('q-r1');
    const answer = await replay({ ids: [id] });
    expect(answer.body).toMatchObject({
      dryRun: true,
      passing: 1,
      failing: 0,
      nextCursor: null,
      items: [{ id, applicantId: 'q-r1', passes: true, result: null, replayReceiptId: null }],
    });
    expect((await read(id)).state).toBe('open');
    expectProblem(await owner('/api/v1/applicants/q-r1'), 404, 'NOT_FOUND');
  });

  it('200: takes what can be taken, and leaves the rest open', async () => {
    const good = await parked('q-r2', 'R2');
    const bad = await refused(wire({ applicantId: '' }));
    await rollcall.sql("update quarantine set code = 'R2' where id = $1", [bad.id]);
    const { body } = await replay({ filter: { code: 'R2' }, dryRun: false });
    expect(body).toMatchObject({
      dryRun: false,
      passing: 1,
      failing: 1,
      items: [
        { id: good, passes: true, result: 'created' },
        { id: bad.id, passes: false, code: 'APPLICANT_ID_MISSING', result: null },
      ],
    });
    expect(await read(good)).toMatchObject({ state: 'replayed', resolution: 'replayed' });
    expect((await read(bad.id)).state).toBe('open');
    expect(await applicant('q-r2')).toMatchObject({ version: 1 });
  });

  it('200: replaying what is there already is a duplicate, what is resolved is not sent again', async () => {
    const id = await parked('q-r3');
    const element = (await read(id)).element!;
    await rollcall.callback('success', `[${element}]`);
    expect((await replay({ ids: [id], dryRun: false })).body.items).toMatchObject([{ result: 'duplicate' }]);
    expect((await replay({ ids: [id, id], dryRun: false })).body).toMatchObject({
      passing: 0,
      failing: 1,
      items: [{ id, code: 'CONFLICT', result: null }],
    });
  });

  it.each([
    [{}, 400, 'BAD_REQUEST'],
    [{ ids: [] }, 400, 'BAD_REQUEST'],
    [{ ids: ['1'] }, 400, 'BAD_REQUEST'],
    [{ filter: { state: 'open' } }, 400, 'BAD_REQUEST'],
    [{ filter: 'all' }, 400, 'BAD_REQUEST'],
    [{ ids: ['00000000-0000-4000-8000-000000000000'], filter: {} }, 400, 'BAD_REQUEST'],
    [{ filter: {}, dryRun: 'no' }, 400, 'BAD_REQUEST'],
    [{ filter: {}, cursor: 'x' }, 400, 'BAD_CURSOR'],
    [{ ids: ['00000000-0000-4000-8000-000000000000'] }, 404, 'NOT_FOUND'],
  ])('%j is %i %s', async (body, status, code) => expectProblem(await replay(body), status, code));

  it('403 without quarantine:write', async () => {
    expectProblem(await replay({ filter: {} }, viewer), 403, 'INSUFFICIENT_SCOPE');
  });
});

describe('POST /api/v1/quarantine/{id}/discard', () => {
  const discard = (id: string, body: unknown, ask = owner) =>
    post<QuarantineItemDto>(`${id}/discard`, body, ask);

  it('200: puts it aside with the reason and who gave it; it is kept', async () => {
    const { id } = await refused('{"applicantId":"","firstName":"منى"}');
    const { status, body } = await discard(id, { reason: 'a test of the branch' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'discarded',
      resolution: 'discarded: a test of the branch',
      resolvedAt: expect.any(String),
      resolvedBy: expect.any(String),
    });
    expect((await read(id)).element).toBe('{"applicantId":"","firstName":"منى"}');
    const audit = await rollcall.sql('select action from audit where subject = $1 order by at', [
      `quarantine:${id}`,
    ]);
    expect(audit[0]).toEqual({ action: 'quarantine.discard' });
  });

  it('409 where it is resolved, 404 where it is not there, 400 without a reason, 403 without the scope', async () => {
    const { id } = await refused('{"applicantId":""}');
    for (const body of [{}, { reason: '' }, { reason: ' ' }, { reason: 5 }]) {
      expectProblem(await discard(id, body), 400, 'BAD_REQUEST');
    }
    expectProblem(await discard(id, { reason: 'x' }, viewer), 403, 'INSUFFICIENT_SCOPE');
    await discard(id, { reason: 'x' });
    expectProblem(await discard(id, { reason: 'x' }), 409, 'CONFLICT');
    expectProblem(await discard('00000000-0000-0000-0000-000000000000', { reason: 'x' }), 404, 'NOT_FOUND');
  });
});
