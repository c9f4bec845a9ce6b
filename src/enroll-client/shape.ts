const MAX_DEPTH = 5;
const MAX_KEYS = 40;
/** Any other key may be data, such as a path or an id. */
const NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,40}$/;

/** The shape of JSON without any of its values: `{applicants: [{applicantId: text, …}] × 50, total: number}`. */
export function shapeOf(json: unknown, depth = 0): string {
  if (json === null) return 'null';
  if (typeof json === 'string') return 'text';
  if (typeof json !== 'object') return typeof json;
  if (depth >= MAX_DEPTH) return '…';
  if (Array.isArray(json)) {
    return json.length === 0 ? '[]' : `[${shapeOf(json[0], depth + 1)}] × ${json.length}`;
  }
  const entries = Object.entries(json).slice(0, MAX_KEYS);
  const keys = entries.map(([key, value]) => `${NAME.test(key) ? key : '…'}: ${shapeOf(value, depth + 1)}`);
  return `{${[...new Set(keys)].join(', ')}}`;
}

/** The dotted places of all values that are `wanted`, e.g. all lists, up to three keys deep. */
export function placesOf(json: unknown, wanted: (value: unknown) => boolean, at: string[] = []): string[] {
  const here = wanted(json) ? [at.join('.') || '$'] : [];
  if (typeof json !== 'object' || json === null || Array.isArray(json) || at.length >= 3) return here;
  const below = Object.entries(json)
    .filter(([key]) => NAME.test(key))
    .flatMap(([key, value]) => placesOf(value, wanted, [...at, key]));
  return [...here, ...below];
}
