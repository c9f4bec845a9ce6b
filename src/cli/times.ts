const ZONE = 'Africa/Cairo';
const SHOWN = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'longOffset',
} as const satisfies Intl.DateTimeFormatOptions;

let cairo: Intl.DateTimeFormat | undefined;

/** `2026-11-30 12:51:54 +02:00`, as a clock in Cairo shows it; with `utc` `2026-11-30 10:51:54 UTC`. */
export function timeText(time: Date, utc = false): string {
  if (Number.isNaN(time.getTime())) return '-';
  if (utc) return `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  cairo ??= new Intl.DateTimeFormat('en-GB', { ...SHOWN, timeZone: ZONE });
  const parts = new Map(cairo.formatToParts(time).map(({ type, value }) => [type, value] as const));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  const day = [part('year'), part('month'), part('day')].join('-');
  const clock = [part('hour'), part('minute'), part('second')].join(':');
  return `${day} ${clock} ${part('timeZoneName').replace('GMT', '')}`;
}
