import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsInstant, IsLine, PageDto, PageQuery } from '../problem/page.dto.js';
import { TAMPERINGS } from './audit-trail.types.js';

/** A second of processor time. */
const MAX_VERIFIED = 20_000;
const USUALLY_VERIFIED = 5_000;

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

export class VerifyAuditBody {
  @ApiPropertyOptional({
    description: 'How many links of the chain.',
    type: 'integer',
    minimum: 1,
    maximum: MAX_VERIFIED,
    default: USUALLY_VERIFIED,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_VERIFIED)
  links: number = USUALLY_VERIFIED;

  @ApiPropertyOptional({
    description: 'The number of the last of them; without it the newest.',
    type: 'integer',
    minimum: 1,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  upTo?: number;
}

export class TamperingDto {
  @ApiProperty({ description: 'The number of the first link that is wrong.', type: 'integer' }) n: number;
  @ApiProperty({
    description: 'Its entry, as far as it is known.',
    type: String,
    format: 'uuid',
    nullable: true,
  })
  entry: string | null;
  @ApiProperty({
    description: 'What was done with it. `signature`: the signed head of a day is not of this chain.',
    enum: TAMPERINGS,
  })
  what: (typeof TAMPERINGS)[number];
}

export class AuditVerdictDto {
  @ApiProperty({ description: 'The number of the first link that was looked at.', type: 'integer' })
  first: number;
  @ApiProperty({ description: 'That of the last.', type: 'integer' }) last: number;
  @ApiProperty({ description: 'How many links are as they were written.', type: 'integer' }) links: number;
  @ApiProperty({ description: 'How many signed heads of days fit them.', type: 'integer' }) heads: number;
  @ApiProperty({ description: 'Whether nothing is wrong.' }) intact: boolean;
  @ApiProperty({
    description: 'What is wrong first; null where nothing is.',
    type: TamperingDto,
    nullable: true,
  })
  tampering: TamperingDto | null;
}

export class AuditPageDto extends PageDto {
  @ApiProperty({ description: 'The entries of this page.', type: [AuditEntryDto] }) items: AuditEntryDto[];
}
