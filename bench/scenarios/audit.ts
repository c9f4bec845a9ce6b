import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { APPLICANT_COLUMNS } from '../../src/applicants/columns.types.js';
import type { ExportDto } from '../../src/exports/exports.dto.js';
import type { Bench, Scenario, Section } from '../bench.types.js';
import type { Database } from '../cluster.js';
import { median, shown } from '../figures.js';
import { Applicants } from '../load/applicants.js';
import { Connection } from '../load/connection.js';
import { seed } from '../offline/seed.js';
import { API_KEY, KEYS, ServerProcess } from '../server-process.js';

const APPLICANTS = 50_000;
const APPLICANTS_QUICK = 5_000;
const ENTRIES = 1_000_000;
const ENTRIES_QUICK = 50_000;
const ROUNDS = 5;
const REVEALS_A_ROUND = 500;
const REVEALS_A_ROUND_QUICK = 200;
const EXPORTS_EACH = 3;
const LANES = [1, 8];
const MOST_ADDED = 0.1;
const VERIFIED_WITHIN_SECONDS = 30;
/** Entries that are not written, for the rounds without. */
const WITHOUT = 'create rule bench_without as on insert to audit do instead nothing';
const WITH = 'drop rule if exists bench_without on audit';

/** What the audit takes from who looks, and how long it takes to prove a million entries. */
export const audit: Scenario = {
  name: 'audit',
  fullOnly: true,
  summary: 'what the audit adds to a reveal and to an export, and how long a million entries take to verify',
  async run(bench: Bench): Promise<Section> {
    const database = await bench.cluster.database('audit');
    const count = bench.quick ? APPLICANTS_QUICK : APPLICANTS;
    await seed(database.url, new Applicants(1, count), count);
    await database.query('analyze');
    const reveals: Ratio[] = [];
    for (const lanes of LANES) reveals.push(await revealing(bench, database, lanes));
    const exported = await exporting(bench, database);
    const verified = await verifying(bench);
    await database.drop();
    return sectionOf(reveals, exported, verified);
  },
};

/** Pairs of rounds; which one is first takes turns, too. */
function turns(pairs: number): ('without' | 'with')[] {
  return Array.from({ length: pairs }, (_, i) =>
    i % 2 === 0 ? (['without', 'with'] as const) : (['with', 'without'] as const),
  ).flat();
}

/** Medians of the rounds, in the unit of `what`. */
interface Ratio {
  what: string;
  without: number;
  with: number;
}

const added = ({ without, with: recorded }: Ratio): number => recorded / without - 1;

function sectionOf(
  reveals: Ratio[],
  exported: Ratio,
  verified: { entries: number; seconds: number },
): Section {
  return {
    title: 'The audit',
    columns: ['what', 'without the entry', 'with it', 'added'],
    rows: [
      ...[...reveals, exported].map((one) => [
        one.what,
        shown(one.without),
        shown(one.with),
        `${shown(100 * added(one))} %`,
      ]),
      [`verify ${shown(verified.entries)} entries, seconds`, '–', shown(verified.seconds), '–'],
    ],
    notes: [
      'Rounds with and without take turns on one server; without, Postgres drops the entry by a rule, so that the round trip stays. ' +
        'Medians of the rounds. The export opens every column; its entries are chained meanwhile by the same process.',
    ],
    goals: [
      ...reveals.map((one) => ({
        text: `the audit adds to ${one.what}, %`,
        measured: 100 * added(one),
        unit: '%',
        atMost: 100 * MOST_ADDED,
      })),
      {
        text: 'the audit adds to an export, %',
        measured: 100 * added(exported),
        unit: '%',
        atMost: 100 * MOST_ADDED,
      },
      {
        text: `\`rollcall audit verify\` of ${shown(verified.entries)} entries`,
        measured: verified.seconds,
        unit: 's',
        atMost: VERIFIED_WITHIN_SECONDS,
      },
    ],
  };
}

async function revealing(
  { cluster, quick, progress }: Bench,
  database: Database,
  lanes: number,
): Promise<Ratio> {
  const server = await ServerProcess.rollcall(database.url, join(cluster.folder, 'audit'), 'api');
  try {
    const count = quick ? REVEALS_A_ROUND_QUICK : REVEALS_A_ROUND;
    const people = await database.query<{ id: string }>(
      'select applicant_id as id from applicants order by random() limit $1',
      [count],
    );
    const round = () => reveal(server.port, lanes, people);
    await round();
    const ms: Record<'without' | 'with', number[]> = { without: [], with: [] };
    for (const kind of turns(ROUNDS)) {
      await database.query(WITH);
      if (kind === 'without') await database.query(WITHOUT);
      ms[kind].push(await round());
    }
    const what = `a reveal, ms, ${lanes} at a time`;
    const ratio = { what, without: median(ms.without), with: median(ms.with) };
    progress(`  ${what}: ${shown(ratio.without)} ms without, ${shown(ratio.with)} ms with`);
    return ratio;
  } finally {
    await database.query(WITH);
    await server.stop();
  }
}

