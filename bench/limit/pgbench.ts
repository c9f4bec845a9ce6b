import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { StatementDriver } from './statement-driver.js';
import { KNOWN_PER_CLIENT, limitStatement, type Written } from './write-statement.js';

const SYSTEM_FOLDER = '/usr/lib/postgresql';
const THREADS = 2;
/** No sequential scans, as for the server's own writers; planned once, or the limit would be the planner's. */
export const SESSION = { enable_seqscan: 'off', plan_cache_mode: 'force_generic_plan' };

/** pgbench on PATH or in the system's PostgreSQL folder, the newest there is. */
export function findPgbench(): string | undefined {
  const versions = existsSync(SYSTEM_FOLDER) ? readdirSync(SYSTEM_FOLDER) : [];
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(SYSTEM_FOLDER, version, 'bin')),
  ];
  return folders.map((folder) => join(folder, 'pgbench')).find((path) => existsSync(path));
}

interface PgbenchOptions {
  url: string;
  written: Written;
  clients: number;
  scriptFile: string;
}

export class Pgbench implements StatementDriver {
  readonly name: string;

  private constructor(
    private readonly pgbench: string,
    private readonly options: PgbenchOptions,
  ) {
    this.name = `pgbench -M prepared -c ${options.clients}`;
  }

  static async start(pgbench: string, options: PgbenchOptions): Promise<Pgbench> {
    const statement = await limitStatement(options.written, (name) => `:${name}`);
    const draws = ['\\set c :client_id', `\\set r random(0, ${KNOWN_PER_CLIENT - 1})`];
    // on one line, where a comment would have no end
    const line = statement.replace(/--.*$/gm, '').replace(/\s*\n\s*/g, ' ');
    await writeFile(options.scriptFile, `${draws.join('\n')}\n${line};\n`);
    return new Pgbench(pgbench, options);
  }

  async run(seconds: number): Promise<number> {
    const { clients, scriptFile, url } = this.options;
    const session = Object.entries(SESSION).map(([name, value]) => `-c ${name}=${value}`);
    const { stdout, stderr } = await promisify(execFile)(
      this.pgbench,
      ['-n', '-M', 'prepared', '-c', clients, '-j', THREADS, '-T', seconds, '-f', scriptFile, url].map(
        String,
      ),
      { env: { PATH: process.env.PATH, PGOPTIONS: session.join(' ') } },
    );
    const [, perSecond] = /^tps = ([\d.]+)/m.exec(stdout) ?? [];
    const [, failed = '0'] = /^number of failed transactions: (\d+)/m.exec(stdout) ?? [];
    if (perSecond === undefined || failed !== '0') throw new Error(`pgbench failed:\n${stdout}\n${stderr}`);
    return Number(perSecond);
  }

  async stop(): Promise<void> {
    // each run is a process of its own
  }
}
