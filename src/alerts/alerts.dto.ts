import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { ALERT_RULES, type AlertRule } from '../config/alert-limits.js';
import { PageDto, PageQuery } from '../problem/page.dto.js';
import {
  type AlertContext,
  type ChannelName,
  CHANNELS,
  NOTIFICATION_KINDS,
  NOTIFICATION_STATES,
  type NotificationKind,
  type NotificationState,
  SHOWN_STATES,
  type ShownState,
} from './alerts.types.js';

export class ListAlertsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: SHOWN_STATES, description: 'Absent: both.' })
  @IsOptional()
  @IsIn(SHOWN_STATES)
  state?: ShownState;
}

export class NotificationDto {
  @ApiProperty({ description: 'The alert opened, is still open, or is over.', enum: NOTIFICATION_KINDS })
  kind: NotificationKind;
  @ApiProperty({ description: 'How it is sent.', enum: CHANNELS }) channel: ChannelName;
  @ApiProperty({
    enum: NOTIFICATION_STATES,
    description: '`due`: to be sent, and retried on failure; `given_up`: not sent within three days.',
  })
  state: NotificationState;
  @ApiProperty({ description: 'Attempts so far.', type: 'integer' }) attempts: number;
  @ApiProperty({ type: String, nullable: true, example: 'SMTP_UNREACHABLE', description: 'The last error.' })
  errorCode: string | null;
  @ApiProperty({ type: Date, description: 'When it was created.' }) createdAt: string;
  @ApiProperty({ type: Date, nullable: true, description: 'When the channel accepted it; null before.' })
  sentAt: string | null;
}

export class AlertDto {
  @ApiProperty({ description: 'Its id.', format: 'uuid' }) id: string;
  @ApiProperty({ description: 'The rule that went wrong.', enum: ALERT_RULES }) rule: AlertRule;
  @ApiProperty({ description: 'The item, if the rule checks several; else empty.', example: 'enroll' })
  subject: string;
  @ApiProperty({ description: '`resolved` once the rule is fine again.', enum: SHOWN_STATES })
  state: ShownState;
  @ApiProperty({ description: 'The rule in words.', example: 'Quarantine grows' }) title: string;
  @ApiProperty({
    description: 'What was measured, in words; no personal data.',
    example: 'Elements that went to quarantine within an hour: 12; open in all: 40.',
  })
  summary: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Counts, ages in seconds and your own names, from the last time that the rule fired.',
    example: { recent: 12, open: 40 },
  })
  context: AlertContext;
  @ApiProperty({ description: 'Where to look.' }) link: string;
  @ApiProperty({ type: Date, description: 'When it opened.' }) openedAt: string;
  @ApiProperty({ type: Date, nullable: true, description: 'When it was resolved; null while it is open.' })
  resolvedAt: string | null;
  @ApiProperty({ type: Date, nullable: true, description: 'When somebody acknowledged it; null before.' })
  acknowledgedAt: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Name of the API key, or `cli:<user>@<host>`.' })
  acknowledgedBy: string | null;
  @ApiProperty({ type: [NotificationDto], description: 'Notifications about it, oldest first.' })
  notifications: NotificationDto[];
}

export class AlertPageDto extends PageDto {
  @ApiProperty({ description: 'The alerts of this page.', type: [AlertDto] }) items: AlertDto[];
}

const TEST_OUTCOMES = ['sent', 'failed', 'not_configured'] as const;

export class TestedChannelDto {
  @ApiProperty({ description: 'The tested channel.', enum: CHANNELS }) channel: ChannelName;
  @ApiProperty({ description: 'Result of the test.', enum: TEST_OUTCOMES })
  outcome: (typeof TEST_OUTCOMES)[number];
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'SMTP_AUTH',
    description: 'What went wrong; `docs/alerts.md` lists the codes.',
  })
  code: string | null;
}

export class TestedDto {
  @ApiProperty({ description: 'One entry per channel.', type: [TestedChannelDto] })
  channels: TestedChannelDto[];
}
