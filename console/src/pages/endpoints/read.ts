import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client';

/** One endpoint with its backlog. */
export const readEndpoint = (id: string) =>
  queryOptions({
    queryKey: ['/api/v1/endpoints', id],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/endpoints/{id}', { params: { path: { id } }, signal })),
  });
