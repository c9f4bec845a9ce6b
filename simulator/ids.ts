import { mix } from './dice.js';

/**
 * Ids that lead back to the number of the enrollment they belong to, so that 100,000 applicants need no index:
 * each is a bijection of that number, told apart from invented ids by recomputing it.
 */
export class Ids {
  private readonly key: number;

  constructor(private readonly seed: number) {
    this.key = mix(seed, 0, 0x1d5) | 1;
  }

  /** In UUID form; unique per enrollment. */
  applicantId(index: number): string {
    const head = hex(scramble(index, this.key));
    const middle = hex(mix(this.seed, index, 0xa1));
    const tail = hex(mix(this.seed, index, 0xa2)) + hex(mix(this.seed, index, 0xa3)).slice(0, 4);
    return `${head}-${middle.slice(0, 4)}-4${middle.slice(5)}-a${tail.slice(0, 3)}-${tail}`;
  }

  /** The enrollment of an applicant id, or undefined where the id is not one of ours. */
  indexOfApplicant(applicantId: string): number | undefined {
    const head = /^[0-9a-f]{8}(?=-)/.exec(applicantId)?.[0];
    if (head === undefined) return undefined;
    const index = unscramble(Number.parseInt(head, 16), this.key);
    return this.applicantId(index) === applicantId ? index : undefined;
  }

  /** Thirteen digits that look like epoch milliseconds, e.g. `1700398203730`. */
  requestId(index: number): string {
    return String(FIRST_REQUEST + index * REQUEST_STEP + (mix(this.seed, index, 0xb1) % REQUEST_STEP));
  }

  indexOfRequest(requestId: string): number | undefined {
    const index = Math.floor((Number(requestId) - FIRST_REQUEST) / REQUEST_STEP);
    return index >= 0 && this.requestId(index) === requestId ? index : undefined;
  }

  /** The organization's own number of a person, e.g. `CIF-0412345678`; the same for each of the person's enrollments. */
  correlationId(person: number): string {
    return `CIF-${String(scramble(person, this.key)).padStart(10, '0')}`;
  }

  personOfCorrelation(correlationId: string): number | undefined {
    const digits = /^CIF-(\d{10})$/.exec(correlationId)?.[1];
    if (digits === undefined) return undefined;
    const person = unscramble(Number(digits), this.key);
    return this.correlationId(person) === correlationId ? person : undefined;
  }
}

const FIRST_REQUEST = 1_700_000_000_000;
const REQUEST_STEP = 7919;

// Odd factors have an inverse modulo 2^32, and x ^ (x >>> 16) is its own: both steps can be taken back.
const FACTOR = 0x2c1b3c6d;
const INVERSE = inverseOf(FACTOR);

function scramble(index: number, key: number): number {
  let word = Math.imul(index ^ key, FACTOR);
  word ^= word >>> 16;
  return Math.imul(word, FACTOR) >>> 0;
}

function unscramble(word: number, key: number): number {
  let index = Math.imul(word, INVERSE);
  index ^= index >>> 16;
  return (Math.imul(index, INVERSE) ^ key) >>> 0;
}

/** Newton's iteration: each round doubles the number of right bits. */
function inverseOf(odd: number): number {
  let inverse = odd;
  for (let round = 0; round < 5; round += 1) {
    inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  }
  return inverse;
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
