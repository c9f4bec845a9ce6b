import { EntityManager } from 'typeorm';
import type { MintedSessionDto, SessionPageDto } from '../../src/enroll-client/session-tokens.dto.js';
import { SessionTokens } from '../../src/enroll-client/session-tokens.service.js';
import type { Simulator } from '../../simulator/simulator.js';
import { startSimulator } from '../../simulator/start.js';
import { startApp, type TestApp } from '../harness/app.js';
import { type Ask, callerWith, callerWithAll, expectProblem } from '../harness/clients.js';

const PATH = '/api/v1/enroll/session-tokens';

let simulator: Simulator;
let rollcall: TestApp;
let owner: Ask;

beforeAll(async () => {
  simulator = await startSimulator();
  simulator.remember(3, Date.now() - 86_400_000, Date.now());
  rollcall = await startApp({
    captureLog: true,
    env: {
      ENROLL_BASE_URL: simulator.url,
      ENROLL_TENANT_ID: simulator.tenantId,
      ENROLL_TENANT_SECRET: simulator.tenantSecret,
    },
  });
  owner = callerWithAll(rollcall);
});
beforeEach(async () => {
  simulator.faults();
  await rollcall.sql('delete from session_tokens');
});
afterAll(async () => {
  await rollcall.stop();
  await simulator.close();
});

const mint = (body: object, ask: Ask = owner) =>
  ask<MintedSessionDto>(PATH, { method: 'POST', body: JSON.stringify(body) });
const listed = async (query = '') => (await owner<SessionPageDto>(PATH + query)).body.items;

describe('POST /api/v1/enroll/session-tokens', () => {
  it('201: mints an onboarding token, keeps who began and when, and not the token', async () => {
    const backend = await callerWith(rollcall, 'enroll:sessions');
    const { status, body, headers } = await mint(
      { kind: 'onboarding', correlationId: 'customer-1', requestId: '1700398203730', userName: 'منى أحمد' },
      backend,
    );
    expect(status).toBe(201);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      sessionId: expect.any(String),
      kind: 'onboarding',
      state: 'open',
      correlationId: 'customer-1',
      requestId: '1700398203730',
      applicantId: null,
      mintedBy: 'test enroll:sessions',
      mintedAt: expect.any(String),
      expiresAt: expect.any(String),
      finishedAt: null,
      token: expect.any(String),
    });
    const { token, ...kept } = body;
    expect(await listed()).toEqual([kept]);
    const rows = JSON.stringify(await rollcall.sql('select * from session_tokens'));
    const log = rollcall.log.join('\n');
    for (const secret of [token, 'منى أحمد', simulator.tenantSecret]) {
      expect(rows).not.toContain(secret);
      expect(log).not.toContain(secret);
    }
    expect(JSON.stringify(body)).not.toContain(simulator.tenantSecret);
    expect(simulator.state().openSessions).toBe(1);
  });

  it('201: mints an authentication token for an applicant', async () => {
    const [applicantId = ''] = simulator.applicantIds();
    const { status, body } = await mint({ kind: 'authentication', applicantId, levelOfTrust: '2' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ kind: 'authentication', applicantId, correlationId: null });
  });

  it.each([
    [{}, /kind/],
    [{ kind: 'other', correlationId: 'c' }, /kind/],
    [{ kind: 'onboarding' }, /onboarding needs correlationId/],
    [{ kind: 'onboarding', correlationId: 'c', applicantId: 'a' }, /onboarding does not take applicantId/],
    [{ kind: 'authentication', applicantId: 'a' }, /authentication needs levelOfTrust/],
    [{ kind: 'authentication', applicantId: 'a', levelOfTrust: '1', userId: 'u' }, /does not take userId/],
    [{ kind: 'onboarding', correlationId: 'x'.repeat(129) }, /correlationId/],
    [{ kind: 'onboarding', correlationId: '\ud800' }, /correlationId/],
    [{ kind: 'onboarding', correlationId: 'c', tenantSecret: 'mine' }, /tenantSecret/],
  ])('400: %j is refused and eNROLL is not asked', async (body, detail) => {
    simulator.resetCounts();
    const answer = await mint(body);
    expectProblem(answer, 400, 'BAD_REQUEST');
    expect(answer.body).toMatchObject({ detail: expect.stringMatching(detail) });
    expect(simulator.state().calls.any?.requests ?? 0).toBe(0);
  });

  it('403: needs a scope of its own, which opens nothing else', async () => {
    const reader = await callerWith(rollcall, 'enroll:read');
    expectProblem(await mint({ kind: 'onboarding', correlationId: 'c' }, reader), 403, 'INSUFFICIENT_SCOPE');
    const backend = await callerWith(rollcall, 'enroll:sessions', 'changes:read');
    expectProblem(await backend(PATH), 403, 'INSUFFICIENT_SCOPE');
    expectProblem(await backend('/api/v1/enroll/token'), 403, 'INSUFFICIENT_SCOPE');
  });

  it('404: an applicant that eNROLL does not know; nothing is kept', async () => {
    const answer = await mint({ kind: 'authentication', applicantId: 'nobody', levelOfTrust: '1' });
    expectProblem(answer, 404, 'ENROLL_NOT_FOUND');
    expect(await listed()).toEqual([]);
  });

  it('502: an eNROLL that is down; nothing is kept', async () => {
    simulator.faults({ kind: 'serverError', call: 'onboardingSession' });
    expectProblem(await mint({ kind: 'onboarding', correlationId: 'c' }), 502, 'ENROLL_UNAVAILABLE');
    expect(await listed()).toEqual([]);
  });
});

