import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditPageDto, AuditVerdictDto } from '../../src/audit-trail/audit-trail.dto.js';
import { AuditTrail } from '../../src/audit-trail/audit-trail.service.js';
import type { ChainedEntry } from '../../src/audit-trail/audit-trail.types.js';
import { linkHash } from '../../src/audit-trail/chain.js';
import { AuditChain } from '../../src/audit-trail/chain.service.js';
import { verifyFile } from '../../src/audit-trail/verify-file.service.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { callerWith, expectProblem } from '../harness/clients.js';
import { eventually } from '../harness/processes.js';

type ExportedLine = Record<string, unknown>;

let rollcall: TestApp;
let trail: AuditTrail;
let chain: AuditChain;
const PEOPLE = ['A-audit-1', 'A-audit-2', 'A-audit-3'];

beforeAll(async () => {
  rollcall = await startApp();
  trail = rollcall.app.get(AuditTrail);
  chain = rollcall.app.get(AuditChain);
  await rollcall.callback(
    'success',
    PEOPLE.map((applicantId) => anApplicant({ applicantId })),
  );
});
afterAll(() => rollcall.stop());

async function audit(query = ''): Promise<AuditPageDto> {
  const answer = await rollcall.api(`/api/v1/audit${query}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as AuditPageDto;
}

const read = (id: string, headers = {}) => rollcall.api(`/api/v1/applicants/${id}`, { headers });

describe('GET /api/v1/audit', () => {
  it('says who looked at whom, when, from where and by which request', async () => {
    await read('A-audit-1', { 'x-request-id': 'look-at-one-1' });
    // it is linked within seconds; until then it has no number
    const linked = await eventually(async () => {
      const { items } = await audit('?applicantId=A-audit-1&action=applicant.read&limit=1');
      return items[0]?.n === null ? undefined : items;
    });
    expect(linked).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/) as string,
        actor: 'ROLLCALL_API_KEY',
        action: 'applicant.read',
        subject: 'applicant:A-audit-1',
        reason: null,
        address: '127.0.0.1',
        requestId: 'look-at-one-1',
        detail: { via: 'read', version: 1 },
        n: expect.any(Number) as number,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    ]);
  });

  it('pages through everything once, also through the entries of one statement', async () => {
    await rollcall.api('/api/v1/applicants');
    const all = (await audit('?limit=200')).items.map(({ id }) => id);
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: AuditPageDto = await audit(`?limit=2${cursor && `&cursor=${cursor}`}`);
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(paged.length).toBeGreaterThan(4);
    expect(paged).toEqual(all);
  });

  it('filters by person, actor, action and time', async () => {
    await read('A-audit-2');
    const { items } = await audit('?applicantId=A-audit-2');
    expect(items.map(({ subject }) => subject)).toEqual(items.map(() => 'applicant:A-audit-2'));
    expect((await audit('?actor=nobody')).items).toEqual([]);
    expect((await audit('?to=2026-01-01')).items).toEqual([]);
    expect((await audit('?action=client.configure&from=2026-01-01')).items).toMatchObject([
      { action: 'client.configure' },
    ]);
    expect((await rollcall.api('/api/v1/audit?person=A-1')).status).toBe(400);
    expect((await rollcall.api('/api/v1/audit?cursor=bm8')).status).toBe(400);
  });
});

describe('the chain', () => {
  it('is linked behind the reads, by the job, within seconds', async () => {
    await read('A-audit-3');
    const [newest] = (await audit('?limit=1')).items;
    const linked = await eventually(async () =>
      (await audit('?limit=5')).items.find(({ id, n }) => id === newest?.id && n !== null),
    );
    expect(linked.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('holds each entry once where many are written and linked at the same time', async () => {
    await Promise.all([
      ...PEOPLE.flatMap((id) => Array.from({ length: 20 }, () => read(id))),
      ...Array.from({ length: 5 }, () => chain.linkAll()),
    ]);
    const { n } = await chain.linkAll();
    const [counted] = await rollcall.sql<{ entries: number; links: number }>(
      'select (select count(*)::int from audit) as entries, (select count(*)::int from audit_links) as links',
    );
    expect(counted).toEqual({ entries: n, links: n });
    expect(await trail.verify()).toEqual({ links: n, heads: 1, tampering: null });
  });

  it('waits a moment for a transaction that began before and commits late, and then goes on without it', async () => {
    const late = async () => {
      await rollcall.sql('begin');
      await rollcall.sql(
        `insert into audit (id, actor, action, subject) values (gen_random_uuid(), 'late', 'test', 'test')`,
      );
      await read('A-audit-1');
    };
    const { n } = await chain.linkAll();
    await late();
    const linking = chain.linkAll();
    await sleep(300);
    await rollcall.sql('commit');
    expect((await linking).n).toBe(n + 2);
    await late();
    expect((await chain.linkAll()).n).toBe(n + 2);
    await rollcall.sql('commit');
    expect((await chain.linkAll()).n).toBe(n + 4);
    expect((await trail.verify()).tampering).toBeNull();
  });

  it('ends in a signed head each day, which a chain written again does not fit', async () => {
    const { n } = await chain.linkAll();
    const jws = await chain.signEnd({ n, hash: '0'.repeat(64) });
    await rollcall.sql("insert into audit_heads (day, n, jws) values ('2026-01-01', $1, $2)", [n, jws]);
    expect((await trail.verify()).tampering).toEqual({ n, entry: null, what: 'signature' });
    const { hash } = await chain.linkAll();
    await rollcall.sql("update audit_heads set jws = $1 where day = '2026-01-01'", [
      await chain.signEnd({ n, hash }),
    ]);
    expect(await trail.verify()).toEqual({ links: n, heads: 2, tampering: null });
    await rollcall.sql("delete from audit_heads where day = '2026-01-01'");
  });

  it.each<[what: string, sql: string, undo: string]>([
    [
      'changed',
      "update audit set actor = 'x' || actor where id = $1",
      'update audit set actor = substr(actor, 2) where id = $1',
    ],
    [
      'removed',
      "update audit set id = '00000000-0000-4000-8000-000000000001' where id = $1",
      "update audit set id = $1 where id = '00000000-0000-4000-8000-000000000001'",
    ],
  ])('shows an entry that was %s in SQL', async (what, sql, undo) => {
    const { n } = await chain.linkAll();
    const [row] = await rollcall.sql<{ entry: string }>('select entry from audit_links where n = $1', [
      n - 2,
    ]);
    await rollcall.sql(sql, [row?.entry]);
    expect((await trail.verify()).tampering).toMatchObject({ n: n - 2, what });
    await rollcall.sql(undo, [row?.entry]);
    expect((await trail.verify()).tampering).toBeNull();
  });

  it('is verified over the API, a stretch at a time, which is recorded', async () => {
    const ask = await callerWith(rollcall, 'audit:read');
    const verify = (body: object, by = ask) =>
      by<AuditVerdictDto>('/api/v1/audit/verify', { method: 'POST', body: JSON.stringify(body) });
    const { n } = await chain.linkAll();
    expect(await verify({ links: 3, upTo: n - 2 })).toMatchObject({
      status: 200,
      body: { first: n - 4, last: n - 2, links: 3, intact: true, tampering: null },
    });
    expect((await verify({ upTo: n })).body).toMatchObject({
      first: 1,
      last: n,
      links: n,
      heads: 1,
      intact: true,
    });
    const [row] = await rollcall.sql<{ entry: string }>('select entry from audit_links where n = $1', [
      n - 3,
    ]);
    await rollcall.sql("update audit set actor = 'x' || actor where id = $1", [row?.entry]);
    const broken = { n: n - 3, entry: row?.entry, what: 'changed' };
    expect((await verify({ links: 4, upTo: n })).body).toMatchObject({
      intact: false,
      links: 0,
      tampering: broken,
    });
    // what comes before a stretch is believed
    expect((await verify({ links: 3, upTo: n })).body).toMatchObject({ intact: true });
    await rollcall.sql('update audit set actor = substr(actor, 2) where id = $1', [row?.entry]);
    const [link] = await rollcall.sql<{ copy: string }>(
      `with gone as (delete from audit_links where n = $1 returning *) select to_jsonb(gone)::text as copy from gone`,
      [n - 3],
    );
    for (const [links, at] of [
      [3, n - 3],
      [6, n - 3],
    ] as const)
      expect((await verify({ links, upTo: n })).body.tampering).toMatchObject({ n: at, what: 'removed' });
    await rollcall.sql('insert into audit_links select * from jsonb_populate_record(null::audit_links, $1)', [
      link?.copy,
    ]);
    const entries = (await audit('?action=audit.verify&limit=200')).items;
    expect(entries).toHaveLength(6);
    expect(entries[0]).toMatchObject({ subject: 'audit', detail: { last: n, intact: false, broken: n - 3 } });
    for (const body of [{ links: 0 }, { links: 20_001 }, { upTo: 0 }, { last: 1 }])
      expectProblem(await verify(body), 400, 'BAD_REQUEST');
    expectProblem(await verify({}, await callerWith(rollcall, 'privacy:read')), 403, 'INSUFFICIENT_SCOPE');
    // one waits for the table, and the other does not wait for the one
    await rollcall.sql('begin');
    await rollcall.sql('lock table audit_links');
    const both = [verify({}), verify({})];
    const { status } = await Promise.race(both);
    await rollcall.sql('rollback');
    expect(status).toBe(503);
    expect((await Promise.all(both)).map((one) => one.status).sort()).toEqual([200, 503]);
    expect((await trail.verify()).tampering).toBeNull();
  });

  it('shows an entry that was put between in SQL', async () => {
    await chain.linkAll();
    const [row] = await rollcall.sql<{ id: string }>(
      `insert into audit (id, actor, action, subject, history, tx, seq)
       select gen_random_uuid(), actor, action, subject, history, tx, seq from audit order by at limit 1 returning id`,
    );
    expect((await trail.verify()).tampering).toMatchObject({ entry: row?.id, what: 'inserted' });
    await rollcall.sql('delete from audit where id = $1', [row?.id]);
    expect((await trail.verify()).tampering).toBeNull();
  });

  it('shows an entry that was put behind all that will come, so that nothing after it is linked', async () => {
    const { n, hash } = await chain.linkAll();
    const entry = { ...(await audit('?limit=1')).items[0]!, id: '00000000-0000-4000-8000-000000000002' };
    const place = "9000000000000000000, '1', 1";
    await rollcall.sql(
      `insert into audit (id, at, actor, action, subject, address, request_id, detail, history, tx, seq)
       values ($1, $2, $3, $4, $5, $6, $7, $8, ${place})`,
      [
        entry.id,
        entry.at,
        entry.actor,
        entry.action,
        entry.subject,
        entry.address,
        entry.requestId,
        entry.detail,
      ],
    );
    const inserted = { entry: entry.id, what: 'inserted' };
    expect((await trail.verify()).tampering).toMatchObject(inserted);
    await rollcall.sql(
      `insert into audit_links (n, hash, entry, history, tx, seq) values ($1, decode($2, 'hex'), $3, ${place})`,
      [n + 1, linkHash(hash, n + 1, entry), entry.id],
    );
    expect((await trail.verify()).tampering).toMatchObject(inserted);
    await rollcall.sql('delete from audit_links where entry = $1', [entry.id]);
    await rollcall.sql('delete from audit where id = $1', [entry.id]);
    expect((await trail.verify()).tampering).toBeNull();
  });
});

describe('an exported file', () => {
  let lines: ExportedLine[];
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-audit-'));
  const verified = (of: ExportedLine[]) => {
    const path = join(folder, 'audit.ndjson');
    writeFileSync(path, of.map((line) => JSON.stringify(line)).join('\n'));
    return verifyFile(path);
  };
  beforeAll(async () => {
    const { n, hash } = await chain.linkAll();
    const jws = await chain.signEnd({ n, hash });
    await rollcall.sql("insert into audit_heads (day, n, jws) values ('2026-01-02', $1, $2)", [n, jws]);
    await read('A-audit-1');
    lines = [];
    for await (const line of trail.export({})) lines.push(line as ExportedLine);
    expect((await verified(lines)).tampering).toBeNull();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('shows that it was cut at the signed head of a day', async () => {
    const { head } = lines.find((line) => line.head !== undefined)!;
    const last = Number(lines[0]!.last) - 1;
    const kept = lines.filter((line) => line.n === undefined || Number(line.n) <= last).slice(1);
    const cut = [{ ...lines[0], last }, ...kept.filter((line) => line.n !== undefined), { end: head }];
    expect((await verified(cut)).tampering).toMatchObject({ what: 'signature' });
  });

  it('shows that it was made to begin later', async () => {
    const [beginning, first, ...rest] = lines;
    const late = [{ ...beginning, first: 2, before: first!.hash }, ...rest];
    expect((await verified(late)).tampering).toMatchObject({ what: 'signature' });
  });

  it('shows entries that were added behind its last', async () => {
    const at = lines.findLastIndex((line) => line.n !== undefined);
    const { hash, ...last } = lines[at] as unknown as ChainedEntry;
    const n = last.n + 1;
    const added = { ...last, n, hash: linkHash(hash, n, last) };
    expect((await verified(lines.toSpliced(at + 1, 0, added as ExportedLine))).tampering).toMatchObject({
      what: 'signature',
    });
  });
});
