import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from './client';

/** Today at a glance. Needs `stats:read`. */
export const STATUS = queryOptions({
  queryKey: ['/api/v1/status'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/status', { signal })),
});
