import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { BootCredentials } from '../../src/auth/boot-credentials.service.js';
import { loadConfig } from '../../src/config/config.js';
import { EmbeddedPostgres } from '../../src/db/embedded/embedded-postgres.js';
import { migrate } from '../../src/db/migrations.js';
import { createLogger } from '../../src/observability/logger.js';
import { createServer } from '../../src/server.js';
import type { ChangeEventDto, ChangesPageDto } from '../../src/feed/feed.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { API_KEY, callersOf, CLIENT, KEYS, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';
import { ALLOW_LOOPBACK } from '../webhooks/handing-on.js';

const clusters = new Set<Cluster>();
const running = new Set<Served>();

/** Ends what a test has made, whether it passed or not. */
export async function dropAll(): Promise<void> {
  for (const served of running) await served.stop();
  for (const cluster of clusters) await cluster.drop();
}

/** A Postgres server of its own, with its own transaction ids and timeline. */
export class Cluster {
  private server: EmbeddedPostgres | undefined;

  private constructor(private readonly folder: string) {
    clusters.add(this);
  }

  /** A copy of one that is migrated, since initdb and all migrations take seconds: the same server, as its system identifier says. */
  static async make(): Promise<Cluster> {
    template ??= await aTemplate();
    const cluster = new Cluster(aFolder());
    copyFolder(template, cluster.folder);
    await cluster.start();
    return cluster;
  }

  /** Another server than all those. */
  static async makeOther(): Promise<Cluster> {
    const cluster = new Cluster(aFolder());
    await cluster.start();
    await migrate(cluster.url);
    return cluster;
  }

  get url(): string {
    if (this.server === undefined) throw new Error('the cluster does not run');
    return this.server.url;
  }

  async start(): Promise<void> {
    this.server = await EmbeddedPostgres.open(this.folder, () => undefined);
  }

  async stop(): Promise<void> {
    await this.server?.stop();
    this.server = undefined;
  }