describe('GET /api/v1/enroll/session-tokens', () => {
  const begin = async (correlationId: string, requestId?: string) =>
    (await mint({ kind: 'onboarding', correlationId, requestId })).body.sessionId;
  const finish = (end: { applicantId: string; correlationId?: string; requestId?: string }) =>
    rollcall.app
      .get(SessionTokens)
      .finishAll(rollcall.app.get(EntityManager), [{ ...end, finishedAt: new Date(Date.now() + 1000) }]);

  it('200: tells who started and never finished', async () => {
    const first = await begin('customer-1');
    const second = await begin('customer-2');
    expect(await finish({ applicantId: 'a-1', correlationId: 'customer-1' })).toEqual([first]);
    expect((await listed('?state=open')).map(({ sessionId }) => sessionId)).toEqual([second]);
    expect(await listed('?state=finished')).toEqual([
      expect.objectContaining({ sessionId: first, applicantId: 'a-1', state: 'finished' }),
    ]);
    expect((await listed('?correlationId=customer-1')).map(({ sessionId }) => sessionId)).toEqual([first]);
    const applicantsOf = (id: string) => rollcall.app.get(SessionTokens).applicantsOf(id);
    expect(await applicantsOf('customer-1')).toEqual(['a-1']);
    expect(await applicantsOf('customer-2')).toEqual([]);
  });

  it("a request id says which of a customer's sessions it was; without one all of them are finished", async () => {
    const one = await begin('customer-1', 'r-1');
    const two = await begin('customer-1', 'r-2');
    const three = await begin('customer-1');
    expect(await finish({ applicantId: 'a-1', requestId: 'r-1' })).toEqual([one]);
    expect(await finish({ applicantId: 'a-1', requestId: 'r-9', correlationId: 'customer-1' })).toEqual([
      three,
    ]);
    expect(await finish({ applicantId: 'a-1', correlationId: 'customer-1' })).toEqual([two]);
    expect(await finish({ applicantId: 'a-1' })).toEqual([]);
  });

  it('200: pages newest first without gaps', async () => {
    const begun: string[] = [];
    for (let at = 0; at < 5; at += 1) begun.unshift(await begin(`customer-${at}`));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body }: { body: SessionPageDto } = await owner(`${PATH}?limit=2${query}`);
      seen.push(...body.items.map(({ sessionId }) => sessionId));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen)).toEqual(new Set(begun));
    expect(seen).toHaveLength(5);
  });

  it.each([
    ['?limit=0', 'BAD_REQUEST'],
    ['?state=lost', 'BAD_REQUEST'],
    ['?user=mona', 'UNKNOWN_FILTER'],
    ['?cursor=abc', 'BAD_CURSOR'],
  ])('400: %s is %s', async (query, code) => {
    expectProblem(await owner(PATH + query), 400, code);
  });
});
