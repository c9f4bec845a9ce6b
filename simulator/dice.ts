/** A number per aspect, so that a draw added to one aspect of a person leaves all the others as they were. */
const ASPECTS = {
  names: 0x51f1,
  identity: 0x9d02,
  place: 0x2b33,
  contact: 0x7c14,
  document: 0x18e5,
  pictures: 0xe496,
  outcome: 0x60a7,
  revision: 0xb3d8,
  fate: 0x47c9,
  ids: 0xfa1a,
  drawing: 0x0d5b,
  selection: 0x8e6c,
} as const;

export type Aspect = keyof typeof ASPECTS;

/** A list with the running sums of its weights, for `Dice.weighted`. */
export interface Weighted<T> {
  items: readonly T[];
  sums: readonly number[];
}

/** @param entries pairs of item and weight; weights need not add up to anything. */
export function weighted<T>(entries: readonly (readonly [item: T, weight: number])[]): Weighted<T> {
  let sum = 0;
  return { items: entries.map(([item]) => item), sums: entries.map(([, weight]) => (sum += weight)) };
}

/** 32 well-mixed bits of three numbers (the finaliser of MurmurHash3). */
export function mix(seed: number, index: number, salt: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 0x7f4a7c15, 0xc2b2ae35) ^ salt;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Seeded, repeatable chance (mulberry32): the data of the simulator never depends on the clock or on `Math.random`. */
export class Dice {
  private state: number;

  constructor(seed: number, index: number, aspect: Aspect) {
    this.state = mix(seed, index, ASPECTS[aspect]);
  }

  /** Evenly in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let word = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)] as T;
  }

  weighted<T>({ items, sums }: Weighted<T>): T {
    const point = this.next() * (sums.at(-1) ?? 0);
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) > point) high = middle;
      else low = middle + 1;
    }
    return items[low] as T;
  }

  /** `count` decimal digits. */
  digits(count: number): string {
    let text = '';
    while (text.length < count) text += String(Math.floor(this.next() * 10));
    return text;
  }
}
