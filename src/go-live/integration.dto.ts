import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { FINDING_STATUSES, type FindingStatus } from './finding.types.js';

/** More than any client id or secret has. */
const MAX_LENGTH = 1024;

export class CheckIntegrationBody {
  @ApiPropertyOptional({
    description: 'The Client Id of the panel. It comes with `clientSecret`, or not at all.',
    maxLength: MAX_LENGTH,
    example: 'enroll',
  })
  @IsOptional()
  @IsString()
  @Length(1, MAX_LENGTH)
  clientId?: string;

  @ApiPropertyOptional({
    description:
      'The secret that was pasted into the panel; not kept. Without it `token` is skipped, and no callback is sent.',
    maxLength: MAX_LENGTH,
    format: 'password',
    writeOnly: true,
  })
  @IsOptional()
  @IsString()
  @Length(1, MAX_LENGTH)
  clientSecret?: string;
}

export class FindingDto {
  @ApiProperty({ description: 'What was tried.', example: 'Callback-Test /callbacks/success' }) check: string;
  @ApiProperty({
    description: '`unproven`: nobody can tell from here; `skipped`: it was not tried, `found` says why.',
    enum: FINDING_STATUSES,
  })
  status: FindingStatus;
  @ApiProperty({ description: 'What came of it, in words.', example: '200 in 12 ms' }) found: string;
  @ApiProperty({ type: String, nullable: true, description: 'What to change, and where; null: nothing.' })
  fix: string | null;
}

const PLAYERS = ['rollcall'] as const;

export class IntegrationCheckDto {
  @ApiProperty({ description: 'Who called: never eNROLL.', enum: PLAYERS })
  playedBy: (typeof PLAYERS)[number];
  @ApiProperty({
    description: 'The public URL that was called: that of this installation, always.',
    example: 'https://rollcall.example.org',
  })
  url: string;
  @ApiProperty({ type: Date, description: 'When it began.' }) startedAt: string;
  @ApiProperty({ type: [FindingDto], description: 'What was found, in the order of the checks.' })
  findings: FindingDto[];
}
