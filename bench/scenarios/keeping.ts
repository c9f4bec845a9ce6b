import { join } from 'node:path';
import type { Bench, Scenario, Section } from '../bench.types.js';
import { Applicants } from '../load/applicants.js';
import { Load } from '../load/load.js';
import { seed } from '../offline/seed.js';
import { NEXT_KEYS, ServerProcess } from '../server-process.js';
import { SimulatorProcess, TENANT } from '../simulator-process.js';
import { PEOPLE, UPDATE_SHARE } from './callbacks.js';
import { type Findings, join as joined } from './findings.js';
import { backUps } from './backups.js';
import { enroll, IMAGES, IMAGES_REMEMBERED, onePerson } from './one-person.js';
import { resealing } from './resealing.js';

/** Each has one version: a million rows. */
const APPLICANTS = 512_000;
const APPLICANTS_QUICK = 8_000;
const PLAN = { applicants: 10, connections: 64, updateShare: UPDATE_SHARE };

/** What it takes to keep what is kept: on a database of a million rows, by one process that also answers callbacks. */
export const keeping: Scenario = {
  name: 'keeping',
  fullOnly: true,
  summary:
    'sealing a million rows anew and backing them up, beside callbacks; one person is handed out, and erased',
  async run(bench: Bench): Promise<Section> {
    const { cluster, quick, progress } = bench;
    const rows = quick ? APPLICANTS_QUICK : APPLICANTS;
    const applicants = new Applicants(1, PEOPLE);
    const database = await cluster.database('keeping');
    await seed(database.url, applicants, rows);
    progress(`  ${rows} applicants made`);
    const pictures = await SimulatorProcess.start('--image-bytes', '200000', '--remember', IMAGES_REMEMBERED);
    const folder = join(cluster.folder, 'keeping');
    const server = await ServerProcess.rollcall(database.url, folder, 'all', undefined, {
      ROLLCALL_KEYS: NEXT_KEYS,
      ENROLL_BASE_URL: pictures.url,
      ...TENANT,
    });
    try {
      const people = await enroll(bench, server);
      const load = new Load(server.port, await server.token(), applicants, { ...PLAN, knownBefore: rows });
      const found: Findings[] = [
        await resealing(bench, server, load),
        await backUps(bench, database, load),
        await onePerson(bench, server, people),
      ];
      return sectionOf(joined(found), rows);
    } finally {
      await server.stop();
      await pictures.stop();
      await database.drop();
    }
  },
};

function sectionOf({ rows, goals }: Findings, applicants: number): Section {
  return {
    title: `Keeping ${applicants.toLocaleString('en-US')} applicants, and as many versions`,
    columns: ['what', 'measured'],
    rows,
    notes: [
      `One server process does everything: callbacks (${PLAN.applicants} applicants each, ${PLAN.connections} connections, as fast as they are answered), ` +
        'their jobs, and what is measured; a backup is a command of its own. Callbacks alone are the median of the rounds before and after.',
      `One person has 50 versions and ${IMAGES} images of 200 kB; the time is that of whoever asks, over HTTP. An erasure also opens every receipt with a ` +
        'delivery that changed nothing, since the person was first heard of.',
    ],
    goals,
  };
}
