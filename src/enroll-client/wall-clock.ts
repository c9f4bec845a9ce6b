const DAY_MS = 86_400_000;

/** To make a format costs a hundred times as much as to use it, and we use one per applicant. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The time that a clock in a zone shows at an instant, by the tokens of a pattern. */
export function wallClock(instant: Date, zone: string): Record<string, string> {
  const parts = formatOf(zone).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((item) => item.type === type)?.value ?? '';
  return {
    yyyy: part('year'),
    MM: part('month'),
    dd: part('day'),
    HH: part('hour'),
    mm: part('minute'),
    ss: part('second'),
    SSS: String(instant.getUTCMilliseconds()).padStart(3, '0'),
  };
}

/**
 * The instant at which a clock in a zone shows the time that a UTC clock shows at `shown`. If that time comes twice, it is
 * the first, which is safe for a deadline. If the clock skips it, the offset from before the change counts.
 */
export function instantShown(shown: Date, zone: string): Date {
  if (zone === 'UTC') return shown;
  const ms = shown.getTime();
  const [before = 0, after = 0] = [ms - DAY_MS, ms + DAY_MS].map((near) => offsetAt(near, zone));
  const earliestFirst = [ms - Math.max(before, after), ms - Math.min(before, after)];
  return new Date(earliestFirst.find((at) => at + offsetAt(at, zone) === ms) ?? ms - before);
}

/** Milliseconds by which the zone is ahead of UTC. */
function offsetAt(ms: number, zone: string): number {
  const { yyyy, MM, dd, HH, mm, ss, SSS } = wallClock(new Date(ms), zone);
  return Date.parse(`${yyyy}-${MM}-${dd}T${HH}:${mm}:${ss}.${SSS}Z`) - ms;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, format);
  return format;
}
