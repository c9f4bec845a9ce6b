import { useQuery } from '@tanstack/react-query';
import type { Page, Pages } from './usePages';

/** A short list that the API answers whole, for a `DataTable`. @param path of it, and its key */
export function useWhole<Item>(
  path: string,
  read: (signal: AbortSignal) => Promise<Page<Item>>,
): Pages<Item> {
  const query = useQuery({ queryKey: [path], queryFn: ({ signal }) => read(signal) });
  return { query, number: 1, next: undefined, previous: undefined };
}
