import type { PipeTransform } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayUnique, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { OUTCOMES } from '../applicants/applicants.dto.js';
import { FIELD_NAMES, type FieldName, type Outcome } from '../enroll-contract/types.js';
import { PageDto } from '../problem/page.dto.js';
import { Problem } from '../problem/problem.js';
import { EVENT_TYPES, type EventType } from './feed.types.js';

/** Fit for a URL, a metric and a file name. */
export const CONSUMER_NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/;
const PLACE = '`beginning`, `now` (only new events), or a cursor of the feed';

/** Reads the name of a consumer from the path. A text that cannot be a name is not found. */
export const CONSUMER_OR_404: PipeTransform<string, string> = {
  transform(name) {
    if (!CONSUMER_NAME.test(name)) throw new Problem('NOT_FOUND');
    return name;
  },
};

export class CreateConsumerBody {
  @ApiProperty({
    description: 'Its name, also used in paths and metrics.',
    pattern: CONSUMER_NAME.source,
    example: 'core-banking',
  })
  @Matches(CONSUMER_NAME, {
    message:
      'name has 1 to 63 characters, a-z, 0-9, dot, dash and underscore, and begins with a letter or digit',
  })
  name: string;

  @ApiPropertyOptional({ enum: EVENT_TYPES, isArray: true, description: 'Only these types; absent: all.' })
  @IsOptional()
  @IsIn(EVENT_TYPES, { each: true })
  @ArrayUnique()
  events: EventType[] = [];

  @ApiPropertyOptional({ enum: OUTCOMES, isArray: true, description: 'Only these outcomes; absent: all.' })
  @IsOptional()
  @IsIn(OUTCOMES, { each: true })
  @ArrayUnique()
  outcomes: Outcome[] = [];

  @ApiPropertyOptional({
    enum: FIELD_NAMES,
    isArray: true,
    description:
      'Fields of the version to add to each event. For personal fields both the key that makes the consumer and the key that reads need the scope `pii:read`.',
  })
  @IsOptional()
  @IsIn(FIELD_NAMES, { each: true })
  @ArrayUnique()
  fields: FieldName[] = [];

  @ApiPropertyOptional({ description: `Where it starts: ${PLACE}.`, default: 'beginning' })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  from: string = 'beginning';
}

export class AckBody {
  @ApiProperty({
    description:
      'A `cursor` or `nextCursor` that was read: everything up to it is acknowledged. The same cursor again changes nothing.',
  })
  @IsString()
  @MaxLength(1000)
  cursor: string;
}

export class RewindBody {
  @ApiProperty({ description: `Where it goes on: ${PLACE}.` })
  @IsString()
  @MaxLength(1000)
  to: string;
}

export class LagDto {
  @ApiProperty({ type: 'integer', description: 'Events after the cursor that pass the filter.' })
  events: number;
  @ApiProperty({
    description: 'Whether `events` is the full count: only the next 10,000 changes are counted.',
  })
  isExact: boolean;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Age of the oldest of these events in seconds; null if there is none.',
  })
  oldestSeconds: number | null;
}

export class ConsumerDto {
  @ApiProperty({ description: 'Its name.', example: 'core-banking' }) name: string;
  @ApiProperty({ enum: EVENT_TYPES, isArray: true, description: 'Empty: all.' }) events: EventType[];
  @ApiProperty({ enum: OUTCOMES, isArray: true, description: 'Empty: all.' }) outcomes: Outcome[];
  @ApiProperty({
    description: 'Fields of the version that each event carries.',
    enum: FIELD_NAMES,
    isArray: true,
  })
  fields: FieldName[];
  @ApiProperty({ description: 'Everything up to here is acknowledged.' }) cursor: string;
  @ApiProperty({
    description: 'Time of the last acknowledgement; null: none since the consumer was made or rewound.',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  ackedAt: string | null;
  @ApiProperty({ description: 'When it was made.', format: 'date-time' }) createdAt: string;
  @ApiProperty({ description: 'Name of the API key, or `cli:<user>@<host>`.' }) createdBy: string;
  @ApiProperty({ description: 'How far it is behind the feed.', type: LagDto }) lag: LagDto;
}

export class ConsumerPageDto extends PageDto {
  @ApiProperty({ description: 'The consumers of this page.', type: [ConsumerDto] }) items: ConsumerDto[];
}
