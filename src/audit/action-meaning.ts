export interface ActionMeaning {
  /** What its subject is, as `<noun>:<id>`. */
  subject: string;
  when: string;
  /** `operationId`s that record it; none where only the command line or a job does. */
  operations?: readonly string[];
}

export const PERSON = '`applicant:<id>`';
export const ALSO_EACH = `, and ${PERSON} of each applicant whom it concerns`;
