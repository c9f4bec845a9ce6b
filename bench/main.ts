import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Scenario, Section } from './bench.types.js';
import { Cluster } from './cluster.js';
import { machineOf, markdownOf, type Report } from './report.js';
import { audit } from './scenarios/audit.js';
import { backfill } from './scenarios/backfill.js';
import { beside } from './scenarios/beside.js';
import { callbacks } from './scenarios/callbacks.js';
import { costs } from './scenarios/costs.js';
import { desk } from './scenarios/desk.js';
import { exports } from './scenarios/exports.js';
import { feed } from './scenarios/feed.js';
import { guard } from './scenarios/guard.js';
import { images } from './scenarios/images.js';
import { jobs } from './scenarios/jobs.js';
import { keeping } from './scenarios/keeping.js';
import { largeBody } from './scenarios/large-body.js';
import { million } from './scenarios/million.js';
import { startUp } from './scenarios/start-up.js';
import { stats } from './scenarios/stats.js';
import { tokens } from './scenarios/tokens.js';
import { webhooks } from './scenarios/webhooks.js';

const SCENARIOS = [
  callbacks,
  jobs,
  costs,
  tokens,
  largeBody,
  startUp,
  images,
  backfill,
  feed,
  webhooks,
  stats,
  exports,
  audit,
  guard,
  keeping,
  million,
  desk,
];

interface Options {
  quick: boolean;
  only?: string[];
  beside?: string;
  json?: string;
}

const program = new Command('bench')
  .description('Measures Rollcall on an embedded Postgres of its own. The table goes to standard output.')
  .option('--quick', 'short rounds, under a minute: a look, not a record', false)
  .addOption(new Option('--only <names...>', 'some scenarios').choices(SCENARIOS.map(({ name }) => name)))
  .option(
    '--beside <folder>',
    'callbacks of this tree and of a built checkout of another, in turn: ten minutes',
  )
  .option('--json <file>', 'write everything measured to a file, too')
  .addHelpText(
    'after',
    `\nScenarios:\n${SCENARIOS.map(({ name, summary }) => `  ${name.padEnd(12)} ${summary}`).join('\n')}`,
  )
  .parse();

/** Ends a run early, with nothing left behind: neither servers nor gigabytes of rows. */
const stopped = new Promise<never>((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => reject(new Error(signal)));
});
stopped.catch(() => undefined); // before and after the run nobody waits for it

const { quick, only, beside: other, json } = program.opts<Options>();
try {
  const chosen = SCENARIOS.filter(({ name, fullOnly = false }) =>
    only === undefined ? !(quick && fullOnly) : only.includes(name),
  );
  const report = await measure(other === undefined ? chosen : [beside(resolve(other))], quick);
  process.stdout.write(markdownOf(report));
  if (json !== undefined) await writeFile(json, `${JSON.stringify(report, null, 2)}\n`);
} catch (error) {
  process.stderr.write(`The bench was ended: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function measure(scenarios: Scenario[], isQuick: boolean): Promise<Report> {
  const progress = (line: string): void => void process.stderr.write(`${line}\n`);
  progress('Starting Postgres');
  const cluster = await Cluster.open();
  try {
    const sections: Section[] = [];
    for (const { name, summary, run } of scenarios) {
      progress(`${name}: ${summary}`);
      sections.push(await Promise.race([run({ cluster, quick: isQuick, progress }), stopped]));
    }
    return { machine: machineOf(await cluster.version()), quick: isQuick, sections };
  } finally {
    await cluster.stop();
  }
}
