import { join } from 'node:path';
import type { Bench } from '../bench.types.js';
import type { Database } from '../cluster.js';
import type { Applicants } from '../load/applicants.js';
import type { Plan } from '../load/lane.js';
import { Load } from '../load/load.js';
import { memoryOf } from '../processes.js';
import { CLIENT, ServerProcess } from '../server-process.js';
import { type Contender, type Round, withCpu } from './contender.js';

interface RollcallOptions {
  database?: Database;
  role?: 'api' | 'all';
  /** The server of another tree, which migrates its database itself. */
  program?: string | undefined;
}

/** A server that takes callbacks over HTTP, with a token, from our load generator. */
export class HttpContender implements Contender {
  private constructor(
    readonly database: Database,
    readonly server: ServerProcess,
    private readonly load: Load,
    /** Whoever gave the database needs it after this. */
    private readonly isGiven = false,
  ) {}

  /**
   * The real server, on a database that is given or made. Without jobs unless asked for: those that follow the callbacks
   * would still be busy when it is another contender's turn.
   */
  static async rollcall(
    bench: Bench,
    applicants: Applicants,
    plan: Plan,
    { database: given, role = 'api', program }: RollcallOptions = {},
  ): Promise<HttpContender> {
    const isOurs = program === undefined;
    const database = given ?? (await bench.cluster.database('rollcall', { migrated: isOurs }));
    const server = await ServerProcess.rollcall(database.url, bench.cluster.folder, role, program);
    const load = new Load(server.port, await server.token(), applicants, plan);
    return new HttpContender(database, server, load, given !== undefined);
  }

  /** A tutorial's way: see bench/tutorial. */
  static async tutorial(bench: Bench, applicants: Applicants, plan: Plan): Promise<HttpContender> {
    const database = await bench.cluster.database('tutorial');
    const server = await ServerProcess.start({
      program: [join(import.meta.dirname, '..', 'tutorial.js')],
      folder: bench.cluster.folder,
      readyPath: '/health',
      env: { DATABASE_URL: database.url, CLIENT_ID: CLIENT.id, CLIENT_SECRET: CLIENT.secret },
    });
    const load = new Load(server.port, await server.token(), applicants, plan);
    return new HttpContender(database, server, load);
  }

  run(seconds: number): Promise<Round> {
    return withCpu(this.database, this.server.pid, () => this.load.run(seconds));
  }

  get peakMemoryMb(): number {
    return memoryOf(this.server.pid).peakMb;
  }

  async stop(): Promise<void> {
    await this.server.stop();
    if (!this.isGiven) await this.database.drop();
  }
}
