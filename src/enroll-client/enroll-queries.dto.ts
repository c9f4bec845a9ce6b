import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsInstant, IsLine, PageDto } from '../problem/page.dto.js';
import { CATALOGUE, type ProblemCode } from '../problem/catalogue.js';

const MAX_ID_CHARACTERS = 128;
const MAX_PATH_CHARACTERS = 1024;
const MAX_IDS = 1000;
const MAX_IMAGES = 20;

/** A line of text that may be left out. */
export function OptionalLine(maxCharacters: number, documented: ApiPropertyOptions): PropertyDecorator {
  return applyDecorators(IsLine(maxCharacters), IsOptional(), ApiPropertyOptional(documented));
}

export class RequestIdQuery {
  @ApiProperty({ example: '1700398203730', description: "eNROLL's id of the request." })
  @IsLine(MAX_ID_CHARACTERS)
  requestId: string;
}

export class FindEnrolledQuery {
  @OptionalLine(MAX_ID_CHARACTERS, { example: '1700398203730', description: "eNROLL's id of the request." })
  requestId?: string;

  @OptionalLine(MAX_ID_CHARACTERS, {
    example: 'customer-10017',
    description: 'Your own key of the customer.',
  })
  correlationId?: string;
}

export class EnrolledByDateQuery {
  @ApiProperty({
    description: 'Enrolled at or after this time; a date is the beginning of that day in Cairo.',
    example: '2026-11-23',
  })
  @IsInstant()
  from: string;

  @ApiProperty({
    description: 'Enrolled before this time; a date is the beginning of that day in Cairo.',
    example: '2026-11-24',
  })
  @IsInstant()
  to: string;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before; opaque.' })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  cursor?: string;
}

export class EnrolledByIdsBody {
  @ApiProperty({
    description: 'Ids of the applicants to ask for.',
    type: [String],
    minItems: 1,
    maxItems: MAX_IDS,
    example: ['5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1'],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_IDS)
  @IsString({ each: true })
  applicantIds: string[];
}

const IMAGE_CALLS = ['image', 'photo'] as const;

export class ImageQuery {
  @ApiProperty({
    example: 'live/2026/11/7d1f0c.jpg',
    description: 'As in an image field of the applicant; opaque.',
  })
  @IsString()
  @MaxLength(MAX_PATH_CHARACTERS)
  path: string;

  @ApiPropertyOptional({
    enum: IMAGE_CALLS,
    default: 'image',
    description: '`photo` for a path of the field `photo`. Some tenants serve it by a separate call.',
  })
  @IsOptional()
  @IsIn(IMAGE_CALLS)
  call: (typeof IMAGE_CALLS)[number] = 'image';
}

export class ImagesBody {
  @ApiProperty({
    description: 'Paths of images, as eNROLL gave them.',
    type: [String],
    minItems: 1,
    maxItems: MAX_IMAGES,
    example: ['id/2026/11/7d1f0c-front.jpg', 'id/2026/11/7d1f0c-back.jpg'],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_IMAGES)
  @IsString({ each: true })
  paths: string[];
}

export class EnrollTokenDto {
  @ApiProperty({
    example: 'default (unverified)',
    description: 'The dialect in which we ask eNROLL; see docs/enroll-api.md.',
  })
  dialect: string;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'End of the token we hold.',
  })
  expiresAt: string | null;
}

export class ApplicantIdDto {
  @ApiProperty({
    description: 'The applicant of the request.',
    example: '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1',
  })
  applicantId: string;
}

/** An applicant as eNROLL has it, which may differ from ours. */
export class EnrolledApplicantDto {
  @ApiProperty({
    description: "eNROLL's id of the application; null where eNROLL sent none.",
    type: String,
    nullable: true,
    example: '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1',
  })
  applicantId: string | null;
  @ApiProperty({
    description: "eNROLL's id of the request; null where eNROLL sent none.",
    type: String,
    nullable: true,
    example: '1700398203730',
  })
  requestId: string | null;
  @ApiProperty({
    description: 'Your own id of the customer; null where none was given.',
    type: String,
    nullable: true,
    example: 'customer-10017',
  })
  correlationId: string | null;
  @ApiProperty({
    description: "When the enrollment ended, by eNROLL's account.",
    type: String,
    format: 'date-time',
    nullable: true,
  })
  enrolledAt: string | null;
  @ApiProperty({ description: 'True without `pii:read`.' }) masked: boolean;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { firstName: 'منى', familyName: 'أحمد عبد الرحمن', idNumber: '29703012357788', status: 1 },
    description: "The contract's fields as eNROLL sent them, and keys the contract does not know.",
  })
  content: Record<string, unknown>;
}

export class EnrolledPageDto extends PageDto {
  @ApiProperty({ description: 'The applicants of this page.', type: [EnrolledApplicantDto] })
  items: EnrolledApplicantDto[];
}

export class EnrolledByIdsDto extends EnrolledPageDto {
  @ApiProperty({ type: [String], description: 'The ids of the request that eNROLL does not know.' })
  notFound: string[];
}

export class EnrolledImageDto {
  @ApiProperty({ description: 'The path that was asked for.', example: 'id/2026/11/7d1f0c-front.jpg' })
  path: string;
  @ApiPropertyOptional({
    example: 'image/jpeg',
    description: 'From the magic bytes. Absent if we do not know the type.',
  })
  mediaType?: string;
  @ApiPropertyOptional({ description: 'Hexadecimal, of the decoded bytes.' }) sha256?: string;
  @ApiPropertyOptional({ format: 'byte', description: 'Base64.' }) image?: string;
  @ApiPropertyOptional({
    enum: Object.keys(CATALOGUE),
    example: 'ENROLL_NOT_FOUND',
    description: 'The fault of this image alone.',
  })
  fault?: ProblemCode;
}

export class EnrolledImagesDto {
  @ApiProperty({ description: 'One entry per path, in the order of the request.', type: [EnrolledImageDto] })
  items: EnrolledImageDto[];
}
