import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

const EVERY_MS = 2_000;

/** Reads something anew every two seconds while it moves. @param path of it, the first part of its key */
export function useRefresh(path: string, isMoving: boolean): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!isMoving) return;
    const timer = setInterval(() => void queries.invalidateQueries({ queryKey: [path] }), EVERY_MS);
    return () => clearInterval(timer);
  }, [queries, path, isMoving]);
}
