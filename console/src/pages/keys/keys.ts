import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client';

/** Paths of the API, and the keys of what they answer. */
export const KEYS = '/api/v1/keys';
export const RESEAL = '/api/v1/keys/reseal';

/** How far everything has gone over to the first key. */
export const PROGRESS = queryOptions({
  queryKey: [RESEAL],
  queryFn: ({ signal }) => answerOf(api.GET(RESEAL, { signal })),
});
