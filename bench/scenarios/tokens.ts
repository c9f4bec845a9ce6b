import type { Bench, Scenario, Section } from '../bench.types.js';
import { percentile, shown, sum } from '../figures.js';
import { Connection } from '../load/connection.js';
import { memoryOf } from '../processes.js';
import { CLIENT, ServerProcess } from '../server-process.js';

const CONNECTIONS = 32;
const AT_LEAST = 2000;

/** Token requests with a generated secret on one process. */
export const tokens: Scenario = {
  name: 'tokens',
  summary: 'token requests/s with a generated secret on one process',
  async run({ cluster, quick, progress }: Bench): Promise<Section> {
    const seconds = quick ? 2 : 10;
    const database = await cluster.database('tokens');
    const server = await ServerProcess.rollcall(database.url, cluster.folder);
    try {
      await ask(server.port, 1);
      const { perSecond, latenciesMs } = await ask(server.port, seconds);
      const { peakMb } = memoryOf(server.pid);
      progress(`  ${shown(perSecond)} tokens/s`);
      return {
        title: 'Tokens',
        columns: ['connections', 'tokens/s', 'p50 ms', 'p99 ms', 'peak RSS MB'],
        rows: [
          [
            CONNECTIONS,
            shown(perSecond),
            shown(percentile(latenciesMs, 0.5)),
            shown(percentile(latenciesMs, 0.99)),
            shown(peakMb),
          ],
        ],
        notes: [
          'Each request has its own form body with id and secret; the secret is one of 256 generated bits.',
        ],
        goals: [
          { text: 'tokens per second on one process', measured: perSecond, unit: '/s', atLeast: AT_LEAST },
        ],
      };
    } finally {
      await server.stop();
      await database.drop();
    }
  },
};

async function ask(port: number, seconds: number): Promise<{ perSecond: number; latenciesMs: number[] }> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: CLIENT.id,
    client_secret: CLIENT.secret,
  }).toString();
  const request = Buffer.from(
    'POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n' +
      `Content-Length: ${form.length}\r\n\r\n${form}`,
  );
  const latenciesMs: number[] = [];
  const startedMs = performance.now();
  const untilMs = startedMs + seconds * 1000;
  const counts = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const connection = await Connection.open(port);
      let count = 0;
      for (; performance.now() < untilMs; count++) {
        const askedMs = performance.now();
        const { status, body } = await connection.ask(request);
        latenciesMs.push(performance.now() - askedMs);
        if (status !== 200 || !body.includes('"access_token"')) {
          throw new Error(`a token was refused: ${status} ${body.toString('utf8', 0, 300)}`);
        }
      }
      connection.close();
      return count;
    }),
  );
  latenciesMs.sort((a, b) => a - b);
  return { perSecond: sum(counts) / ((performance.now() - startedMs) / 1000), latenciesMs };
}
