import type { Bench, Scenario, Section } from '../bench.types.js';
import { alternate, middle, ratios } from '../contenders/contender.js';
import { HttpContender } from '../contenders/http.js';
import { median, shown, spread } from '../figures.js';
import { fullDatabase } from '../offline/full-database.js';
import { UPDATE_SHARE } from './callbacks.js';
import { searches } from './search.js';

const PLAN = { applicants: 10, connections: 64, updateShare: UPDATE_SHARE };
const RATE_AT_LEAST = 0.75;

/** The rate on a full database against that on an empty one, and searches on the full one. */
export const million: Scenario = {
  name: 'million',
  summary: 'upsert rate at 0 and at 1 million rows; look-ups and name searches at 1 million',
  run: compare,
};

async function compare(bench: Bench): Promise<Section> {
  const { database, rows, people, applicants } = await fullDatabase(bench);
  const [rounds, seconds, warmUpSeconds] = bench.quick ? [1, 2, 1] : [3, 10, 15];
  const known = await HttpContender.rollcall(bench, applicants, { ...PLAN, knownBefore: rows }, { database });
  const empty = await HttpContender.rollcall(bench, applicants, { ...PLAN, knownBefore: 0 });
  try {
    const found = await searches(bench, known.server.port, database, rows);
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
        `The rows were written by the server's own write statement, ${shown(people)} different names among them. Updates are of ` +
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
