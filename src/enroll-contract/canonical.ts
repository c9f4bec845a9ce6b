import { hash } from 'node:crypto';
import type { ApplicantFields, Content } from './types.js';

const HASH_DIGITS = 16;

/**
 * JSON of `{fields, extras}`: contract fields in the guide's order, extras sorted at all levels, nothing undefined.
 * Equal contents give equal texts, and the text parses back into the content.
 */
export function canonicalJson(content: Content): string {
  return JSON.stringify({ fields: inGuideOrder(content.fields), extras: sorted(content.extras) });
}

/**
 * 64 bits of SHA-256 over outcome and canonical text, as 16 hex digits: what "equal to the current version" (A8)
 * compares.
 */
export function hashOfCanonical(canonical: string, outcome: string): string {
  // an outcome never contains a line break, so the two parts cannot run into each other
  return hash('sha256', `${outcome}\n${canonical}`, 'hex').slice(0, HASH_DIGITS);
}

/** JSON.stringify leaves out undefined fields. An object literal gives all applicants one hidden class, which is fast. */
function inGuideOrder(fields: ApplicantFields): Required<{ [Name in keyof ApplicantFields]: unknown }> {
  return {
    gender: fields.gender,
    phoneNumbers: fields.phoneNumbers,
    emails: fields.emails,
    livePhotoPath: fields.livePhotoPath,
    firstName: fields.firstName,
    familyName: fields.familyName,
    address: fields.address,
    state: fields.state,
    idNumber: fields.idNumber,
    documentNumber: fields.documentNumber,
    documentTypeCode: fields.documentTypeCode,
    issueDate: fields.issueDate,
    nationality: fields.nationality,
    idFrontScanPath: fields.idFrontScanPath,
    idBackScanPath: fields.idBackScanPath,
    photo: fields.photo,
    passportScanPath: fields.passportScanPath,
    issuingAuthority: fields.issuingAuthority,
    status: fields.status,
  };
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const source = value as Record<string, unknown>;
  const target: Record<string, unknown> = {};
  for (const key of Object.keys(source).sort()) target[key] = sorted(source[key]);
  return target;
}
