import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useLocation, useNavigate, useSearchParams } from 'react-router';

/** One page of a list of the API. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface Pages<Item> {
  query: UseQueryResult<Page<Item>, Error>;
  /** From 1; undefined where somebody came by a link into the middle. */
  number: number | undefined;
  next: (() => void) | undefined;
  previous: (() => void) | undefined;
}

/** Cursors of the pages before this one, kept with the entry of the browser's history. */
interface Trail {
  before: (string | null)[];
}

/**
 * A list by pages, each by the key of the last row of the one before: it costs the same however long the list is, and no row moves
 * while somebody reads. The cursor stands in the URL.
 * @param key of the query: the path of the list and its filters
 * @param read asks for one page
 */
export function usePages<Item>(
  key: readonly unknown[],
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Item>>,
): Pages<Item> {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const { state } = useLocation() as { state: Partial<Trail> | null };
  const cursor = params.get('cursor');
  const before = state?.before ?? [];
  const query = useQuery({
    queryKey: [...key, cursor],
    queryFn: ({ signal }) => read(cursor ?? undefined, signal),
    placeholderData: keepPreviousData,
  });
  const go = (to: string | null, trail: Trail) => {
    const next = new URLSearchParams(params);
    if (to === null) next.delete('cursor');
    else next.set('cursor', to);
    void navigate({ search: next.toString() }, { state: trail });
  };
  const nextCursor = query.data?.nextCursor ?? null;
  const isKnown = before.length > 0 || cursor === null;
  return {
    query,
    number: isKnown ? before.length + 1 : undefined,
    next: nextCursor === null ? undefined : () => go(nextCursor, { before: [...before, cursor] }),
    previous: cursor === null ? undefined : () => go(before.at(-1) ?? null, { before: before.slice(0, -1) }),
  };
}
