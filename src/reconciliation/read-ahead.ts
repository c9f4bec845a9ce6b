/**
 * Reads up to `depth` items ahead of the consumer, in order. An async generator queues calls of `next`, so the source still
 * works on one item at a time. An error is thrown where its item would have come.
 */
export async function* readAhead<T>(source: AsyncGenerator<T>, depth: number): AsyncGenerator<T> {
  const ahead: Promise<IteratorResult<T>>[] = [];
  const pull = () => {
    const next = source.next();
    next.catch(() => undefined); // thrown when its turn comes
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
