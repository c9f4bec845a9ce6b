import { ApiProperty } from '@nestjs/swagger';
import type { CallbackKind, Outcome } from '../enroll-contract/types.js';
import { PageDto } from '../problem/page.dto.js';
import { OUTCOMES, TamperedDto } from './applicants.dto.js';
import type { Source } from './changes.entity.js';

export const SOURCES = ['callback', 'replay', 'reconciliation'] as const satisfies Source[];
export const KINDS = ['success', 'fail', 'any'] as const satisfies CallbackKind[];

/** Any JSON value: a contract field is a text, a number or a list of texts, an extra whatever came. */
const ANY_VALUE = {
  oneOf: [
    { type: 'string', nullable: true },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'array', items: {} },
    { type: 'object', additionalProperties: true },
  ],
};

export class DifferenceDto {
  @ApiProperty({ example: 'address', description: 'A contract field, or a key of `extras`.' })
  field: string;
  @ApiProperty({ ...ANY_VALUE, description: 'Null where it was not there.', example: '١٢ شارع التحرير' })
  from: unknown;
  @ApiProperty({ ...ANY_VALUE, description: 'Null where it is no longer there.', example: '٥ شارع فيصل' })
  to: unknown;
}

export class VersionDto extends TamperedDto {
  @ApiProperty({
    description: "Counts the applicant's versions, from 1.",
    type: 'integer',
    minimum: 1,
    example: 2,
  })
  version: number;
  @ApiProperty({ format: 'date-time', description: 'When it was written; `asOf` goes by it.' })
  changedAt: string;
  @ApiProperty({ format: 'date-time', description: 'When its callback arrived.' }) receivedAt: string;
  @ApiProperty({ format: 'uuid', description: 'The callback it came from.' }) receiptId: string;
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Its place in the list of that callback.' })
  elementIndex: number;
  @ApiProperty({ description: 'Who brought it: a callback, a replay, or reconciliation.', enum: SOURCES })
  source: Source;
  @ApiProperty({ enum: KINDS, description: 'URL it came to.' }) kind: CallbackKind;
  @ApiProperty({ description: 'The event that the feed shows for it.', example: 'applicant.updated' })
  event: string;
  @ApiProperty({ description: 'What eNROLL decided, as this version says.', enum: OUTCOMES })
  outcome: Outcome;
  @ApiProperty({
    description: 'The outcome of the version before; null for the first.',
    enum: OUTCOMES,
    nullable: true,
  })
  previousOutcome: Outcome | null;
  @ApiProperty({
    description: "eNROLL's status code; null where it was not sent.",
    type: 'integer',
    nullable: true,
    example: 4,
  })
  status: number | null;
  @ApiProperty({ description: 'What is doubtful in this version.', type: [String] }) flags: string[];
  @ApiProperty({
    description: 'Fields that differ from the version before.',
    type: [String],
    example: ['address'],
  })
  changedFields: string[];
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The earlier version whose content this one repeats (A11).',
  })
  revertsTo: number | null;
  @ApiProperty({
    type: [DifferenceDto],
    nullable: true,
    description:
      'Against the version before; null where that one is no longer kept. Masked without `pii:read`.',
  })
  differences: DifferenceDto[] | null;
}

export class VersionPageDto extends PageDto {
  @ApiProperty({ description: 'The versions of this page.', type: [VersionDto] }) items: VersionDto[];
}
