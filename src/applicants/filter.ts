import { instantOf } from '../problem/page.dto.js';
import type { ApplicantFilter } from './applicants.repository.js';
import type { ApplicantFilterDto } from './list-applicants.dto.js';

/** The conditions that were asked for, as statements take them. */
export function filterOf(asked: ApplicantFilterDto): ApplicantFilter {
  const { outcome, status, nationality, documentType, flag, receivedFrom, receivedTo } = asked;
  return {
    outcome,
    status,
    nationality,
    documentType,
    flag,
    receivedFrom: instantOf(receivedFrom),
    receivedTo: instantOf(receivedTo),
  };
}
