import type { QueryResultRow } from 'pg';
import type { Repository } from 'typeorm';
import { DatabaseProxy } from '../../test/faults/database-proxy.js';
import { KEYS } from '../../test/harness/app.js';
import { freshDatabase, type FreshDatabase } from '../../test/harness/database.js';
import { ApplicantsRepository } from '../applicants/applicants.repository.js';
import { Versions } from '../applicants/versions.service.js';
import { loadConfig } from '../config/config.js';
import { BlindIndex } from '../crypto/blind-index.js';
import { KeyedHash } from '../crypto/keyed-hash.js';
import { KeyRing } from '../crypto/key-ring.js';
import { Sealer } from '../crypto/sealer.js';
import { isUnavailable } from '../db/errors.js';
import { Writers } from '../db/writers.js';
import type { TamperedRows } from '../applicants/tampered-rows.service.js';
import type { Metrics } from '../observability/metrics.js';
import { Committer, type Part } from './committer.js';
import { Intake } from './intake.js';
import { readList } from './read-elements.js';

const ring = KeyRing.parse(KEYS);
const sealer = new Sealer(ring);
const untold = { note: jest.fn() } as unknown as TamperedRows;
const versions = new Versions(loadConfig({}), sealer, new BlindIndex(ring), new KeyedHash(ring), untold);
const unread = {} as Repository<never>; // the committer only writes applicants
const applicants = new ApplicantsRepository(unread, unread);
const metrics = { commit: jest.fn() };

let database: FreshDatabase;
let proxy: DatabaseProxy;
let writers: Writers;
let committer: Committer;
let made = 0;

beforeAll(async () => {
  database = await freshDatabase();
  proxy = new DatabaseProxy();
  writers = new Writers(await proxy.open(database.url), 3);
  committer = new Committer(versions, applicants, sealer, metrics as unknown as Metrics);
});
afterEach(() => {
  jest.restoreAllMocks();
  metrics.commit.mockReset();
});
afterAll(async () => {
  await writers.onApplicationShutdown();
  await proxy.close();
  await database.drop();
});

/** An id that no other test has. */
const anId = (name = 'a'): string => `${name}-${made++}`;
const first = (applicantId: string, fields: object = {}) => ({ applicantId, status: 1, ...fields });
const update = (applicantId: string, fields: object) => ({ ...first(applicantId, fields), isUpdate: true });

function intakeOf(elements: object[], existing?: Intake): Intake {
  const bytes = Buffer.from(JSON.stringify(elements));
  const list = readList(bytes);
  if (!list.ok) throw new Error(list.code);
  const arrived = { source: 'callback', kind: 'success', bytes } as const;
  return new Intake(arrived, list.candidates, list.refused, null, existing);
}

/** The first elements that wait, taken out to be written. */
const partOf = (intake: Intake, size = Infinity): Part => ({
  intake,
  candidates: intake.waiting.splice(0, size),
});
const commit = (...parts: Part[]) => writers.use((connection) => committer.commit(connection, parts));
const resolve = (...intakes: Intake[]) =>
  writers.use((connection) => committer.resolveUnknownCommit(connection, intakes));
const waitingOf = (intake: Intake) => intake.waiting.map(({ element }) => element.index);
const resultsOf = (intake: Intake) => intake.report().items.map(({ result }) => result);

async function sql<Row extends QueryResultRow>(text: string, ...values: unknown[]): Promise<Row[]> {
  return (await writers.query<Row>({ text, values })).rows;
}
const receiptOf = async ({ id }: Intake) =>
  (await sql('select state, results, applied, duplicates, quarantined from receipts where id = $1', id))[0];
const versionsOf = async (applicantId: string) =>
  (
    await sql<{ version: number }>(
      'select version from changes where applicant_id = $1 order by version',
      applicantId,
    )
  ).map(({ version }) => version);

const repeatsOf = async ({ id }: Intake) =>
  (
    await sql<{ applicant_id: string; element_index: number; result: string }>(
      'select applicant_id, element_index, result from repeats where receipt_id = $1 order by element_index',
      id,
    )
  ).map(({ applicant_id, element_index, result }) => [applicant_id, element_index, result]);

