import { startOfDay } from '../i18n/format';

/** Two days of Cairo, both included, as the API asks for a range of time: from the start of one to the end of the other. */
export function dayRange(from?: string, to?: string): [start: string | undefined, end: string | undefined] {
  return [
    from === undefined ? undefined : startOfDay(from).toISOString(),
    to === undefined ? undefined : startOfDay(dayAfter(to)).toISOString(),
  ];
}

function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
