import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { Outcome } from '../enroll-contract/types.js';
import type { EventType } from '../feed/feed.types.js';
import { IsInstant } from '../problem/page.dto.js';
import { MAX_BUCKETS } from './range.js';
import {
  APPLICANT_ASPECTS,
  type ApplicantAspect,
  type Bucket,
  BUCKETS,
  EVENT_ASPECTS,
  type EventAspect,
  type ReceiptSource,
  SOURCES,
} from './stats.types.js';

const OF_DAYS = 'a date is the beginning of that day in Cairo';

export class StatsQuery {
  @ApiPropertyOptional({
    description: `From this hour on (UTC); ${OF_DAYS}. Absent: the beginning of the day six days before the end.`,
    example: '2026-11-01',
  })
  @IsOptional()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({
    description: `Until the end of this hour, a full hour excluded; ${OF_DAYS}. Absent: now.`,
    example: '2026-12-01',
  })
  @IsOptional()
  @IsInstant()
  to?: string;
}

class BucketsQuery extends StatsQuery {
  @ApiPropertyOptional({
    enum: BUCKETS,
    default: 'day',
    description: `Hours of UTC, days of Cairo (23 to 25 hours), or the range as one; at most ${MAX_BUCKETS}.`,
  })
  @IsOptional()
  @IsIn(BUCKETS)
  bucket: Bucket = 'day';
}

export class ApplicantStatsQuery extends BucketsQuery {
  @ApiPropertyOptional({ description: 'What to count by.', enum: APPLICANT_ASPECTS, default: 'outcome' })
  @IsOptional()
  @IsIn(APPLICANT_ASPECTS)
  by: ApplicantAspect = 'outcome';
}

export class EventStatsQuery extends BucketsQuery {
  @ApiPropertyOptional({
    enum: EVENT_ASPECTS,
    default: 'type',
    description: '`source` and `outcome` count versions alone: other events have no source of their own.',
  })
  @IsOptional()
  @IsIn(EVENT_ASPECTS)
  by: EventAspect = 'type';
}

export class CallbackStatsQuery extends BucketsQuery {
  @ApiPropertyOptional({
    enum: SOURCES,
    default: 'callback',
    description: 'Who put the lists into the inbox.',
  })
  @IsOptional()
  @IsIn(SOURCES)
  source: ReceiptSource = 'callback';
}

class RangeDto {
  @ApiProperty({ format: 'date-time', description: 'The range that was counted, in whole hours.' })
  from: string;
  @ApiProperty({ format: 'date-time', description: 'Excluded.' }) to: string;
}

class NamesDto {
  @ApiProperty({ description: 'In English.', example: 'Fayoum' }) en: string;
  @ApiProperty({ description: 'In Arabic.', example: 'الفيوم' }) ar: string;
}

export class SeriesDto {
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'accepted',
    description: 'Null: those that have none.',
  })
  value: string | null;
  @ApiProperty({ type: NamesDto, nullable: true, description: 'Of a governorate.' }) names: NamesDto | null;
  @ApiProperty({ type: 'integer', description: 'In the whole range.' }) total: number;
  @ApiProperty({
    type: 'array',
    items: { type: 'integer' },
    example: [12, 0, 7],
    description: 'One per bucket.',
  })
  counts: number[];
}

class RestDto {
  @ApiProperty({ description: 'In the whole range.', type: 'integer' }) total: number;
  @ApiProperty({
    description: 'One per bucket.',
    type: 'array',
    items: { type: 'integer' },
    example: [0, 0, 1],
  })
  counts: number[];
}

class SeriesListDto extends RangeDto {
  @ApiProperty({ format: 'date-time', description: 'What was committed before is counted.' })
  asOf: string;
  @ApiProperty({ description: 'The length of a bucket.', enum: BUCKETS }) bucket: Bucket;
  @ApiProperty({
    type: [String],
    format: 'date-time',
    example: ['2026-11-01T22:00:00.000Z'],
    description: 'When each bucket begins; it ends with the next one.',
  })
  buckets: string[];
  @ApiProperty({
    type: [SeriesDto],
    description: 'The most frequent value first; a hundred of them at most.',
  })
  series: SeriesDto[];
  @ApiProperty({
    type: RestDto,
    nullable: true,
    description: 'All other values together; null: there are none.',
  })
  rest: RestDto | null;
}

export class ApplicantStatsDto extends SeriesListDto {
  @ApiProperty({ description: 'What is counted by.', enum: APPLICANT_ASPECTS }) by: ApplicantAspect;
}

export class EventStatsDto extends SeriesListDto {
  @ApiProperty({ description: 'What is counted by.', enum: EVENT_ASPECTS }) by: EventAspect;
}

