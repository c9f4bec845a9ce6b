import type { BlindIndex, BlindIndexKind } from '../crypto/blind-index.js';
import { foldEmail, foldId } from '../enroll-contract/lookups.js';
import { foldPhone } from '../enroll-contract/phones.js';
import type { Facts } from '../enroll-contract/types.js';
import type { BlindLookup } from './applicants.repository.js';

type ExactKind = Exclude<BlindIndexKind, 'search'>;

/** Values to look up, in any spelling. */
export type ExactInput = { [Kind in ExactKind]?: string };

const FOLDS: Record<ExactKind, (value: string) => string> = {
  idNumber: foldId,
  documentNumber: foldId,
  phone: foldPhone,
  email: foldEmail,
};

/** Sealed values, folded as they are when they are indexed: an applicant is a hit if it has all of them. */
export class ExactLookup {
  private constructor(private readonly wanted: [kind: ExactKind, folded: string][]) {}

  /** @returns null where nothing is looked up exactly */
  static of(values: ExactInput): ExactLookup | null {
    const wanted = (Object.keys(FOLDS) as ExactKind[]).flatMap((kind): [ExactKind, string][] => {
      const value = values[kind];
      return value === undefined ? [] : [[kind, FOLDS[kind](value)]];
    });
    return wanted.length === 0 ? null : new ExactLookup(wanted);
  }

  /** What is looked up, folded. */
  get asked(): readonly (readonly [kind: string, folded: string])[] {
    return this.wanted;
  }

  /** The index to ask, by the first value; the others are checked on the hits. */
  blind(index: BlindIndex): BlindLookup {
    const [kind, folded] = this.wanted[0]!;
    return {
      field: kind === 'phone' || kind === 'email' ? 'contact' : kind,
      candidates: index.candidates(kind, folded),
    };
  }

  /** Whether an opened row is really a hit: blind indexes are cut to 64 bits. */
  matches({ lookups: { idNumber, documentNumber, phones, emails } }: Facts): boolean {
    const held = { idNumber: [idNumber], documentNumber: [documentNumber], phone: phones, email: emails };
    return this.wanted.every(([kind, folded]) => held[kind].includes(folded));
  }
}
