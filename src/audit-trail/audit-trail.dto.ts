import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsInstant, IsLine, PageDto, PageQuery } from '../problem/page.dto.js';

export class AuditPeriodQuery {
  @ApiPropertyOptional({ description: 'At or after this time.', example: '2026-11-01T00:00:00Z' })
  @IsOptional()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({ description: 'Before this time.', example: '2026-12-01T00:00:00Z' })
  @IsOptional()
  @IsInstant()
  to?: string;
}

export class ListAuditQuery extends IntersectionType(PageQuery, AuditPeriodQuery) {
  @ApiPropertyOptional({ description: 'What was done to this applicant.', example: 'A-1001' })
  @IsOptional()
  @IsLine(256)
  applicantId?: string;

  @ApiPropertyOptional({
    description: 'Done by this API key, or `cli:<user>@<host>`.',
    example: 'core-banking',
  })
  @IsOptional()
  @IsLine(256)
  actor?: string;

  @ApiPropertyOptional({ description: 'Of this kind.', example: 'applicant.read' })
  @IsOptional()
  @IsLine(64)
  action?: string;
}

export class AuditEntryDto {
  @ApiProperty({ description: 'Its id.', format: 'uuid' }) id: string;
  @ApiProperty({ description: 'When, in microseconds.', example: '2026-11-29T09:30:00.123456Z' }) at: string;
  @ApiProperty({
    description: 'Who: the name of an API key, `cli:<user>@<host>`, or `system`.',
    example: 'core-banking',
  })
  actor: string;
  @ApiProperty({ description: 'What was done.', example: 'applicant.read' }) action: string;
  @ApiProperty({ description: 'To whom or what, as `<noun>:<id>`.', example: 'applicant:A-1001' })
  subject: string;
  @ApiProperty({ type: String, nullable: true, description: 'Why, where a reason was given.' })
  reason: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Address of the caller; null for what no request asked for.',
    example: '10.2.0.7',
  })
  address: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Id of the request, as in the log and in `X-Request-Id`.',
  })
  requestId: string | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'More about it; no personal data.',
    example: { via: 'read', version: 3 },
  })
  detail: Record<string, unknown>;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Its number in the chain; null for the seconds until it is chained.',
    example: 10432,
  })
  n: number | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Hash of its link: SHA-256 over the link before and this entry, in hexadecimal.',
  })
  hash: string | null;
}

export class AuditPageDto extends PageDto {
  @ApiProperty({ description: 'The entries of this page.', type: [AuditEntryDto] }) items: AuditEntryDto[];
}
