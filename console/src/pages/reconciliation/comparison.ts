import type { ApplicantItemDto } from '@schema';
import { answerOf, api } from '../../api/client';
import { keyOf } from './their-list';

const PAGE = 200;
const MAX_READ = 200_000;
const DAY_MS = 86_400_000;

/** A range of time, its end excluded; ISO 8601. */
export interface Period {
  from: string;
  to: string;
}

export type Ours = Pick<ApplicantItemDto, 'applicantId' | 'firstReceivedAt' | 'outcome'>;
export type Theirs = { id: string; lines: number };

/** Ids of a file against the applicants that Rollcall first received in a period. */
export interface Comparison {
  theirs: number;
  /** First received in the period. */
  ours: number;
  looked: Period;
  both: Ours[];
  /** In the file, and first received shortly before or after the period. */
  elsewhere: Ours[];
  onlyTheirs: Theirs[];
  onlyOurs: Ours[];
  /** In the file more than once. */
  repeated: Theirs[];
}

export interface Progress {
  read: number;
  /** About. */
  of: number;
}

/** There are more applicants in the period than anybody should load into a browser. */
export class TooMany extends Error {
  constructor(readonly count: number) {
    super('TooMany');
  }
}

/**
 * Reads the applicants by pages and compares them here: of the ids nothing is sent. Pages go by the time of first receipt, which never
 * changes, so nobody is passed over or read twice.
 * @param days looked at before and after the period, for those whom it brought at another time
 * @throws TooMany, ApiError; what `signal` throws
 */
export async function compare(
  theirs: ReadonlyMap<string, Theirs>,
  period: Period,
  days: number,
  { tell, signal }: { tell: (progress: Progress) => void; signal: AbortSignal },
): Promise<Comparison> {
  const looked = around(period, days);
  const of = await countOf(looked, signal);
  if (of > MAX_READ) throw new TooMany(of);
  const both: Ours[] = [];
  const elsewhere: Ours[] = [];
  const onlyOurs: Ours[] = [];
  const seen = new Set<string>();
  let read = 0;
  for await (const items of pagesOf(looked, signal)) {
    for (const { applicantId, firstReceivedAt, outcome } of items) {
      const ours = { applicantId, firstReceivedAt, outcome };
      const isIn = firstReceivedAt >= period.from && firstReceivedAt < period.to;
      const isTheirs = theirs.has(keyOf(applicantId));
      if (isTheirs) seen.add(keyOf(applicantId));
      if (isTheirs) (isIn ? both : elsewhere).push(ours);
      else if (isIn) onlyOurs.push(ours);
    }
    read += items.length;
    tell({ read, of });
  }
  const all = [...theirs];
  return {
    theirs: theirs.size,
    ours: both.length + onlyOurs.length,
    looked,
    both,
    elsewhere,
    onlyTheirs: all.filter(([key]) => !seen.has(key)).map(([, one]) => one),
    onlyOurs,
    repeated: all.filter(([, { lines }]) => lines > 1).map(([, one]) => one),
  };
}

/** Never later than now: whoever is enrolled meanwhile is not read. */
function around({ from, to }: Period, days: number): Period {
  const start = Date.parse(from) - days * DAY_MS;
  const end = Math.min(Date.parse(to) + days * DAY_MS, Date.now());
  return { from: new Date(start).toISOString(), to: new Date(Math.max(start, end)).toISOString() };
}

async function countOf({ from, to }: Period, signal: AbortSignal): Promise<number> {
  if (from === to) return 0;
  const query = { from, to, bucket: 'none', by: 'outcome' } as const;
  const { series, rest } = await answerOf(api.GET('/api/v1/stats/applicants', { params: { query }, signal }));
  const counts = [...series, ...(rest === null ? [] : [rest])].flatMap(({ counts }) => counts);
  return counts.reduce((sum, count) => sum + count, 0);
}

async function* pagesOf({ from, to }: Period, signal: AbortSignal): AsyncGenerator<ApplicantItemDto[]> {
  let cursor: string | undefined;
  do {
    const query = { receivedFrom: from, receivedTo: to, limit: PAGE, cursor };
    const page = await answerOf(api.GET('/api/v1/applicants', { params: { query }, signal }));
    yield page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
