import type { paths } from '@schema';
import { dayRange } from './day-range';

type Query = NonNullable<paths['/api/v1/applicants']['get']['parameters']['query']>;

/** `from` and `to` are days of Cairo; the rest is called as in the API. */
export const FILTERS = ['outcome', 'from', 'to', 'documentType', 'nationality', 'flag'] as const;
export const OUTCOMES = ['accepted', 'rejected', 'conflict', 'unknown'] as const;

type Values = Partial<Record<(typeof FILTERS)[number], string>>;

/** What the API is asked for. What no select offers, somebody wrote into the URL: the API says what is wrong with it. */
export function queryOf({ outcome, from, to, ...others }: Values): Query {
  const [receivedFrom, receivedTo] = dayRange(from, to);
  return { ...others, outcome: outcome as Query['outcome'], receivedFrom, receivedTo };
}
