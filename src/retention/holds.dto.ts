import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsLine, IsName, PageDto, PageQuery } from '../problem/page.dto.js';

const MAX_REASON_LENGTH = 500;
const MAX_ID_LENGTH = 200;
export const HOLD_STATES = ['placed', 'lifted'] as const;
export type HoldState = (typeof HOLD_STATES)[number];

export class PlaceHoldBody {
  @ApiPropertyOptional({ description: 'Whom to hold: this one applicant.', example: 'A-1001' })
  @IsOptional()
  @IsLine(MAX_ID_LENGTH)
  applicantId?: string;

  @ApiPropertyOptional({
    description:
      'Whom to hold: everybody with this national id, now and later. It is kept sealed and never shown.',
    example: '29703012357788',
  })
  @IsOptional()
  @IsLine(MAX_ID_LENGTH)
  idNumber?: string;

  @ApiProperty({
    description: 'Why nothing may be removed. The audit keeps it: name a case, not a person.',
    minLength: 1,
    maxLength: MAX_REASON_LENGTH,
    example: 'order of the prosecution 4711/2026',
  })
  @IsName(MAX_REASON_LENGTH)
  reason: string;
}

export class ListHoldsQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only these; all where it is absent.', enum: HOLD_STATES })
  @IsOptional()
  @IsIn(HOLD_STATES)
  state?: HoldState;

  @ApiPropertyOptional({
    description:
      'Only those on this applicant, by its id or by its national id. Of lifted ones those by its id are known alone.',
    example: 'A-1001',
  })
  @IsOptional()
  @IsLine(MAX_ID_LENGTH)
  applicantId?: string;
}

export class HoldDto {
  @ApiProperty({ description: 'Its id.', format: 'uuid' }) id: string;
  @ApiProperty({ description: 'Whether it still holds.', enum: HOLD_STATES }) state: HoldState;
  @ApiProperty({
    description: 'The applicant that is held; null where a national id is.',
    type: String,
    nullable: true,
    example: 'A-1001',
  })
  applicantId: string | null;
  @ApiProperty({
    description:
      'The applicants whom it holds now. Of a national id these may become more. Empty once it is lifted.',
    type: [String],
    example: ['A-1001'],
  })
  applicantIds: string[];
  @ApiProperty({ description: 'Why.', example: 'order of the prosecution 4711/2026' }) reason: string;
  @ApiProperty({ description: 'Who placed it.', example: 'user:mona' }) placedBy: string;
  @ApiProperty({ description: 'When.', format: 'date-time' }) placedAt: string;
  @ApiProperty({ description: 'Who lifted it.', type: String, nullable: true, example: 'user:ali' })
  liftedBy: string | null;
  @ApiProperty({ description: 'When.', type: String, format: 'date-time', nullable: true })
  liftedAt: string | null;
}

export class HoldPageDto extends PageDto {
  @ApiProperty({ description: 'The holds of this page.', type: [HoldDto] })
  items: HoldDto[];
}
