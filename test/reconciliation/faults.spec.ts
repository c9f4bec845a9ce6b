import { randomUUID } from 'node:crypto';
import type { RunDto } from '../../src/reconciliation/reconciliation.dto.js';
import { Runner } from '../../src/reconciliation/runner.service.js';
import { DatabaseProxy } from '../faults/database-proxy.js';
import { startApp, type TestApp } from '../harness/app.js';
import { callerWithAll, expectProblem } from '../harness/clients.js';
import { daysFromNow, type Reconciled, startReconciled } from './reconciled.js';

jest.setTimeout(120_000);

describe('eNROLL fails while it is asked', () => {
  let reconciled: Reconciled;
  beforeAll(async () => {
    reconciled = await startReconciled();
    reconciled.simulator.remember(1200, Date.parse(daysFromNow(-3)));
  });
  beforeEach(() => reconciled.simulator.faults());
  afterAll(() => reconciled.stop());

  /** A wait of five seconds or more ends now. */
  const goOn = async (run: RunDto) => {
    await reconciled.rollcall.sql('update reconciliation_runs set next_attempt_at = now() where id = $1', [
      run.id,
    ]);
    // whoever asks for the same range again finds the unfinished run, and wakes it
    const same = await reconciled.start({ from: run.from, to: run.to, dryRun: run.dryRun });
    expect(same.id).toBe(run.id);
    return reconciled.until(run.id, 'completed');
  };
  const range = (days: number) => ({ from: daysFromNow(-days), to: daysFromNow(0) });

  it('429 with Retry-After, 5xx and cut answers now and then cost a run nothing but time', async () => {
    reconciled.simulator.faults(
      { kind: 'tooManyRequests', call: 'applicantsByDate', retryAfterSeconds: 1, times: 1 },
      { kind: 'serverError', call: 'applicantsByDate', status: 503, times: 1 },
      { kind: 'cut', call: 'applicantsByDate', times: 1 },
    );
    expect(await reconciled.run({ ...range(4), dryRun: true })).toMatchObject({
      state: 'completed',
      found: 1200,
      missing: 1200,
    });
  });

  it('a token that expires in mid-run is made anew', async () => {
    reconciled.simulator.faults({ kind: 'expireTokens', call: 'applicantsByDate', times: 2 });
    expect(await reconciled.run({ ...range(4), dryRun: true })).toMatchObject({
      state: 'completed',
      found: 1200,
    });
  });

  it('refused credentials: the run waits, says why, and goes on by itself', async () => {
    reconciled.simulator.expireTokens();
    reconciled.simulator.faults({ kind: 'unauthorized', call: 'token' });
    const { id } = await reconciled.start({ ...range(4), dryRun: true });
    const waiting = await reconciled.until(id, 'waiting');
    const refused = await untilBrokenOff(reconciled, id);
    expect(refused).toMatchObject({ errorCode: 'ENROLL_AUTH', nextAttemptAt: expect.any(String) });
    expect(waiting.finishedAt).toBeNull();
    reconciled.simulator.faults();
    // a refusal of the credentials is remembered for ten seconds
    await reconciled.rollcall.sql(
      `update reconciliation_runs set next_attempt_at = now() + interval '10 s' where id = $1`,
      [id],
    );
    expect(await reconciled.until(id, 'completed')).toMatchObject({ found: 1200, errorCode: null });
  });

  it('an eNROLL that is down: the run waits with what it has, and heals the rest when it is back', async () => {
    // one page comes through, then nothing
    reconciled.simulator.faults({ kind: 'serverError', call: 'applicantsByDate', status: 503 });
    const run = await reconciled.start(range(4));
    const waiting = await untilBrokenOff(reconciled, run.id);
    expect(waiting).toMatchObject({ state: 'waiting', errorCode: 'ENROLL_UNAVAILABLE', attempts: 1 });
    reconciled.simulator.faults();
    expect(await goOn(waiting)).toMatchObject({ missing: 1200, healed: 1200, errorCode: null, attempts: 0 });
  });

  it('HTML in the place of JSON may be maintenance: the run waits, says why, and goes on when it is over', async () => {
    reconciled.simulator.faults({ kind: 'html', call: 'applicantsByDate' });
    const run = await reconciled.start({ ...range(2), dryRun: true });
    const waiting = await untilBrokenOff(reconciled, run.id);
    expect(waiting).toMatchObject({ state: 'waiting', errorCode: 'ENROLL_BAD_ANSWER' });
    await reconciled.rollcall.sql('update reconciliation_runs set attempts = 99 where id = $1', [run.id]);
    reconciled.simulator.faults();
    expect(await goOn(waiting)).toMatchObject({ errorCode: null, attempts: 0 });
  });
});

