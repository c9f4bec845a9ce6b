import { Problem } from '../problem/problem.js';

const MIB = 1024 * 1024;
/** While it is read, decided on and committed, a body takes several times its length. */
const MAX_HELD_BYTES = 128 * MIB;
/** Bodies larger than this share a part of the room, so that a few of them leave room for all the others. */
const LARGE_BYTES = MIB;
const MAX_HELD_OF_LARGE_BYTES = 96 * MIB;
const RETRY_AFTER_SECONDS = 5;

/** One body in the room. */
export interface Place {
  /** Takes room for this many more bytes. @throws Problem OVERLOADED */
  grow(bytes: number): void;
  /** Gives all of it back; a second time does nothing. */
  leave(): void;
}

/**
 * Bounds the bodies that are in memory at once, by their inflated bytes: from the first byte that is read until the
 * callback is answered. What is refused here was not read, so eNROLL sends it again.
 */
export class BodyRoom {
  private held = 0;
  private heldOfLarge = 0;

  enter(): Place {
    let mine = 0;
    const largeOf = (bytes: number) => (bytes > LARGE_BYTES ? bytes : 0);
    const take = (now: number) => {
      const held = this.held + now - mine;
      const heldOfLarge = this.heldOfLarge + largeOf(now) - largeOf(mine);
      if (
        now > mine &&
        (held > MAX_HELD_BYTES || (largeOf(now) > 0 && heldOfLarge > MAX_HELD_OF_LARGE_BYTES))
      ) {
        throw new Problem('OVERLOADED', undefined, { retryAfterSeconds: RETRY_AFTER_SECONDS });
      }
      this.held = held;
      this.heldOfLarge = heldOfLarge;
      mine = now;
    };
    return { grow: (bytes) => take(mine + bytes), leave: () => take(0) };
  }
}
