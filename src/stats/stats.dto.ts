import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
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

const NullableTime = (description: string) =>
  ApiProperty({ type: String, format: 'date-time', nullable: true, description });
const OF_DAYS = 'a date means the start of that day in Cairo';

export class StatsQuery {
  @ApiPropertyOptional({
    description: `Start of the range, rounded down to the hour; ${OF_DAYS}. Absent: the start of the day six days before the end.`,
    example: '2026-11-01',
  })
  @IsOptional()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({
    description: `End of the range, rounded up to the hour and excluded; ${OF_DAYS}. Absent: now.`,
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
    description: `Hours of UTC, days of Cairo (23 to 25 hours), or the whole range in one; at most ${MAX_BUCKETS} buckets.`,
  })
  @IsOptional()
  @IsIn(BUCKETS)
  bucket: Bucket = 'day';
}

export class ApplicantStatsQuery extends BucketsQuery {
  @ApiPropertyOptional({ description: 'What to group by.', enum: APPLICANT_ASPECTS, default: 'outcome' })
  @IsOptional()
  @IsIn(APPLICANT_ASPECTS)
  by: ApplicantAspect = 'outcome';
}

export class EventStatsQuery extends BucketsQuery {
  @ApiPropertyOptional({
    enum: EVENT_ASPECTS,
    default: 'type',
    description: '`source` and `outcome` count only versions: other events have no source.',
  })
  @IsOptional()
  @IsIn(EVENT_ASPECTS)
  by: EventAspect = 'type';
}

export class CallbackStatsQuery extends BucketsQuery {
  @ApiPropertyOptional({
    enum: SOURCES,
    default: 'callback',
    description: 'Where the lists came from.',
  })
  @IsOptional()
  @IsIn(SOURCES)
  source: ReceiptSource = 'callback';
}

class RangeDto {
  @ApiProperty({ format: 'date-time', description: 'Start of the counted range, a full hour.' })
  from: string;
  @ApiProperty({ format: 'date-time', description: 'End of the range, a full hour, excluded.' }) to: string;
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
    description: 'Null stands for those without a value.',
  })
  value: string | null;
  @ApiProperty({ type: NamesDto, nullable: true, description: 'Only of governorates.' })
  names: NamesDto | null;
  @ApiProperty({ type: 'integer', description: 'Count of the whole range.' }) total: number;
  @ApiProperty({
    type: 'array',
    items: { type: 'integer' },
    example: [12, 0, 7],
    description: 'One per bucket.',
  })
  counts: number[];
}

class RestDto extends PickType(SeriesDto, ['total', 'counts']) {}

class SeriesListDto extends RangeDto {
  @ApiProperty({ format: 'date-time', description: 'Everything committed before this time is counted.' })
  asOf: string;
  @ApiProperty({ description: 'The length of a bucket.', enum: BUCKETS }) bucket: Bucket;
  @ApiProperty({
    type: [String],
    format: 'date-time',
    example: ['2026-11-01T22:00:00.000Z'],
    description: 'Start of each bucket; it ends where the next one starts.',
  })
  buckets: string[];
  @ApiProperty({
    type: [SeriesDto],
    description: 'The most frequent value first, at most a hundred values.',
  })
  series: SeriesDto[];
  @ApiProperty({
    type: RestDto,
    nullable: true,
    description: 'All other values together; null if there are none.',
  })
  rest: RestDto | null;
}

export class ApplicantStatsDto extends SeriesListDto {
  @ApiProperty({ description: 'How the counts are grouped.', enum: APPLICANT_ASPECTS }) by: ApplicantAspect;
}

export class EventStatsDto extends SeriesListDto {
  @ApiProperty({ description: 'How the counts are grouped.', enum: EVENT_ASPECTS }) by: EventAspect;
}

class ByKindDto {
  @ApiProperty({ description: 'Receipts at the success URL.', type: 'integer' }) success: number;
  @ApiProperty({ description: 'Receipts at the fail URL.', type: 'integer' }) fail: number;
  @ApiProperty({ description: 'Receipts at the URL for both.', type: 'integer' }) any: number;
}

class LatencyDto {
  @ApiProperty({ description: 'Half of the answers took no longer.', example: 4.76 }) p50: number;
  @ApiProperty({ description: '95 % of the answers took no longer.', example: 9.51 }) p95: number;
  @ApiProperty({ description: '99 % of the answers took no longer.', example: 16 }) p99: number;
}

class RefusedDto {
  @ApiProperty({ description: 'Requests for a token.', type: 'integer' }) tokens: number;
  @ApiProperty({ description: 'Callbacks, also those that left a receipt.', type: 'integer' })
  callbacks: number;
}

