/** Values for the placeholders of one request. Without its value, a key that holds only a placeholder is dropped. */
export type TemplateValues = Record<string, string | number | string[] | undefined>;

const PLACEHOLDER = /\{\{\s*([A-Za-z]+)\s*\}\}/g;
const ALONE = /^\{\{\s*([A-Za-z]+)\s*\}\}$/;

/** A placeholder and its place in the template. */
export interface Placeholder {
  name: string;
  at: (string | number)[];
}

/** Every placeholder of a template, in order. */
export function placeholdersOf(template: unknown, at: (string | number)[] = []): Placeholder[] {
  if (typeof template === 'string') {
    return [...template.matchAll(PLACEHOLDER)].map((match) => ({ name: match[1] ?? '', at }));
  }
  if (Array.isArray(template)) return template.flatMap((item, index) => placeholdersOf(item, [...at, index]));
  if (typeof template === 'object' && template !== null) {
    return Object.entries(template).flatMap(([key, value]) => placeholdersOf(value, [...at, key]));
  }
  return [];
}

/**
 * Fills a JSON template. A text that consists of one placeholder becomes the value with its type: numbers and lists stay
 * numbers and lists. Inside a longer text the value becomes text.
 */
export function fillBody(template: unknown, values: TemplateValues): unknown {
  if (typeof template === 'string') {
    const alone = ALONE.exec(template)?.[1];
    return alone === undefined ? written(template, values, String) : values[alone];
  }
  if (Array.isArray(template)) {
    return template.map((item) => fillBody(item, values)).filter((item) => item !== undefined);
  }
  if (typeof template === 'object' && template !== null) {
    return Object.fromEntries(
      Object.entries(template)
        .map(([key, value]) => [key, fillBody(value, values)] as const)
        .filter(([, value]) => value !== undefined),
    );
  }
  return template;
}

/** Fills a query. A list becomes one value with commas, or a repeated key. */
export function fillQuery(
  template: Record<string, unknown>,
  values: TemplateValues,
  arrays: 'repeat' | 'comma',
): URLSearchParams {
  const query = new URLSearchParams();
  for (const [key, text] of Object.entries(template)) {
    const value = fillBody(text, values);
    if (Array.isArray(value)) {
      const items = value.map(String);
      for (const item of arrays === 'comma' ? [items.join(',')] : items) query.append(key, item);
    } else if (value !== undefined) {
      query.append(key, typeof value === 'string' ? value : JSON.stringify(value));
    }
  }
  return query;
}

/** Fills a URL path. Each value is one percent-encoded segment, so it cannot climb or add segments. */
export function fillPath(template: string, values: TemplateValues): string {
  return written(template, values, (value) => encodeURIComponent(value));
}

function written(template: string, values: TemplateValues, spell: (value: string) => string): string {
  return template.replace(PLACEHOLDER, (_match, name: string) => {
    const value = values[name];
    return value === undefined ? '' : spell(Array.isArray(value) ? value.join(',') : String(value));
  });
}
