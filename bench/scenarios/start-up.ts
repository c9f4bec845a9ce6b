import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench, Scenario, Section } from '../bench.types.js';
import { median, shown, spread } from '../figures.js';
import { projectRoot } from '../../src/config/root.js';
import { ServerProcess } from '../server-process.js';

const WITHIN_SECONDS = 3;

/** From the start command to the first good answer of `/health/ready`, embedded Postgres included. */
export const startUp: Scenario = {
  name: 'start-up',
  summary: 'seconds from the start command to ready, with the database initialised',
  async run({ cluster, quick, progress }: Bench): Promise<Section> {
    const dataFolder = join(cluster.folder, 'start-up');
    const first = await startOnce(dataFolder);
    const seconds: number[] = [];
    for (let time = 0; time < (quick ? 1 : 5); time++) seconds.push(await startOnce(dataFolder));
    await rm(dataFolder, { recursive: true, force: true });
    progress(`  ready in ${shown(median(seconds))} s, ${shown(first)} s with an empty folder`);
    return {
      title: 'Start',
      columns: ['empty folder s', 'initialised s (median)', 'range s'],
      rows: [[shown(first), shown(median(seconds)), spread(seconds)]],
      notes: [
        '`node scripts/start.mjs`, what `npm start` runs; the first start makes the database and its tables.',
      ],
      goals: [
        {
          text: 'start to ready, installed, built, database initialised',
          measured: median(seconds),
          unit: 's',
          atMost: WITHIN_SECONDS,
        },
      ],
    };
  },
};

async function startOnce(dataFolder: string): Promise<number> {
  const server = await ServerProcess.start({
    program: [join(projectRoot, 'scripts', 'start.mjs')],
    folder: dataFolder,
    readyPath: '/health/ready',
    env: { ROLLCALL_HOST: '127.0.0.1', ROLLCALL_DATA_DIR: dataFolder },
  });
  await server.stop();
  return server.startMs / 1000;
}
