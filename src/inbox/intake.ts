import { randomUUID } from 'node:crypto';
import type { Element } from '../enroll-contract/types.js';
import type { Arrived } from './inbox.types.js';
import type { ItemResult, Report, ReportItem } from './report.dto.js';

/** An element that can be taken, not yet applied. */
export interface Candidate {
  element: Element;
  bytes: Buffer;
}

/** An element that cannot be taken, as it goes to quarantine. */
export interface RefusedElement {
  quarantineId: string;
  index: number;
  applicantId: string | null;
  code: string;
  /** Public: names keys and limits, never values. */
  reason: string;
  bytes: Buffer;
}

const LETTERS: Record<ItemResult, string> = {
  created: 'C',
  updated: 'U',
  duplicate: 'D',
  stale: 'S',
  quarantined: 'Q',
  pending: '-',
};
const RESULTS = new Map(Object.entries(LETTERS).map(([result, letter]) => [letter, result as ItemResult]));

/** Reads what `Intake.letters` wrote. */
export function resultsOf(letters: string): ItemResult[] {
  return [...letters].map((letter) => RESULTS.get(letter) ?? 'pending');
}

/**
 * One receipt on its way in. What the database holds of it, in this order:
 * 1. `none`: nothing;
 * 2. `pending`: its row, while elements wait (too many for one statement, or a lost race);
 * 3. `settled`: its row, and every element has its result.
 */
export class Intake {
  readonly id: string;
  readonly receivedAt: Date;
  /** Elements still to be applied, in the order of the list. */
  waiting: Candidate[];
  row: 'none' | 'pending' | 'settled';
  private readonly items: ReportItem[] = [];

  constructor(
    readonly arrived: Arrived,
    candidates: Candidate[],
    readonly refused: RefusedElement[],
    /** Why nothing of the body could be read; such a receipt is `rejected`. */
    readonly errorCode: string | null = null,
    existing?: { id: string; receivedAt: Date },
  ) {
    const millis = existing?.receivedAt.getTime() ?? Date.now();
    this.id = existing?.id ?? uuidv7(millis);
    this.receivedAt = new Date(millis);
    this.row = existing === undefined ? 'none' : 'pending';
    this.waiting = candidates;
    for (const { element } of candidates) this.settle(element, 'pending');
    for (const { index, applicantId, code } of refused) {
      this.items[index] = { index, applicantId, result: 'quarantined', code };
    }
  }

  get received(): number {
    return this.items.length;
  }

  /** Puts an element that could be taken into quarantine. Once more changes nothing. */
  park(element: Element, refused: RefusedElement): void {
    const { index, applicantId } = element;
    if (!this.refused.some((one) => one.index === index)) this.refused.push(refused);
    this.items[index] = { index, applicantId, result: 'quarantined', code: refused.code };
  }

  settle(element: Element, result: ItemResult): void {
    const { index, applicantId } = element;
    this.items[index] =
      result === 'stale' ? { index, applicantId, result, code: 'stale' } : { index, applicantId, result };
  }

  /** One letter per element, as the receipt keeps them. */
  letters(): string {
    return this.items.map((item) => LETTERS[item.result]).join('');
  }

  counts(items = this.items): { applied: number; duplicates: number; quarantined: number } {
    const counts = { applied: 0, duplicates: 0, quarantined: 0 };
    for (const { result } of items) {
      if (result === 'created' || result === 'updated') counts.applied++;
      else if (result === 'duplicate' || result === 'stale') counts.duplicates++;
      else if (result === 'quarantined') counts.quarantined++;
    }
    return counts;
  }

  /** @param inFlight decided on, but not known to be committed: reported as pending */
  report(inFlight: readonly Candidate[] = []): Report {
    const items = [...this.items];
    for (const { element } of inFlight) {
      const { index, applicantId } = element;
      items[index] = { index, applicantId, result: 'pending' };
    }
    return { receiptId: this.id, received: this.received, ...this.counts(items), items };
  }
}

/** A UUIDv7 (RFC 9562, 5.7) of the given milliseconds. */
export function uuidv7(millis: number = Date.now()): string {
  const time = millis.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