export class CallbackCountsDto {
  @ApiProperty({ type: ByKindDto, description: 'Receipts by URL.' }) callbacks: ByKindDto;
  @ApiProperty({
    type: RefusedDto,
    description:
      'Requests that were refused as they came, by strangers too; 0 for other sources. `GET /api/v1/refusals` lists them.',
  })
  refused: RefusedDto;
  @ApiProperty({ type: 'integer', description: 'Receipts that could not be read at all.' }) rejected: number;
  @ApiProperty({ type: 'integer', description: 'Elements in all lists.' }) received: number;
  @ApiProperty({ type: 'integer', description: 'Elements that made a new version.' }) applied: number;
  @ApiProperty({ type: 'integer', description: 'Duplicate or stale elements.' }) duplicates: number;
  @ApiProperty({ description: 'Elements that went to quarantine.', type: 'integer' }) quarantined: number;
  @ApiProperty({
    type: LatencyDto,
    nullable: true,
    description:
      'Milliseconds until a kept callback was answered, estimated from a histogram; null: none was measured.',
  })
  latencyMs: LatencyDto | null;
}

export class DayDto extends PickType(CallbackCountsDto, ['refused', 'rejected']) {
  @ApiProperty({
    type: 'integer',
    description: 'Receipts of all callback URLs, also those that were rejected.',
  })
  callbacks: number;
}

class CallbackBucketDto extends CallbackCountsDto {
  @ApiProperty({ format: 'date-time', description: 'Start of the bucket.' }) start: string;
}

export class CallbackStatsDto extends RangeDto {
  @NullableTime(
    'Everything received before this time is counted, about two minutes after it came; null: nothing is counted yet.',
  )
  asOf: string | null;
  @ApiProperty({ description: 'Where the lists came from.', enum: SOURCES }) source: ReceiptSource;
  @ApiProperty({ description: 'The length of a bucket.', enum: BUCKETS }) bucket: Bucket;
  @ApiProperty({ description: 'One entry per bucket, oldest first.', type: [CallbackBucketDto] })
  buckets: CallbackBucketDto[];
}

export class SilenceDto {
  @NullableTime('Time of the last callback; null: there was none.')
  lastCallbackAt: string | null;
  @ApiProperty({
    type: 'number',
    nullable: true,
    example: 3.2,
    description: 'Minutes since the last callback; null: there was none.',
  })
  minutesSinceLast: number | null;
  @ApiProperty({
    type: 'number',
    nullable: true,
    example: 11,
    description:
      'The longest silence of this hour of the week in Cairo, in seven of the last eight weeks; null: fewer than four weeks are known.',
  })
  usualMinutes: number | null;
  @ApiProperty({
    type: 'integer',
    example: 33,
    description:
      'The silence that is too long: three times the usual and ten minutes at least; while the usual is unknown, the alert limit `silenceHours`.',
  })
  limitMinutes: number;
  @ApiProperty({
    type: Boolean,
    nullable: true,
    description: 'Whether the silence is longer than that; null: there was no callback so far.',
  })
  isSilent: boolean | null;
}

class OutcomesDto implements Record<Outcome, number> {
  @ApiProperty({ description: 'Approved by eNROLL.', type: 'integer' }) accepted: number;
  @ApiProperty({ description: 'Rejected by eNROLL.', type: 'integer' }) rejected: number;
  @ApiProperty({ description: 'URL and status contradict each other.', type: 'integer' }) conflict: number;
  @ApiProperty({ description: 'Neither URL nor status tells the outcome.', type: 'integer' }) unknown: number;
}

class ApplicantTotalsDto {
  @ApiProperty({ description: 'Count of all applicants.', type: 'integer' }) total: number;
  @ApiProperty({ description: 'Counts by current outcome.', type: OutcomesDto }) byOutcome: OutcomesDto;
}

export class OverviewDto extends RangeDto {
  @ApiProperty({
    format: 'date-time',
    description: 'Applicants and events committed before this time are counted.',
  })
  asOf: string;
  @NullableTime('As `asOf` of `callbacks`.')
  callbacksAsOf: string | null;
  @ApiProperty({
    type: ApplicantTotalsDto,
    description: 'Applicants first received in the range.',
  })
  applicants: ApplicantTotalsDto;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { 'applicant.created': 120, 'applicant.updated': 7 },
    description: 'Events in the range by type, without types that have none.',
  })
  events: Partial<Record<EventType, number>>;
  @ApiProperty({ type: CallbackCountsDto, description: 'Callbacks of eNROLL in the range.' })
  callbacks: CallbackCountsDto;
  @ApiProperty({ description: 'Time since the last callback.', type: SilenceDto }) silence: SilenceDto;
}
