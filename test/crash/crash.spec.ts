import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { locateEmbedded } from '../../src/db/embedded/embedded-postgres.js';
import type { Report } from '../../src/inbox/report.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { eventually } from '../harness/processes.js';
import { freePort, readyAt } from '../process/running.js';

jest.setTimeout(240_000);

const MAIN = join(__dirname, '../../dist/src/main.js');
const CLIENTS = 8;
const ROUNDS = 4;
const CREDENTIALS = { ROLLCALL_CLIENT_ID: 'enroll', ROLLCALL_CLIENT_SECRET: 'a-secret-for-the-crash-test' };

/** The real server as its own process on an embedded Postgres of its own, killed and started again. */
class Machine {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'rollcall-crash-'));
  readonly url: string;
  private server: ChildProcess | null = null;

  constructor(private readonly port: string) {
    this.url = `http://127.0.0.1:${port}`;
  }

  async start(): Promise<void> {
    const env = {
      PATH: process.env.PATH,
      PORT: this.port,
      ROLLCALL_DATA_DIR: this.dataDir,
      ROLLCALL_LOG_LEVEL: 'error',
      ...CREDENTIALS,
    };
    this.server = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    await this.ready();
  }

  async ready(): Promise<void> {
    await readyAt(this.url);
  }

  killServer(): void {
    this.server?.kill('SIGKILL');
  }

  killPostgres(): void {
    process.kill(this.postgresPid(), 'SIGKILL');
  }

  async stop(): Promise<number | null> {
    const { server } = this;
    if (server === null) return null;
    const left = new Promise<number | null>((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    return left;
  }

  databaseUrl(): string {
    const located = locateEmbedded(this.dataDir);
    if (located === undefined) throw new Error('there is no embedded database');
    return located.url;
  }

  remove(): void {
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private postgresPid(): number {
    return Number(
      readFileSync(join(this.dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0],
    );
  }
}

/** Posts lists of new applicants and updates one after another, whatever comes back, and remembers what was acknowledged. */
class Caller {
  readonly created: string[] = [];
  readonly updated: string[] = [];
  refused = 0;
  private token: string | null = null;
  private n = 0;

  constructor(
    private readonly machine: Machine,
    private readonly name: string,
  ) {}

  async callUntil(stopped: () => boolean): Promise<void> {
    while (!stopped()) {
      try {
        await this.callOnce();
      } catch {
        // The connection broke: nothing was acknowledged.
        this.refused++;
        await sleep(20);
      }
    }
  }

  private async callOnce(): Promise<void> {
    this.token ??= await this.askToken();
    const ids = Array.from({ length: 1 + (this.n % 5) }, () => `${this.name}-${this.n++}`);
    const list: object[] = ids.map((applicantId) => ({ ...anApplicant(), applicantId }));
    const again = this.created.at(-7);
    if (again !== undefined)
      list.push({ applicantId: again, isUpdate: true, status: 1, address: `${this.n}` });
    const response = await fetch(`${this.machine.url}/callbacks/success`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(list),
    });
    if (response.status === 200) {
      const report = (await response.json()) as Report;
      expect(report.received).toBe(list.length);
      this.created.push(...ids);
      if (again !== undefined) this.updated.push(again);
      return;
    }
    expect([503]).toContain(response.status);
    this.refused++;
    await response.arrayBuffer();
  }

  private async askToken(): Promise<string> {
    const { ROLLCALL_CLIENT_ID: client_id, ROLLCALL_CLIENT_SECRET: client_secret } = CREDENTIALS;
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret });
    const response = await fetch(`${this.machine.url}/oauth/token`, { method: 'POST', body });
    if (response.status !== 200) throw new Error(`no token: ${response.status}`);
    return ((await response.json()) as { access_token: string }).access_token;
  }
}

test('server and Postgres are killed with -9 again and again: what was acknowledged is there, exactly once', async () => {
  if (!existsSync(MAIN)) throw new Error('dist/ is missing: run `npm run build` first (`npm test` does)');
  const machine = new Machine(await freePort());
  await machine.start();
  const callers = Array.from({ length: CLIENTS }, (_, at) => new Caller(machine, `caller${at}`));
  let stopped = false;
  const calling = Promise.all(callers.map((caller) => caller.callUntil(() => stopped)));

  for (let round = 0; round < ROUNDS; round++) {
    await sleep(700 + 137 * round);
    machine.killPostgres();
    await sleep(400);
    await machine.ready();
    await sleep(500);
    machine.killServer();
    if (round % 2 === 0) machine.killPostgres();
    await machine.start();
  }
  await sleep(700);
  stopped = true;
  await calling;

  const database = new pg.Client({ connectionString: machine.databaseUrl() });
  await database.connect();
  try {
    const created = callers.flatMap((caller) => caller.created);
    const updated = callers.flatMap((caller) => caller.updated);
    expect(created.length).toBeGreaterThan(100);
    expect(callers.some((caller) => caller.refused > 0)).toBe(true);
    await settled(database);
    const missing = await database.query<{ id: string }>(
      `select id from unnest($1::text[]) id where not exists (select from applicants a where a.applicant_id = id)`,
      [created],
    );
    expect(missing.rows).toEqual([]);
    const firstVersions = await database.query(
      `select applicant_id from changes where version = 1 group by applicant_id having count(*) <> 1`,
    );
    expect(firstVersions.rows).toEqual([]);
    const broken = await database.query(
      `select a.applicant_id from applicants a join (
         select applicant_id, count(*) as n, count(distinct version) as different, max(version) as last from changes group by 1
       ) c using (applicant_id) where c.n <> c.different or c.last <> a.version or c.n <> a.version`,
    );
    expect(broken.rows).toEqual([]);
    const unwritten = await database.query(
      `select id from unnest($1::text[]) id where not exists (select from changes c where c.applicant_id = id and c.version > 1)`,
      [updated],
    );
    expect(unwritten.rows).toEqual([]);
  } finally {
    await database.end();
  }
  expect(await machine.stop()).toBe(0);
  machine.remove();
});

/** Receipts that were committed and not yet applied are applied by the job at boot. */
async function settled(database: pg.Client): Promise<void> {
  const left = () => database.query(`select from receipts where state = 'pending'`);
  await eventually(async () => (await left()).rowCount === 0, 60_000);
}
