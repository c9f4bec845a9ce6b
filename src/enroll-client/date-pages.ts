import { hash } from 'node:crypto';
import { Problem } from '../problem/problem.js';
import { applicantsOf } from './applicant-answer.js';
import { type DateRange, sliceAt, spellEdge } from './date-slices.js';
import type { DialectSpec } from './dialect.js';
import type { AuthorizedClient } from './authorized-client.js';
import type { DatePage, DatePosition, EnrolledApplicant } from './enroll-client.types.js';
import { valueAt } from './json-place.js';

type ByDate = DialectSpec['calls']['applicantsByDate'];

const CALL = 'applicantsByDate';

/**
 * One page of a date range and the position of the next one.
 *
 * A slice ends with an empty page, or once we saw the announced total. A short page ends it only if the dialect says so:
 * otherwise an eNROLL that cuts our page size down would make us lose the rest in silence.
 * @throws Problem BAD_REQUEST for an empty range, ENROLL_BAD_ANSWER for pages that repeat
 */
export async function askDatePage(
  authorized: AuthorizedClient,
  range: DateRange,
  position?: DatePosition,
  signal?: AbortSignal,
): Promise<DatePage> {
  if (!(range.from < range.to)) throw new Problem('BAD_REQUEST', 'from must be before to');
  const { spec: dialect } = authorized.dialect;
  const spec = dialect.calls[CALL];
  const at = position ?? firstPageOf(range.from);
  const slice = sliceAt(new Date(at.from), range, spec.sliceHours);
  const values = {
    from: spellEdge(slice.from, 'from', dialect.dates),
    to: spellEdge(slice.to, 'to', dialect.dates),
    page: spec.paging.first + at.page,
    offset: at.seen,
    pageSize: spec.paging.size,
  };
  const json = await authorized.askForAny(CALL, values, signal);
  const items = json === undefined ? [] : applicantsOf(json, CALL, dialect);
  const mark = markOf(items);
  if (items.length > 0 && mark === at.mark) {
    throw new Problem('ENROLL_BAD_ANSWER', `The same page came twice (dialect key calls.${CALL}.paging)`);
  }
  const seen = at.seen + items.length;
  if (!isLastPage(spec, items.length, seen, json)) {
    return { items, next: { from: at.from, page: at.page + 1, seen, mark } };
  }
  return { items, next: slice.to < range.to ? firstPageOf(slice.to) : undefined };
}

function firstPageOf(from: Date): DatePosition {
  return { from: from.toISOString(), page: 0, seen: 0 };
}

function isLastPage({ paging, answer }: ByDate, count: number, seen: number, json: unknown): boolean {
  if (paging.style === 'none' || count === 0) return true;
  if (paging.shortPageEnds && count < paging.size) return true;
  const total = answer.total === undefined ? undefined : valueAt(json, answer.total);
  return typeof total === 'number' && seen >= total;
}

function markOf(items: EnrolledApplicant[]): string {
  const ids = items.map((item) => item.applicantId ?? '').join('\n');
  return hash('sha256', ids).slice(0, 16);
}
