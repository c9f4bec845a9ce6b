import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  ValidateNested,
} from 'class-validator';
import { APPLICANT_COLUMNS, type ApplicantColumn } from '../applicants/columns.types.js';
import { ApplicantFilterDto } from '../applicants/list-applicants.dto.js';
import { PageDto } from '../problem/page.dto.js';
import {
  DEFAULT_COLUMNS,
  EXPORT_FORMATS,
  EXPORT_STATES,
  type ExportFormat,
  type ExportState,
} from './exports.types.js';

const EXPORTED = ['applicants'] as const;
const TIME_OR_NULL = { type: String, format: 'date-time', nullable: true } as const;

export class CreateExportBody {
  @ApiProperty({ description: 'What to export.', enum: EXPORTED })
  @IsIn(EXPORTED)
  what: (typeof EXPORTED)[number];

  @ApiProperty({ description: 'The format of the file.', enum: EXPORT_FORMATS })
  @IsIn(EXPORT_FORMATS)
  format: ExportFormat;

  @ApiPropertyOptional({
    type: ApplicantFilterDto,
    description: 'As in the list of applicants. Absent: all.',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ApplicantFilterDto)
  filter?: ApplicantFilterDto;

  @ApiPropertyOptional({
    enum: APPLICANT_COLUMNS,
    isArray: true,
    default: DEFAULT_COLUMNS,
    description: 'In this order. The default ones hold nothing sensitive and are by far the fastest.',
  })
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(APPLICANT_COLUMNS, { each: true, message: '$property has an unknown column' })
  columns?: ApplicantColumn[];

  @ApiPropertyOptional({
    default: false,
    description: 'True: mask sensitive columns although the key may read personal data.',
  })
  @IsOptional()
  @IsBoolean()
  masked?: boolean;
}

export class ExportDto {
  @ApiProperty({ description: 'Its id.', format: 'uuid' }) id: string;
  @ApiProperty({ description: 'Name of the API key that asked for it.' }) createdBy: string;
  @ApiProperty({
    enum: EXPORT_STATES,
    description:
      '`waiting`: it begins soon, or is tried again after the failure in `errorCode`; `ready`: its file can be downloaded until `expiresAt`.',
  })
  state: ExportState;
  @ApiProperty({ description: 'The format of the file.', enum: EXPORT_FORMATS }) format: ExportFormat;
  @ApiProperty({ description: 'Which applicants are in it.', type: ApplicantFilterDto })
  filter: ApplicantFilterDto;
  @ApiProperty({
    description: 'The columns of the file, in their order.',
    enum: APPLICANT_COLUMNS,
    isArray: true,
  })
  columns: readonly ApplicantColumn[];
  @ApiProperty({ description: 'Sensitive columns show initials or their last two digits.' }) masked: boolean;
  @ApiProperty({
    description: 'Has sensitive columns that are not masked: a download needs `pii:read`.',
  })
  holdsPii: boolean;
  @ApiProperty({ type: 'integer', description: 'Applicants written so far.' }) rows: number;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description:
      'Applicants that it will hold, counted in the snapshot that is written; null until it begins.',
  })
  rowsTotal: number | null;
  @ApiProperty({ type: 'integer', description: 'Bytes written so far.' }) bytes: number;
  @ApiProperty({ type: 'integer', description: 'Tries; each begins from the start.' }) attempts: number;
  @ApiProperty({
    description: 'Why the last try failed; null if none did.',
    type: String,
    nullable: true,
    example: 'IMAGE_STORE_FULL',
  })
  errorCode: string | null;
  @ApiProperty({ description: 'When it was asked for.', format: 'date-time' }) createdAt: string;
  @ApiProperty({ description: 'When work on it began; null before.', ...TIME_OR_NULL })
  startedAt: string | null;
  @ApiProperty({ description: 'When it was finished; null before.', ...TIME_OR_NULL })
  finishedAt: string | null;
  @ApiProperty({ description: 'When it is deleted, with its file.', ...TIME_OR_NULL })
  expiresAt: string | null;
}

export class ExportPageDto extends PageDto {
  @ApiProperty({ description: 'The exports of this page.', type: [ExportDto] }) items: ExportDto[];
}
