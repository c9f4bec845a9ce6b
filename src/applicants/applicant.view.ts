import { deriveFacts } from '../enroll-contract/facts.js';
import { GOVERNORATES } from '../enroll-contract/governorates.js';
import { maskApplicant, maskExtras } from '../enroll-contract/mask.js';
import type { Content, Facts, Outcome } from '../enroll-contract/types.js';
import type { ApplicantItemDto, DerivedDto, GovernorateDto } from './applicants.dto.js';

/** One version of an applicant, opened: the current one, or an earlier one. */
export interface OpenedApplicant {
  applicantId: string;
  version: number;
  outcome: Outcome;
  flags: string[];
  firstReceivedAt: Date;
  lastReceivedAt: Date;
  content: Content;
}

/** What the API shows of an applicant. Without `pii:read` (`masked`) sensitive values are masked. */
export function viewOf(applicant: OpenedApplicant, masked: boolean): ApplicantItemDto {
  const { content } = applicant;
  const facts = deriveFacts(content);
  const fields = masked ? maskApplicant(content.fields) : content.fields;
  return {
    applicantId: applicant.applicantId,
    version: applicant.version,
    outcome: applicant.outcome,
    status: fields.status ?? null,
    flags: applicant.flags,
    masked,
    firstName: fields.firstName ?? null,
    familyName: fields.familyName ?? null,
    gender: fields.gender ?? null,
    phoneNumbers: fields.phoneNumbers ?? [],
    emails: fields.emails ?? [],
    address: fields.address ?? null,
    state: fields.state ?? null,
    ...documentOf(fields),
    ...imagesOf(fields),
    extras: masked ? maskExtras(content.extras) : content.extras,
    issueDateParsed: facts.issueDate ?? null,
    derived: derivedFrom(facts, masked),
    firstReceivedAt: applicant.firstReceivedAt.toISOString(),
    lastReceivedAt: applicant.lastReceivedAt.toISOString(),
  };
}

function documentOf(fields: Content['fields']) {
  return {
    idNumber: fields.idNumber ?? null,
    documentNumber: fields.documentNumber ?? null,
    documentTypeCode: fields.documentTypeCode ?? null,
    issueDate: fields.issueDate ?? null,
    nationality: fields.nationality ?? null,
    issuingAuthority: fields.issuingAuthority ?? null,
  };
}

function imagesOf(fields: Content['fields']) {
  return {
    livePhotoPath: fields.livePhotoPath ?? null,
    idFrontScanPath: fields.idFrontScanPath ?? null,
    idBackScanPath: fields.idBackScanPath ?? null,
    photo: fields.photo ?? null,
    passportScanPath: fields.passportScanPath ?? null,
  };
}

function derivedFrom(facts: Facts, masked: boolean): DerivedDto {
  return {
    gender: facts.gender ?? null,
    birthDate: masked ? null : (facts.birthDate ?? null),
    birthGovernorate: governorateOf(facts.birthGovernorate),
  };
}

function governorateOf(code: string | undefined): GovernorateDto | null {
  const names = code === undefined ? undefined : GOVERNORATES[code];
  return code === undefined || names === undefined ? null : { code, ...names };
}
