import { answerOf, api } from '../api/client';
import { ApiError } from '../api/problem';
import type { ApplicantItemDto } from '@schema';

const MOST = 8;
const ARABIC_ZERO = 0x0660;
const NATIONAL_ID = /^\d{14}$/;
const PHONE = /^(\+|00)?\d{10,15}$/;
const TWO_LETTERS = /^\p{L}{2}$/u;
const MAIL = /^\S+@\S+$/;
/** Ids of eNROLL and document numbers: one word with a digit in it. */
const ID = /^[\w.-]*\d[\w.-]*$/;

/** Too few letters find too many people; two are a whole name, as طه is. */
export function isWorthSearching(text: string): boolean {
  return text.length >= 3 || TWO_LETTERS.test(text);
}

/** Whatever somebody pasted: it shows by itself whether it is a name, an id, a phone or a national id. */
export async function findApplicants(text: string, signal: AbortSignal): Promise<ApplicantItemDto[]> {
  const value = text.replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - ARABIC_ZERO));
  const compact = value.replaceAll(/[\s()-]/g, '');
  if (NATIONAL_ID.test(compact)) return search({ idNumber: compact }, signal);
  if (PHONE.test(compact)) return search({ phone: compact }, signal);
  if (MAIL.test(value)) return search({ email: value }, signal);
  if (!ID.test(value)) return search({ q: value }, signal);
  const byId = await readApplicant(value, signal);
  return byId ?? search({ idNumber: value }, signal);
}

async function search(
  what: { q: string } | { idNumber: string } | { phone: string } | { email: string },
  signal: AbortSignal,
): Promise<ApplicantItemDto[]> {
  const call = api.POST('/api/v1/applicants/search', { body: { limit: MOST, ...what }, signal });
  return (await answerOf(call)).items;
}

async function readApplicant(
  applicantId: string,
  signal: AbortSignal,
): Promise<ApplicantItemDto[] | undefined> {
  try {
    const path = { applicantId };
    return [await answerOf(api.GET('/api/v1/applicants/{applicantId}', { params: { path }, signal }))];
  } catch (error) {
    if (error instanceof ApiError && error.status < 500 && error.status !== 429) return undefined;
    throw error;
  }
}
