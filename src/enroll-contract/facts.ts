import { nameKey } from './arabic-name.js';
import { isFutureDate, parseDocumentDate } from './dates.js';
import { parseGender } from './gender.js';
import { LONG_LIST_ENTRIES } from './limits.js';
import { foldEmail, foldId, isEmail } from './lookups.js';
import { isNationalIdShaped, readNationalId } from './national-id.js';
import { parsePhones } from './phones.js';
import { isKnownStatus } from './status.js';
import type { ApplicantFields, Content, Facts } from './types.js';

/**
 * Facts that follow from an applicant's content: parsed values, look-up texts, and flags for what looks wrong.
 * Nothing is refused here. `nowMs` (milliseconds since 1970) separates past from future.
 */
export function deriveFacts(content: Content, nowMs: number = Date.now()): Facts {
  const { fields } = content;
  const facts: Facts = {
    nameKey: nameKey(fields.firstName, fields.familyName),
    lookups: { phones: [], emails: [] },
    flags: [],
  };
  addGender(facts, fields);
  addIdNumber(facts, fields, nowMs);
  addIssueDate(facts, fields, nowMs);
  addPhones(facts, fields);
  addEmails(facts, fields);
  if (fields.documentNumber !== undefined) {
    const folded = foldId(fields.documentNumber);
    if (folded !== '') facts.lookups.documentNumber = folded;
  }
  if (fields.status !== undefined && !isKnownStatus(fields.status)) facts.flags.push('unknownStatus');
  facts.flags.sort();
  return facts;
}

function addGender(facts: Facts, fields: ApplicantFields): void {
  if (fields.gender === undefined) return;
  const gender = parseGender(fields.gender);
  if (gender) facts.gender = gender;
  else facts.flags.push('unknownGender');
}

/** A21: we read a number as an Egyptian national id unless something says that it is from another country. */
function addIdNumber(facts: Facts, fields: ApplicantFields, nowMs: number): void {
  if (fields.idNumber === undefined) return;
  const folded = foldId(fields.idNumber);
  if (folded !== '') facts.lookups.idNumber = folded;
  const { nationality, documentTypeCode } = fields;
  if (!isEgyptOrAbsent(nationality) || !isEgyptOrAbsent(documentTypeCode)) return;
  if (isNationalIdShaped(folded)) addNationalId(facts, fields, folded, nowMs);
  else if (nationality !== undefined || documentTypeCode !== undefined) facts.flags.push('badIdNumber');
}

function addNationalId(facts: Facts, fields: ApplicantFields, digits: string, nowMs: number): void {
  const id = readNationalId(digits, nowMs);
  if (id.birthDate !== undefined) facts.birthDate = id.birthDate;
  else facts.flags.push('nationalIdBirthDate');
  if (id.governorate !== undefined) facts.birthGovernorate = id.governorate;
  else facts.flags.push('nationalIdGovernorate');
  if (!id.hasValidCheckDigit) facts.flags.push('nationalIdChecksum');
  if (fields.gender === undefined) facts.nationalIdGender = id.gender;
  else if (facts.gender !== undefined && facts.gender !== id.gender) facts.flags.push('genderMismatch');
}

function isEgyptOrAbsent(code: string | undefined): boolean {
  return code === undefined || code === 'EGY' || /^egy?$/i.test(code);
}

function addIssueDate(facts: Facts, fields: ApplicantFields, nowMs: number): void {
  if (fields.issueDate === undefined) return;
  const issueDate = parseDocumentDate(fields.issueDate);
  if (!issueDate) {
    facts.flags.push('badIssueDate');
    return;
  }
  facts.issueDate = issueDate;
  if (isFutureDate(issueDate.date, nowMs)) facts.flags.push('futureIssueDate');
}

function addPhones(facts: Facts, fields: ApplicantFields): void {
  let isBad = false;
  for (const text of fields.phoneNumbers?.slice(0, LONG_LIST_ENTRIES) ?? []) {
    for (const { folded, isValid } of parsePhones(text)) {
      if (!isValid) isBad = true;
      if (folded !== '' && !facts.lookups.phones.includes(folded)) facts.lookups.phones.push(folded);
    }
  }
  if (isBad) facts.flags.push('badPhone');
}

function addEmails(facts: Facts, fields: ApplicantFields): void {
  let isBad = false;
  for (const text of fields.emails?.slice(0, LONG_LIST_ENTRIES) ?? []) {
    if (!isEmail(text)) isBad = true;
    const folded = foldEmail(text);
    if (folded !== '' && !facts.lookups.emails.includes(folded)) facts.lookups.emails.push(folded);
  }
  if (isBad) facts.flags.push('badEmail');
}
