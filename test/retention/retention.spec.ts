import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { ReplacedImages } from '../../src/images/replaced-images.service.js';
import { SealedImageStore } from '../../src/images/sealed-image-store.service.js';
import { StoreMark } from '../../src/images/store-mark.service.js';
import type { HoldDto } from '../../src/retention/holds.dto.js';
import type { ClassName } from '../../src/retention/policy.js';
import type {
  PolicyDto,
  PreviewDto,
  RetentionRunDto,
  SignedCertificateDto,
} from '../../src/retention/retention.dto.js';
import { RetentionWorker } from '../../src/retention/retention-worker.service.js';
import { ReceiptRollup } from '../../src/stats/receipt-rollup.service.js';
import { Recounts } from '../../src/stats/recount.service.js';
import { aFolder } from '../backup/backing-up.js';
import { anApplicant } from '../factories/applicant.js';
import { endOfFeed } from '../feed/fed.js';
import { startApp, type TestApp } from '../harness/app.js';
import { type Answer, type Ask, callerWithAll, expectProblem } from '../harness/clients.js';

/** A month that is over long ago. */
const MONTH = '2019-01';
const PARTITION = 'y2019m01';

/** Everything but the date goes on as it is. */
const NO_TIMER = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

const folder = aFolder();
let rollcall: TestApp;
let ask: Ask;

beforeAll(async () => {
  // no job works: the test takes each piece itself
  rollcall = await startApp({
    env: {
      ROLLCALL_ROLE: 'api',
      ROLLCALL_KEEP_RECEIPTS_DAYS: '1000',
      ROLLCALL_KEEP_VERSIONS_DAYS: '1000',
      ROLLCALL_KEEP_IMAGES_DAYS: '400',
      ROLLCALL_IMAGE_DIR: folder,
    },
  });
  ask = callerWithAll(rollcall);
  for (const id of ['old-1', 'old-2', 'held', 'current']) await take(id);
  await moveToThePast('old-1', 'old-2', 'held');
  // as if each had come once more in that month
  await rollcall.sql(`insert into repeats select c.applicant_id, r.received_at, r.id, 1, 'callback', 'success', 'duplicate'
    from changes c join receipts r on r.id = c.receipt_id`);
  // the statistics and the followers have read everything
  await rollcall.app.get(ReceiptRollup).countNext(-1);
  await rollcall.sql(`update stats_receipts set counted_to = now()`);
  await rollcall.sql(`insert into feed_cursors (follower, history, tx, seq)
    select 'stats', c.history, c.tx, c.seq from changes c order by c.history desc, c.tx desc, c.seq desc limit 1
    on conflict (follower) do update set history = excluded.history, tx = excluded.tx, seq = excluded.seq`);
});
afterAll(async () => {
  await rollcall.stop();
  rmSync(folder, { recursive: true });
});

async function take(applicantId: string): Promise<void> {
  expect((await rollcall.callback('success', [anApplicant({ applicantId })])).status).toBe(200);
}

/** As if these had been received in that month, when it had a partition of its own. */
async function moveToThePast(...ids: string[]): Promise<void> {
  for (const [table, at] of [
    ['receipts', 'received_at'],
    ['changes', 'changed_at'],
  ]) {
    await rollcall.sql(
      `create table ${table}_${PARTITION} partition of ${table} for values from ('2019-01-01Z') to ('2019-02-01Z')`,
    );
    const which =
      table === 'changes'
        ? 'applicant_id = any($1)'
        : 'id in (select receipt_id from changes where applicant_id = any($1))';
    await rollcall.sql(`update ${table} set ${at} = '2019-01-10T01:00Z' where ${which}`, [ids]);
  }
}

const post = <Body>(path: string): Promise<Answer<Body>> => ask<Body>(path, { method: 'POST', body: '{}' });
const classOf = <T extends { class: ClassName }>(classes: T[], name: ClassName): T =>
  classes.find((one) => one.class === name)!;
const hold = async (applicantId: string): Promise<string> => {
  const body = JSON.stringify({ applicantId, reason: 'case 1' });
  return (await ask<HoldDto>('/api/v1/holds', { method: 'POST', body })).body.id;
};
/** Takes every piece of a run, as the job does. */
async function run(): Promise<RetentionRunDto> {
  const { body } = await post<RetentionRunDto>('/api/v1/retention/runs');
  for (let n = 0; n < 100 && (await rollcall.app.get(RetentionWorker).work()) !== undefined; n += 1);
  return (await ask<RetentionRunDto>(`/api/v1/retention/runs/${body.id}`)).body;
}
const idsIn = async (table: string) =>
  (await rollcall.sql<{ id: string }>(`select applicant_id as id from ${table} order by 1`)).map(
    ({ id }) => id,
  );
