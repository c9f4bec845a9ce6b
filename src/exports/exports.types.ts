import type { ApplicantColumn } from '../applicants/columns.types.js';

/**
 * The states of an export, and its moves:
 *
 * | from | to | when |
 * |---|---|---|
 * | – | `waiting` | a caller asks for it |
 * | `waiting` | `running` | a worker claims it, for a lease that it renews |
 * | `running` | `running` | its worker has died and the lease has ended: the next begins from the start |
 * | `running` | `waiting` | the database or the store does not answer, or the process stops |
 * | `running` | `ready` | all of its parts are sealed and durable in the store |
 * | `running` | `failed` | another try would not help, or `MAX_ATTEMPTS` tries did not |
 * | `waiting`, `running` | `cancelled` | a caller cancels it |
 *
 * `ready`, `failed` and `cancelled` exports are deleted after `ROLLCALL_EXPORT_DAYS`, others when a caller deletes them. Only
 * a `ready` export has a file: each try writes its own parts, and the parts of unsuccessful tries are removed.
 */
export const EXPORT_STATES = ['waiting', 'running', 'ready', 'failed', 'cancelled'] as const;

export type ExportState = (typeof EXPORT_STATES)[number];

export const EXPORT_FORMATS = ['csv', 'ndjson', 'xlsx', 'parquet'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The columns of an export that names none: nothing sensitive. */
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
