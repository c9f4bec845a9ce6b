import { GOVERNORATES } from '../enroll-contract/governorates.js';
import { maskApplicant, maskExtras } from '../enroll-contract/mask.js';
import { type Facts, FIELD_NAMES, type FieldName } from '../enroll-contract/types.js';
import type { ApplicantItemDto, DerivedDto, GovernorateDto, TamperedDto } from './applicants.dto.js';
import type { ApplicantRow } from './applicants.repository.js';
import type { CheckedRow } from './sealed-rows.service.js';
import type { Match } from './search.repository.js';

/** One version of an applicant, opened and checked: the current one, or an earlier one. */
export type OpenedApplicant = CheckedRow<ApplicantRow & { match?: Match }>;

/** A contract field that was never received is null, and a list of them empty. */
const NOT_RECEIVED = {
  ...Object.fromEntries(FIELD_NAMES.map((name) => [name, null])),
  phoneNumbers: [],
  emails: [],
} as unknown as Pick<ApplicantItemDto, FieldName>;

/** What the API shows of an applicant. Without `pii:read` (`masked`) sensitive values are masked. */
export function viewOf(
  { row: applicant, opened, tampered }: OpenedApplicant,
  masked: boolean,
): ApplicantItemDto {
  const { content, facts } = opened;
  return {
    applicantId: applicant.applicantId,
    version: applicant.version,
    outcome: applicant.outcome,
    flags: applicant.flags,
    masked,
    ...NOT_RECEIVED,
    ...(masked ? maskApplicant(content.fields) : content.fields),
    extras: masked ? maskExtras(content.extras) : content.extras,
    issueDateParsed: facts.issueDate ?? null,
    derived: derivedFrom(facts, masked),
    firstReceivedAt: applicant.firstReceivedAt.toISOString(),
    lastReceivedAt: applicant.lastReceivedAt.toISOString(),
    match: applicant.match,
    ...markOf(tampered),
  };
}

/** The mark of what was changed in the database; nothing where nothing was. */
export function markOf(tampered: string[]): TamperedDto {
  return tampered.length === 0 ? {} : { tampered: true, tamperedFields: tampered };
}

function derivedFrom(facts: Facts, masked: boolean): DerivedDto {
  return {
    gender: facts.gender ?? facts.nationalIdGender ?? null,
    ...(facts.nationalIdGender !== undefined && { genderFrom: 'nationalId' }),
    birthDate: masked ? null : (facts.birthDate ?? null),
    birthGovernorate: governorateOf(facts.birthGovernorate),
  };
}

function governorateOf(code: string | undefined): GovernorateDto | null {
  const names = code === undefined ? undefined : GOVERNORATES[code];
  return code === undefined || names === undefined ? null : { code, ...names };
}