const versionsOf = () => idsIn('changes');
const repeatsOf = () => idsIn('repeats');

test('the policy in force names every class, its days, its reason and its setting', async () => {
  const { body } = await ask<PolicyDto>('/api/v1/retention');
  expect(classOf(body.classes, 'versions')).toMatchObject({
    keepDays: 1000,
    setting: 'ROLLCALL_KEEP_VERSIONS_DAYS',
    removedBy: 'run',
  });
  expect(classOf(body.classes, 'approved')).toMatchObject({ keepDays: null, removedBy: 'erasure' });
  expect(classOf(body.classes, 'deliveries')).toMatchObject({
    keepDays: 30,
    setting: 'ROLLCALL_DELIVERY_KEEP_DAYS',
  });
  expect(classOf(body.classes, 'audit')).toMatchObject({ keepDays: 3653, removedBy: 'owner' });
  expect(body.classes.every(({ reason }) => reason.length > 10)).toBe(true);
});

test("a server whose clock is a year fast ends nobody's time", async () => {
  const real = Date.now();
  jest.useFakeTimers({ now: real + 365 * 86_400_000, doNotFake: [...NO_TIMER] });
  const { body } = await post<PreviewDto>('/api/v1/retention/preview').finally(() => jest.useRealTimers());
  const { dueBefore } = classOf(body.classes, 'sessions');
  expect(Date.parse(dueBefore!)).toBeLessThan(real - 364 * 86_400_000);
});

