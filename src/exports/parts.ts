/** Small enough to be sealed and held several times, large enough that the store is called seldom. */
const PART_BYTES = 4 * 1024 * 1024;

/** Cuts a stream of chunks into parts of equal size; the last one is the rest. */
export async function* partsOf(
  chunks: AsyncIterable<Buffer>,
  partBytes = PART_BYTES,
): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    heldBytes += chunk.length;
    if (heldBytes < partBytes) continue;
    const bytes = Buffer.concat(held);
    const ends = bytes.length - (bytes.length % partBytes);
    for (let at = 0; at < ends; at += partBytes) yield bytes.subarray(at, at + partBytes);
    held = [bytes.subarray(ends)];
    heldBytes = bytes.length - ends;
  }
  if (heldBytes > 0) yield Buffer.concat(held);
}
