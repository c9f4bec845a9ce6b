import type { paths, ReplayFilter } from '@schema';
import { dayRange } from '../../components/day-range';

type Query = NonNullable<paths['/api/v1/quarantine']['get']['parameters']['query']>;

/** `from` and `to` are days of Cairo; the rest is called as in the API. */
export const FILTERS = ['state', 'code', 'applicantId', 'receiptId', 'from', 'to'] as const;

type Values = Partial<Record<(typeof FILTERS)[number], string>>;

/** What is open is what somebody comes for; `any` is every state. */
export function queryOf({ state = 'open', ...others }: Values): Query {
  return { ...replayFilterOf(others), ...(state !== 'any' && { state: state as Query['state'] }) };
}

/** The same as a replay asks for them. */
export function replayFilterOf({ code, applicantId, receiptId, from, to }: Values): ReplayFilter {
  const [receivedFrom, receivedTo] = dayRange(from, to);
  return { code, applicantId, receiptId, receivedFrom, receivedTo };
}
