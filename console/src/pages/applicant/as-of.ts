import { startOfDay } from '../../i18n/format';

/** The last moment of a day in Cairo, as the API takes it. @param day `2026-11-30` */
export function endOfDay(day: string): string {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return new Date(startOfDay(next.toISOString().slice(0, 10)).getTime() - 1).toISOString();
}
