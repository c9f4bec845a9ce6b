import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, Scenario, Section } from '../bench.types.js';
import { median, shown } from '../figures.js';
import { Applicants } from '../load/applicants.js';
import { Lane } from '../load/lane.js';
import { memoryOf } from '../processes.js';
import { ServerProcess } from '../server-process.js';
import { PEOPLE } from './callbacks.js';

const APPLICANTS = 10_000;
const ANSWERED_WITHIN_SECONDS = 4;
const PEAK_BELOW_MB = 512;
const IDLE_BELOW_MB = 200;
/** After the start: the first garbage of the boot is gone by then. */
const IDLE_AFTER_MS = 5000;

/** One huge callback, and the memory it takes; also the memory of a server that does nothing. */
export const largeBody: Scenario = {
  name: 'large-body',
  summary: `a body of ${APPLICANTS} applicants; memory idle and at its peak`,
  async run({ cluster, quick, progress }: Bench): Promise<Section> {
    const database = await cluster.database('large');
    const server = await ServerProcess.rollcall(database.url, cluster.folder);
    try {
      await pause(quick ? IDLE_AFTER_MS / 3 : IDLE_AFTER_MS);
      const idleMb = memoryOf(server.pid).residentMb;
      const plan = { applicants: APPLICANTS, connections: 1, updateShare: 0, knownBefore: 0 };
      const lane = new Lane(new Applicants(1, PEOPLE), plan, 0, await server.token());
      const seconds: number[] = [];
      for (let time = 0; time < (quick ? 1 : 5); time++) {
        const { latenciesMs } = await lane.run(server.port, { callbacks: 1 });
        seconds.push((latenciesMs[0] ?? Number.NaN) / 1000);
      }
      const { peakMb } = memoryOf(server.pid);
      progress(
        `  answered in ${shown(median(seconds))} s, RSS ${shown(idleMb)} idle, ${shown(peakMb)} MB at most`,
      );
      return sectionOf(seconds, idleMb, peakMb);
    } finally {
      await server.stop();
      await database.drop();
    }
  },
};

function sectionOf(seconds: number[], idleMb: number, peakMb: number): Section {
  const slowest = Math.max(...seconds);
  return {
    title: 'A body of 10,000 applicants',
    columns: ['answered in s (median)', 'slowest s', 'RSS idle MB', 'RSS peak MB'],
    rows: [[shown(median(seconds)), shown(slowest), shown(idleMb), shown(peakMb)]],
    notes: [`${seconds.length} such bodies one after the other; the peak is the kernel's own mark (VmHWM).`],
    goals: [
      {
        text: 'a body of 10,000 applicants, slowest answer',
        measured: slowest,
        unit: 's',
        atMost: ANSWERED_WITHIN_SECONDS,
      },
      { text: 'RSS while it is taken', measured: peakMb, unit: 'MB', atMost: PEAK_BELOW_MB },
      { text: 'RSS idle', measured: idleMb, unit: 'MB', atMost: IDLE_BELOW_MB },
    ],
  };
}