/** Runs `meanwhile` once the applicants are read, and before anything is written. */
function afterTheRead(meanwhile: () => Promise<unknown>): void {
  const fold = versions.fold.bind(versions);
  jest.spyOn(versions, 'fold').mockImplementationOnce(async (connection, elements) => {
    const read = await fold(connection, elements);
    await meanwhile();
    return read;
  });
}

describe('a batch', () => {
  test('is committed with its receipts, versions and quarantined elements', async () => {
    const [one, other] = [anId(), anId()];
    const list = intakeOf([first(one), first(one), update(one, { address: 'x' }), { status: 1 }]);
    const single = intakeOf([first(other)]);
    await expect(commit(partOf(list), partOf(single))).resolves.toEqual(new Set());
    expect(resultsOf(list)).toEqual(['created', 'duplicate', 'updated', 'quarantined']);
    expect([list.row, single.row]).toEqual(['settled', 'settled']);
    expect(await receiptOf(list)).toEqual({
      state: 'applied',
      results: 'CDUQ',
      applied: 2,
      duplicates: 1,
      quarantined: 1,
    });
    expect(await receiptOf(single)).toMatchObject({ state: 'applied', results: 'C' });
    expect(await versionsOf(one)).toEqual([1, 2]);
    expect(await repeatsOf(list)).toEqual([[one, 1, 'duplicate']]);
    const [refused] = await sql<{ id: string; code: string; element: Buffer }>(
      'select id, code, element from quarantine where receipt_id = $1',
      list.id,
    );
    expect(refused?.code).toBe('APPLICANT_ID_MISSING');
    expect(sealer.reveal(refused!.element, `quarantine|${refused!.id}`).toString()).toBe('{"status":1}');
    const [kept] = await sql<{ body: Buffer }>('select body from receipts where id = $1', list.id);
    expect(sealer.reveal(kept!.body, `receipt|${list.id}`)).toEqual(list.arrived.bytes);
    expect(metrics.commit.mock.calls).toEqual([[expect.any(Number), 3]]);
  });

  test('writes applicants in the order of their ids, so that two statements never lock them crosswise', async () => {
    const upsert = jest.spyOn(applicants, 'upsert');
    const name = anId('sorted');
    await commit(
      partOf(intakeOf(['c', 'a', 'b'].map((letter) => first(`${name}-${letter}`)))),
      partOf(intakeOf([first(`${name}-B`)])),
    );
    const written = upsert.mock.calls[0]?.[1].map(({ applicantId }) => applicantId.slice(name.length + 1));
    expect(written).toEqual(['B', 'a', 'b', 'c']);
  });

  test('of a body that could not be read keeps the bytes as a rejected receipt', async () => {
    const arrived = { source: 'callback', kind: 'any', bytes: Buffer.from('no JSON') } as const;
    const intake = new Intake(arrived, [], [], 'NOT_JSON');
    await commit(partOf(intake));
    expect(intake.row).toBe('settled');
    expect(await receiptOf(intake)).toMatchObject({ state: 'rejected', results: '' });
  });

  test('leaves a receipt pending while elements wait, and settles it with the last of them', async () => {
    const [one, other] = [anId(), anId()];
    const list = intakeOf([first(one), first(other)]);
    await commit(partOf(list, 1));
    expect(list.row).toBe('pending');
    expect(resultsOf(list)).toEqual(['created', 'pending']);
    expect(await receiptOf(list)).toMatchObject({ state: 'pending', results: 'C-' });
    await commit(partOf(list));
    expect(list.row).toBe('settled');
    expect(await receiptOf(list)).toMatchObject({ state: 'applied', results: 'CC', applied: 2 });
    await commit(partOf(list));
    expect(metrics.commit).toHaveBeenCalledTimes(2);
  });

  test('of more bytes than a statement takes writes the first ones; the rest waits', async () => {
    const long = (applicantId: string) => first(applicantId, { note: 'x'.repeat(950_000) });
    const [six, five] = [6, 5].map((size) => intakeOf(Array.from({ length: size }, () => long(anId()))));
    await commit(partOf(six!), partOf(five!));
    expect([six!.row, five!.row]).toEqual(['settled', 'pending']);
    expect(waitingOf(five!)).toEqual([3, 4]);
    expect(resultsOf(five!)).toEqual(['created', 'created', 'created', 'pending', 'pending']);
    await commit(partOf(five!));
    expect(await receiptOf(five!)).toMatchObject({ state: 'applied', applied: 5 });
  });
});

