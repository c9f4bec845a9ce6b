import { Inbox } from '../../src/inbox/inbox.service.js';
import type { ApplicantDto } from '../../src/applicants/applicants.dto.js';
import type { QuarantinePageDto, ReplayDto, ReplayItemDto } from '../../src/inbox/quarantine.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { type Ask, callerWith, callerWithAll, expectProblem } from '../harness/clients.js';

let rollcall: TestApp;
let owner: Ask;
/** Repairs, and decides nothing. */
let repairer: Ask;
let decider: Ask;

beforeAll(async () => {
  rollcall = await startApp();
  owner = callerWithAll(rollcall);
  repairer = await callerWith(rollcall, 'quarantine:read', 'quarantine:write');
  decider = await callerWith(rollcall, 'quarantine:read', 'quarantine:write', 'quarantine:decide');
});
afterAll(() => rollcall.stop());

const LIST = '/api/v1/quarantine';
const wire = (over: object) => JSON.stringify({ ...anApplicant(), ...over });
const applicant = async (id: string) => (await owner<ApplicantDto>(`/api/v1/applicants/${id}`)).body;

async function refused(element: string): Promise<string> {
  const response = await rollcall.callback('success', `[${element}]`);
  const { receiptId } = (await response.json()) as { receiptId: string };
  const { body } = await owner<QuarantinePageDto>(`${LIST}?receiptId=${receiptId}`);
  return body.items[0]!.id;
}

const fix = (id: string, patch: object, ask: Ask, dryRun = false) =>
  ask<ReplayItemDto>(`${LIST}/${id}/fix`, { method: 'POST', body: JSON.stringify({ patch, dryRun }) });
const replay = (id: string, ask: Ask) =>
  ask<ReplayDto>(`${LIST}/replay`, { method: 'POST', body: JSON.stringify({ ids: [id], dryRun: false }) });

/** One who was rejected, and whose file nobody may turn by a repair. */
async function rejected(applicantId: string): Promise<void> {
  await rollcall.callback('fail', [anApplicant({ applicantId, firstName: 'منى', status: 5 })]);
}

describe('deciding about a person through quarantine', () => {
  it.each([
    [
      'somebody else, accepted, under a forged name',
      { applicantId: '' },
      { applicantId: 'd-1', isUpdate: true, status: 1, firstName: 'مزور' },
    ],
    ['somebody else who is known', { applicantId: '' }, { applicantId: 'd-1' }],
    ['a status that was not refused', { applicantId: '' }, { applicantId: 'd-new', status: 1 }],
    [
      'an applicantId that was not refused',
      { applicantId: 'd-2', isUpdate: '?' },
      { applicantId: 'd-1', isUpdate: true },
    ],
    [
      'a field beside the refused one',
      { applicantId: 'd-2', isUpdate: '?' },
      { isUpdate: false, FirstName: 'x' },
    ],
  ])('403 without quarantine:decide: %s', async (_what, element, patch) => {
    await rejected('d-1');
    const before = await applicant('d-1');
    const id = await refused(wire(element));
    for (const dryRun of [true, false]) {
      const answer = await fix(id, patch, repairer, dryRun);
      expectProblem(answer, 403, 'INSUFFICIENT_SCOPE');
      expect(answer.headers.get('www-authenticate')).toContain('scope="quarantine:decide"');
    }
    expect(await applicant('d-1')).toEqual(before);
    expect((await owner(`${LIST}/${id}`)).body).toMatchObject({ state: 'open' });
  });

  it('200 without it: a repair of what was refused, to somebody who is not known', async () => {
    const id = await refused(wire({ applicantId: '', isUpdate: '?' }));
    expect((await fix(id, { applicantId: 'd-repaired', isUpdate: null }, repairer)).body).toMatchObject({
      passes: true,
      result: 'created',
    });
  });

  it('200 with it, and the audit names whom the element became', async () => {
    await rejected('d-3');
    const id = await refused(wire({ applicantId: '' }));
    const { body } = await fix(id, { applicantId: 'd-3', isUpdate: true, status: 1 }, decider);
    expect(body).toMatchObject({ applicantId: 'd-3', result: 'updated' });
    const audit = await rollcall.sql('select action, detail from audit where subject = $1 order by at', [
      `quarantine:${id}`,
    ]);
    expect(audit).toEqual([
      {
        action: 'quarantine.fix',
        detail: {
          fields: ['applicantId', 'isUpdate', 'status'],
          wasApplicantId: null,
          applicantId: 'd-3',
        },
      },
      { action: 'quarantine.replay', detail: expect.objectContaining({ applicantId: 'd-3' }) as object },
    ]);
  });

  it('without it, older content is not put on top of newer, neither by a replay nor by a fix', async () => {
    const parked = await refused(wire({ applicantId: 'd-4', isUpdate: '?', status: 1 }));
    await new Promise((resolve) => setTimeout(resolve, 5));
    await rejected('d-4');
    const overtaken = await fix(parked, { isUpdate: true }, repairer);
    expectProblem(overtaken, 403, 'INSUFFICIENT_SCOPE');
    // as it is after a change of ours that takes it now
    const { Sealer } = await import('../../src/crypto/sealer.js');
    const bytes = Buffer.from(wire({ applicantId: 'd-4', isUpdate: true, status: 1 }));
    const sealed = rollcall.app.get(Sealer, { strict: false }).seal(bytes, `quarantine|${parked}`);
    await rollcall.sql('update quarantine set element = $2 where id = $1', [parked, sealed]);
    expect((await replay(parked, repairer)).body).toMatchObject({
      passing: 0,
      items: [{ passes: false, code: 'OVERTAKEN', overtaken: true, result: null }],
    });
    expect(await applicant('d-4')).toMatchObject({ outcome: 'rejected', version: 1 });
    expect((await replay(parked, decider)).body).toMatchObject({
      passing: 1,
      items: [{ result: 'updated' }],
    });
  });

  it('without it, whoever becomes known between the look and the commit is not decided about', async () => {
    const id = await refused(wire({ applicantId: '', status: 1 }));
    const inbox = rollcall.app.get(Inbox);
    const receive = inbox.receive.bind(inbox);
    const between = jest.spyOn(inbox, 'receive').mockImplementation(async (arrived) => {
      if (arrived.source === 'replay') await rejected('d-5');
      return receive(arrived);
    });
    const answer = await fix(id, { applicantId: 'd-5' }, repairer);
    between.mockRestore();
    expectProblem(answer, 403, 'INSUFFICIENT_SCOPE');
    expect(await applicant('d-5')).toMatchObject({ outcome: 'rejected', version: 1 });
    expect((await owner(`${LIST}/${id}`)).body).toMatchObject({ state: 'open' });
  });
});
