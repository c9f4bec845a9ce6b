import { EntityManager } from 'typeorm';
import { Healer } from '../../src/reconciliation/healer.service.js';
import { Refreshes } from '../../src/reconciliation/refreshes.service.js';
import { anApplicant } from '../factories/applicant.js';
import { type Reconciled, startReconciled } from './reconciled.js';

jest.setTimeout(60_000);

let reconciled: Reconciled;
let ids: string[];
beforeAll(async () => {
  reconciled = await startReconciled();
  reconciled.simulator.remember(10);
  ids = reconciled.simulator.applicantIds();
  await reconciled.run();
});
afterAll(() => reconciled.stop());

const refresh = () => reconciled.rollcall.app.get(Refreshes).run(AbortSignal.timeout(30_000));
const stored = async (id: string) => {
  const rows = await reconciled.rollcall.sql<{ version: number; outcome: string; source: string }>(
    `select a.version, a.outcome, c.source from applicants a join changes c using (applicant_id, version) where applicant_id = $1`,
    [id],
  );
  return rows[0];
};
/** An accepted applicant, as eNROLL has it. */
const accepted = () => {
  const id = ids.find((one) => reconciled.simulator.applicant(one)?.enrollment.status === 1)!;
  ids = ids.filter((one) => one !== id);
  return reconciled.simulator.applicant(id)!.enrollment;
};

describe('an applicant of which a callback left doubt', () => {
  it('is asked for again where URL and status disagreed (A16), and is then as eNROLL has it', async () => {
    const enrollment = accepted();
    await reconciled.rollcall.callback('fail', [{ ...enrollment, isUpdate: true }]);
    expect(await stored(enrollment.applicantId)).toMatchObject({ version: 2, outcome: 'conflict' });
    await refresh();
    expect(await stored(enrollment.applicantId)).toEqual({
      version: 3,
      outcome: 'accepted',
      source: 'reconciliation',
    });
  });

  it('is asked for again where it changed back (A11); what eNROLL has stands', async () => {
    const enrollment = accepted();
    const { applicantId } = enrollment;
    reconciled.simulator.changeUnheard(applicantId);
    await reconciled.run();
    await reconciled.rollcall.callback('success', [{ ...enrollment, isUpdate: true }]);
    const reverted = await stored(applicantId);
    expect(reverted).toMatchObject({ version: 3, source: 'callback' });
    await refresh();
    expect(await stored(applicantId)).toMatchObject({ version: 4, source: 'reconciliation' });
    // what the refresh wrote changes back, too, and is not asked for again
    expect((await refresh()).refreshed).toBe(0);
  });

  it('is tried five times where eNROLL does not know it, then left as it is', async () => {
    await reconciled.rollcall.callback('fail', [
      { ...anApplicant(), applicantId: 'unknown-there', status: 1 },
    ]);
    const due = () =>
      reconciled.rollcall.sql(
        `update reconciliation_refreshes set next_attempt_at = now() returning attempts`,
      );
    await refresh();
    for (const attempts of [1, 2, 3, 4]) {
      expect(await due()).toEqual([{ attempts }]);
      await refresh();
    }
    expect(await due()).toEqual([]);
    expect(await stored('unknown-there')).toMatchObject({ version: 1, outcome: 'conflict' });
  });
});

describe('a session', () => {
  it('is finished when a run hears of its applicant', async () => {
    const { simulator, rollcall, ask } = reconciled;
    await ask('/api/v1/enroll/session-tokens', {
      method: 'POST',
      body: JSON.stringify({ kind: 'onboarding', correlationId: 'customer-17' }),
    });
    await simulator.enroll(1, { correlationId: 'customer-17', mix: { withhold: 1 } });
    const applicantId = simulator.applicantIds().at(-1);
    await reconciled.run();
    expect(
      await rollcall.sql('select applicant_id, finished_at is not null as finished from session_tokens'),
    ).toEqual([{ applicant_id: applicantId, finished: true }]);
  });
});

describe('an entry without a usable applicantId', () => {
  it('goes to quarantine once, not with every run', async () => {
    const { rollcall } = reconciled;
    const healer = rollcall.app.get(Healer);
    const heal = async () => {
      const items = [{ applicantId: undefined, element: { firstName: 'منى' } }];
      const healing = await healer.heal(
        { items, askedAt: new Date(), enrolledSince: null },
        { runId: null, dryRun: false },
      );
      await rollcall.app.get(EntityManager).transaction((tx) => healer.conclude(tx, null, healing));
      return healing.quarantined;
    };
    expect([await heal(), await heal()]).toEqual([1, 0]);
    expect(await rollcall.sql('select source, code from quarantine')).toEqual([
      { source: 'reconciliation', code: 'APPLICANT_ID_MISSING' },
    ]);
  });
});
