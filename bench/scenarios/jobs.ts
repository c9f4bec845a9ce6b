import type { Bench, Scenario, Section } from '../bench.types.js';
import { middle, type Round } from '../contenders/contender.js';
import { HttpContender } from '../contenders/http.js';
import { shown, spread } from '../figures.js';
import { Applicants } from '../load/applicants.js';
import { PEOPLE, UPDATE_SHARE } from './callbacks.js';

const PLAN = { applicants: 10, connections: 64, updateShare: UPDATE_SHARE, knownBefore: 0 };

/** What the jobs behind the callbacks take, where one process does everything. */
export const jobs: Scenario = {
  name: 'jobs',
  summary: 'callbacks/s of a server that also runs the jobs behind them (ROLLCALL_ROLE=all)',
  fullOnly: true,
  async run(bench: Bench): Promise<Section> {
    const applicants = new Applicants(1, PEOPLE);
    const results: Record<'api' | 'all', Round[]> = { api: [], all: [] };
    for (let round = 0; round < (bench.quick ? 1 : 2); round++) {
      for (const role of ['api', 'all'] as const) results[role].push(await once(bench, applicants, role));
    }
    return {
      title: 'Callbacks beside their jobs',
      columns: [
        'ROLLCALL_ROLE',
        'applicants/s',
        'p50 ms',
        'p99 ms',
        'server CPU µs/applicant',
        'Postgres CPU µs/applicant',
      ],
      rows: Object.entries(results).map(([role, rounds]) => [
        role,
        `${shown(middle(rounds, 'applicantsPerSecond'))} (${spread(rounds.map((round) => round.applicantsPerSecond))})`,
        ...(['p50Ms', 'p99Ms', 'serverCpuUs', 'postgresCpuUs'] as const).map((figure) =>
          shown(middle(rounds, figure)),
        ),
      ]),
      notes: [
        `${PLAN.applicants} applicants per callback, ${PLAN.connections} connections, each server on a database of its own. With ` +
          'all jobs the images that new versions name are noted while callbacks come in.',
      ],
      goals: [],
    };
  },
};

async function once(bench: Bench, applicants: Applicants, role: 'api' | 'all'): Promise<Round> {
  const [seconds, warmUpSeconds] = bench.quick ? [2, 1] : [10, 5];
  const server = await HttpContender.rollcall(bench, applicants, PLAN, { role });
  try {
    await server.run(warmUpSeconds);
    const round = await server.run(seconds);
    bench.progress(`  ${role}: ${shown(round.applicantsPerSecond)} applicants/s`);
    return round;
  } finally {
    await server.stop();
  }
}