describe('a race', () => {
  test('lost over one applicant: all its elements are decided again, the others are written', async () => {
    const [raced, other] = [anId('raced'), anId()];
    await commit(partOf(intakeOf([first(raced)])));
    const list = intakeOf([
      update(raced, { firstName: 'b' }),
      first(other),
      update(raced, { address: 'c' }),
      first(anId()),
    ]);
    const part = partOf(list, 3);
    afterTheRead(() => commit(partOf(intakeOf([update(raced, { firstName: 'between' })]))));
    await expect(commit(part)).resolves.toEqual(new Set([raced]));
    expect(list.row).toBe('pending');
    expect(resultsOf(list)).toEqual(['pending', 'created', 'pending', 'pending']);
    expect(waitingOf(list)).toEqual([0, 2, 3]);
    expect(await receiptOf(list)).toMatchObject({ state: 'pending' });
    expect(await versionsOf(raced)).toEqual([1, 2]);
    expect(await versionsOf(other)).toEqual([1]);

    await expect(commit(partOf(list))).resolves.toEqual(new Set());
    expect(list.row).toBe('settled');
    expect(resultsOf(list)).toEqual(['updated', 'created', 'updated', 'created']);
    expect(await receiptOf(list)).toMatchObject({ state: 'applied', results: 'UCUC', applied: 4 });
    expect(await versionsOf(raced)).toEqual([1, 2, 3, 4]);
  });

  test('lost to the same content: what is decided again is a duplicate', async () => {
    const raced = anId('raced');
    const late = intakeOf([first(raced)]);
    afterTheRead(() => commit(partOf(intakeOf([first(raced)]))));
    await expect(commit(partOf(late))).resolves.toEqual(new Set([raced]));
    await commit(partOf(late));
    expect(resultsOf(late)).toEqual(['duplicate']);
    expect(await receiptOf(late)).toMatchObject({ state: 'applied', results: 'D', duplicates: 1 });
    expect(await repeatsOf(late)).toEqual([[raced, 0, 'duplicate']]);
    expect(await versionsOf(raced)).toEqual([1]);
  });

  test('lost over an applicant: its repeats are kept once they are decided again', async () => {
    const raced = anId('raced');
    await commit(partOf(intakeOf([first(raced)])));
    const again = update(raced, { firstName: 'b' });
    const list = intakeOf([again, again]);
    afterTheRead(() => commit(partOf(intakeOf([update(raced, { firstName: 'between' })]))));
    await commit(partOf(list));
    expect(await repeatsOf(list)).toEqual([]);
    await commit(partOf(list));
    expect(await repeatsOf(list)).toEqual([[raced, 1, 'duplicate']]);
  });

  test('lost by one callback of a batch leaves the other settled', async () => {
    const raced = anId('raced');
    const [loser, other] = [intakeOf([first(raced)]), intakeOf([first(anId())])];
    afterTheRead(() => commit(partOf(intakeOf([first(raced, { address: 'x' })]))));
    await commit(partOf(loser), partOf(other));
    expect([loser.row, other.row]).toEqual(['pending', 'settled']);
    expect(await receiptOf(other)).toMatchObject({ state: 'applied' });
  });
});