class ByKindDto {
  @ApiProperty({ description: 'To the success URL.', type: 'integer' }) success: number;
  @ApiProperty({ description: 'To the fail URL.', type: 'integer' }) fail: number;
  @ApiProperty({ description: 'To the one URL for both.', type: 'integer' }) any: number;
}

class LatencyDto {
  @ApiProperty({ description: 'Half of the answers were as fast.', example: 4.76 }) p50: number;
  @ApiProperty({ description: '95 % of the answers were as fast.', example: 9.51 }) p95: number;
  @ApiProperty({ description: '99 % of the answers were as fast.', example: 16 }) p99: number;
}

export class CallbackCountsDto {
  @ApiProperty({ type: ByKindDto, description: 'Receipts by the URL they came to.' }) callbacks: ByKindDto;
  @ApiProperty({ type: 'integer', description: 'Receipts of which nothing could be read.' }) rejected: number;
  @ApiProperty({ type: 'integer', description: 'Elements in all lists.' }) received: number;
  @ApiProperty({ type: 'integer', description: 'Of these created or updated.' }) applied: number;
  @ApiProperty({ type: 'integer', description: 'Duplicate or stale.' }) duplicates: number;
  @ApiProperty({ description: 'Elements that could not be taken.', type: 'integer' }) quarantined: number;
  @ApiProperty({
    type: LatencyDto,
    nullable: true,
    description:
      'Milliseconds until the answer of callbacks that were kept, estimated from a histogram; null: none was measured.',
  })
  latencyMs: LatencyDto | null;
}

class CallbackBucketDto extends CallbackCountsDto {
  @ApiProperty({ format: 'date-time', description: 'When the bucket begins.' }) start: string;
}

export class CallbackStatsDto extends RangeDto {
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description:
      'What was received before is counted, two minutes after it came; null: nothing is counted yet.',
  })
  asOf: string | null;
  @ApiProperty({ description: 'Who put the lists into the inbox.', enum: SOURCES }) source: ReceiptSource;
  @ApiProperty({ description: 'The length of a bucket.', enum: BUCKETS }) bucket: Bucket;
  @ApiProperty({ description: 'One entry per bucket, oldest first.', type: [CallbackBucketDto] })
  buckets: CallbackBucketDto[];
}

export class SilenceDto {
  @ApiProperty({
    description: 'When the last callback came; null: there was none ever.',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  lastCallbackAt: string | null;
  @ApiProperty({
    type: 'number',
    nullable: true,
    example: 3.2,
    description: 'Null: there was no callback ever.',
  })
  minutesSinceLast: number | null;
  @ApiProperty({
    type: 'number',
    nullable: true,
    example: 11,
    description:
      'The longest silence of this hour of the week, on the clock of Cairo, in seven of the last eight weeks; null: fewer than four are known.',
  })
  usualMinutes: number | null;
  @ApiProperty({
    type: Boolean,
    nullable: true,
    description: 'More than three times the usual, and at least ten minutes; null: unknown.',
  })
  isSilent: boolean | null;
}

class OutcomesDto implements Record<Outcome, number> {
  @ApiProperty({ description: 'Approved by eNROLL.', type: 'integer' }) accepted: number;
  @ApiProperty({ description: 'Rejected by eNROLL.', type: 'integer' }) rejected: number;
  @ApiProperty({ description: 'URL and status contradict each other.', type: 'integer' }) conflict: number;
  @ApiProperty({ description: 'Neither URL nor status says.', type: 'integer' }) unknown: number;
}

class ApplicantTotalsDto {
  @ApiProperty({ description: 'All of them.', type: 'integer' }) total: number;
  @ApiProperty({ description: 'By their outcome.', type: OutcomesDto }) byOutcome: OutcomesDto;
}

export class OverviewDto extends RangeDto {
  @ApiProperty({
    format: 'date-time',
    description: 'Applicants and events: what was committed before is counted.',
  })
  asOf: string;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'As `asOf` of `callbacks`.',
  })
  callbacksAsOf: string | null;
  @ApiProperty({ type: ApplicantTotalsDto, description: 'First received in the range, as they are now.' })
  applicants: ApplicantTotalsDto;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { 'applicant.created': 120, 'applicant.updated': 7 },
    description: 'What happened in the range, by type; types without an event are left out.',
  })
  events: Partial<Record<EventType, number>>;
  @ApiProperty({ type: CallbackCountsDto, description: 'Callbacks of eNROLL in the range.' })
  callbacks: CallbackCountsDto;
  @ApiProperty({ description: 'How long no callback came.', type: SilenceDto }) silence: SilenceDto;
}
