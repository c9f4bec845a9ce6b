import { Injectable } from '@nestjs/common';
import { BlindIndex, type BlindIndexKind } from '../crypto/blind-index.js';
import { type Opened, RULES } from './content.js';
import type { RekeyedApplicant } from './row-keys.repository.js';
import type { WholeApplicant } from './verification.repository.js';
import { MAX_INDEXED_CONTACTS } from './versions.types.js';

type Indexes = Pick<RekeyedApplicant, 'idNumberIndex' | 'documentNumberIndex' | 'contactIndex'>;
type Lookup = readonly [kind: BlindIndexKind, folded: string];

/** Makes the blind indexes of an applicant anew, under the first key of the ring, and holds them against those of its row. */
@Injectable()
export class RekeyedIndexes {
  constructor(private readonly blindIndex: BlindIndex) {}

  /** Null where the row has other indexes than its content: somebody changed it, and it is left as it is. */
  of(row: WholeApplicant, { facts, bound }: Opened): Indexes | null {
    const { idNumber, documentNumber, phones, emails } = facts.lookups;
    const one = (kind: BlindIndexKind, folded?: string): Lookup[] =>
      folded === undefined || folded === '' ? [] : [[kind, folded]];
    const idNumbers = one('idNumber', idNumber);
    const documentNumbers = one('documentNumber', documentNumber);
    const contacts = [
      ...phones.map((phone): Lookup => ['phone', phone]),
      ...emails.map((email): Lookup => ['email', email]),
    ].slice(0, MAX_INDEXED_CONTACTS);
    const fits =
      this.fit(idNumbers, row.idNumberIndex === null ? [] : [row.idNumberIndex]) &&
      this.fit(documentNumbers, row.documentNumberIndex === null ? [] : [row.documentNumberIndex]) &&
      this.fit(contacts, row.contactIndex);
    // other rules may have folded the same content in another way
    if (!fits && bound?.rules === RULES) return null;
    return {
      idNumberIndex: this.made(idNumbers)[0] ?? null,
      documentNumberIndex: this.made(documentNumbers)[0] ?? null,
      contactIndex: this.made(contacts),
    };
  }

  private fit(lookups: readonly Lookup[], kept: readonly string[]): boolean {
    return (
      lookups.length === kept.length &&
      lookups.every(([kind, folded], at) =>
        this.blindIndex.candidates(kind, folded).some((candidate) => String(candidate) === kept[at]),
      )
    );
  }

  private made(lookups: readonly Lookup[]): string[] {
    return lookups.map(([kind, folded]) => String(this.blindIndex.of(kind, folded)));
  }
}