  async sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.url });
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Gives so many transaction ids away. */
  async burn(count: number): Promise<void> {
    await this.sql(
      `do $$ begin for n in 1..${count} loop perform pg_current_xact_id(); commit; end loop; end $$`,
    );
  }

  /** Its files as they are now, as a standby has them that is that far; not started. */
  async copyFiles(): Promise<Cluster> {
    await this.stop();
    const folder = aFolder();
    copyFolder(this.folder, folder);
    await this.start();
    return new Cluster(folder);
  }

  /** Starts as a standby, without a primary. */
  async startStandby(): Promise<void> {
    writeFileSync(join(this.folder, 'postgres', 'data', 'standby.signal'), '');
    await this.start();
  }

  /** Begins a timeline. */
  async promote(): Promise<void> {
    await this.sql('select pg_promote()');
  }

  /** What `pg_dump` and `pg_restore` would carry over: all rows and sequences, and no transaction id. */
  async copyRowsTo(other: Cluster): Promise<void> {
    const tables = await this.sql<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and not relispartition and relname <> 'schema_migrations'`,
    );
    const target = new pg.Client({ connectionString: other.url });
    await target.connect();
    await target.query("set session_replication_role = 'replica'");
    await target.query(`truncate ${tables.map(({ name }) => name).join()} cascade`);
    for (const { name } of tables) {
      const [all] = await this.sql<{ rows: string }>(
        `select coalesce(jsonb_agg(to_jsonb(t)), '[]')::text as rows from ${name} t`,
      );
      await target.query(
        `insert into ${name} select * from jsonb_populate_recordset(null::${name}, $1::jsonb)`,
        [all?.rows],
      );
    }
    const [last] = await this.sql<{ n: string }>('select last_value::text as n from changes_seq');
    await target.query("select setval('changes_seq', $1)", [last?.n]);
    await target.end();
  }

  async drop(): Promise<void> {
    clusters.delete(this);
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

let template: string | undefined;
afterAll(() => {
  if (template !== undefined) rmSync(template, { recursive: true });
});

async function aTemplate(): Promise<string> {
  const folder = aFolder();
  const server = await EmbeddedPostgres.open(folder, () => undefined);
  await migrate(server.url);
  await server.stop();
  return folder;
}

function copyFolder(from: string, to: string): void {
  execFileSync('cp', ['-a', `${from}/.`, to]);
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-cluster-'));
  chmodSync(folder, 0o755);
  return folder;
}

export interface Served extends Pick<TestApp, 'token' | 'callback' | 'api'> {
  log: string[];
  /** Takes new applicants, one callback each. */
  enroll(...applicantIds: string[]): Promise<void>;
  /** The feed behind a cursor to its end, page by page. */
  readOn(after: string | undefined): Promise<{ events: ChangeEventDto[]; cursor: string }>;
  /** The same by a consumer, which acknowledges. */
  consume(name: string): Promise<ChangeEventDto[]>;
  stop(): Promise<void>;
}

/** Rollcall on a cluster. */
export async function serve(cluster: Cluster): Promise<Served> {
  const config = loadConfig({
    NODE_ENV: 'test',
    PORT: '0',
    ROLLCALL_HOST: '127.0.0.1',
    ROLLCALL_KEYS: KEYS,
    ROLLCALL_CLIENT_ID: CLIENT.id,
    ROLLCALL_CLIENT_SECRET: CLIENT.secret,
    ROLLCALL_API_KEY: API_KEY,
    ...ALLOW_LOOPBACK,
  });
  const log: string[] = [];
  const app = await createServer(
    config,
    cluster.url,
    createLogger(config, { write: (line: string) => void log.push(line) }),
  );
  await app.get(BootCredentials).ensure();
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.getHttpServer().address();
  const callers = callersOf(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
  const served: Served = {
    ...callers,
    log,
    enroll: async (...ids) => {
      for (const applicantId of ids) {
        const { status } = await callers.callback('success', [anApplicant({ applicantId })]);
        if (status !== 200) throw new Error(`the callback was answered ${status}`);
      }
      // what was committed is shown once no older transaction runs
      await settled(cluster);
    },
    ...readersOf(callers),
    stop: async () => {
      running.delete(served);
      await app.close();
    },
  };
  running.add(served);
  return served;
}

/** Readers of the feed, to its end. */
function readersOf(callers: Pick<TestApp, 'api'>): Pick<Served, 'readOn' | 'consume'> {
  const page = async (path: string) => {
    const response = await callers.api(path);
    const body = (await response.json()) as ChangesPageDto;
    if (response.status !== 200) throw new Error(`${response.status} ${JSON.stringify(body)}`);
    return body;
  };
  return {
    readOn: async (after) => {
      const events: ChangeEventDto[] = [];
      for (let cursor = after; ;) {
        const { items, nextCursor } = await page(
          `/api/v1/changes?limit=50${cursor === undefined ? '' : `&after=${cursor}`}`,
        );
        events.push(...items);
        if (items.length === 0) return { events, cursor: nextCursor };
        cursor = nextCursor;
      }
    },
    consume: async (name) => {
      const events: ChangeEventDto[] = [];
      for (;;) {
        const { items, nextCursor } = await page(`/api/v1/consumers/${name}/changes?limit=50`);
        if (items.length === 0) return events;
        events.push(...items);
        const body = JSON.stringify({ cursor: nextCursor });
        await callers.api(`/api/v1/consumers/${name}/ack`, { method: 'POST', body });
      }
    },
  };
}

async function settled(cluster: Cluster): Promise<void> {
  const [row] = await cluster.sql<{ at: string }>(
    'select pg_snapshot_xmax(pg_current_snapshot())::text as at',
  );
  await eventually(async () => {
    const [{ below } = { below: '0' }] = await cluster.sql<{ below: string }>(
      'select pg_snapshot_xmin(pg_current_snapshot())::text as below',
    );
    return BigInt(below) >= BigInt(row!.at);
  });
}
