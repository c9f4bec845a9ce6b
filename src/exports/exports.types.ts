import type { ApplicantColumn } from '../applicants/columns.types.js';
import type { ApplicantFilterDto } from '../applicants/list-applicants.dto.js';

/**
 * The states of an export, and its moves:
 *
 * | from | to | when |
 * |---|---|---|
 * | – | `waiting` | somebody asks for it |
 * | `waiting` | `running` | a worker claims it, for a lease that it prolongs |
 * | `running` | `running` | its worker has died: the lease ends, and the next begins again from the start |
 * | `running` | `waiting` | database or store do not answer, or the process stops |
 * | `running` | `ready` | all of its parts are sealed and durable in the store |
 * | `running` | `failed` | trying again would not help, or `MAX_ATTEMPTS` did not |
 * | `waiting`, `running` | `cancelled` | somebody does not want it any more |
 *
 * `ready`, `failed` and `cancelled` are gone after `ROLLCALL_EXPORT_DAYS`, every state when it is deleted. Only a `ready`
 * export has a file: each try writes parts of its own, and those of a try that did not get there are removed.
 */
export const EXPORT_STATES = ['waiting', 'running', 'ready', 'failed', 'cancelled'] as const;

export type ExportState = (typeof EXPORT_STATES)[number];

export const EXPORT_FORMATS = ['csv', 'ndjson', 'xlsx', 'parquet'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What a file of applicants is to hold. */
export interface ExportContent {
  format: ExportFormat;
  filter: ApplicantFilterDto;
  columns: readonly ApplicantColumn[];
  /** Sensitive columns as they are shown to who may not read PII. */
  masked: boolean;
}

/** How far a file is written: applicants and bytes in parts that are announced. */
export interface Written {
  rows: number;
  bytes: number;
  parts: number;
}

export interface Export extends ExportContent, Written {
  id: string;
  createdBy: string;
  holdsPii: boolean;
  state: ExportState;
  /** Null where nobody writes it or has written it. */
  attempt: string | null;
  /** Null until they are counted. */
  rowsTotal: number | null;
  attempts: number;
  errorCode: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  expiresAt: Date | null;
}

/** What is had without asking for columns: nothing sensitive, and nothing that costs an unsealing. */
export const DEFAULT_COLUMNS: readonly ApplicantColumn[] = [
  'applicantId',
  'version',
  'outcome',
  'status',
  'flags',
  'derivedGender',
  'derivedBirthGovernorate',
  'nationality',
  'documentTypeCode',
  'issuingAuthority',
  'issueDateParsed',
  'firstReceivedAt',
  'lastReceivedAt',
];
