import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { OUTCOMES } from '../applicants/applicants.dto.js';
import type { Outcome } from '../enroll-contract/types.js';
import { LimitQuery } from '../problem/page.dto.js';
import { EVENT_TYPES, type EventType } from './feed.types.js';

export class ChangesQuery extends LimitQuery {
  @ApiPropertyOptional({
    description: 'A `cursor` or `nextCursor` of this feed; absent: from the oldest change that is kept.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  after?: string;
}

/** One change, without personal data: fetch the applicant for what it is now. */
export class ChangeEventDto {
  @ApiProperty({ description: 'Position of this event: give it as `after` to continue behind it.' })
  cursor: string;
  @ApiProperty({ example: '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1' }) applicantId: string;
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    description: 'With `applicantId` and `event` unique: dedupe by them.',
  })
  version: number;
  @ApiProperty({ enum: EVENT_TYPES }) event: EventType;
  @ApiProperty({ enum: OUTCOMES }) outcome: Outcome;
  @ApiProperty({ enum: OUTCOMES, nullable: true }) previousOutcome: Outcome | null;
  @ApiProperty({ type: 'integer', nullable: true, example: 4 }) status: number | null;
  @ApiProperty({ type: [String], example: ['address', 'emails'] }) changedFields: string[];
  @ApiProperty({
    type: [String],
    description: 'Of this version; of `applicant.flagged` those that came with it.',
  })
  flags: string[];
  @ApiProperty({ format: 'date-time' }) changedAt: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The callback it came from.' })
  receiptId: string | null;
}

export class ChangesPageDto {
  @ApiProperty({ type: [ChangeEventDto] }) items: ChangeEventDto[];
  @ApiProperty({
    description: 'Always there, also at the end: keep it and ask again with `after` for what came since.',
  })
  nextCursor: string;
}
