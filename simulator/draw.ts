import type { Dice } from './dice.js';

/** Draws exactly so many out of so many, one after the other (Knuth's algorithm S): no share is met "about". */
export class Draw {
  readonly wanted: number;
  private missing: number;
  private left: number;

  /** @param amount a share below 1, a number from 1 on. */
  constructor(
    private readonly dice: Dice,
    amount: number,
    total: number,
  ) {
    this.wanted = Math.min(total, amount < 1 ? Math.round(amount * total) : Math.floor(amount));
    this.missing = this.wanted;
    this.left = total;
  }

  /** Whether the next one is drawn; to be asked once for each. */
  takes(): boolean {
    const taken = this.missing > 0 && this.dice.chance(this.missing / this.left);
    this.left -= 1;
    if (taken) this.missing -= 1;
    return taken;
  }
}
