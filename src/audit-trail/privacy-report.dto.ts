import { ApiProperty } from '@nestjs/swagger';
import { IsInstant } from '../problem/page.dto.js';
import { PRIVACY_CLASS_NAMES, type PrivacyClass } from './privacy-classes.js';

const TIME = { format: 'date-time' } as const;

export class PrivacyPeriodQuery {
  @ApiProperty({ description: 'At or after this time; a date begins in UTC.', example: '2026-11-01' })
  @IsInstant()
  from: string;

  @ApiProperty({ description: 'Before this time.', example: '2026-12-01' })
  @IsInstant()
  to: string;
}

class DeedsDto {
  @ApiProperty({ description: 'Who, as in the audit.', example: 'user:mona' }) actor: string;
  @ApiProperty({ description: 'What was done.', example: 'applicant.reveal' }) action: string;
  @ApiProperty({ type: 'integer', description: 'How often.', example: 3 }) count: number;
  @ApiProperty({ description: 'When first.', ...TIME }) firstAt: Date;
  @ApiProperty({ description: 'When last.', ...TIME }) lastAt: Date;
}

class DeedDto {
  @ApiProperty({ description: 'Id of the entry in the audit.', format: 'uuid' }) id: string;
  @ApiProperty({ description: 'When.', ...TIME }) at: Date;
  @ApiProperty({ description: 'Who.', example: 'user:mona' }) actor: string;
  @ApiProperty({ description: 'What was done.', example: 'applicant.reveal' }) action: string;
  @ApiProperty({ description: 'To whom or what.', example: 'applicant:A-1001' }) subject: string;
  @ApiProperty({ type: String, nullable: true, description: 'Why, where a reason was given.' })
  reason: string | null;
}

class PrivacyClassDto {
  @ApiProperty({ description: 'Kind of deeds.', enum: PRIVACY_CLASS_NAMES }) class: PrivacyClass;
  @ApiProperty({ description: 'What it means.' }) meaning: string;
  @ApiProperty({ type: 'integer', description: 'How many entries of the audit.', example: 3 }) count: number;
  @ApiProperty({ description: 'By whom, most first.', type: [DeedsDto] }) actors: DeedsDto[];
  @ApiProperty({
    description:
      'Each of them, oldest first; none of `reads`, of which there are too many: `rollcall audit export` has them.',
    type: [DeedDto],
  })
  entries: DeedDto[];
  @ApiProperty({ type: 'integer', description: 'Entries that are counted and not listed.', example: 0 })
  leftOff: number;
}

class PrivacyEdgesDto {
  @ApiProperty({ description: 'At or after.', ...TIME }) from: Date;
  @ApiProperty({ description: 'Before.', ...TIME }) to: Date;
}

export class PrivacyReportDto {
  @ApiProperty({ description: 'Who states it: our public URL.' }) issuer: string;
  @ApiProperty({ description: 'When.', ...TIME }) statedAt: string;
  @ApiProperty({ description: 'Of which time.', type: PrivacyEdgesDto }) period: PrivacyEdgesDto;
  @ApiProperty({ description: 'Every kind, also those that did not happen.', type: [PrivacyClassDto] })
  classes: PrivacyClassDto[];
}

export class SignedPrivacyReportDto {
  @ApiProperty({ description: 'The report in plain JSON.', type: PrivacyReportDto }) report: PrivacyReportDto;
  @ApiProperty({
    description:
      'The same report as a compact JWS (RFC 7515), signed with EdDSA; its `kid` is in `/.well-known/jwks.json`.',
  })
  jws: string;
}
