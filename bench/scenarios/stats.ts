import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, Goal, Scenario, Section } from '../bench.types.js';
import type { Database } from '../cluster.js';
import { percentile, shown } from '../figures.js';
import { Applicants } from '../load/applicants.js';
import { Connection } from '../load/connection.js';
import { seed } from '../offline/seed.js';
import { API_KEY, KEYS, ServerProcess } from '../server-process.js';

const PEOPLE = 50_000;
const PEOPLE_QUICK = 2_000;
/** Applicants came evenly over so many days. */
const DAYS = 800;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const ASKED = 100;
const ASKED_QUICK = 30;
const WARM_UP = 10;
const WITHIN_MS = 20;

/** Statistics of a full database: how fast they are made, and how fast they are read. */
export const stats: Scenario = {
  name: 'stats',
  summary: 'statistics: applicants/s rolled up, each call of the API at 1 million applicants, a recount',
  fullOnly: true,
  async run(bench: Bench): Promise<Section> {
    const rows = bench.quick ? 16_000 : 1_000_000;
    const database = await bench.cluster.database('stats');
    const first = Date.now() - DAYS * DAY_MS;
    const receivedAt = (from: number) => new Date(first + (from / rows) * DAYS * DAY_MS);
    await seed(database.url, new Applicants(1, bench.quick ? PEOPLE_QUICK : PEOPLE), rows, receivedAt);
    bench.progress(`  ${shown(rows)} rows made`);
    await database.query("update feed_cursors set tx = '0', seq = 0 where follower = 'stats'");
    const server = await ServerProcess.rollcall(database.url, join(bench.cluster.folder, 'stats'));
    try {
      const rolledUp = await rollUp(bench, database);
      await pretendTheRest(database);
      const read = await calls(bench, server.port, rows);
      const recountSeconds = await recount(database);
      return {
        title: `Statistics of ${shown(rows)} applicants`,
        columns: ['what', 'median', 'p95'],
        rows: [
          [
            'rolled up from the beginning of the feed',
            `${shown(rolledUp.applicantsPerSecond)} applicants/s`,
            '',
          ],
          ...read.rows,
          ['`rollcall stats rebuild --check`, its start included', `${shown(recountSeconds)} s`, ''],
        ],
        notes: [
          `Applicants came evenly over ${DAYS} days. The rollup takes turns with resting: two thirds of its time it leaves to others. ` +
            `Calls are asked one after the other over HTTP. ${shown(rolledUp.rows)} rows of \`stats\`, with events, receipts and ` +
            'latencies made up for every hour.',
        ],
        goals: read.goals,
      };
    } finally {
      await server.stop();
      await database.drop();
    }
  },
};

/** Waits until everything is counted. */
async function rollUp(
  { progress }: Bench,
  database: Database,
): Promise<{ applicantsPerSecond: number; rows: number }> {
  const startedMs = performance.now();
  const counted = async () => {
    const [row] = await database.query<{ n: number }>(
      `select coalesce(sum(n), 0)::float8 as n from stats where topic = 'event.type' and grain = 'hour'
         and value = 'applicant.created'`,
    );
    return row?.n ?? 0;
  };
  const [wanted] = await database.query<{ n: number }>('select count(*)::float8 as n from applicants');
  while ((await counted()) < (wanted?.n ?? 0)) await pause(200);
  const seconds = (performance.now() - startedMs) / 1000;
  const applicantsPerSecond = (wanted?.n ?? 0) / seconds;
  progress(`  ${shown(applicantsPerSecond)} applicants/s rolled up`);
  const [size] = await database.query<{ n: number }>('select count(*)::float8 as n from stats');
  return { applicantsPerSecond, rows: size?.n ?? 0 };
}

