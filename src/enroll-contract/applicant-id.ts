import { isUnstorable, withoutUnstorable } from './characters.js';
import { MAX_APPLICANT_ID_LENGTH } from './limits.js';
import type { Defect, RawElement } from './types.js';

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const CAPITAL = /[A-F]/;
const GUID_LENGTH = 36;

/**
 * Whether an id is a GUID with a capital letter. It is the same applicant as the one in small letters (A34; RFC 9562,
 * section 4), and keeps the spelling that we received first.
 */
export function isGuidInCapitals(id: string): boolean {
  return id.length === GUID_LENGTH && CAPITAL.test(id) && GUID.test(id);
}

/** The spelling by which ids are compared (A34). */
export function applicantKey(id: string): string {
  return isGuidInCapitals(id) ? id.toLowerCase() : id;
}

/** The spellings under which an element of this applicant may have been set aside. */
export function spellingsOf(id: string): string[] {
  return GUID.test(id) ? [...new Set([id, id.toLowerCase(), id.toUpperCase()])] : [id];
}

/**
 * The `applicantId` that is our key: text or the digits of a number, trimmed and otherwise verbatim. If it is blank,
 * longer than 128 characters or of another type, it is a defect (M6, hard).
 */
export function readApplicantId(value: unknown): string | Defect {
  if (value === undefined || value === null) return missing();
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') {
    return { code: 'APPLICANT_ID_WRONG_TYPE', reason: 'applicantId is neither text nor a number' };
  }
  const id = (isUnstorable(value) ? withoutUnstorable(value) : value).trim();
  if (id === '') return missing();
  if (isTooLong(id)) {
    return {
      code: 'APPLICANT_ID_TOO_LONG',
      reason: `applicantId is over ${MAX_APPLICANT_ID_LENGTH} characters`,
    };
  }
  return id;
}

/**
 * The id that a quarantined element seems to have, so that people find it. Undefined if it cannot be read. If the key
 * is repeated, the last one counts.
 */
export function peekApplicantId(raw: Pick<RawElement, 'value' | 'bytes'>): string | undefined {
  const value = raw.value ?? parsed(raw.bytes);
  if (typeof value !== 'object' || value === null) return undefined;
  const key = Object.keys(value).findLast((name) => name.toLowerCase() === 'applicantid');
  const id = key === undefined ? undefined : readApplicantId((value as Record<string, unknown>)[key]);
  return typeof id === 'string' ? id : undefined;
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function missing(): Defect {
  return { code: 'APPLICANT_ID_MISSING', reason: 'applicantId is missing or blank' };
}

/** Counts code points, but only of a text that is not too long by any count. */
function isTooLong(id: string): boolean {
  if (id.length <= MAX_APPLICANT_ID_LENGTH) return false;
  return id.length > 2 * MAX_APPLICANT_ID_LENGTH || [...id].length > MAX_APPLICANT_ID_LENGTH;
}
