import pg from 'pg';
import type { ChangeEventDto, ChangesPageDto } from '../../src/feed/feed.dto.js';
import type { EventType } from '../../src/feed/feed.types.js';
import { API_KEY, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';

/** A connection of its own, to hold a transaction open; what begins with it ends with it. */
export async function withWriters<T>(
  { databaseUrl }: Pick<TestApp, 'databaseUrl'>,
  count: number,
  work: (...writers: pg.Client[]) => Promise<T>,
): Promise<T> {
  const writers = Array.from({ length: count }, () => new pg.Client({ connectionString: databaseUrl }));
  try {
    await Promise.all(writers.map((writer) => writer.connect()));
    return await work(...writers);
  } finally {
    await Promise.all(writers.map((writer) => writer.end()));
  }
}

interface Written {
  event?: EventType;
  outcome?: string;
  version?: number;
  changedFields?: string[];
}

/** Writes one version's change as the inbox does, within the transaction of `client`. */
export async function writeChange(
  client: pg.Client,
  applicantId: string,
  { event = 'applicant.created', outcome = 'accepted', version = 1, changedFields = [] }: Written = {},
): Promise<void> {
  await client.query(
    `insert into changes (applicant_id, version, event, receipt_id, element_index, received_at, source, kind, outcome,
       changed_fields, flags, content_hash, sealed)
     values ($1, $2, $3, gen_random_uuid(), 0, now(), 'callback', 'success', $4, $5, '{}', '', '')`,
    [applicantId, version, event, outcome, changedFields],
  );
}

/** Writes one event that is no version. */
export async function writeNotice(client: pg.Client, applicantId: string, event: EventType): Promise<void> {
  await client.query(
    "insert into notices (event, applicant_id, version, outcome) values ($1, $2, 1, 'accepted')",
    [event, applicantId],
  );
}

/** The end of the feed, with everything shown that was committed so far: other databases of the server may hold it up. */
export async function endOfFeed(rollcall: Pick<TestApp, 'sql'>): Promise<string> {
  const [row] = await rollcall.sql<{ now: string }>(
    'select pg_snapshot_xmax(pg_current_snapshot())::text as now',
  );
  await eventually(async () => {
    const [{ below } = { below: '0' }] = await rollcall.sql<{ below: string }>(
      'select pg_snapshot_xmin(pg_current_snapshot())::text as below',
    );
    return BigInt(below) >= BigInt(row!.now);
  });
  return cursorAt(row!.now, '0');
}

/** Waits until a statement of this database waits for another's lock. */
export async function lockAwaited(rollcall: TestApp): Promise<void> {
  await eventually(async () => {
    const rows = await rollcall.sql(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return rows.length > 0;
  });
}

/** The cursor of a place that is no event's. */
export function cursorAt(tx: string, seq: string): string {
  return Buffer.from(JSON.stringify(['changes', tx, seq])).toString('base64url');
}

export const ids = ({ items }: Pick<ChangesPageDto, 'items'>): string[] =>
  items.map(({ applicantId }) => applicantId);

/** One block of an event stream. */
export interface Block {
  id?: string;
  event?: string;
  data?: ChangeEventDto;
  retry?: string;
}

/** Listens to server-sent events: of `/api/v1/changes/stream`, where nothing else is said. */
export class Listening {
  readonly blocks: Block[] = [];
  /** Resolves when the server ends the stream as it should be ended; rejects where it was cut. */
  readonly ended: Promise<void>;

  private constructor(
    readonly response: Response,
    private readonly leaving: AbortController,
  ) {
    this.ended = this.read();
    this.ended.catch(() => undefined);
  }

  static async to(
    rollcall: Pick<TestApp, 'url'>,
    query = '',
    {
      key = API_KEY,
      lastEventId,
      path = '/api/v1/changes/stream',
    }: { key?: string; lastEventId?: string; path?: string } = {},
  ): Promise<Listening> {
    const leaving = new AbortController();
    const response = await fetch(`${rollcall.url}${path}?${query}`, {
      signal: leaving.signal,
      headers: {
        authorization: `Bearer ${key}`,
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
      },
    });
    return new Listening(response, leaving);
  }

  get events(): ChangeEventDto[] {
    return this.blocks.flatMap(({ data }) => data ?? []);
  }

  /** Waits for so many events. */
  async until(count: number): Promise<ChangeEventDto[]> {
    await eventually(() => this.events.length >= count);
    return this.events;
  }

  leave(): void {
    this.leaving.abort();
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const piece of this.response.body ?? []) {
      text += decoder.decode(piece as Uint8Array, { stream: true });
      const whole = text.split('\n\n');
      text = whole.pop() ?? '';
      this.blocks.push(...whole.map(blockOf));
    }
  }
}

function blockOf(text: string): Block {
  const lines = text.split('\n').map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
  });
  const { data, ...rest } = Object.fromEntries(lines) as Record<string, string>;
  return { ...rest, ...(data !== undefined && { data: JSON.parse(data) as ChangeEventDto }) };
}
