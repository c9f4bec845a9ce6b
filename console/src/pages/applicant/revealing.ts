import { answerOf, api } from '../../api/client';
import type { RevealRequestDto } from '@schema';
import { type Asked, type Reveal, type Revealed, useReveal } from '../../components/useReveal';
import { type ImageField, isMasked, type MaskedField } from './fields';

/** A masked field, or a picture. */
export type Hidden = MaskedField | ImageField;

/** Of one applicant, by one reason. A picture is a `Blob`. */
export function useRevealOf(applicantId: string): Reveal<Hidden> {
  return useReveal<Hidden>({
    ask: ({ key, ...why }) =>
      isMasked(key) ? revealField(applicantId, { ...why, key }) : revealImage(applicantId, { ...why, key }),
    told: ['applicant', applicantId, 'timeline'],
  });
}

async function revealField(applicantId: string, { key, ...why }: Asked<MaskedField>): Promise<Revealed> {
  const params = { path: { applicantId } };
  const body = { ...why, fields: [key] };
  const answer = await answerOf(api.POST('/api/v1/applicants/{applicantId}/reveal', { params, body }));
  return 'version' in answer ? { value: answer.fields[key] } : { request: answer };
}

async function revealImage(
  applicantId: string,
  { key: field, ...body }: Asked<ImageField>,
): Promise<Revealed> {
  const params = { path: { applicantId, field } };
  const call = api.POST('/api/v1/applicants/{applicantId}/images/{field}/reveal', {
    params,
    body,
    parseAs: 'blob',
  });
  const answer = await answerOf(call);
  const isWaiting = (await call).response.status === 202;
  return isWaiting ? { request: JSON.parse(await answer.text()) as RevealRequestDto } : { value: answer };
}
