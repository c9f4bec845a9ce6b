import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { organizationAt } from '../../simulator/organization.js';
import { startSimulator } from '../../simulator/start.js';
import type { EndpointDetailDto } from '../../src/webhooks/endpoints.dto.js';
import type { Bench, Scenario, Section } from '../bench.types.js';
import { middle, ratios, type Round } from '../contenders/contender.js';
import { HttpContender } from '../contenders/http.js';
import { median, percentile, shown, spread } from '../figures.js';
import { Applicants } from '../load/applicants.js';
import { Load } from '../load/load.js';
import { cpuOfProcess, memoryOf } from '../processes.js';
import { CLIENT, ServerProcess } from '../server-process.js';
import { PEOPLE, UPDATE_SHARE } from './callbacks.js';

const PLAN = { applicants: 10, connections: 64, updateShare: UPDATE_SHARE, knownBefore: 0 };
const AT_LEAST_PER_SECOND = 1000;
const CALLBACKS_PER_SECOND = 100;
const AT_MOST_P95_MS = 300;
const AT_LEAST_SHARE = 0.85;
const LOOK_EVERY_MS = 20;

/** A receiver that takes everything at once, in this process. */
class Sink {
  readonly latenciesMs: number[] = [];
  lastMs = 0;
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      this.lastMs = performance.now();
      const { timestamp } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { timestamp: string };
      this.latenciesMs.push(Date.now() - Date.parse(timestamp));
      response.writeHead(204).end();
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** One process that takes callbacks and hands each event on to a local receiver. */
export const webhooks: Scenario = {
  name: 'webhooks',
  fullOnly: true,
  summary: 'deliveries/s to a local receiver, how soon they come, and what callbacks notice of them',
  async run(bench: Bench): Promise<Section> {
    const drained = await drain(bench);
    bench.progress(`  ${shown(drained.perSecond)} deliveries/s`);
    const p95Ms = await firstAttempts(bench);
    bench.progress(`  p95 from the callback to its first attempt: ${shown(p95Ms)} ms`);
    const results = await share(bench);
    return {
      title: 'Webhooks',
      columns: [
        'endpoints',
        'applicants/s',
        'p50 ms',
        'p99 ms',
        'server CPU µs/applicant',
        'Postgres CPU µs/applicant',
      ],
      rows: Object.entries(results).map(([endpoints, rounds]) => [
        endpoints,
        `${shown(middle(rounds, 'applicantsPerSecond'))} (${spread(rounds.map((round) => round.applicantsPerSecond))})`,
        ...(['p50Ms', 'p99Ms', 'serverCpuUs', 'postgresCpuUs'] as const).map((figure) =>
          shown(middle(rounds, figure)),
        ),
      ]),
      notes: [
        `${drained.deliveries} deliveries that had waited: ${shown(drained.perSecond)} a second, ` +
          `${shown(drained.cpuUs)} µs of the server's CPU each, ${shown(drained.peakMb)} MB at most. The receiver runs in the process of the bench.`,
        `Callbacks of one applicant, ${CALLBACKS_PER_SECOND} a second: the first attempt arrived after ${shown(p95Ms)} ms (p95).`,
        `The table: ${PLAN.applicants} applicants per callback, ${PLAN.connections} connections, as fast as they are answered, each ` +
          'server on a database of its own; the endpoint wants every event and falls behind.',
      ],
      goals: goalsOf(drained.perSecond, p95Ms, results),
    };
  },
};

function goalsOf(perSecond: number, p95Ms: number, { none, one }: Record<'none' | 'one', Round[]>) {
  return [
    { text: 'deliveries to a local receiver', measured: perSecond, unit: '/s', atLeast: AT_LEAST_PER_SECOND },
    {
      text: `p95 from commit to first attempt, ${CALLBACKS_PER_SECOND} callbacks/s`,
      measured: p95Ms,
      unit: 'ms',
      atMost: AT_MOST_P95_MS,
    },
    {
      text: 'rate of callbacks with an endpoint, as a share of that without',
      measured: median(ratios(one, none)),
      unit: '',
      atLeast: AT_LEAST_SHARE,
    },
  ];
}

interface Drained {
  deliveries: number;
  perSecond: number;
  cpuUs: number;
  peakMb: number;
}

/** Lets events wait at a paused endpoint, then sends them all. */
async function drain(bench: Bench): Promise<Drained> {
  const database = await bench.cluster.database('webhooks');
  const server = await ServerProcess.rollcall(database.url, bench.cluster.folder);
  const sink = new Sink();
  try {
    const { id } = await subscribe(server, await sink.start());
    await server.api(`/endpoints/${id}/pause`, 'POST');
    const load = new Load(server.port, await server.token(), new Applicants(1, PEOPLE), {
      ...PLAN,
      connections: 8,
    });
    await load.run(bench.quick ? 1 : 5);
    const deliveries = await settledCount(() => queued(server, id));
    const [startedMs, cpuBefore] = [performance.now(), cpuOfProcess(server.pid)];
    await server.api(`/endpoints/${id}/resume`, 'POST');
    while (sink.latenciesMs.length < deliveries) await pause(LOOK_EVERY_MS);
    return {
      deliveries,
      perSecond: (deliveries * 1000) / (sink.lastMs - startedMs),
      cpuUs: ((cpuOfProcess(server.pid) - cpuBefore) * 1e6) / deliveries,
      peakMb: memoryOf(server.pid).peakMb,
    };
  } finally {
    await server.stop();
    sink.stop();
    await database.drop();
  }
}

/** @returns the p95 in milliseconds from the transaction of a callback to the arrival of its event */
async function firstAttempts(bench: Bench): Promise<number> {
  const database = await bench.cluster.database('webhooks');
  const server = await ServerProcess.rollcall(database.url, bench.cluster.folder);
  const sink = new Sink();
  const caller = await startSimulator();
  caller.register(
    organizationAt(`http://127.0.0.1:${server.port}`, { clientId: CLIENT.id, clientSecret: CLIENT.secret }),
  );
  try {
    await subscribe(server, await sink.start());
    const seconds = bench.quick ? 3 : 20;
    await caller.enroll(CALLBACKS_PER_SECOND * seconds, {
      mix: { batch: 1 },
      delivery: { rate: CALLBACKS_PER_SECOND },
    });
    await settledCount(() => Promise.resolve(sink.latenciesMs.length));
    return percentile(
      [...sink.latenciesMs].sort((a, b) => a - b),
      0.95,
    );
  } finally {
    await caller.close();
    await server.stop();
    sink.stop();
    await database.drop();
  }
}

async function share(bench: Bench): Promise<Record<'none' | 'one', Round[]>> {
  const applicants = new Applicants(1, PEOPLE);
  const results: Record<'none' | 'one', Round[]> = { none: [], one: [] };
  for (let round = 0; round < (bench.quick ? 1 : 3); round++) {
    results.none.push(await once(bench, applicants, 0));
    results.one.push(await once(bench, applicants, 1));
  }
  return results;
}

async function once(bench: Bench, applicants: Applicants, endpoints: number): Promise<Round> {
  const sink = new Sink();
  const contender = await HttpContender.rollcall(bench, applicants, PLAN, { role: 'all' });
  try {
    if (endpoints > 0) await subscribe(contender.server, await sink.start());
    await contender.run(bench.quick ? 1 : 5);
    return await contender.run(bench.quick ? 3 : 10);
  } finally {
    await contender.stop();
    sink.stop();
  }
}

function subscribe(server: ServerProcess, url: string): Promise<{ id: string }> {
  return server.api('/endpoints', 'POST', { name: 'sink', url });
}

async function queued(server: ServerProcess, id: string): Promise<number> {
  return (await server.api<EndpointDetailDto>(`/endpoints/${id}`)).backlog.due;
}

/** A count once it has stood still for a second. */
async function settledCount(count: () => Promise<number>): Promise<number> {
  for (let before = -1; ;) {
    const now = await count();
    if (now === before && now > 0) return now;
    before = now;
    await pause(1000);
  }
}
