interface Period {
  from: Date;
  to: Date;
}

/**
 * The parts of a period that no range covers, in order.
 * @param ranges sorted by start, earliest first
 */
export function uncoveredParts({ from, to }: Period, ranges: readonly Period[]): Period[] {
  const parts: Period[] = [];
  let reached = from;
  for (const range of ranges) {
    if (range.from >= to) break;
    if (range.from > reached) parts.push({ from: reached, to: range.from });
    if (range.to > reached) reached = range.to;
  }
  if (reached < to) parts.push({ from: reached, to });
  return parts;
}