test('a run that nobody wants any more can be ended, under way or not', async () => {
  const reconciled = await startReconciled();
  const { simulator, ask } = reconciled;
  try {
    simulator.faults({ kind: 'slow', call: 'applicantsByDate', delayMs: 300 });
    const { id } = await reconciled.start();
    await reconciled.until(id, 'running');
    const cancel = (run: string) =>
      ask(`/api/v1/reconciliation/runs/${run}/cancel`, { method: 'POST', body: '{}' });
    expect(await cancel(id)).toMatchObject({
      status: 200,
      body: { state: 'cancelled', finishedAt: expect.any(String) },
    });
    expectProblem(await cancel(id), 409, 'CONFLICT');
    expectProblem(await cancel(randomUUID()), 404, 'NOT_FOUND');
    simulator.faults();
    // whoever worked on it has noticed, and the next is not held up
    expect(await reconciled.run({ from: daysFromNow(-2) })).toMatchObject({ state: 'completed' });
    expect(await reconciled.until(id, 'cancelled')).toMatchObject({ asked: 0 });
    const tooLong = JSON.stringify({ from: '1900-01-01', to: '2026-01-01' });
    expectProblem(
      await ask('/api/v1/reconciliation/runs', { method: 'POST', body: tooLong }),
      400,
      'BAD_REQUEST',
    );
  } finally {
    await reconciled.stop();
  }
});

test('a range in which nobody enrolled gets on all the same, also by workers that have little time', async () => {
  const reconciled = await startReconciled({}, { ROLLCALL_ROLE: 'api' });
  const { simulator, rollcall } = reconciled;
  try {
    simulator.remember(1, Date.parse(daysFromNow(-1)));
    simulator.faults({ kind: 'slow', call: 'applicantsByDate', delayMs: 400 });
    const { id } = await reconciled.start();
    const work = (enough: AbortSignal) =>
      rollcall.app.get(Runner).work(new AbortController().signal, { id, enough });
    expect(await work(AbortSignal.timeout(1000))).toBe('waiting');
    const { body } = await reconciled.ask<RunDto>(`/api/v1/reconciliation/runs/${id}`);
    expect(body).toMatchObject({ state: 'waiting', found: 0, errorCode: null, attempts: 0 });
    expect(body.asked).toBeGreaterThan(5);
    expect(body.reachedAt).toMatch(/^2/);
    simulator.faults();
    expect(await work(new AbortController().signal)).toBe('completed');
    expect(await reconciled.until(id, 'completed')).toMatchObject({ found: 1, healed: 1 });
  } finally {
    await reconciled.stop();
  }
});

async function untilBrokenOff(reconciled: Reconciled, id: string): Promise<RunDto> {
  for (;;) {
    const run = await reconciled.until(id, 'waiting', 'failed', 'completed');
    if (run.errorCode !== null || run.state !== 'waiting') return run;
  }
}

describe('the database is away while a run is under way', () => {
  it('what was put in, but not yet written down, is counted once all the same', async () => {
    const reconciled = await startReconciled();
    const { sql } = reconciled.rollcall;
    try {
      await sql(
        `create function refuse() returns trigger language plpgsql as $$ begin raise 'not now'; end $$`,
      );
      await sql('create trigger refusing before insert on reconciliation_told execute function refuse()');
      reconciled.simulator.remember(600, Date.parse(daysFromNow(-6)));
      const run = await reconciled.start();
      await untilBrokenOff(reconciled, run.id);
      expect(await sql('select count(*)::int as n from applicants')).not.toEqual([{ n: 0 }]);
      await sql('drop trigger refusing on reconciliation_told');
      await sql('update reconciliation_runs set next_attempt_at = now()');
      await reconciled.start({ from: run.from, to: run.to });
      expect(await reconciled.until(run.id, 'completed')).toMatchObject({
        found: 600,
        missing: 600,
        healed: 600,
      });
    } finally {
      await reconciled.stop();
    }
  });

  it('the run goes on where it was', async () => {
    const proxy = new DatabaseProxy();
    const reconciled = await startReconciled({}, {}, (url) => proxy.open(url));
    try {
      reconciled.simulator.remember(3000, Date.parse(daysFromNow(-6)));
      reconciled.simulator.faults({ kind: 'slow', call: 'applicantsByDate', delayMs: 300 });
      const run = await reconciled.start();
      for (let found = 0; found === 0;) {
        const [row] = await reconciled.rollcall.sql<{ found: number }>(
          'select found from reconciliation_runs',
        );
        found = row?.found ?? 0;
      }
      proxy.set('cut');
      proxy.set('fair');
      reconciled.simulator.faults();
      expect(await reconciled.until(run.id, 'completed')).toMatchObject({
        found: 3000,
        missing: 3000,
        healed: 3000,
      });
      const doubled = await reconciled.rollcall.sql('select from changes where version > 1');
      expect(doubled).toEqual([]);
    } finally {
      await reconciled.stop();
      await proxy.close();
    }
  });
});

describe('without ENROLL_*', () => {
  let rollcall: TestApp;
  beforeAll(async () => {
    rollcall = await startApp();
  });
  afterAll(() => rollcall.stop());

  const ID = '0d7a4b0e-9a55-4c1c-92f0-a9d15f2b7c1e';
  const RANGE = { from: '2026-01-01', to: '2026-01-02' };
  it.each([
    ['/runs', undefined],
    [`/runs/${ID}`, undefined],
    ['/runs', RANGE],
    ['/gaps', undefined],
    ['/gaps/heal', {}],
    [`/gaps/${ID}/heal`, {}],
    [`/gaps/${ID}/ignore`, { reason: 'a test' }],
    ['/statement?from=2026-01-01&to=2026-01-02', undefined],
  ])('%s with the body %j says ENROLL_NOT_CONFIGURED', async (path, body) => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await callerWithAll(rollcall)(`/api/v1/reconciliation${path}`, init);
    expectProblem(answer, 503, 'ENROLL_NOT_CONFIGURED');
  });
});
