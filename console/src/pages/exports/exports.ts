import type { CreateExportBody, ExportDto } from '@schema';

/** Path of the exports, and the key of their list. */
export const EXPORTS = '/api/v1/exports';

export const FORMATS = ['xlsx', 'csv', 'ndjson', 'parquet'] as const satisfies CreateExportBody['format'][];

export type ExportColumn = NonNullable<CreateExportBody['columns']>[number];

/** In the order of the file, as docs/exports.md groups them. Sensitive ones are masked for whoever lacks `pii:read`. */
export const COLUMNS = {
  usual: [
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
  ],
  sensitive: [
    'firstName',
    'familyName',
    'idNumber',
    'documentNumber',
    'phoneNumbers',
    'emails',
    'address',
    'state',
    'derivedBirthDate',
    'extras',
  ],
  further: [
    'gender',
    'issueDate',
    'issueDatePrecision',
    'livePhotoPath',
    'idFrontScanPath',
    'idBackScanPath',
    'photo',
    'passportScanPath',
    'tamperedFields',
  ],
} as const satisfies Record<string, readonly ExportColumn[]>;

export const GROUPS = ['usual', 'sensitive', 'further'] as const;
export const ALL_COLUMNS: readonly ExportColumn[] = GROUPS.flatMap((group) => COLUMNS[group]);
export const isSensitive = (column: ExportColumn) => COLUMNS.sensitive.some((one) => one === column);

/** Not written to its end, and not given up. */
export const isUnderWay = ({ state }: ExportDto) => state === 'waiting' || state === 'running';
