import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import type { Outcome } from '../enroll-contract/types.js';
import { IsInstant, IsLine, PageQuery } from '../problem/page.dto.js';
import { OUTCOMES } from './applicants.dto.js';

const INT4_MAX = 2 ** 31 - 1;

/** Values to be found exactly; every spelling of one finds the same. */
class ExactValues {
  @ApiPropertyOptional({
    example: '29703012357788',
    description: 'National id, or number of another document.',
  })
  @IsOptional()
  @IsLine(128)
  idNumber?: string;

  @ApiPropertyOptional({ example: '01068282888', description: 'With or without the country code.' })
  @IsOptional()
  @IsLine(64)
  phone?: string;

  @ApiPropertyOptional({
    description: 'A mail address, in any spelling.',
    example: 'mona.hassan@example.com',
  })
  @IsOptional()
  @IsLine(320)
  email?: string;

  @ApiPropertyOptional({ description: 'A document number, in any spelling.', example: 'IC1234567' })
  @IsOptional()
  @IsLine(128)
  documentNumber?: string;
}

/** Conditions on what is not sensitive, joined by *and*. */
export class ApplicantFilterDto {
  @ApiPropertyOptional({ description: 'Only applicants with this outcome.', enum: OUTCOMES })
  @IsOptional()
  @IsIn(OUTCOMES)
  outcome?: Outcome;

  @ApiPropertyOptional({
    description: 'Only applicants with this status code of eNROLL.',
    type: 'integer',
    example: 4,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(-INT4_MAX)
  @Max(INT4_MAX)
  status?: number;

  @ApiPropertyOptional({ format: 'date-time', description: 'First received at or after.' })
  @IsOptional()
  @IsInstant()
  receivedFrom?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'First received before.' })
  @IsOptional()
  @IsInstant()
  receivedTo?: string;

  @ApiPropertyOptional({ description: 'Only applicants of this nationality, as sent.', example: 'EGY' })
  @IsOptional()
  @IsLine(128)
  nationality?: string;

  @ApiPropertyOptional({ example: 'EGY', description: '`documentTypeCode`.' })
  @IsOptional()
  @IsLine(128)
  documentType?: string;

  @ApiPropertyOptional({ description: 'Only applicants with this flag.', example: 'nationalIdChecksum' })
  @IsOptional()
  @IsLine(128)
  flag?: string;
}

export class ListApplicantsQuery extends IntersectionType(PageQuery, ApplicantFilterDto) {
  @ApiPropertyOptional({
    example: 'customer-10017',
    description:
      'Your own key of the customer, as it was given when the session token was minted here. Found once eNROLL has told ' +
      'whose the application is, seconds after its callback.',
  })
  @IsOptional()
  @IsLine(128)
  correlationId?: string;
}

/** A name, or values that must all match. */
export class SearchApplicantsBody extends IntersectionType(PageQuery, ExactValues, ApplicantFilterDto) {
  @ApiPropertyOptional({
    example: 'احمد حسن',
    description:
      'Name, in any spelling («احمد» finds «أحمد»): names equal to it first, then those that begin so, then those with a ' +
      'word beginning with each of its words. Where there is none of these, names much like it.',
  })
  @IsOptional()
  @IsLine(200)
  q?: string;
}

export class AsOfQuery {
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'What was known at that time; without it, what is known now.',
  })
  @IsOptional()
  @IsInstant()
  asOf?: string;
}
