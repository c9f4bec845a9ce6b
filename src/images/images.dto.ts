import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayUnique, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IMAGE_FIELDS, type ImageField } from '../enroll-contract/types.js';
import { IsLine } from '../problem/page.dto.js';
import {
  IMAGE_SIZES,
  IMAGE_STATES,
  type ImageSize,
  type ImageState,
  RETRYABLE_STATES,
  type RetryableState,
} from './images.types.js';

const MAX_ID_CHARACTERS = 256;
const TIME_OR_NULL = { type: String, format: 'date-time', nullable: true } as const;

export class ImageQuery {
  @ApiPropertyOptional({
    enum: IMAGE_SIZES,
    default: 'full',
    description: '`thumb`: a WebP of at most 320 x 320 pixels without metadata; `full`: as eNROLL gave it.',
  })
  @IsOptional()
  @IsIn(IMAGE_SIZES)
  size: ImageSize = 'full';

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    description: 'What the field showed at this version; absent: what it shows now.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version?: number;
}

export class ImageDto {
  @ApiProperty({ description: 'The field that names the image.', enum: IMAGE_FIELDS }) field: ImageField;
  @ApiProperty({ type: 'integer', description: 'The first version that names it.' }) version: number;
  @ApiProperty({ description: 'Whether it is what the field shows now.' }) isCurrent: boolean;
  @ApiProperty({ description: "eNROLL's path, opaque.", example: 'kyc/1700398203730/front.jpg' })
  path: string;
  @ApiProperty({ description: 'Its state in the mirror.', enum: IMAGE_STATES }) state: ImageState;
  @ApiProperty({ type: 'integer', description: 'Tries so far; outages do not count.' }) attempts: number;
  @ApiProperty({ description: 'When it is tried next; null if it is not.', ...TIME_OR_NULL })
  nextAttemptAt: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Why the last try brought nothing, if that is known.',
    example: 'ENROLL_NOT_FOUND',
  })
  errorCode: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'Of the bytes as fetched, hexadecimal. Null without `pii:read`: whoever has a picture could find out whose it is.',
  })
  sha256: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'image/jpeg',
    description: 'As its magic bytes say.',
  })
  mediaType: string | null;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 183_204,
    description: 'Null without `pii:read`, as `sha256` is.',
  })
  bytes: number | null;
  @ApiProperty({ description: 'When a version first named it.', format: 'date-time' }) wantedAt: string;
  @ApiProperty({ description: 'When it left the state `wanted`; null before.', ...TIME_OR_NULL })
  settledAt: string | null;
}

export class ImageListDto {
  @ApiProperty({ description: 'All images of the applicant.', type: [ImageDto] }) items: ImageDto[];
}

export class RetryImagesBody {
  @ApiPropertyOptional({
    enum: RETRYABLE_STATES,
    isArray: true,
    description:
      'Absent: all but `fetched`, which needs an `applicantId`. Images that wait for their next try are tried at once in any case.',
  })
  @IsOptional()
  @IsIn(RETRYABLE_STATES, { each: true })
  @ArrayUnique()
  states?: RetryableState[];

  @ApiPropertyOptional({ description: 'Absent: of all applicants.' })
  @IsOptional()
  @IsLine(MAX_ID_CHARACTERS)
  applicantId?: string;
}

export class RetriedDto {
  @ApiProperty({ type: 'integer', description: 'Images that are due again.' }) retried: number;
}

export class PausedDto {
  @ApiProperty({ description: 'When it was paused.', format: 'date-time' }) at: string;
  @ApiProperty({ description: 'Name of the API key, or `cli:<user>@<host>`.' }) by: string;
}

export class MirrorFaultDto {
  @ApiProperty({ description: 'What is wrong.', example: 'IMAGE_STORE_FULL' }) code: string;
  @ApiProperty({ format: 'date-time', description: 'Since when.' }) since: string;
}

export class ImageCountsDto {
  @ApiProperty({ description: 'To be fetched.', type: 'integer' }) wanted: number;
  @ApiProperty({ description: 'Fetched and in the store.', type: 'integer' }) fetched: number;
  @ApiProperty({ description: 'eNROLL does not have them.', type: 'integer' }) missing: number;
  @ApiProperty({ description: 'eNROLL answered something that is no image.', type: 'integer' })
  notImage: number;
  @ApiProperty({ description: 'Given up after too many tries.', type: 'integer' }) failed: number;
}

export class MirrorStatusDto {
  @ApiProperty({ description: "Whether eNROLL's query API is configured; without it images stay wanted." })
  configured: boolean;
  @ApiProperty({ description: 'Where images are kept.', enum: ['disk', 's3'] }) store: 'disk' | 's3';
  @ApiProperty({ description: 'Who paused the mirror; null while it runs.', type: PausedDto, nullable: true })
  paused: PausedDto | null;
  @ApiProperty({
    type: MirrorFaultDto,
    nullable: true,
    description: 'What keeps images from being fetched; null if nothing does.',
  })
  fault: MirrorFaultDto | null;
  @ApiProperty({ description: 'Images by state.', type: ImageCountsDto }) counts: ImageCountsDto;
  @ApiProperty({ type: 'integer', description: 'Distinct images in the store.' }) storedImages: number;
  @ApiProperty({ type: 'integer', description: 'Their size, sealed.' }) storedBytes: number;
}