describe('a month that is due', () => {
  let first: RetentionRunDto;
  let expired: string;

  it('is previewed: counted, with the oldest, and without what is held', async () => {
    // transactions of other tests hold the feed up while they run
    await endOfFeed(rollcall);
    expired = (await ask<{ items: { cursor: string }[] }>('/api/v1/changes')).body.items[0]!.cursor;
    await ask('/api/v1/consumers', { method: 'POST', body: JSON.stringify({ name: 'slow', from: expired }) });
    await hold('held');
    const { status, body } = await post<PreviewDto>('/api/v1/retention/preview');
    expect(status).toBe(200);
    expect(body.heldApplicants).toBe(1);
    for (const name of ['versions', 'receipts'] as const) {
      expect(classOf(body.classes, name)).toMatchObject({
        due: 2,
        held: 1,
        oldest: expect.stringMatching(/^2019-01-1/),
      });
    }
    expect(classOf(body.classes, 'approved')).toMatchObject({ dueBefore: null, due: 0 });
    expect(await versionsOf()).toHaveLength(4);
  });

  it('waits while a follower of the feed has not read it, or the statistics have not counted it; then the run failed', async () => {
    await rollcall.sql(`insert into feed_cursors (follower, tx) values ('late', '1')`);
    await rollcall.sql(`update stats_receipts set counted_to = '2019-01-20Z'`);
    const { body } = await post<RetentionRunDto>('/api/v1/retention/runs');
    for (let n = 0; n < 40; n += 1) {
      await rollcall.sql(`update retention_steps set next_attempt_at = now()`);
      await rollcall.app.get(RetentionWorker).work();
    }
    const { body: failed } = await ask<RetentionRunDto>(`/api/v1/retention/runs/${body.id}`);
    expect(failed.state).toBe('failed');
    for (const name of ['versions', 'receipts'] as const) {
      expect(classOf(failed.classes, name)).toMatchObject({
        state: 'failed',
        errorCode: 'MONTH_NOT_READ_YET',
        removed: 0,
      });
    }
    expect(await versionsOf()).toHaveLength(4);
    await rollcall.sql(`delete from feed_cursors where follower = 'late'`);
    await rollcall.sql(`update stats_receipts set counted_to = now()`);
  });

  it('is dropped, but for the rows of held people; each class says what is gone', async () => {
    first = await run();
    expect(first).toMatchObject({ state: 'completed', trigger: 'api' });
    for (const name of ['versions', 'receipts'] as const) {
      expect(classOf(first.classes, name)).toMatchObject({
        state: 'done',
        removed: 2,
        held: 1,
        months: [MONTH],
      });
    }
    expect(await versionsOf()).toEqual(['current', 'held']);
    expect(
      await rollcall.sql(
        `select to_regclass('receipts_${PARTITION}') as r, to_regclass('changes_${PARTITION}') as c`,
      ),
    ).toEqual([{ r: null, c: null }]);
    expect(await rollcall.sql('select id from receipts')).toHaveLength(2);
    expect(await repeatsOf()).toEqual(['current', 'held']);
    const read = await ask<{ receiptId: string }>('/api/v1/applicants/held');
    expect(read.status).toBe(200);
  });

  it('is told to whoever reads the feed from before: 410, never a silent skip; from the beginning it is what is kept', async () => {
    expectProblem(await ask(`/api/v1/changes?after=${expired}`), 410, 'CURSOR_TOO_OLD');
    expectProblem(await ask('/api/v1/consumers/slow/changes'), 410, 'CURSOR_TOO_OLD');
    const rewound = await ask('/api/v1/consumers/slow/rewind', {
      method: 'POST',
      body: JSON.stringify({ to: 'beginning' }),
    });
    expect(rewound.status).toBe(200);
    // the held one comes behind what is gone
    const kept = { items: [{ applicantId: 'held' }, { applicantId: 'current' }] };
    expect((await ask('/api/v1/consumers/slow/changes')).body).toMatchObject(kept);
    const { body } = await ask<{ items: unknown[]; nextCursor: string }>('/api/v1/changes');
    expect(body).toMatchObject(kept);
    expect((await ask(`/api/v1/changes?after=${body.nextCursor}`)).status).toBe(200);
  });

  it('leaves the statistics as they were counted: a recount finds nothing to take away', async () => {
    await rollcall.sql(
      `insert into stats (topic, grain, start, value, n) values ('callback.count', 'hour', '2019-01-10T08:00Z', 'success', 3)`,
    );
    await rollcall.app.get(Recounts).run(true);
    expect(
      await rollcall.sql(
        `select n::int from stats where topic = 'callback.count' and grain = 'hour' and start = '2019-01-10T08:00Z'`,
      ),
    ).toEqual([{ n: 3 }]);
  });

  it('has a certificate, signed with a published key', async () => {
    const { body } = await ask<SignedCertificateDto>(`/api/v1/retention/runs/${first.id}/certificate`);
    const { body: jwks } = await ask<JSONWebKeySet>('/.well-known/jwks.json');
    const { payload, protectedHeader } = await compactVerify(body.jws, createLocalJWKSet(jwks));
    expect(protectedHeader.typ).toBe('rollcall-retention-certificate+jws');
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(body.certificate);
    expect(body.certificate.run).toEqual(first);
    const { body: list } = await ask<{ items: RetentionRunDto[] }>('/api/v1/retention/runs?limit=1');
    expect(list.items).toEqual([first]);
    const deeds = await rollcall.sql(`select action, actor from audit where subject = $1 order by seq`, [
      `retention:${first.id}`,
    ]);
    expect(deeds).toEqual([
      { action: 'retention.start', actor: expect.any(String) },
      { action: 'retention.finish', actor: 'system' },
    ]);
  });

  it('gives up the rest once the hold is lifted', async () => {
    const { body } = await ask<{ items: HoldDto[] }>('/api/v1/holds?state=placed');
    for (const { id } of body.items) await ask(`/api/v1/holds/${id}/lift`, { method: 'POST', body: '{}' });
    const next = await run();
    expect(classOf(next.classes, 'versions')).toMatchObject({ removed: 1, held: 0, months: [] });
    expect(classOf(next.classes, 'receipts')).toMatchObject({ removed: 1, held: 0 });
    expect(await versionsOf()).toEqual(['current']);
    expect(await repeatsOf()).toEqual(['current']);
    expect(classOf((await run()).classes, 'versions')).toMatchObject({ removed: 0 });
  });
});

