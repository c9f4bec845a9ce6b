import { Problem } from '../problem/problem.js';
import { applicantsOf } from './applicant-answer.js';
import type { AuthorizedClient } from './authorized-client.js';
import type { EnrolledApplicant } from './enroll-client.types.js';

const CALL = 'applicantsByIds';
/** After this many refusals without an answer, eNROLL seems to dislike the call and not some of the ids. */
const MOST_REFUSALS = 50;

/**
 * Applicants by their ids, in chunks of the dialect's size. If eNROLL refuses a chunk, we ask for its halves, so that one
 * id that eNROLL cannot read (not a UUID, from an enrollment made by hand) does not hide its neighbours.
 * @throws Problem ENROLL_REFUSED if eNROLL refuses everything
 */
export async function* askByIds(
  authorized: AuthorizedClient,
  ids: Iterable<string>,
  signal?: AbortSignal,
): AsyncGenerator<EnrolledApplicant[]> {
  const { spec } = authorized.dialect;
  const { arrays, chunk } = spec.calls[CALL];
  const wanted = [...new Set(ids)].filter((id) => isSpellable(id, arrays === 'comma'));
  const chunks: string[][] = [];
  for (let at = 0; at < wanted.length; at += chunk) chunks.push(wanted.slice(at, at + chunk));
  let answers = 0;
  let refusals = 0;
  for (let applicantIds; (applicantIds = chunks.shift()) !== undefined;) {
    try {
      const json = await authorized.askForAny(CALL, { applicantIds }, signal);
      answers += 1;
      if (json !== undefined) yield applicantsOf(json, CALL, spec);
    } catch (error) {
      refusals += 1;
      if (!isAboutIds(error) || (answers === 0 && refusals > MOST_REFUSALS)) throw error;
      const half = Math.ceil(applicantIds.length / 2);
      if (half < applicantIds.length) chunks.unshift(applicantIds.slice(0, half), applicantIds.slice(half));
    }
  }
}

/** A URL would resolve `.` and `..`, and a list joined by commas would split an id with a comma. */
function isSpellable(id: string, commas: boolean): boolean {
  return id !== '.' && id !== '..' && !(commas && id.includes(','));
}

function isAboutIds(error: unknown): boolean {
  if (!(error instanceof Problem) || error.code !== 'ENROLL_REFUSED') return false;
  const status = error.options.extra?.['upstreamStatus'];
  return status === 400 || status === 422;
}
