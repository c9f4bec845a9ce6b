import { randomBytes } from 'node:crypto';

/** A new key of the ring: `pair` is what the setting takes. Its id is the day, so that a ring tells its age. */
export function newKey(taken: readonly string[], now = new Date()): { id: string; pair: string } {
  const day = `k${now.toISOString().slice(0, 10).replaceAll('-', '')}`;
  let id = day;
  for (let nth = 2; taken.includes(id); nth++) id = `${day}-${nth}`;
  return { id, pair: `${id}:${randomBytes(32).toString('base64')}` };
}
