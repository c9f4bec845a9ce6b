import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { IsInstant, IsLine, PageDto, PageQuery } from '../problem/page.dto.js';
import { NULLABLE_TIME } from './endpoints.dto.js';
import {
  DELIVERED_EVENTS,
  DELIVERY_STATES,
  type DeliveredEvent,
  type DeliveryState,
} from './endpoints.types.js';

const MAX_APPLICANT_ID_CHARACTERS = 256;
const STATE =
  '`due`: waits for its next attempt, or for an earlier event of its applicant. `dead`: given up.';
const CODE = 'Why it failed; null: it succeeded.';

export class ListDeliveriesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: DELIVERY_STATES, description: STATE })
  @IsOptional()
  @IsIn(DELIVERY_STATES)
  state?: DeliveryState;

  @ApiPropertyOptional({ description: 'Only events about this applicant.' })
  @IsOptional()
  @IsLine(MAX_APPLICANT_ID_CHARACTERS)
  applicantId?: string;

  @ApiPropertyOptional({ description: 'Only events of this type.', enum: DELIVERED_EVENTS })
  @IsOptional()
  @IsIn(DELIVERED_EVENTS)
  event?: DeliveredEvent;
}

export class DeliveryDto {
  @ApiProperty({
    description: 'The `webhook-id` that every attempt is sent with.',
    example: 'msg_120457_901_9f86d081884c',
  })
  id: string;
  @ApiProperty({ description: 'What happened.', enum: DELIVERED_EVENTS }) event: DeliveredEvent;
  @ApiProperty({ description: 'The applicant it is about.' }) applicantId: string;
  @ApiProperty({ description: 'The version it is about.', type: 'integer' }) version: number;
  @ApiProperty({ description: 'When it happened.', format: 'date-time' }) occurredAt: string;
  @ApiProperty({ enum: DELIVERY_STATES, description: STATE }) state: DeliveryState;
  @ApiProperty({ type: 'integer', description: 'Number of attempts so far.' }) attempts: number;
  @ApiProperty({ ...NULLABLE_TIME, description: 'When it is tried next; null unless `due`.' })
  nextAttemptAt: string | null;
  @ApiProperty({ ...NULLABLE_TIME, description: 'When it was delivered or given up.' })
  settledAt: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'HTTP_5XX',
    description: `Of the last attempt. ${CODE}`,
  })
  lastCode: string | null;
}

export class DeliveryPageDto extends PageDto {
  @ApiProperty({ description: 'The deliveries of this page.', type: [DeliveryDto] }) items: DeliveryDto[];
}

export class AttemptDto {
  @ApiProperty({ description: 'Counts the attempts of the delivery, from 1.', type: 'integer' })
  number: number;
  @ApiProperty({ description: 'When it was made.', format: 'date-time' }) at: string;
  @ApiProperty({ description: 'How long it took, in milliseconds.', type: 'integer' }) durationMs: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'HTTP status, where there was an answer.' })
  status: number | null;
  @ApiProperty({ type: String, nullable: true, example: 'TIMEOUT', description: CODE }) code: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The beginning of the answer to a failed attempt, without credentials and long numbers.',
  })
  answer: string | null;
}

export class AttemptPageDto extends PageDto {
  @ApiProperty({ description: 'The attempts of this page.', type: [AttemptDto] }) items: AttemptDto[];
}

export class BulkBody extends PickType(PageQuery, ['cursor']) {
  @ApiProperty({ description: 'The start of the range of events.', example: '2026-11-23T08:00:00Z' })
  @IsInstant()
  since: string;

  @ApiPropertyOptional({ default: false, description: 'True: only count.' })
  @IsOptional()
  @IsBoolean()
  dryRun: boolean = false;
}

export class BulkDto extends PageDto {
  @ApiProperty({ type: 'integer', description: 'Deliveries that are due now, or would be without `dryRun`.' })
  count: number;
}
