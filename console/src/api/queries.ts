import { MutationCache, QueryClient } from '@tanstack/react-query';
import { showProblem } from '../components/Problem';
import { saysAway } from './problem';

const MAX_TRIES = 3;
const STALE_MS = 15_000;

/**
 * Answers kept in memory. A failed change is shown as a toast, unless its form shows it (`meta: { isShownInPlace: true }`); a failed
 * read is shown where its data would be (`DataArea`).
 */
export function createQueries(): QueryClient {
  return new QueryClient({
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, { meta }) => {
        if (meta?.isShownInPlace !== true) showProblem(error);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        retry: (failures, error) => failures < MAX_TRIES - 1 && saysAway(error),
      },
    },
  });
}
