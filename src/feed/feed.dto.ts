import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { OUTCOMES } from '../applicants/applicants.dto.js';
import { FIELD_NAMES, type FieldName, type Outcome } from '../enroll-contract/types.js';
import { AreOf, LimitQuery } from '../problem/page.dto.js';
import { EVENT_TYPES, type EventType } from './feed.types.js';

const MAX_WAIT_SECONDS = 30;

/** What every page of events takes. */
export class EventPageQuery extends LimitQuery {
  @ApiPropertyOptional({
    description:
      'Seconds to wait where there is nothing yet: answered as soon as there is, or with an empty page when they are over.',
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
      'Fields of the version to add to each event, repeated or joined by commas. Personal ones need the scope `pii:read`, and ' +
      'the reading is recorded.',
  })
  @IsOptional()
  @AreOf(FIELD_NAMES)
  fields: FieldName[] = [];
}

export class StreamQuery extends PickType(ChangesQuery, ['after', 'event', 'outcome', 'fields']) {}

/** One change, without personal data unless it was asked for: fetch the applicant for what it is now. */
export class ChangeEventDto {
  @ApiProperty({
    description:
      'Position of this event, its own for ever: give it as `after` to continue behind it, and dedupe by it.',
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
      'Counts per applicant. What a failover or a restore lost may come again as another version of the same number.',
  })
  version: number;
  @ApiProperty({ description: 'What happened.', enum: EVENT_TYPES }) event: EventType;
  @ApiProperty({ description: 'What eNROLL decided, as this version says.', enum: OUTCOMES })
  outcome: Outcome;
  @ApiProperty({
    description: 'The outcome of the version before; null of the first.',
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
  @ApiProperty({
    description: 'Fields that differ from the version before.',
    type: [String],
    example: ['address', 'emails'],
  })
  changedFields: string[];
  @ApiProperty({
    type: [String],
    description: 'Of this version; of `applicant.flagged` those that came with it.',
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
      'True where the event was written before the database was restored or failed over last: a reader may have had it ' +
      'already, though its place is kept from before.',
  })
  mayBeRepeated?: true;
  @ApiPropertyOptional({
    type: Object,
    description: 'What the version holds in the fields that were asked for; absent where none were.',
    example: { nationality: 'EGY' },
  })
  fields?: Record<string, unknown>;
}

export class ChangesPageDto {
  @ApiProperty({ description: 'The events of this page, oldest first.', type: [ChangeEventDto] })
  items: ChangeEventDto[];
  @ApiProperty({
    description:
      'Always there, also at the end: keep it and ask again with `after` for what came since. It moves past what a filter left ' +
      'out, so an empty page whose cursor moved is not the end.',
  })
  nextCursor: string;
}
