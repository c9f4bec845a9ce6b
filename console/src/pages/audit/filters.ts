import { dayRange } from '../../components/day-range';

/** Path of the audit, and the key of its list. */
export const AUDIT = '/api/v1/audit';

/** `from` and `to` are days of Cairo, both included; the rest is called as in the API. */
export const FILTERS = ['actor', 'action', 'applicantId', 'from', 'to'] as const;

export function queryOf({ from, to, ...others }: Partial<Record<(typeof FILTERS)[number], string>>) {
  const [start, end] = dayRange(from, to);
  return { ...others, from: start, to: end };
}
