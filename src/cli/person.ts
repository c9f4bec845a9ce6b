import { text } from 'node:stream/consumers';
import { option } from './calls.js';
import { UsageError } from './faults.js';

/** What names a person. */
export const PERSON = [
  option('--applicant <id>', 'this one applicant'),
  option('--id-number-stdin', 'all who have the national id on standard input'),
  option('--reason <text>', 'why; the audit keeps it: name a case, not a person').makeOptionMandatory(),
];

export interface PersonOptions {
  applicant?: string;
  idNumberStdin?: true;
  reason: string;
}

/**
 * As the API names a person. A national id stands in no command line, which others see.
 * @throws UsageError unless exactly one of both is given
 */
export async function personOf({ applicant, idNumberStdin, reason }: PersonOptions) {
  if ((applicant === undefined) === (idNumberStdin === undefined))
    throw new UsageError('Give either --applicant <id> or --id-number-stdin');
  const nationalId = idNumberStdin && (await text(process.stdin)).trim();
  return { applicantId: applicant, nationalId, reason };
}
