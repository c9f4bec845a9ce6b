import type { paths } from '@schema';
import { dayRange } from '../../components/day-range';

type Query = NonNullable<paths['/api/v1/receipts']['get']['parameters']['query']>;

/** `from` and `to` are days of Cairo; the rest is called as in the API. */
export const FILTERS = ['state', 'kind', 'source', 'applicantId', 'from', 'to'] as const;

export const STATES = ['applied', 'pending', 'rejected'] as const;
export const KINDS = ['success', 'fail', 'any'] as const;
export const SOURCES = ['callback', 'replay', 'reconciliation'] as const;

/** What no select offers, somebody wrote into the URL: the API says what is wrong with it. */
export function queryOf(values: Partial<Record<(typeof FILTERS)[number], string>>): Query {
  const { from, to, ...others } = values;
  const [receivedFrom, receivedTo] = dayRange(from, to);
  return { ...(others as Query), receivedFrom, receivedTo };
}
