import { join } from 'node:path';
import type { Bench, Scenario, Section } from '../bench.types.js';
import { alternate, type Contender, middle, ratios, type Round } from '../contenders/contender.js';
import { HttpContender } from '../contenders/http.js';
import { median, shown, spread } from '../figures.js';
import { Applicants } from '../load/applicants.js';
import type { Plan } from '../load/lane.js';
import { PEOPLE, SIZES, UPDATE_SHARE } from './callbacks.js';

/** Below this a change has made callbacks slower. */
const AT_LEAST = 0.95;
const ROUND_SECONDS = 2;

/**
 * Callbacks of this tree and of another one, in turn. Two processes of the same program differ by up to 5 % for as long as
 * they run, so each tree has two.
 *
 * @param tree a checkout with its dependencies, built
 */
export function beside(tree: string): Scenario {
  return {
    name: 'beside',
    summary: `applicants/s of authenticated callbacks, beside ${tree}`,
    async run(bench) {
      const section: Section = {
        title: 'Callbacks beside another tree',
        columns: COLUMNS,
        rows: [],
        notes: [
          'Rounds in turn, two processes of each tree; ratios are of neighbouring rounds. Medians, ranges.',
        ],
        goals: [],
      };
      const applicants = new Applicants(1, PEOPLE);
      for (const size of SIZES) {
        const plan: Plan = { ...size, updateShare: UPDATE_SHARE, knownBefore: 0 };
        const { other, here } = await contest(bench, applicants, plan, join(tree, 'dist', 'src', 'main.js'));
        const measured = median(ratios(here, other));
        section.rows.push(rowOf(plan, 'other', other, 1), rowOf(plan, 'here', here, measured));
        section.goals.push({
          text: `of the other tree's rate, ${plan.applicants} applicant(s) per callback`,
          measured,
          unit: '',
          atLeast: AT_LEAST,
        });
        bench.progress(`  ${plan.applicants} per callback: ${shown(measured)} of the other tree's rate`);
      }
      return section;
    },
  };
}

const COLUMNS = [
  'applicants per callback',
  'tree',
  'applicants/s',
  'of the other',
  'p50 ms',
  'server CPU µs/applicant',
  'Postgres CPU µs/applicant',
];

async function contest(
  bench: Bench,
  applicants: Applicants,
  plan: Plan,
  otherProgram: string,
): Promise<{ other: Round[]; here: Round[] }> {
  const [rounds, warmUpSeconds] = bench.quick ? [6, 6] : [12, 6];
  const started: Contender[] = [];
  const start = async (program?: string): Promise<Contender> => {
    const contender = await HttpContender.rollcall(bench, applicants, plan, { program });
    started.push(contender);
    await contender.run(warmUpSeconds);
    return contender;
  };
  try {
    const contenders = {
      other: await start(otherProgram),
      here: await start(),
      otherAgain: await start(otherProgram),
      hereAgain: await start(),
    };
    const {
      other = [],
      otherAgain = [],
      here = [],
      hereAgain = [],
    } = await alternate(contenders, rounds, ROUND_SECONDS);
    return { other: [...other, ...otherAgain], here: [...here, ...hereAgain] };
  } finally {
    for (const contender of started) await contender.stop();
  }
}

function rowOf(plan: Plan, tree: string, rounds: Round[], ratio: number): (string | number)[] {
  return [
    plan.applicants,
    tree,
    `${shown(middle(rounds, 'applicantsPerSecond'))} (${spread(rounds.map((round) => round.applicantsPerSecond))})`,
    shown(ratio),
    shown(middle(rounds, 'p50Ms')),
    shown(middle(rounds, 'serverCpuUs')),
    shown(middle(rounds, 'postgresCpuUs')),
  ];
}
