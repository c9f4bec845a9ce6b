import { Problem } from '../problem/problem.js';
import { applicantsOf } from './applicant-answer.js';
import type { AuthorizedClient } from './authorized-client.js';
import type { EnrolledApplicant } from './enroll-client.types.js';

const CALL = 'calls.applicantsByIds';
/** So many refusals and not one answer say that it is the call that eNROLL does not like, and not some of the ids. */
const MOST_REFUSALS = 50;

/**
 * Applicants by their ids, in chunks of the dialect. A chunk that eNROLL refuses is asked for by its halves, so that one
 * id that it cannot read (an enrollment made by hand, where it wants UUIDs) does not hide its neighbours.
 * @throws Problem ENROLL_REFUSED where nothing else came back
 */
export async function* askByIds(
  authorized: AuthorizedClient,
  ids: Iterable<string>,
  signal?: AbortSignal,
): AsyncGenerator<EnrolledApplicant[]> {
  const spec = authorized.dialect.spec.calls.applicantsByIds;
  const wanted = [...new Set(ids)].filter((id) => isSpellable(id, spec.arrays === 'comma'));
  const chunks: string[][] = [];
  for (let at = 0; at < wanted.length; at += spec.chunk) chunks.push(wanted.slice(at, at + spec.chunk));
  let answers = 0;
  let refusals = 0;
  for (let applicantIds; (applicantIds = chunks.shift()) !== undefined;) {
    try {
      const json = await authorized.askForAny({ call: CALL, spec, values: { applicantIds } }, signal);
      answers += 1;
      if (json !== undefined) {
        yield applicantsOf(json, spec.answer.list, `${CALL}.answer.list`, authorized.dialect.spec);
      }
    } catch (error) {
      refusals += 1;
      if (!isAboutIds(error) || (answers === 0 && refusals > MOST_REFUSALS)) throw error;
      const half = Math.ceil(applicantIds.length / 2);
      if (half < applicantIds.length) chunks.unshift(applicantIds.slice(0, half), applicantIds.slice(half));
    }
  }
}

/** What a URL would resolve, or a list joined by commas would split, is no id of eNROLL's. */
function isSpellable(id: string, commas: boolean): boolean {
  return id !== '.' && id !== '..' && !(commas && id.includes(','));
}

function isAboutIds(error: unknown): boolean {
  if (!(error instanceof Problem) || error.code !== 'ENROLL_REFUSED') return false;
  const status = error.options.extra?.['upstreamStatus'];
  return status === 400 || status === 422;
}
