import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import type { QuarantinePageDto } from '../../src/inbox/quarantine.dto.js';
import type { SignedStatementDto, StatementDto } from '../../src/reconciliation/reconciliation.dto.js';
import { callerWith, expectProblem } from '../harness/clients.js';
import { daysFromNow, type Reconciled, startReconciled } from './reconciled.js';

jest.setTimeout(60_000);

const FROM = daysFromNow(-10);
const TO = daysFromNow(-1);

let reconciled: Reconciled;
beforeAll(async () => {
  reconciled = await startReconciled();
  reconciled.simulator.remember(40, Date.parse(FROM), Date.parse(TO));
});
afterAll(() => reconciled.stop());

const statement = async (from = FROM, to = TO) =>
  (await reconciled.ask<SignedStatementDto>(`/api/v1/reconciliation/statement?from=${from}&to=${to}`)).body;
const jwks = async () =>
  (await (await fetch(`${reconciled.rollcall.url}/.well-known/jwks.json`)).json()) as JSONWebKeySet;

describe('the statement of completeness', () => {
  it('is not complete for what nobody has asked about', async () => {
    expect((await statement()).statement).toMatchObject({
      complete: false,
      uncovered: [{ from: FROM, to: TO }],
      expected: 0,
      runs: [],
    });
  });

  it('counts what was expected, received, late, healed and open', async () => {
    const dry = await reconciled.run({ from: FROM, to: TO, dryRun: true });
    expect((await statement()).statement).toMatchObject({
      complete: false,
      uncovered: [],
      expected: 40,
      received: 0,
      late: 0,
      healed: 0,
      open: 40,
      runs: [dry.id],
    });
    const run = await reconciled.run({ from: FROM, to: TO });
    const { statement: stated } = await statement();
    expect(stated).toMatchObject({
      issuer: expect.stringContaining('http'),
      period: { from: FROM, to: TO },
      complete: true,
      uncovered: [],
      expected: 40,
      received: 40,
      late: 40,
      healed: 40,
      open: 0,
      runs: expect.arrayContaining([dry.id, run.id]),
    });
    expect(stated.longestLateSeconds).toBeGreaterThan(86_400);
    // half of it is a statement of its own
    const middle = daysFromNow(-5);
    const half = (await statement(FROM, middle)).statement;
    expect(half.expected).toBeGreaterThan(10);
    expect(half.expected).toBeLessThan(30);
  });

  it('is signed by a key of the published set, and says nothing else than the statement beside it', async () => {
    const { statement: stated, jws } = await statement();
    const set = await jwks();
    expect(set.keys).toEqual([
      {
        kty: 'OKP',
        crv: 'Ed25519',
        alg: 'EdDSA',
        use: 'sig',
        kid: expect.any(String),
        x: expect.any(String),
      },
    ]);
    const verified = await compactVerify(jws, createLocalJWKSet(set));
    expect(verified.protectedHeader).toEqual({
      alg: 'EdDSA',
      kid: set.keys[0]!.kid,
      typ: 'rollcall-statement+jws',
      cty: 'json',
    });
    expect(JSON.parse(new TextDecoder().decode(verified.payload)) as StatementDto).toEqual(stated);
  });

  it('does not verify once a figure was changed', async () => {
    const { jws } = await statement();
    const [header, payload, signature] = jws.split('.') as [string, string, string];
    const forged = Buffer.from(
      Buffer.from(payload, 'base64url').toString().replace('"expected":40', '"expected":41'),
    ).toString('base64url');
    const verifying = compactVerify(`${header}.${forged}.${signature}`, createLocalJWKSet(await jwks()));
    await expect(verifying).rejects.toMatchObject({ code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
  });
});

describe('the endpoints', () => {
  it.each([
    ['/statement', 400, 'BAD_REQUEST'],
    [`/statement?from=${TO}&to=${FROM}`, 400, 'BAD_REQUEST'],
    [`/statement?from=${FROM}&to=${TO}&x=1`, 400, 'UNKNOWN_FILTER'],
    ['/runs?state=lost', 400, 'BAD_REQUEST'],
    ['/runs?cursor=x', 400, 'BAD_CURSOR'],
    ['/runs/x', 404, 'NOT_FOUND'],
    ['/runs/0d7a4b0e-9a55-4c1c-92f0-a9d15f2b7c1e', 404, 'NOT_FOUND'],
    ['/gaps?kind=x', 400, 'BAD_REQUEST'],
  ])('GET %s is answered %i %s', async (path, status, code) => {
    expectProblem(await reconciled.ask(`/api/v1/reconciliation${path}`), status, code);
  });

  it.each([
    ['/runs', {}, 400, 'BAD_REQUEST'],
    ['/runs', { from: TO, to: FROM }, 400, 'BAD_REQUEST'],
    ['/runs', { from: daysFromNow(1), to: daysFromNow(2) }, 400, 'BAD_REQUEST'],
    ['/runs', { from: FROM, to: TO, dryRun: 'no' }, 400, 'BAD_REQUEST'],
    ['/gaps/0d7a4b0e-9a55-4c1c-92f0-a9d15f2b7c1e/heal', {}, 404, 'NOT_FOUND'],
    ['/gaps/x/ignore', { reason: 'x' }, 404, 'NOT_FOUND'],
  ])('POST %s of %j is answered %i %s', async (path, body, status, code) => {
    const answer = await reconciled.ask(`/api/v1/reconciliation${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    expectProblem(answer, status, code);
  });

  it('want their scopes', async () => {
    const reader = await callerWith(reconciled.rollcall, 'reconciliation:read');
    expect((await reader('/api/v1/reconciliation/runs')).status).toBe(200);
    const start = await reader('/api/v1/reconciliation/runs', { method: 'POST', body: '{}' });
    expectProblem(start, 403, 'INSUFFICIENT_SCOPE');
    const stranger = await callerWith(reconciled.rollcall, 'applicants:read');
    expectProblem(await stranger('/api/v1/reconciliation/gaps'), 403, 'INSUFFICIENT_SCOPE');
  });

  it('read a date as the beginning of that day in Cairo, and list runs newest first, page by page', async () => {
    const run = await reconciled.run({ from: '2026-01-15', to: '2026-01-16' });
    expect(run).toMatchObject({ from: '2026-01-14T22:00:00.000Z', to: '2026-01-15T22:00:00.000Z' });
    const list = await reconciled.ask<{ items: { id: string }[]; nextCursor: string }>(
      '/api/v1/reconciliation/runs?limit=1',
    );
    expect(list.body.items.map(({ id }) => id)).toEqual([run.id]);
    const next = await reconciled.ask<{ items: { id: string }[] }>(
      `/api/v1/reconciliation/runs?limit=200&cursor=${list.body.nextCursor}`,
    );
    expect(next.body.items.map(({ id }) => id)).not.toContain(run.id);
    expect(next.body.items.length).toBe(2);
  });
});

describe('the statement of a period in which somebody is not here', () => {
  /** Two people of an hour, and what is said of that hour. */
  const people = (hoursAgo: number) => {
    const hour = [daysFromNow(-hoursAgo / 24), daysFromNow((1 - hoursAgo) / 24)] as const;
    reconciled.simulator.remember(2, Date.parse(hour[0]), Date.parse(hour[1]));
    const [first, second] = reconciled.simulator.applicantIds().slice(-2) as [string, string];
    const run = (dryRun = false) => reconciled.run({ from: hour[0], to: hour[1], dryRun });
    return { first, second, run, stated: async () => (await statement(...hour)).statement };
  };
  const send = async (path: string, body: object) =>
    (await reconciled.ask(`/api/v1/${path}`, { method: 'POST', body: JSON.stringify(body) })).status;
  const inQuarantine = async () => {
    const { body } = await reconciled.ask<QuarantinePageDto>('/api/v1/quarantine?state=open');
    return body.items.map(({ id }) => id);
  };

  it('is not complete where a gap was put aside', async () => {
    const { run, stated } = people(20);
    await run(true);
    for (const { id } of await reconciled.gaps('&state=open'))
      expect(await send(`reconciliation/gaps/${id}/ignore`, { reason: 'a test' })).toBe(200);
    expect(await stated()).toMatchObject({ complete: false, expected: 2, received: 0, open: 0, ignored: 2 });
    await run();
    expect(await stated()).toMatchObject({ complete: true, expected: 2, received: 2 });
  });

  it('is not complete while an entry without an id lies in quarantine; fixed or discarded, it is', async () => {
    const { first, second, run, stated } = people(15);
    reconciled.simulator.spoil(first, { applicantId: null });
    reconciled.simulator.spoil(second, { applicantId: ' ' });
    expect(await run()).toMatchObject({ quarantined: 2 });
    expect(await stated()).toMatchObject({ complete: false, quarantined: 2, expected: 0, open: 0 });
    // the days before say nothing of it, and the next run puts neither there again
    expect((await statement()).statement).toMatchObject({ complete: true, quarantined: 0 });
    expect(await run()).toMatchObject({ quarantined: 0 });
    const [one, other] = await inQuarantine();
    expect(await send(`quarantine/${one}/fix`, { patch: { applicantId: 'found-in-a-letter' } })).toBe(200);
    expect(await stated()).toMatchObject({ complete: false, quarantined: 1 });
    expect(await send(`quarantine/${other}/discard`, { reason: 'a test' })).toBe(200);
    expect(await stated()).toMatchObject({ complete: true, quarantined: 0 });
  });

  it('expects an applicant whose entry nobody can use, and stays incomplete where it is only discarded', async () => {
    const { first, second, run, stated } = people(10);
    // one name in two spellings: nobody can know which one counts
    reconciled.simulator.spoil(first, { FirstName: 'another' });
    reconciled.simulator.spoil(second, { FirstName: 'another' });
    await run();
    expect(await stated()).toMatchObject({ complete: false, quarantined: 2, expected: 2, received: 0 });
    const [one, other] = await inQuarantine();
    expect(await send(`quarantine/${one}/discard`, { reason: 'a test' })).toBe(200);
    expect(await send(`quarantine/${other}/fix`, { patch: { FirstName: null } })).toBe(200);
    expect(await stated()).toMatchObject({ complete: false, quarantined: 0, expected: 2, received: 1 });
  });

  it('does not rest on a dry run that saw an entry nobody can use', async () => {
    const { first, run, stated } = people(5);
    reconciled.simulator.spoil(first, { applicantId: null });
    expect(await run(true)).toMatchObject({ quarantined: 1 });
    expect((await stated()).uncovered).toHaveLength(1);
    expect(await inQuarantine()).toEqual([]);
    await run();
    expect(await stated()).toMatchObject({ uncovered: [], complete: false, quarantined: 1, received: 1 });
  });
});

describe('the statement of a period in which callbacks came', () => {
  const hour = [daysFromNow(-2), daysFromNow(-2 + 1 / 24)] as const;
  const came = daysFromNow(-2 + 1 / 48);
  const stated = async () => (await statement(...hour)).statement;
  const sql = (text: string, ...values: unknown[]) => reconciled.rollcall.sql(text, values);
  /** As if it had come in that hour: the receipt's id and its time go together. */
  const receiptIn = async (state: string) => {
    await sql(
      `insert into receipts (id, received_at, source, kind, state, body, body_bytes, received, applied, duplicates, quarantined, results)
       values (gen_random_uuid(), $1, 'callback', 'success', $2, '', 0, 0, 0, 0, 0, '')`,
      came,
      state,
    );
  };

  it('is not complete while one of their elements lies in quarantine, one waits, or one was refused', async () => {
    await reconciled.run({ from: hour[0], to: hour[1] });
    const settled = { quarantined: 0, refused: 0, pending: 0 };
    expect(await stated()).toMatchObject({ complete: true, ...settled });

    const answer = await reconciled.rollcall.callback('success', [{ status: 1 }, { status: 4 }]);
    const { receiptId } = (await answer.json()) as { receiptId: string };
    // those that came outside of the period say nothing of it
    expect(await stated()).toMatchObject({ complete: true, ...settled });
    await sql('update quarantine set received_at = $2 where receipt_id = $1', receiptId, came);
    expect(await stated()).toMatchObject({ complete: false, ...settled, quarantined: 2 });
    await sql(`update quarantine set state = 'discarded' where receipt_id = $1`, receiptId);
    expect(await stated()).toMatchObject({ complete: true, ...settled });

    await receiptIn('pending');
    expect(await stated()).toMatchObject({ complete: false, ...settled, pending: 1 });
    await sql(`update receipts set state = 'applied' where received_at = $1`, came);
    expect(await stated()).toMatchObject({ complete: true, ...settled });

    await receiptIn('rejected');
    expect(await stated()).toMatchObject({ complete: false, ...settled, refused: 1 });
  });
});