/** @returns the mean time of a reveal, in milliseconds */
async function reveal(port: number, lanes: number, people: { id: string }[]): Promise<number> {
  const body = JSON.stringify({ fields: ['idNumber', 'phoneNumbers'], reason: 'the bench' });
  const waiting = [...people];
  const startedMs = performance.now();
  const lane = async () => {
    const connection = await Connection.open(port);
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { status } = await connection.ask(
        `POST /api/v1/applicants/${next.id}/reveal HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${API_KEY}\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
      if (status !== 200) throw new Error(`a reveal was answered ${status}`);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return ((performance.now() - startedMs) * lanes) / people.length;
}

async function exporting({ cluster, progress }: Bench, database: Database): Promise<Ratio> {
  const server = await ServerProcess.rollcall(database.url, join(cluster.folder, 'audit'));
  const seconds: Record<'without' | 'with', number[]> = { without: [], with: [] };
  try {
    await chained(database);
    for (const kind of turns(EXPORTS_EACH)) {
      await database.query(WITH);
      if (kind === 'without') await database.query(WITHOUT);
      seconds[kind].push(await exportOnce(server));
      await database.query(WITH);
      await chained(database);
    }
  } finally {
    await server.stop();
  }
  const what = 'an export of every column, seconds';
  const ratio = { what, without: median(seconds.without), with: median(seconds.with) };
  progress(`  ${what}: ${shown(ratio.without)} without, ${shown(ratio.with)} with`);
  return ratio;
}

async function exportOnce(server: ServerProcess): Promise<number> {
  const columns = APPLICANT_COLUMNS;
  const { id } = await server.api<ExportDto>('/exports', 'POST', {
    what: 'applicants',
    format: 'csv',
    columns,
  });
  for (;;) {
    const { state, startedAt, finishedAt, errorCode } = await server.api<ExportDto>(`/exports/${id}`);
    if (state === 'ready') return (Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')) / 1000;
    if (errorCode !== null) throw new Error(`the export is ${state}: ${errorCode}`);
    await pause(50);
  }
}

/** Until every entry has its link. */
async function chained(database: Database): Promise<void> {
  for (;;) {
    const [row] = await database.query<{ left: number }>(
      'select (select count(*) from audit) - (select count(*) from audit_links) as left',
    );
    if (Number(row?.left) === 0) return;
    await pause(500);
  }
}

async function verifying({ cluster, quick, progress }: Bench): Promise<{ entries: number; seconds: number }> {
  const entries = quick ? ENTRIES_QUICK : ENTRIES;
  const database = await cluster.database('audit_verify');
  await database.query(
    `insert into audit (id, actor, action, subject, address, request_id, detail)
     select gen_random_uuid(), 'core-banking', 'applicant.read', 'applicant:' || gen_random_uuid(), '10.2.0.7',
       gen_random_uuid()::text, '{"via": "read", "version": 1}' from generate_series(1, $1::int)`,
    [entries],
  );
  const folder = join(cluster.folder, 'verify');
  const server = await ServerProcess.rollcall(database.url, folder);
  const startedMs = performance.now();
  await chained(database);
  progress(`  ${shown(entries)} entries were chained in ${shown((performance.now() - startedMs) / 1000)} s`);
  await server.stop();
  await database.query('analyze');
  const seconds: number[] = [];
  for (let i = 0; i < EXPORTS_EACH; i += 1) seconds.push(await verify(database.url));
  progress(`  and verified in ${seconds.map(shown).join(', ')} s`);
  await database.drop();
  return { entries, seconds: median(seconds) };
}

/** @returns seconds, with the start of the command */
async function verify(databaseUrl: string): Promise<number> {
  const startedMs = performance.now();
  const program = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.js');
  const child = spawn(process.execPath, [program, 'audit', 'verify'], {
    env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl, ROLLCALL_KEYS: KEYS },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`verify ended with ${code}`);
  return (performance.now() - startedMs) / 1000;
}
