const HOUR_MS = 3_600_000;
/** Africa/Cairo is two hours ahead of UTC in winter and three in summer (again since 2023). */
const OFFSETS_HOURS = [3, 2];
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;
// Swedish happens to write dates the ISO way.
const cairoClock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Africa/Cairo',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** `yyyy-MM-ddTHH:mm:ss` on Cairo's clock. */
export function toCairo(epochMs: number): string {
  return cairoClock.format(epochMs).replace(' ', 'T');
}

/**
 * The moments (epoch ms, earliest first) at which Cairo's clock shows `local`: one as a rule, two in the hour that autumn repeats,
 * in the hour that spring skips the moment the clock jumps over.
 * @returns undefined where `local` is no `yyyy-MM-ddTHH:mm:ss`.
 */
export function fromCairo(local: string): [number, ...number[]] | undefined {
  const asUtc = LOCAL.test(local) ? Date.parse(`${local}Z`) : Number.NaN;
  if (Number.isNaN(asUtc)) return undefined;
  const [earliest, ...others] = OFFSETS_HOURS.map((hours) => asUtc - hours * HOUR_MS).filter(
    (moment) => toCairo(moment) === local,
  );
  return earliest === undefined ? [asUtc - 2 * HOUR_MS] : [earliest, ...others];
}