test('what is removed by its age goes, and what is held, open or younger stays', async () => {
  await hold('q-held');
  await rollcall.sql(
    `insert into quarantine (id, receipt_id, element_index, received_at, source, kind, applicant_id, code, reason, state, resolved_at, element_bytes, element)
     select gen_random_uuid(), gen_random_uuid(), 0, now() - interval '3 years', 'callback', 'any', id, 'X', 'x', state, at, 0, ''
     from (values ('q-old', 'discarded', now() - interval '2 years'), ('q-held', 'discarded', now() - interval '2 years'),
       ('q-open', 'open', null), ('q-young', 'replayed', now())) t(id, state, at)`,
  );
  await rollcall.sql(
    `insert into deliveries (endpoint_id, tx, seq, event, applicant_id, version, occurred_at, state, settled_at)
     select gen_random_uuid(), '3', 1, 'applicant.created', id, 1, now(), 'delivered', at
     from (values ('d-old', now() - interval '31 days'), ('q-held', now() - interval '31 days'), ('d-young', now())) t(id, at)`,
  );
  await rollcall.sql(`insert into probes (id, at, url, remote_address, token_valid)
    values (gen_random_uuid(), now() - interval '2 years', '/callbacks', '127.0.0.1', true)`);
  await rollcall.app.get(StoreMark).adopt('test');
  await rollcall.app.get(SealedImageStore).store.put([{ sha256: '01'.repeat(32), sealed: Buffer.from('x') }]);
  await rollcall.sql(
    `insert into image_blobs (sha256, media_type, bytes, sealed_bytes) values (decode(repeat('01', 32), 'hex'), 'image/png', 1, 1)`,
  );
  await rollcall.sql(
    `insert into images (applicant_id, field, version, path, state, sha256, settled_at)
     values ('i-old', 'photo', 1, 'p', 'fetched', decode(repeat('01', 32), 'hex'), now() - interval '2 years')`,
  );
  await rollcall.sql('update image_totals set fetched = 1, stored_images = 1, stored_bytes = 1');
  const done = await run();
  const removed = Object.fromEntries(done.classes.map((one) => [one.class, [one.removed, one.held]]));
  expect(removed).toMatchObject({ quarantine: [1, 1], deliveries: [1, 1], probes: [1, 0], images: [1, 0] });
  const left = await rollcall.sql<{ id: string }>('select applicant_id as id from quarantine order by 1');
  expect(left.map(({ id }) => id)).toEqual(['q-held', 'q-open', 'q-young']);
  expect(await rollcall.sql(`select state, path, sha256 from images where applicant_id = 'i-old'`)).toEqual([
    { state: 'cleared', path: null, sha256: null },
  ]);
  expect(await rollcall.sql('select fetched::int from image_totals')).toEqual([{ fetched: 0 }]);
  // its folder is not mounted for a while: the bytes stay noted until they can be removed
  const stored = readdirSync(folder, { recursive: true }).length;
  const remove = () => rollcall.app.get(ReplacedImages).remove(new AbortController().signal, 0);
  renameSync(folder, `${folder}-away`);
  mkdirSync(folder);
  expect(await remove()).toBe(0);
  expect(await rollcall.sql('select from replaced_images')).toHaveLength(1);
  rmSync(folder, { recursive: true });
  renameSync(`${folder}-away`, folder);
  expect(await remove()).toBe(1);
  expect(await rollcall.sql('select from image_blobs')).toHaveLength(0);
  expect(readdirSync(folder, { recursive: true })).toHaveLength(stored - 1);
});

test('runs begun at once are one, and a piece and its count commit together', async () => {
  const [one, two] = await Promise.all([
    post<RetentionRunDto>('/api/v1/retention/runs'),
    post<RetentionRunDto>('/api/v1/retention/runs'),
  ]);
  expect([one.status, two.status, two.body.id]).toEqual([202, 202, one.body.id]);
  expectProblem(await ask(`/api/v1/retention/runs/${one.body.id}/certificate`), 409, 'CONFLICT');
  await rollcall.sql(`insert into probes (id, at, url, remote_address, token_valid)
    values (gen_random_uuid(), now() - interval '2 years', '/callbacks', '127.0.0.1', true)`);
  await rollcall.sql(
    `alter table retention_steps add constraint closed check (class <> 'probes' or removed = 0) not valid`,
  );
  for (let n = 0; n < 40 && (await rollcall.app.get(RetentionWorker).work()) !== undefined; n += 1);
  expect(await rollcall.sql(`select from probes where at < now() - interval '1 year'`)).toHaveLength(1);
  const { body: failing } = await ask<RetentionRunDto>(`/api/v1/retention/runs/${one.body.id}`);
  expect(classOf(failing.classes, 'probes')).toMatchObject({ removed: 0, errorCode: '23514' });
  await rollcall.sql('alter table retention_steps drop constraint closed');
  await rollcall.sql('update retention_steps set next_attempt_at = now()');
  expect(classOf((await run()).classes, 'probes')).toMatchObject({
    state: 'done',
    removed: 1,
    errorCode: null,
  });
});
