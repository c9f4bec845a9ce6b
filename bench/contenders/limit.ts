import { join } from 'node:path';
import type { Bench } from '../bench.types.js';
import type { Database } from '../cluster.js';
import { BareWriter } from '../limit/bare-writer.js';
import { findPgbench, Pgbench } from '../limit/pgbench.js';
import type { StatementDriver } from '../limit/statement-driver.js';
import { knownApplicants, type Written } from '../limit/write-statement.js';
import { type Contender, type Round, withCpu } from './contender.js';

const LIMIT_CLIENTS = 8;

/** What Postgres can do: the write statement alone, one commit per callback. */
export class LimitContender implements Contender {
  private constructor(
    private readonly database: Database,
    private readonly driver: StatementDriver,
    private readonly applicants: number,
  ) {}

  static async start(bench: Bench, written: Written): Promise<LimitContender> {
    const database = await bench.cluster.database('limit');
    await database.query(knownApplicants(written, LIMIT_CLIENTS));
    await database.query('vacuum analyze applicants');
    const pgbench = findPgbench();
    const driver =
      pgbench === undefined
        ? await BareWriter.start(database.url, written, LIMIT_CLIENTS)
        : await Pgbench.start(pgbench, {
            url: database.url,
            written,
            clients: LIMIT_CLIENTS,
            scriptFile: join(bench.cluster.folder, `limit-${written.applicants}.sql`),
          });
    return new LimitContender(database, driver, written.applicants);
  }

  get name(): string {
    return this.driver.name;
  }

  run(seconds: number): Promise<Round> {
    return withCpu(this.database, 0, async () => {
      const perSecond = (await this.driver.run(seconds)) * this.applicants;
      return {
        applicants: perSecond * seconds,
        applicantsPerSecond: perSecond,
        p50Ms: Number.NaN,
        p99Ms: Number.NaN,
      };
    });
  }

  async stop(): Promise<void> {
    await this.driver.stop();
    await this.database.drop();
  }
}
