import { peekApplicantId } from '../enroll-contract/applicant-id.js';
import { type BodyRefusal, parseBody } from '../enroll-contract/body.js';
import { isDefect, readElement } from '../enroll-contract/element.js';
import type { Element, ParsedElement, RawElement } from '../enroll-contract/types.js';
import { compileValidator } from './compile-validator.js';
import { ApplicantElement } from './element.dto.js';
import { type Candidate, type RefusedElement, uuidv7 } from './intake.js';

const validate = compileValidator(ApplicantElement);

/** The elements of a list: those that can be taken, and those that go to quarantine. */
interface ReadElements {
  candidates: Candidate[];
  refused: RefusedElement[];
}

/** Reads the body of a callback (M5, M6). */
export function readList(body: Buffer): ({ ok: true } & ReadElements) | { ok: false; code: BodyRefusal } {
  const parsed = parseBody(body);
  return parsed.ok ? { ok: true, ...readElements(parsed.elements) } : parsed;
}

export function readElements(raws: RawElement[]): ReadElements {
  const candidates: Candidate[] = [];
  const refused: RefusedElement[] = [];
  for (const raw of raws) {
    const element = readValid(raw);
    if ('code' in element) refused.push(refuse(raw, element.code, element.reason));
    else candidates.push({ element, bytes: raw.bytes });
  }
  return { candidates, refused };
}

/** Reads and validates one element (M6). */
export function readValid(parsed: ParsedElement): Element | Pick<RefusedElement, 'code' | 'reason'> {
  const element = readElement(parsed);
  if (isDefect(element)) return element;
  const { applicantId, isUpdate, fields } = element;
  const fault = validate({ applicantId, isUpdate, ...fields });
  return fault === null ? element : { code: 'ELEMENT_INVALID', reason: fault };
}

/** An element as it goes to quarantine, with its applicantId where one can be read. */
export function refuse(
  raw: Pick<RawElement, 'index' | 'value' | 'bytes'>,
  code: string,
  reason: string,
): RefusedElement {
  return {
    quarantineId: uuidv7(),
    index: raw.index,
    applicantId: peekApplicantId(raw) ?? null,
    code,
    reason,
    bytes: raw.bytes,
  };
}
