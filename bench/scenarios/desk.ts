import { join } from 'node:path';
import { enrollmentOf } from '../../simulator/enrollment.js';
import type { Bench, Goal, Scenario, Section } from '../bench.types.js';
import type { Database } from '../cluster.js';
import { percentile, shown } from '../figures.js';
import { askInTurn } from '../load/in-turn.js';
import { fullDatabase } from '../offline/full-database.js';
import { API_KEY, ServerProcess } from '../server-process.js';

const VERSIONS = 200;
const ASKED = 200;
const ASKED_QUICK = 40;
const WARM_UP = 50;
const PERSON = 'desk';

const QUESTIONS: { what: string; path: string; withinMs: number }[] = [
  { what: 'status', path: 'status', withinMs: 50 },
  {
    what: `timeline of an applicant with ${VERSIONS} versions`,
    path: `applicants/${PERSON}/timeline`,
    withinMs: 50,
  },
  { what: 'receipts of this applicant', path: `receipts?applicantId=${PERSON}`, withinMs: 20 },
];

/** What the person on call asks first, with a million applicants and as many receipts. */
export const desk: Scenario = {
  name: 'desk',
  summary: 'status, timeline and receipts of one person, at 1 million applicants and receipts',
  async run(bench: Bench): Promise<Section> {
    const { database, rows } = await fullDatabase(bench);
    await addReceipts(database, rows);
    bench.progress(`  ${shown(rows)} receipts made`);
    const server = await ServerProcess.rollcall(database.url, join(bench.cluster.folder, 'desk'));
    try {
      await enroll(server);
      const asked = WARM_UP + (bench.quick ? ASKED_QUICK : ASKED);
      const table: string[][] = [];
      const goals: Goal[] = [];
      for (const { what, path, withinMs } of QUESTIONS) {
        const request = { line: `GET /api/v1/${path}` };
        await askInTurn(server.port, API_KEY, Array<typeof request>(WARM_UP).fill(request));
        const latenciesMs = await askInTurn(
          server.port,
          API_KEY,
          Array<typeof request>(asked - WARM_UP).fill(request),
        );
        const [p50, p95] = [percentile(latenciesMs, 0.5), percentile(latenciesMs, 0.95)];
        table.push([what, `${shown(p50)} ms`, `${shown(p95)} ms`]);
        goals.push({ text: `${what}: p95`, measured: p95, unit: 'ms', atMost: withinMs });
        bench.progress(`  ${what}: p50 ${shown(p50)} ms, p95 ${shown(p95)} ms`);
      }
      return {
        title: `The questions of the day, at ${shown(rows)} applicants and receipts`,
        columns: ['what', 'median', 'p95'],
        rows: table,
        notes: [
          `Asked one after the other over HTTP, pages of 50, with all jobs running. The receipts were made by SQL but for those of the person, which came over HTTP.`,
        ],
        goals,
      };
    } finally {
      await server.stop();
    }
  },
};

/** One every two seconds until now, each with an id of its own time (UUID version 7). */
async function addReceipts(database: Database, count: number): Promise<void> {
  await database.query(
    `insert into receipts (id, received_at, source, kind, state, client_id, remote_address, request_id, content_type, received,
       applied, body_bytes, body)
     select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8'
         || substr(md5(n::text), 4, 15))::uuid,
       at, 'callback', 'success', 'applied', 'bench', '127.0.0.1', n::text, 'application/json', 1, 1, 900, decode(repeat('ab', 900), 'hex')
     from (
       select n, date_trunc('milliseconds', now() - n * interval '2 seconds') as at from generate_series(1, $1::int) n
     ) made`,
    [count],
  );
  await database.query('vacuum analyze receipts');
}

/** One person who is sent again and again, each time with something new and once more without. */
async function enroll(server: ServerProcess): Promise<void> {
  const authorization = `Bearer ${await server.token()}`;
  const send = async (revision: number) => {
    const element = {
      ...enrollmentOf({ seed: 1, index: 0, applicantId: PERSON, revision: 0 }),
      isUpdate: revision > 0,
      phoneNumbers: [`+2010${10_000_000 + revision}`],
    };
    const answer = await fetch(`http://127.0.0.1:${server.port}/callbacks/success`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify([element]),
    });
    if (!answer.ok) throw new Error(`a callback was answered ${answer.status}: ${await answer.text()}`);
  };
  for (let revision = 0; revision < VERSIONS; revision += 1) {
    await send(revision);
    await send(revision);
  }
}
