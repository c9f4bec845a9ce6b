import type { Bench, Scenario, Section } from '../bench.types.js';
import type { Database } from '../cluster.js';
import { alternate, middle, ratios } from '../contenders/contender.js';
import { HttpContender } from '../contenders/http.js';
import { median, shown, spread } from '../figures.js';
import { Applicants } from '../load/applicants.js';
import { seed } from '../offline/seed.js';
import { UPDATE_SHARE } from './callbacks.js';
import { searches } from './search.js';

const PLAN = { applicants: 10, connections: 64, updateShare: UPDATE_SHARE };
const RATE_AT_LEAST = 0.75;
const PEOPLE = 50_000;
const PEOPLE_QUICK = 5_000;

/** The rate on a full database against that on an empty one, and searches on the full one. */
export const million: Scenario = {
  name: 'million',
  summary: 'upsert rate at 0 and at 1 million rows; look-ups and name searches at 1 million',
  async run(bench: Bench): Promise<Section> {
    const rows = bench.quick ? 16_000 : 1_000_000;
    const applicants = new Applicants(1, bench.quick ? PEOPLE_QUICK : PEOPLE);
    const full = await bench.cluster.database('full');
    const startedMs = performance.now();
    await seed(full.url, applicants, rows);
    bench.progress(`  ${shown(rows)} rows made in ${shown((performance.now() - startedMs) / 1000)} s`);
    return compare(bench, applicants, rows, full);
  },
};

async function compare(bench: Bench, applicants: Applicants, rows: number, full: Database): Promise<Section> {
  const [rounds, seconds, warmUpSeconds] = bench.quick ? [1, 2, 1] : [3, 10, 15];
  const known = await HttpContender.rollcall(
    bench,
    applicants,
    { ...PLAN, knownBefore: rows },
    { database: full },
  );
  const empty = await HttpContender.rollcall(bench, applicants, { ...PLAN, knownBefore: 0 });
  try {
    const found = await searches(bench, known.server.port, full, rows);
    await empty.run(warmUpSeconds);
    await known.run(warmUpSeconds);
    const results = await alternate({ empty, known }, rounds, seconds);
    const shares = ratios(results.known ?? [], results.empty ?? []);
    bench.progress(`  rate at ${shown(rows)} rows: ${shown(median(shares))} of that at 0`);
    const rates = (['empty', 'known'] as const).map((who) => [
      who === 'empty' ? '0' : shown(rows),
      `upsert, ${PLAN.applicants} per callback`,
      `${shown(middle(results[who] ?? [], 'applicantsPerSecond'))} applicants/s`,
      who === 'empty' ? '1' : `${shown(median(shares))} (${spread(shares)}) of the rate at 0`,
    ]);
    return {
      title: `At ${shown(rows)} rows`,
      columns: ['rows at the start', 'what', 'median', 'p95, or share'],
      rows: [...rates, ...found.rows],
      notes: [
        `The rows were written by the server's own write statement, ${shown(bench.quick ? PEOPLE_QUICK : PEOPLE)} different names among them. Updates are of ` +
          'applicants anywhere in the table. Searches are asked one after the other over HTTP, by name with all scopes.',
      ],
      goals: [
        {
          text: `upsert rate at ${shown(rows)} rows, as a share of that at 0`,
          measured: median(shares),
          unit: '',
          atLeast: RATE_AT_LEAST,
        },
        ...found.goals,
      ],
    };
  } finally {
    await empty.stop();
    await known.stop();
  }
}
