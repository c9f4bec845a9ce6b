import { peekApplicantId } from '../enroll-contract/applicant-id.js';
import { isDefect, readElement } from '../enroll-contract/element.js';
import type { RawElement } from '../enroll-contract/types.js';
import { compileValidator } from './compile-validator.js';
import { ApplicantElement } from './element.dto.js';
import { type Candidate, type RefusedElement, uuidv7 } from './intake.js';

const validate = compileValidator(ApplicantElement);

/** Reads and validates elements (M6): those that can be taken, and those that go to quarantine. */
export function readElements(raws: RawElement[]): { candidates: Candidate[]; refused: RefusedElement[] } {
  const candidates: Candidate[] = [];
  const refused: RefusedElement[] = [];
  for (const raw of raws) {
    const element = readElement(raw);
    if (isDefect(element)) {
      refused.push(refuse(raw, element.code, element.reason));
      continue;
    }
    const fault = validate({
      applicantId: element.applicantId,
      isUpdate: element.isUpdate,
      ...element.fields,
    });
    if (fault === null) candidates.push({ element, bytes: raw.bytes });
    else refused.push(refuse(raw, 'ELEMENT_INVALID', fault));
  }
  return { candidates, refused };
}

/** An element as it goes to quarantine, with its applicantId as far as one can be told. */
export function refuse(raw: RawElement, code: string, reason: string): RefusedElement {
  return {
    quarantineId: uuidv7(),
    index: raw.index,
    applicantId: peekApplicantId(raw) ?? null,
    code,
    reason,
    bytes: raw.bytes,
  };
}