/** Events, receipts, latencies and silences of every hour, which applicants written without HTTP do not have. */
async function pretendTheRest(database: Database): Promise<void> {
  await database.query(
    `with hours as (
       select hour from generate_series(date_trunc('hour', now() - make_interval(days => ${DAYS})), now(), interval '1 hour') hour
     ), made as (
       select topic, hour, value, n from hours cross join (values
         ('event.type', 'applicant.created', 40), ('event.type', 'applicant.updated', 20),
         ('event.type', 'applicant.outcome_changed', 3), ('event.type', 'applicant.flagged', 9),
         ('callback.count', 'success', 50), ('callback.count', 'fail', 10), ('callback.received', '', 70),
         ('callback.applied', '', 64), ('callback.duplicates', '', 6)
       ) t(topic, value, n)
       union all
       select 'callback.latency', hour, bucket::text, 5 from hours cross join generate_series(2, 12) bucket
     )
     insert into stats (topic, grain, start, value, n)
     select topic, 'hour', hour, value, sum(n) from made group by 1, 3, 4
     union all select topic, 'day', cairo_day(hour), value, sum(n) from made group by 1, 3, 4
     order by 3 on conflict do nothing`,
  );
  await database.query(
    `insert into stats_silences select hour, 300 + random() * 300 from generate_series(
       date_trunc('hour', now() - make_interval(days => ${DAYS})), now(), interval '1 hour') hour on conflict do nothing`,
  );
  await database.query('vacuum analyze stats, stats_silences');
}

async function calls(
  { quick, progress }: Bench,
  port: number,
  rows: number,
): Promise<{ rows: (string | number)[][]; goals: Goal[] }> {
  const table: (string | number)[][] = [];
  const goals: Goal[] = [];
  const connection = await Connection.open(port);
  for (const path of paths()) {
    const latenciesMs: number[] = [];
    for (let asked = 0; asked < WARM_UP + (quick ? ASKED_QUICK : ASKED); asked += 1) {
      const startedMs = performance.now();
      const { status, body } = await connection.ask(
        `GET /api/v1/stats/${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${API_KEY}\r\n\r\n`,
      );
      if (status !== 200) throw new Error(`${path} was answered ${status}: ${body.toString('utf8', 0, 300)}`);
      if (asked >= WARM_UP) latenciesMs.push(performance.now() - startedMs);
    }
    latenciesMs.sort((a, b) => a - b);
    const p95 = percentile(latenciesMs, 0.95);
    table.push([
      `\`${path.replaceAll(/(from|to)=[^&]*&?/g, '').replace(/[?&]$/, '')}\``,
      `${shown(percentile(latenciesMs, 0.5))} ms`,
      `${shown(p95)} ms`,
    ]);
    const text = `statistics of ${shown(rows)} applicants, ${path.split('?')[0]}, slowest: p95`;
    const slowest = goals.find((goal) => goal.text === text);
    if (slowest === undefined) goals.push({ text, measured: p95, unit: 'ms', atMost: WITHIN_MS });
    else slowest.measured = Math.max(slowest.measured, p95);
    progress(`  ${path}: p95 ${shown(p95)} ms`);
  }
  connection.close();
  return { rows: table, goals };
}

/** Everything there is, and as many buckets as one may ask for. */
function paths(): string[] {
  const to = Date.now();
  const since = (ms: number) => `from=${new Date(to - ms).toISOString()}&to=${new Date(to).toISOString()}`;
  const ranges = [
    `${since(DAYS * DAY_MS)}&bucket=none`,
    `${since(398 * DAY_MS)}&bucket=day`,
    `${since(398 * HOUR_MS)}&bucket=hour`,
  ];
  return [
    `overview?${since(DAYS * DAY_MS)}`,
    ...['outcome', 'governorate', 'nationality', 'flag'].flatMap((by) =>
      ranges.map((range) => `applicants?${range}&by=${by}`),
    ),
    ...ranges.map((range) => `events?${range}&by=type`),
    ...ranges.map((range) => `callbacks?${range}`),
    'silence',
  ];
}

/** As an operator would run it. */
async function recount(database: Database): Promise<number> {
  const startedMs = performance.now();
  const command = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.js');
  const child = spawn(process.execPath, [command, 'stats', 'rebuild', '--check'], {
    env: { PATH: process.env.PATH, DATABASE_URL: database.url, ROLLCALL_KEYS: KEYS },
    stdio: 'ignore',
  });
  await once(child, 'exit');
  return (performance.now() - startedMs) / 1000;
}
