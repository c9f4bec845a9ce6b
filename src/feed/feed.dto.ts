import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { OUTCOMES, TamperedDto } from '../applicants/applicants.dto.js';
import { FIELD_NAMES, type FieldName, type Outcome } from '../enroll-contract/types.js';
import { AreOf, LimitQuery } from '../problem/page.dto.js';
import { EVENT_TYPES, type EventType } from './feed.types.js';

const MAX_WAIT_SECONDS = 30;

/** What every page of events takes. */
export class EventPageQuery extends LimitQuery {
  @ApiPropertyOptional({
    description:
      'Seconds to wait if there is no event yet. The answer comes with the first event, or with an empty page at the end.',
    type: 'integer',
    minimum: 0,
    maximum: MAX_WAIT_SECONDS,
    default: 0,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(MAX_WAIT_SECONDS)
  wait: number = 0;
}

export class ChangesQuery extends EventPageQuery {
  @ApiPropertyOptional({
    description: 'A `cursor` or `nextCursor` of this feed; absent: from the oldest change that is kept.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  after?: string;

  @ApiPropertyOptional({
    enum: EVENT_TYPES,
    isArray: true,
    description: 'Only events of these types; repeated, or joined by commas.',
  })
  @IsOptional()
  @AreOf(EVENT_TYPES)
  event: EventType[] = [];

  @ApiPropertyOptional({
    enum: OUTCOMES,
    isArray: true,
    description: 'Only events with these outcomes; repeated, or joined by commas.',
  })
  @IsOptional()
  @AreOf(OUTCOMES)
  outcome: Outcome[] = [];

  @ApiPropertyOptional({
    enum: FIELD_NAMES,
    isArray: true,
    description:
      'Fields of the version to add to each event, repeated or joined by commas. Personal fields need the scope `pii:read`, ' +
      'and each read is recorded.',
  })
  @IsOptional()
  @AreOf(FIELD_NAMES)
  fields: FieldName[] = [];
}

export class StreamQuery extends PickType(ChangesQuery, ['after', 'event', 'outcome', 'fields']) {}

/** One change, without personal data unless `fields` asks for it. */
export class ChangeEventDto extends TamperedDto {
  @ApiProperty({
    description:
      'Position of this event, which never changes. Give it as `after` to continue from here; detect duplicates by it.',
  })
  cursor: string;
  @ApiProperty({
    description: "eNROLL's id of the application.",
    example: '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1',
  })
  applicantId: string;
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    description:
      'Counts up per applicant. If a failover or a restore lost a version, another one may come with the same number.',
  })
  version: number;
  @ApiProperty({ description: 'What happened.', enum: EVENT_TYPES }) event: EventType;
  @ApiProperty({ description: 'What eNROLL decided, according to this version.', enum: OUTCOMES })
  outcome: Outcome;
  @ApiProperty({
    description: 'The outcome of the version before; null for the first version.',
    enum: OUTCOMES,
    nullable: true,
  })
  previousOutcome: Outcome | null;
  @ApiProperty({
    description: "eNROLL's status code; null if it was not sent.",
    type: 'integer',
    nullable: true,
    example: 4,
  })
  status: number | null;
  @ApiProperty({
    description: 'Fields that differ from the version before.',
    type: [String],
    example: ['address', 'emails'],
  })
  changedFields: string[];
  @ApiProperty({
    type: [String],
    description: 'Flags of this version; for `applicant.flagged` the new ones.',
  })
  flags: string[];
  @ApiProperty({ description: 'When it was written.', format: 'date-time' }) changedAt: string;
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The callback it came from; null for `applicant.images_ready`.',
  })
  receiptId: string | null;
  @ApiPropertyOptional({
    type: Boolean,
    description:
      'True if the event was written before the last restore or failover of the database: a reader may have seen it ' +
      'before that.',
  })
  mayBeRepeated?: true;
  @ApiPropertyOptional({
    type: Object,
    description: 'Values of the requested fields in this version; absent if none were requested.',
    example: { nationality: 'EGY' },
  })
  fields?: Record<string, unknown>;
}

export class ChangesPageDto {
  @ApiProperty({ description: 'The events of this page, oldest first.', type: [ChangeEventDto] })
  items: ChangeEventDto[];
  @ApiProperty({
    description:
      'Always present, even at the end: give it as `after` to read what has come since. It moves past what the filter left ' +
      'out, so an empty page with a new cursor is not the end.',
  })
  nextCursor: string;
}
