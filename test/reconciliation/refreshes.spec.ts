import type { ApplicantPageDto } from '../../src/applicants/applicants.dto.js';
import type { SessionPageDto } from '../../src/enroll-client/session-tokens.dto.js';
import { EntityManager } from 'typeorm';
import { FeedFollowers } from '../../src/feed/feed-followers.service.js';
import { Inbox } from '../../src/inbox/inbox.service.js';
import { Doubts } from '../../src/reconciliation/doubts.service.js';
import { Healer } from '../../src/reconciliation/healer.service.js';
import { Refreshes } from '../../src/reconciliation/refreshes.service.js';
import { anApplicant } from '../factories/applicant.js';
import { eventually } from '../harness/processes.js';
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

/** The watch of the application may be at it already: what either does, shows soon. */
const refresh = async () => {
  const { app } = reconciled.rollcall;
  const { follower } = app.get(Doubts);
  while ((await app.get(FeedFollowers).takeNext(follower)) > 0);
  return app.get(Refreshes).run(AbortSignal.timeout(30_000));
};
const reaches = (id: string, version: number) =>
  eventually(async () => {
    await refresh();
    return (await stored(id))?.version === version ? true : undefined;
  });
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
    await reaches(enrollment.applicantId, 3);
    expect(await stored(enrollment.applicantId)).toEqual({
      version: 3,
      outcome: 'accepted',
      source: 'reconciliation',
    });
    const doubted = await reconciled.rollcall.sql(
      'select outcome from changes where applicant_id = $1 and version = 2',
      [enrollment.applicantId],
    );
    expect(doubted).toEqual([{ outcome: 'conflict' }]);
  });

  it('is asked for again where it changed back (A11); what eNROLL has stands', async () => {
    const enrollment = accepted();
    const { applicantId } = enrollment;
    reconciled.simulator.changeUnheard(applicantId);
    await reconciled.run();
    await reconciled.rollcall.callback('success', [{ ...enrollment, isUpdate: true }]);
    await reaches(applicantId, 4);
    expect(await stored(applicantId)).toMatchObject({ version: 4, source: 'reconciliation' });
    // what the refresh wrote changes back, too, and is not asked for again
    expect((await refresh()).refreshed).toBe(0);
  });

  it('is asked for again where a callback came between the comparison and the write: the callback stands', async () => {
    const enrollment = accepted();
    const { applicantId } = enrollment;
    const { app, callback } = reconciled.rollcall;
    reconciled.simulator.changeUnheard(applicantId);
    const inbox = app.get(Inbox);
    const preview = inbox.preview.bind(inbox);
    const overtaking = jest.spyOn(inbox, 'preview').mockImplementationOnce(async (...args) => {
      const answer = await preview(...args);
      await callback('fail', [{ ...enrollment, status: 5, isUpdate: true }]);
      return answer;
    });
    const answer = reconciled.simulator.applicant(applicantId)!.enrollment;
    const items = [{ applicantId, element: { ...answer } }];
    const healResult = await app.get(Healer).heal({ items, askedAt: new Date(), enrolledSince: null });
    overtaking.mockRestore();
    expect(healResult.same).toEqual([]);
    expect(await stored(applicantId)).toMatchObject({ version: 2, outcome: 'rejected', source: 'callback' });
    // the simulator never told of the rejection, so what it has stands in the end
    await reaches(applicantId, 3);
    expect(await stored(applicantId)).toMatchObject({ outcome: 'accepted', source: 'reconciliation' });
  });

  it('is tried five times where eNROLL does not know it, then left as it is', async () => {
    await reconciled.rollcall.callback('fail', [
      { ...anApplicant(), applicantId: 'unknown-there', status: 1 },
    ]);
    const due = () =>
      reconciled.rollcall.sql(
        `update reconciliation_refreshes set next_attempt_at = now() returning attempts`,
      );
    // the feed shows a change once no older transaction is open, of any test beside this one
    await eventually(async () => {
      await refresh();
      const [asked] = await reconciled.rollcall.sql(
        'select from reconciliation_refreshes where attempts > 0',
      );
      return asked === undefined ? undefined : true;
    });
    for (const attempts of [1, 2, 3, 4]) {
      expect(await due()).toEqual([{ attempts }]);
      // the job of the server may be faster, and be at it still
      await eventually(async () => {
        await refresh();
        const [row] = await reconciled.rollcall.sql<{ attempts: number }>(
          'select attempts from reconciliation_refreshes',
        );
        return row === undefined || row.attempts > attempts;
      });
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

describe('an applicant who began here', () => {
  const customer = { kind: 'onboarding', correlationId: 'customer-18' };
  const found = async (correlationId: string) => {
    const { status, body } = await reconciled.ask<ApplicantPageDto>(
      `/api/v1/applicants?correlationId=${correlationId}`,
    );
    expect(status).toBe(200);
    return body.items.map(({ applicantId }) => applicantId);
  };

  it("is found by the organization's own key once the callback has come", async () => {
    const { simulator, ask } = reconciled;
    await ask('/api/v1/enroll/session-tokens', { method: 'POST', body: JSON.stringify(customer) });
    expect(await found('customer-18')).toEqual([]);
    await simulator.enroll(1, { correlationId: 'customer-18' });
    const applicantId = simulator.applicantIds().at(-1)!;
    expect(await stored(applicantId)).toMatchObject({ version: 1, source: 'callback' });
    await eventually(async () => {
      await refresh();
      return (await found('customer-18')).length > 0 ? true : undefined;
    });
    expect(await found('customer-18')).toEqual([applicantId]);
    expect(await found('customer-19')).toEqual([]);
    const { body } = await ask<SessionPageDto>('/api/v1/enroll/session-tokens?correlationId=customer-18');
    expect(body.items).toMatchObject([{ state: 'finished', applicantId }]);
  });

  it('costs eNROLL no question while nobody is awaited', async () => {
    await reconciled.rollcall.sql('delete from session_tokens');
    await refresh();
    await reconciled.rollcall.callback('success', [anApplicant()]);
    expect((await refresh()).refreshed).toBe(0);
    expect(await reconciled.rollcall.sql('select from reconciliation_refreshes')).toEqual([]);
  });
});

describe('an entry without a usable applicantId', () => {
  it('goes to quarantine once, not with every run', async () => {
    const { rollcall } = reconciled;
    const healer = rollcall.app.get(Healer);
    const heal = async () => {
      const items = [{ applicantId: undefined, element: { firstName: 'منى' } }];
      const healResult = await healer.heal({ items, askedAt: new Date(), enrolledSince: null });
      await rollcall.app.get(EntityManager).transaction((tx) => healer.conclude(tx, null, healResult));
      return healResult.quarantined;
    };
    expect([await heal(), await heal()]).toEqual([1, 0]);
    expect(await rollcall.sql('select source, code from quarantine')).toEqual([
      { source: 'reconciliation', code: 'APPLICANT_ID_MISSING' },
    ]);
  });
});
