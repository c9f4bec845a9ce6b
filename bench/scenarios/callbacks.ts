import type { Bench, Goal, Scenario, Section } from '../bench.types.js';
import { alternate, type Contender, middle, ratios, type Round } from '../contenders/contender.js';
import { HttpContender } from '../contenders/http.js';
import { LimitContender } from '../contenders/limit.js';
import type { Database } from '../cluster.js';
import { median, shown, spread } from '../figures.js';
import { Applicants } from '../load/applicants.js';
import type { Plan } from '../load/lane.js';
import type { Written } from '../limit/write-statement.js';

export const UPDATE_SHARE = 0.3;
/** Different names and addresses. */
export const PEOPLE = 2048;
export const SIZES = [
  { applicants: 1, connections: 64, atLeast: 0.8 },
  { applicants: 10, connections: 64, atLeast: 0.4 },
  { applicants: 100, connections: 16, atLeast: 0.4 },
  { applicants: 1000, connections: 16, atLeast: 0.4 },
];
/** Where the tutorial is measured too, and how much slower it must be. */
const TUTORIAL = { applicants: 10, atLeast: 5 };

type Results = Partial<Record<'limit' | 'rollcall' | 'tutorial', Round[]>>;

/** Callbacks of 1, 10, 100 and 1000 applicants against what Postgres alone can do. */
export const callbacks: Scenario = {
  name: 'callbacks',
  summary: 'applicants/s of authenticated callbacks, against pgbench and a tutorial',
  async run(bench: Bench): Promise<Section> {
    const section: Section = { title: 'Callbacks', columns: COLUMNS, rows: [], notes: [], goals: [] };
    const applicants = new Applicants(1, PEOPLE);
    for (const size of SIZES) {
      const plan: Plan = { ...size, updateShare: UPDATE_SHARE, knownBefore: 0 };
      const { results, limitName, peakMb } = await contest(bench, applicants, plan);
      addRows(section, plan, results, peakMb);
      addGoals(section.goals, plan, results, size.atLeast);
      section.notes[0] = noteOn(bench, limitName);
    }
    return section;
  },
};

const COLUMNS = [
  'applicants per callback',
  'connections',
  'who',
  'applicants/s',
  'share of the limit',
  'p50 ms',
  'p99 ms',
  'server CPU µs/applicant',
  'Postgres CPU µs/applicant',
  'peak RSS MB',
];

async function contest(
  bench: Bench,
  applicants: Applicants,
  plan: Plan,
): Promise<{ results: Results; limitName: string; peakMb: number }> {
  const [rounds, seconds, warmUpSeconds] = bench.quick ? [1, 2, 1] : [3, 10, 5];
  const rollcall = await HttpContender.rollcall(bench, applicants, plan);
  const started: Contender[] = [rollcall];
  try {
    await rollcall.run(warmUpSeconds);
    const limit = await LimitContender.start(bench, await writtenBy(rollcall.database, plan));
    started.push(limit);
    await limit.run(warmUpSeconds);
    const contenders: Partial<Record<keyof Results, Contender>> = { limit, rollcall };
    if (plan.applicants === TUTORIAL.applicants) {
      contenders.tutorial = await HttpContender.tutorial(bench, applicants, plan);
      started.push(contenders.tutorial);
      await contenders.tutorial.run(warmUpSeconds);
    }
    const results = await alternate(contenders, rounds, seconds);
    bench.progress(`  ${plan.applicants} per callback: ${progressOf(results)}`);
    return { results, limitName: limit.name, peakMb: rollcall.peakMemoryMb };
  } finally {
    for (const contender of started) await contender.stop();
  }
}

/** The limit writes rows of the sizes that the server wrote. */
async function writtenBy(database: Database, plan: Plan): Promise<Written> {
  const [sizes] = await database.query<{ sealed: number; body: number }>(
    `select (select avg(octet_length(sealed))::int from applicants) as sealed,
       (select avg(octet_length(body))::int from receipts) as body`,
  );
  return {
    applicants: plan.applicants,
    updateShare: plan.updateShare,
    sealedBytes: sizes?.sealed ?? 0,
    bodyBytes: sizes?.body ?? 0,
  };
}

function progressOf({ limit = [], rollcall = [], tutorial }: Results): string {
  const rate = (rounds: Round[]): string => shown(middle(rounds, 'applicantsPerSecond'));
  const others = tutorial === undefined ? '' : `, tutorial ${rate(tutorial)}/s`;
  const share = shown(median(ratios(rollcall, limit)));
  return `limit ${rate(limit)}/s, rollcall ${rate(rollcall)}/s (${share} of it)${others}`;
}

function addRows(section: Section, plan: Plan, results: Results, peakMb: number): void {
  const { limit = [] } = results;
  for (const [who, rounds] of Object.entries(results)) {
    section.rows.push([
      plan.applicants,
      who === 'limit' ? '–' : plan.connections,
      who,
      `${shown(middle(rounds, 'applicantsPerSecond'))} (${spread(rounds.map((round) => round.applicantsPerSecond))})`,
      who === 'limit' ? 1 : `${shown(median(ratios(rounds, limit)))} (${spread(ratios(rounds, limit))})`,
      shown(middle(rounds, 'p50Ms')),
      shown(middle(rounds, 'p99Ms')),
      shown(middle(rounds, 'serverCpuUs')),
      shown(middle(rounds, 'postgresCpuUs')),
      who === 'rollcall' ? shown(peakMb) : '–',
    ]);
  }
}

function addGoals(
  goals: Goal[],
  plan: Plan,
  { limit = [], rollcall = [], tutorial }: Results,
  atLeast: number,
) {
  goals.push({
    text: `share of the limit, ${plan.applicants} applicant(s) per callback`,
    measured: median(ratios(rollcall, limit)),
    unit: '',
    atLeast,
  });
  if (tutorial !== undefined) {
    goals.push({
      text: `times the rate of the tutorial's way, ${plan.applicants} applicants per callback`,
      measured: median(ratios(rollcall, tutorial)),
      unit: '×',
      atLeast: TUTORIAL.atLeast,
    });
  }
}

function noteOn({ quick }: Bench, limitName: string): string {
  return (
    `The limit is ${limitName}: the server's own write statement with rows that Postgres makes up itself, one commit per ` +
    `callback. ${UPDATE_SHARE * 100} % of the applicants are updates with new content. Medians and ranges of ` +
    `${quick ? 'one short round' : 'three rounds of 10 s'} in turn; shares are of neighbouring rounds. The tutorial stores ` +
    'the row alone: no receipt, no history, nothing sealed. The server runs with `ROLLCALL_ROLE=api`; what its jobs take is ' +
    'a table of its own.'
  );
}
