import { useTranslation } from 'react-i18next';

/** Where the callbacks come from, and most who read them. */
const ZONE = 'Africa/Cairo';

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;
const SECOND = ['second', 1] as const;
const SIZES = [
  ['megabyte', 1_000_000],
  ['kilobyte', 1_000],
] as const;
const BYTE = ['byte', 1] as const;

/** A format is made once: that takes a hundred times as long as to use it, and a page has hundreds of numbers. */
function once<Options, Format>(make: (locale: string, options?: Options) => Format) {
  const made = new Map<string, Format>();
  return (locale: string, options?: Options): Format => {
    const key = locale + JSON.stringify(options);
    const format = made.get(key) ?? make(locale, options);
    made.set(key, format);
    return format;
  };
}

const numbers = once<Intl.NumberFormatOptions, Intl.NumberFormat>((...of) => new Intl.NumberFormat(...of));
const dates = once<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>(
  (...of) => new Intl.DateTimeFormat(...of),
);
const relativeTimes = once<Intl.RelativeTimeFormatOptions, Intl.RelativeTimeFormat>(
  (...of) => new Intl.RelativeTimeFormat(...of),
);

/** Western digits in Arabic, too: ids and amounts are read aloud and typed in them. */
function localeOf(language: string): string {
  return language === 'ar' ? 'ar-EG-u-nu-latn' : 'en-GB';
}

/** How numbers and times are written in the language of now. */
export function useFormat() {
  const { i18n } = useTranslation();
  const locale = localeOf(i18n.language);
  return {
    number: (value: number) => numbers(locale).format(value),
    /** @param value from 0 to 1 */
    share: (value: number) => numbers(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value),
    /** Against 1, in percent with its sign. */
    change: (value: number) =>
      numbers(locale, {
        style: 'percent',
        maximumFractionDigits: 0,
        signDisplay: 'exceptZero',
      }).format(value),
    signed: (value: number) =>
      numbers(locale, { maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(value),
    /** A day in Cairo without its year. */
    day: (at: string | Date) =>
      dates(locale, { day: 'numeric', month: 'short', timeZone: ZONE }).format(new Date(at)),
    /** @param day 0 is Sunday, when a week begins in Egypt */
    weekday: (day: number) =>
      dates(locale, { weekday: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2023, 0, 1 + day))),
    /** Day and time in Cairo. */
    time: (at: string | Date) =>
      dates(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: ZONE }).format(new Date(at)),
    /** To the second, in UTC: as logs have it. */
    utc: (at: string | Date) => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    /** Time of day in Cairo. */
    clock: (at: string | Date) => dates(locale, { timeStyle: 'short', timeZone: ZONE }).format(new Date(at)),
    /** A length of time in its largest unit: "3 days". It stands alone, since Arabic inflects it: "ساعتان". */
    duration: (seconds: number) => {
      const [unit, length] = unitOf(seconds);
      return inUnit(locale, Math.floor(seconds / length), { unit, unitDisplay: 'long' });
    },
    /** How long ago, in the largest unit: "3 days ago", "قبل ساعتين". */
    ago: (seconds: number) => {
      const [unit, length] = unitOf(seconds);
      return relativeTimes(locale).format(-Math.floor(seconds / length), unit);
    },
    /** A number of bytes: "1.2 MB". */
    size: (bytes: number) => {
      const [unit, length] = SIZES.find(([, length]) => bytes >= length) ?? BYTE;
      return inUnit(locale, bytes / length, { unit, maximumFractionDigits: 1 });
    },
    /** A day in Cairo. */
    date: (at: string | Date) => dates(locale, { dateStyle: 'medium', timeZone: ZONE }).format(new Date(at)),
  };
}

function unitOf(seconds: number) {
  return UNITS.find(([, length]) => seconds >= length) ?? SECOND;
}

function inUnit(locale: string, value: number, options: Intl.NumberFormatOptions): string {
  return numbers(locale, { style: 'unit', ...options }).format(value);
}

/** The day of a moment in Cairo: `2026-11-30`. */
export function dayOf(at: string | Date): string {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  return dates('en-CA', { ...parts, timeZone: ZONE }).format(new Date(at));
}

/** In Cairo. `day` 0 is Sunday. */
export function hourOfWeek(at: string): { day: number; hour: number } {
  const date = dayOf(at);
  const hour = dates('en-GB', { hour: '2-digit', timeZone: ZONE }).format(new Date(at));
  return { day: new Date(`${date}T00:00:00Z`).getUTCDay(), hour: Number(hour) };
}

/** The moment at which a day begins in Cairo. @param day `2026-11-30` */
export function startOfDay(day: string): Date {
  const asUtc = new Date(`${day}T00:00:00Z`);
  // once more with the difference of that moment, for days on which it changes
  return offsetBy(asUtc, offsetBy(asUtc, asUtc));
}

function offsetBy(utc: Date, at: Date): Date {
  const parts = dates('en-US', {
    timeZone: ZONE,
    timeZoneName: 'longOffset',
  }).formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
  const offsetMinutes = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return new Date(utc.getTime() - offsetMinutes * 60_000);
}
