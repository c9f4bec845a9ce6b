import type { BlindIndex, BlindIndexKind } from '../crypto/blind-index.js';
import { foldEmail, foldId } from '../enroll-contract/lookups.js';
import { foldPhone } from '../enroll-contract/phones.js';
import type { Facts } from '../enroll-contract/types.js';
import type { BlindLookup } from './applicants.repository.js';

type ExactKind = Exclude<BlindIndexKind, 'search'>;

/** Values to look up, in any spelling. */
export interface ExactInput {
  idNumber?: string;
  documentNumber?: string;
  phone?: string;
  email?: string;
}

/** Sealed values, folded as they are when they are indexed: an applicant is a hit if it has all of them. */
export class ExactLookup {
  private constructor(private readonly wanted: [kind: ExactKind, folded: string][]) {}

  /** @returns null where nothing is looked up exactly */
  static of({ idNumber, documentNumber, phone, email }: ExactInput): ExactLookup | null {
    const wanted: [ExactKind, string][] = [];
    if (idNumber !== undefined) wanted.push(['idNumber', foldId(idNumber)]);
    if (documentNumber !== undefined) wanted.push(['documentNumber', foldId(documentNumber)]);
    if (phone !== undefined) wanted.push(['phone', foldPhone(phone)]);
    if (email !== undefined) wanted.push(['email', foldEmail(email)]);
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

  /** Blind indexes are cut to 64 bits: whether an opened row is a hit indeed. */
  matches({ lookups }: Facts): boolean {
    return this.wanted.every(([kind, folded]) => {
      switch (kind) {
        case 'idNumber':
          return lookups.idNumber === folded;
        case 'documentNumber':
          return lookups.documentNumber === folded;
        case 'phone':
          return lookups.phones.includes(folded);
        case 'email':
          return lookups.emails.includes(folded);
      }
    });
  }
}
