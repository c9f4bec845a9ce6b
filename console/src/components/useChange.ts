import { toast } from '../app/toast';
import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query';

interface Change<Input, Result> {
  run: (input: Input) => Promise<Result>;
  /** Paths of the lists that show it: they are read anew. */
  lists: readonly string[];
  /** What has happened, in words. */
  said?: (result: Result) => string;
  onDone?: (result: Result) => void;
  /** Where a dialog shows why it failed. */
  isShownInPlace?: boolean;
}

/** Something that a person does here: sent, said, and shown in the lists. */
export function useChange<Result, Input = void>({
  run,
  lists,
  said,
  onDone,
  isShownInPlace = false,
}: Change<Input, Result>): UseMutationResult<Result, Error, Input> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: async (result) => {
      if (said !== undefined) toast({ message: said(result), color: 'teal' });
      onDone?.(result);
      await Promise.all(lists.map((path) => queries.invalidateQueries({ queryKey: [path] })));
    },
    meta: { isShownInPlace },
  });
}
