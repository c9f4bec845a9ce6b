const UNSTORABLE = /[\0\p{Surrogate}]/u;
const EVERY_UNSTORABLE = /[\0\p{Surrogate}]/gu;
const NON_ASCII_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/;
const EVERY_NON_ASCII_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** Whether a text has U+0000, which Postgres refuses, or a lone surrogate, which UTF-8 cannot encode. */
export function isUnstorable(text: string): boolean {
  return UNSTORABLE.test(text);
}

export function withoutUnstorable(text: string): string {
  return text.replace(EVERY_UNSTORABLE, '');
}

/**
 * A copy of a JSON object without U+0000 and lone surrogates at any level. In keys they become U+FFFD, because without
 * them a key could turn into another one, such as a contract field or `__proto__`.
 */
export function withoutUnstorableDeep(source: object): Record<string, unknown> {
  const cleaned: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(source)) {
    let name = key.replace(EVERY_UNSTORABLE, '\ufffd');
    while (Object.hasOwn(cleaned, name)) name += '\ufffd';
    cleaned[name] = cleanedValue(value);
  }
  return cleaned;
}

function cleanedValue(value: unknown): unknown {
  if (typeof value === 'string') return withoutUnstorable(value);
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? value.map(cleanedValue) : withoutUnstorableDeep(value);
}

/** Whether any text or key of a JSON value is unstorable. */
export function isUnstorableDeep(value: unknown): boolean {
  if (typeof value === 'string') return isUnstorable(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, entry]) => isUnstorable(key) || isUnstorableDeep(entry));
}

/** Turns Arabic-Indic (٠-٩) and Persian (۰-۹) digits into 0-9 and leaves everything else. */
export function toAsciiDigits(text: string): string {
  if (!NON_ASCII_DIGIT.test(text)) return text;
  // both sets begin at a code with 0 in its low four bits
  return text.replace(EVERY_NON_ASCII_DIGIT, (digit) => String(digit.charCodeAt(0) & 0xf));
}
