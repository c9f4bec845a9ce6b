import type { ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { loadConfig } from '../../src/config/config.js';
import { type OpenDatabase, openDatabase } from '../../src/db/open-database.js';
import { eventually, startTypeScript } from '../harness/processes.js';

/** A folder with embedded servers of its own, which all have to be gone after each test. */
export class Sandbox {
  readonly folder = mkdtempSync(join(tmpdir(), 'rollcall-embedded-'));
  /** Blanks and Arabic on purpose, and a parent that is not there yet. */
  readonly dataDir = join(this.folder, 'new parent', 'بيانات and more');
  private readonly open: OpenDatabase[] = [];
  private readonly children: ChildProcess[] = [];

  constructor() {
    chmodSync(this.folder, 0o755);
  }

  async openHere(dataDir = this.dataDir): Promise<OpenDatabase & { warnings: string[] }> {
    const warnings: string[] = [];
    const config = loadConfig({ ROLLCALL_DATA_DIR: dataDir });
    const database = await openDatabase(config, (line) => warnings.push(line));
    this.open.push(database);
    return { ...database, warnings };
  }

  /** The same in a process of its own. */
  async openElsewhere(dataDir = this.dataDir): Promise<{ url: string; child: ChildProcess }> {
    const child = startTypeScript('test/db/hold-database.ts', [], { ROLLCALL_DATA_DIR: dataDir });
    this.children.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    }
    const line = await eventually(() => {
      if (child.exitCode !== null) throw new Error(output);
      return output.includes('\n') ? output : undefined;
    }, 30_000);
    return { url: (JSON.parse(line) as { url: string }).url, child };
  }

  /** Stops what the test left open. @returns the servers that are still there, which must be none. */
  async stopAll(): Promise<number[]> {
    for (const child of this.children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = new Promise((done) => child.once('close', done));
      child.kill('SIGTERM');
      await gone;
    }
    await Promise.all(this.open.splice(0).map((database) => database.stop()));
    return this.servers();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** PGDATA. */
  data(dataDir = this.dataDir): string {
    return join(realpathSync(join(dataDir, 'postgres')), 'data');
  }

  postmasterPid(): number {
    return Number(readFileSync(join(this.data(), 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  servers(): number[] {
    return existsSync(join(this.dataDir, 'postgres', 'data', 'postmaster.pid')) ? [this.postmasterPid()] : [];
  }
}

/** One statement on a connection of its own. */
export async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The rows as soon as the statement works. */
export function whenBack<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  return eventually(() => query<Row>(url, sql).catch(() => undefined), 30_000);
}
