/**
 * Reads up to `depth` items ahead of who consumes them, in order. An async generator queues the calls of its `next`, so
 * what is asked ahead is still asked one after the other. An error comes where its item would have come.
 */
export async function* readAhead<T>(source: AsyncGenerator<T>, depth: number): AsyncGenerator<T> {
  const ahead: Promise<IteratorResult<T>>[] = [];
  const pull = () => {
    const next = source.next();
    next.catch(() => undefined); // told when its turn comes
    ahead.push(next);
  };
  try {
    for (let at = 0; at < depth; at++) pull();
    for (;;) {
      const result = await ahead.shift();
      if (result === undefined || result.done === true) return;
      pull();
      yield result.value;
    }
  } finally {
    await source.return(undefined);
  }
}
