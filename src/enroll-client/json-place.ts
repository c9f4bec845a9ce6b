/** The value at a dotted place such as `data.items.0`. `$` is the whole. Reads own properties only. */
export function valueAt(json: unknown, place: string): unknown {
  if (place === '$') return json;
  let value = json;
  for (const key of place.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
