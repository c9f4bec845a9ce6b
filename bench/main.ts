import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import type { Scenario, Section } from './bench.types.js';
import { Cluster } from './cluster.js';
import { machineOf, markdownOf, type Report } from './report.js';
import { callbacks } from './scenarios/callbacks.js';
import { costs } from './scenarios/costs.js';
import { images } from './scenarios/images.js';
import { jobs } from './scenarios/jobs.js';
import { largeBody } from './scenarios/large-body.js';
import { million } from './scenarios/million.js';
import { startUp } from './scenarios/start-up.js';
import { tokens } from './scenarios/tokens.js';

const SCENARIOS = [callbacks, jobs, costs, tokens, largeBody, startUp, images, million];

interface Options {
  quick: boolean;
  only?: string;
  json?: string;
}

const program = new Command('bench')
  .description('Measures Rollcall on an embedded Postgres of its own. The table goes to standard output.')
  .option('--quick', 'short rounds, under two minutes: a look, not a record', false)
  .addOption(new Option('--only <name>', 'one scenario').choices(SCENARIOS.map(({ name }) => name)))
  .option('--json <file>', 'write everything measured to a file, too')
  .addHelpText(
    'after',
    `\nScenarios:\n${SCENARIOS.map(({ name, summary }) => `  ${name.padEnd(12)} ${summary}`).join('\n')}`,
  )
  .parse();

const { quick, only, json } = program.opts<Options>();
const report = await measure(
  SCENARIOS.filter(({ name }) => only === undefined || name === only),
  quick,
);
process.stdout.write(markdownOf(report));
if (json !== undefined) await writeFile(json, `${JSON.stringify(report, null, 2)}\n`);

async function measure(scenarios: Scenario[], isQuick: boolean): Promise<Report> {
  const progress = (line: string): void => void process.stderr.write(`${line}\n`);
  progress('Starting Postgres');
  const cluster = await Cluster.open();
  try {
    const sections: Section[] = [];
    for (const { name, summary, run } of scenarios) {
      progress(`${name}: ${summary}`);
      sections.push(await run({ cluster, quick: isQuick, progress }));
    }
    return { machine: machineOf(await cluster.version()), quick: isQuick, sections };
  } finally {
    await cluster.stop();
  }
}
