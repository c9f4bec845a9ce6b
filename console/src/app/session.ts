import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, keepTokenOf } from '../api/client';
import type { MeDto } from '@schema';

/** Who is logged in. Fails with 401 where nobody is. */
export const ME = queryOptions({
  queryKey: ['me'],
  queryFn: async () => {
    const me = await answerOf(api.GET('/api/v1/me'));
    keepTokenOf(me);
    return me;
  },
  staleTime: Number.POSITIVE_INFINITY,
});

export type Scope = string;

/** What this person may do. It only hides what the server would refuse. */
export function may({ scopes }: MeDto, scope: Scope | undefined): boolean {
  return scope === undefined || scopes.includes('*') || scopes.includes(scope);
}

/** Of whoever is logged in: within the shell somebody always is. */
export function useMe(): MeDto {
  const { data } = useQuery(ME);
  if (data === undefined) throw new Error('Nobody is logged in here');
  return data;
}

/** Whether whoever is logged in may do something: `const can = useCan(); can('quarantine:write')`. */
export function useCan(): (scope: Scope) => boolean {
  const me = useMe();
  return (scope) => may(me, scope);
}

/** What comes after an answer that logs somebody in. */
export function useLoggedIn(): (me: MeDto) => void {
  const queries = useQueryClient();
  return (me) => {
    keepTokenOf(me);
    queries.setQueryData(ME.queryKey, me);
  };
}