describe('a statement that Postgres refuses', () => {
  afterEach(() => sql('drop function if exists refuse cascade'));
  const refuseWith = (state: string) =>
    sql(`create function refuse() returns trigger language plpgsql as
        $$ begin raise exception 'refused' using errcode = '${state}'; end $$;
      create trigger refuse before insert on applicants for each row execute function refuse()`);

  test.each([
    ['a full disk', '53100'],
    ['a fault of ours', '22P05'],
  ])('%s: nothing is written, and the elements wait again in their order', async (_, state) => {
    const [one, other, third] = [anId(), anId(), anId()];
    const list = intakeOf([first(one), first(other), first(third), { status: 1 }]);
    const part = partOf(list, 2);
    await refuseWith(state);
    await expect(commit(part)).rejects.toMatchObject({ code: state });
    committer.restore(part);
    committer.restore(part); // an element that waits already does not wait twice
    expect(waitingOf(list)).toEqual([0, 1, 2]);
    expect(resultsOf(list)).toEqual(['pending', 'pending', 'pending', 'quarantined']);
    expect(list.row).toBe('none');
    expect(await receiptOf(list)).toBeUndefined();
    expect(await sql('select from quarantine where receipt_id = $1', list.id)).toEqual([]);

    await sql('drop function refuse cascade');
    await resolve(list);
    expect([list.row, waitingOf(list)]).toEqual(['none', [0, 1, 2]]);
    await commit(partOf(list));
    expect(await receiptOf(list)).toMatchObject({ state: 'applied', results: 'CCCQ' });
  });

  test('leaves the receipt alone to be kept, for a job to apply', async () => {
    const list = intakeOf([first(anId()), { status: 1 }]);
    const keep = () => writers.use((connection) => committer.keepPending(connection, list));
    await refuseWith('22P05');
    await keep();
    await keep(); // it is there already
    expect(list.row).toBe('pending');
    expect(await receiptOf(list)).toMatchObject({ state: 'pending', results: '-Q', quarantined: 1 });
    expect(await sql('select from quarantine where receipt_id = $1', list.id)).toHaveLength(1);

    await sql('drop function refuse cascade');
    await commit(partOf(list));
    expect(await receiptOf(list)).toMatchObject({ state: 'applied', results: 'CQ', applied: 1 });
    expect(await sql('select from quarantine where receipt_id = $1', list.id)).toHaveLength(1);
  });
});

