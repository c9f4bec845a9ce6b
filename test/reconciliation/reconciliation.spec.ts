import { anApplicant } from '../factories/applicant.js';
import { daysFromNow, type Reconciled, startReconciled } from './reconciled.js';

jest.setTimeout(120_000);

const WITHHELD = 1000;

let reconciled: Reconciled;
beforeAll(async () => {
  reconciled = await startReconciled();
});
afterAll(() => reconciled.stop());

const changes = () =>
  reconciled.rollcall.sql<{ n: number; receipts: number }>(
    `select (select count(*)::int from changes) as n, (select count(*)::int from receipts) as receipts`,
  );

describe('a run', () => {
  it(`finds and heals exactly the ${WITHHELD} enrollments that were withheld, and the next finds nothing to do`, async () => {
    const { simulator, rollcall } = reconciled;
    // every status, so that those without a published name are among them
    await simulator.enroll(1500, { mix: { batch: 100 } });
    const heard = new Set(
      (await rollcall.sql<{ id: string }>('select applicant_id as id from applicants')).map(({ id }) => id),
    );
    simulator.remember(WITHHELD, Date.parse(daysFromNow(-20)), Date.now());
    const unheard = simulator.applicantIds().filter((id) => !heard.has(id));
    expect(unheard).toHaveLength(WITHHELD);

    const run = await reconciled.run();
    expect(run).toMatchObject({
      state: 'completed',
      found: 2500,
      missing: WITHHELD,
      different: 0,
      missingThere: 0,
      healed: WITHHELD,
      quarantined: 0,
      errorCode: null,
    });
    const gaps = await reconciled.gaps(`&runId=${run.id}`);
    expect(gaps.map(({ applicantId }) => applicantId).sort()).toEqual([...unheard].sort());
    expect(
      gaps.every(
        ({ kind, state, lateSeconds }) =>
          kind === 'missing_here' && state === 'healed' && lateSeconds !== null,
      ),
    ).toBe(true);
    const healed = await rollcall.sql<{ id: string }>(
      `select applicant_id as id from changes where source = 'reconciliation' order by 1`,
    );
    expect(healed.map(({ id }) => id)).toEqual([...unheard].sort());

    const before = await changes();
    expect(await reconciled.run()).toMatchObject({
      state: 'completed',
      found: 2500,
      missing: 0,
      different: 0,
      healed: 0,
    });
    expect(await changes()).toEqual(before);
  });

  it('leaves the outcome that a URL gave where the status has no published name', async () => {
    const { simulator, rollcall } = reconciled;
    const unnamed = simulator
      .applicantIds()
      .map((id) => simulator.applicant(id)!.enrollment)
      .find(({ status }) => status === 2 || status === 3)!;
    await rollcall.callback('success', [{ ...unnamed, isUpdate: true }]);
    expect(await reconciled.run()).toMatchObject({ missing: 0, different: 0 });
    expect(
      await rollcall.sql('select outcome from applicants where applicant_id = $1', [unnamed.applicantId]),
    ).toEqual([{ outcome: 'accepted' }]);
  });

  it('heals what is here with other content as an update', async () => {
    const { simulator, rollcall } = reconciled;
    const [first, second] = simulator.applicantIds();
    simulator.changeUnheard(first!);
    simulator.changeUnheard(second!);
    const run = await reconciled.run();
    expect(run).toMatchObject({ missing: 0, different: 2, healed: 2 });
    const versions = await rollcall.sql(
      `select applicant_id as id, version, source from changes where applicant_id = any($1) and version = 2`,
      [[first, second]],
    );
    expect(versions).toHaveLength(2);
    expect(versions).toEqual(expect.arrayContaining([{ id: first, version: 2, source: 'reconciliation' }]));
    const gaps = await reconciled.gaps('&kind=different_here');
    expect(gaps.map(({ state, lateSeconds }) => [state, lateSeconds])).toEqual([
      ['healed', null],
      ['healed', null],
    ]);
    expect(await reconciled.run()).toMatchObject({ different: 0, healed: 0 });
  });

  it('reports an applicant that eNROLL does not know, and touches nothing', async () => {
    const { rollcall } = reconciled;
    await rollcall.callback('success', [{ ...anApplicant(), applicantId: 'nobody-there' }]);
    const before = await changes();
    expect(await reconciled.run()).toMatchObject({ missing: 0, missingThere: 1, healed: 0 });
    expect(await changes()).toEqual(before);
    const [gap] = await reconciled.gaps('&state=open');
    expect(gap).toMatchObject({ applicantId: 'nobody-there', kind: 'missing_there', state: 'open' });
    // the next run sees the same gap
    const again = await reconciled.run();
    expect(again.missingThere).toBe(1);
    expect(await reconciled.gaps('&state=open')).toEqual([{ ...gap, runId: again.id }]);
    const ignored = await reconciled.ask(`/api/v1/reconciliation/gaps/${gap!.id}/ignore`, {
      method: 'POST',
      body: JSON.stringify({ reason: 'a test of ours' }),
    });
    expect(ignored.body).toMatchObject({ state: 'ignored', resolution: 'a test of ours' });
    expect(await reconciled.run()).toMatchObject({ missingThere: 0 });
  });

  it('notes gaps in a dry run and writes no applicant; healing them later closes them', async () => {
    const { simulator, ask } = reconciled;
    simulator.remember(3, Date.now(), Date.now());
    simulator.changeUnheard(simulator.applicantIds()[5]!);
    const before = await changes();
    const run = await reconciled.run({ dryRun: true });
    expect(run).toMatchObject({ state: 'completed', dryRun: true, missing: 3, different: 1, healed: 0 });
    expect(await changes()).toEqual(before);
    const open = await reconciled.gaps('&state=open&kind=missing_here');
    expect(open).toHaveLength(3);

    const one = await ask(`/api/v1/reconciliation/gaps/${open[0]!.id}/heal`, { method: 'POST', body: '{}' });
    expect(one).toMatchObject({ status: 200, body: { state: 'healed', lateSeconds: expect.any(Number) } });
    const again = await ask(`/api/v1/reconciliation/gaps/${open[0]!.id}/heal`, {
      method: 'POST',
      body: '{}',
    });
    expect(again).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    const all = await ask('/api/v1/reconciliation/gaps/heal', { method: 'POST', body: '{}' });
    expect(all).toMatchObject({ status: 200, body: { healed: 3, nextCursor: null } });
    expect(await reconciled.gaps('&state=open')).toEqual([]);
    expect(await reconciled.run()).toMatchObject({ missing: 0, different: 0 });
  });
});
