const UNSTORABLE = /[\0\p{Surrogate}]/u;
const EVERY_UNSTORABLE = /[\0\p{Surrogate}]/gu;
const NON_ASCII_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/;
const EVERY_NON_ASCII_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** True where a text holds U+0000, which Postgres refuses, or a lone surrogate, which UTF-8 cannot spell. */
export function isUnstorable(text: string): boolean {
  return UNSTORABLE.test(text);
}

export function withoutUnstorable(text: string): string {
  return text.replace(EVERY_UNSTORABLE, '');
}

/**
 * A copy of a JSON value without U+0000 and lone surrogates. In keys they become U+FFFD: removing them could turn
 * one key into another, a contract field or `__proto__` among them.
 */
export function withoutUnstorableDeep(value: unknown): unknown {
  if (typeof value === 'string') return withoutUnstorable(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutUnstorableDeep);
  const cleaned: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    let name = key.replace(EVERY_UNSTORABLE, '\ufffd');
    while (Object.hasOwn(cleaned, name)) name += '\ufffd';
    cleaned[name] = withoutUnstorableDeep(entry);
  }
  return cleaned;
}

/** Whether any text or key of a JSON value is unstorable. */
export function isUnstorableDeep(value: unknown): boolean {
  if (typeof value === 'string') return isUnstorable(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, entry]) => isUnstorable(key) || isUnstorableDeep(entry));
}

/** Arabic-Indic (٠-٩) and Persian (۰-۹) digits as 0-9; everything else as it is. */
export function toAsciiDigits(text: string): string {
  if (!NON_ASCII_DIGIT.test(text)) return text;
  // both sets start at a code whose low four bits are 0
  return text.replace(EVERY_NON_ASCII_DIGIT, (digit) => String(digit.charCodeAt(0) & 0xf));
}