describe('where the answer to COMMIT is lost', () => {
  async function loseTheAnswer(...parts: Part[]): Promise<void> {
    const eaten = proxy.answersEaten;
    proxy.eatNextAnswerTo('inbox-commit-with-repeats'); // each of these lists has some
    const error: unknown = await commit(...parts).catch((reason: unknown) => reason);
    expect(isUnavailable(error)).toBe(true);
    expect(proxy.answersEaten).toBe(eaten + 1);
    for (const part of parts) committer.restore(part);
  }

  test('the database is asked: what it holds is settled as it was decided, what it does not hold waits', async () => {
    const one = anId();
    const list = intakeOf([first(one), first(one), { status: 1 }, update(one, { address: 'x' })]);
    const never = intakeOf([first(anId())]);
    await loseTheAnswer(partOf(list));
    expect(resultsOf(list)).toEqual(['pending', 'pending', 'quarantined', 'pending']);
    await resolve(never, list);
    expect([list.row, waitingOf(list)]).toEqual(['settled', []]);
    expect(resultsOf(list)).toEqual(['created', 'duplicate', 'quarantined', 'updated']);
    expect([never.row, waitingOf(never)]).toEqual(['none', [0]]);
    await commit(partOf(list));
    expect(await versionsOf(one)).toEqual([1, 2]);
    expect(metrics.commit).not.toHaveBeenCalled();
  });

  test('of a list that is not written to its end, only the rest waits', async () => {
    const [one, unchanged, last] = [anId(), anId(), anId()];
    await commit(partOf(intakeOf([first(unchanged)])));
    const list = intakeOf([
      first(one),
      first(one),
      update(one, { address: 'x' }),
      update(one, { address: 'x' }),
      first(unchanged),
      first(last),
    ]);
    await loseTheAnswer(partOf(list, 5));
    // what is decided once stays so, whatever comes meanwhile
    await commit(partOf(intakeOf([update(unchanged, { address: 'y' })])));
    await resolve(list);
    expect(list.row).toBe('pending');
    const known = ['created', 'duplicate', 'updated', 'duplicate', 'duplicate'];
    expect(resultsOf(list)).toEqual([...known, 'pending']);
    expect(waitingOf(list)).toEqual([5]);
    await commit(partOf(list));
    expect(await receiptOf(list)).toMatchObject({ state: 'applied', results: 'CDUDDC' });
    expect(await versionsOf(one)).toEqual([1, 2]);
  });

  test('a release before wrote no repeats: what stands before a version of its applicant had nothing to write', async () => {
    const [one, last] = [anId(), anId()];
    const elements = [first(one), first(one), update(one, { address: 'x' }), first(one), first(last)];
    const list = intakeOf(elements);
    await loseTheAnswer(partOf(list, 4));
    await sql('delete from repeats where receipt_id = $1', list.id);
    await resolve(list);
    expect(resultsOf(list)).toEqual(['created', 'duplicate', 'updated', 'pending', 'pending']);
    await commit(partOf(list));
    expect(await receiptOf(list)).toMatchObject({ state: 'applied', results: 'CDUDC' });
  });

  test('A34: the versions of a GUID are found under any of its spellings, by another process too', async () => {
    const guid = '5F2B7C1E-0D7A-4B0E-9A55-3C1C52F0A9D1';
    await commit(partOf(intakeOf([first(guid)])));
    const elements = [
      update(guid.toLowerCase(), { address: 'x' }),
      first(guid.toLowerCase()),
      update(guid, { address: 'y' }),
      first(anId()),
    ];
    const list = intakeOf(elements);
    await loseTheAnswer(partOf(list, 3));
    const again = intakeOf(elements, list);
    await resolve(again);
    expect(resultsOf(again)).toEqual(['updated', 'duplicate', 'updated', 'pending']);
    expect(waitingOf(again)).toEqual([3]);
  });
});

describe('many elements', () => {
  const many = (name: string) => intakeOf(Array.from({ length: 250 }, () => first(anId(name))));

  test('leave the event loop to others after a hundred', async () => {
    let turn = 0;
    let isOver = false;
    const tick = () => {
      turn++;
      if (!isOver) setImmediate(tick);
    };
    setImmediate(tick);
    const decidedIn = new Map<number, number>();
    const decide = versions.decide.bind(versions);
    jest.spyOn(versions, 'decide').mockImplementation((...asked) => {
      decidedIn.set(turn, (decidedIn.get(turn) ?? 0) + 1);
      return decide(...asked);
    });
    await commit(partOf(many('turns')));
    isOver = true;
    expect([...decidedIn.values()]).toEqual([100, 100, 50]);
  });

  test('of two batches are decided one batch after the other', async () => {
    const decided: string[] = [];
    const decide = versions.decide.bind(versions);
    jest.spyOn(versions, 'decide').mockImplementation((fold, submission) => {
      if (decided.at(-1) !== submission.receiptId) decided.push(submission.receiptId);
      return decide(fold, submission);
    });
    const fold = versions.fold.bind(versions);
    let haveRead = 0;
    let go = (): void => undefined;
    const bothHaveRead = new Promise<void>((resolve) => (go = resolve));
    jest.spyOn(versions, 'fold').mockImplementation(async (...asked) => {
      const read = await fold(...asked);
      haveRead += 1;
      if (haveRead === 2) go();
      await bothHaveRead;
      return read;
    });
    const [one, other] = [many('one'), many('other')];
    await Promise.all([commit(partOf(one)), commit(partOf(other))]);
    expect(decided.sort()).toEqual([one.id, other.id].sort());
  });

  test('of a batch that fails let the next one begin', async () => {
    jest.spyOn(versions, 'decide').mockImplementationOnce(() => {
      throw new Error('a fault of ours');
    });
    await expect(commit(partOf(many('fails')))).rejects.toThrow('a fault of ours');
    await expect(commit(partOf(many('next')))).resolves.toEqual(new Set());
  });
});
