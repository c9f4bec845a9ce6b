import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import type { Source } from '../applicants/changes.entity.js';
import { NullableText, OptionalInstant, OptionalLine, OptionalOneOf } from '../applicants/fields.dto.js';
import { KINDS, SOURCES } from '../applicants/versions.dto.js';
import type { CallbackKind } from '../enroll-contract/types.js';
import { IsLine, PageDto, PageQuery } from '../problem/page.dto.js';
import { VALUE_KINDS } from './masked-element.js';
import { QUARANTINE_STATES, type QuarantineState } from './quarantine.entity.js';
import { ITEM_RESULTS, type ItemResult } from './report.dto.js';

/** Elements replayed by one call at most, so that it ends before a proxy gives up. */
export const MAX_REPLAYED = 500;

export class ReplayFilter {
  @OptionalLine(64, 'Only elements refused with this code.', 'APPLICANT_ID_MISSING')
  code?: string;

  @OptionalLine(256, 'Only elements about this applicant.')
  applicantId?: string;

  @ApiPropertyOptional({ description: 'Only elements of this receipt.', format: 'uuid' })
  @IsOptional()
  @IsUUID()
  receiptId?: string;

  @OptionalInstant('Only elements received at or after.')
  receivedFrom?: string;

  @OptionalInstant('Only elements received before.')
  receivedTo?: string;
}

export class ListQuarantineQuery extends IntersectionType(PageQuery, ReplayFilter) {
  @OptionalOneOf(QUARANTINE_STATES, 'Without it: elements of every state.')
  state?: QuarantineState;
}

export class QuarantineItemDto {
  @ApiProperty({ description: 'Its id.', format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid', description: 'The callback it came with.' }) receiptId: string;
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Its place in the list of that callback.' })
  elementIndex: number;
  @ApiProperty({ description: 'When it came.', format: 'date-time' }) receivedAt: string;
  @ApiProperty({ description: 'Who brought it: a callback, a replay, or reconciliation.', enum: SOURCES })
  source: Source;
  @ApiProperty({ description: 'The callback URL it came to.', enum: KINDS }) kind: CallbackKind;
  @NullableText('The id of the applicant, if one could be read.')
  applicantId: string | null;
  @ApiProperty({ description: 'Why it was refused.', example: 'APPLICANT_ID_MISSING' }) code: string;
  @ApiProperty({
    description: 'The same in words; names fields, never their values.',
    example: 'applicantId is missing or blank',
  })
  reason: string;
  @ApiProperty({ description: 'Whether it still waits for somebody.', enum: QUARANTINE_STATES })
  state: QuarantineState;
  @ApiProperty({
    description: 'When it was replayed or discarded; null while it is open.',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  resolvedAt: string | null;
  @NullableText('Name of the API key, or `cli:<user>@<host>`; null while it is open.', 'operations')
  resolvedBy: string | null;
  @NullableText('How it was resolved, with the note or reason that was given.', 'fixed: applicantId')
  resolution: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The receipt of its replay.' })
  replayReceiptId: string | null;
  @ApiProperty({ type: 'integer', description: 'Its length in bytes.' }) elementBytes: number;
}

export class MaskedFieldDto {
  @ApiProperty({ description: 'Its name, as it was sent.', example: 'idNumber' }) name: string;
  @ApiProperty({ description: 'What it holds.', enum: VALUE_KINDS }) kind: (typeof VALUE_KINDS)[number];
  @ApiProperty({
    description:
      'Its value, masked as that of an applicant; one for each entry of a list, none for null. Of a name that the contract does not know, and of ' +
      'what is nested or long, only `•••`.',
    type: [String],
    example: ['•••88'],
  })
  values: string[];
  @ApiProperty({ description: 'Whether the refusal is about it.' }) refused: boolean;
}

export class MaskedElementDto {
  @ApiProperty({
    description: 'What the element is; anything but an `object` has no fields.',
    enum: VALUE_KINDS,
  })
  kind: (typeof VALUE_KINDS)[number];
  @ApiProperty({ description: 'In their order, repeated ones too.', type: [MaskedFieldDto] })
  fields: MaskedFieldDto[];
  @ApiProperty({ description: 'How many more there are than are shown.', type: 'integer' }) leftOff: number;
}

export class QuarantineDto extends QuarantineItemDto {
  @ApiProperty({
    type: String,
    nullable: true,
    example: '{"applicantId":"","firstName":"منى"}',
    description: 'The element exactly as it was received; null without `pii:read`. The reading is recorded.',
  })
  element: string | null;
  @ApiProperty({
    type: MaskedElementDto,
    nullable: true,
    description:
      'What it looks like, for who may not read it; null with `pii:read`, and while the applicant is under erasure or once it is erased.',
  })
  masked: MaskedElementDto | null;
}

export class RevealedElementDto {
  @ApiProperty({ description: 'Its id.', format: 'uuid' }) id: string;
  @ApiProperty({
    example: '{"applicantId":"","firstName":"منى"}',
    description: 'The element exactly as it was received.',
  })
  element: string;
}

export class QuarantinePageDto extends PageDto {
  @ApiProperty({ description: 'The elements of this page.', type: [QuarantineItemDto] })
  items: QuarantineItemDto[];
}

export class QuarantineCountDto {
  @ApiProperty({ description: 'Why they were refused.', example: 'APPLICANT_ID_MISSING' }) code: string;
  @ApiProperty({ description: 'What became of them.', enum: QUARANTINE_STATES }) state: QuarantineState;
  @ApiProperty({ description: 'How many there are.', type: 'integer' }) count: number;
  @ApiProperty({ description: 'When the newest of them came.', format: 'date-time' }) newestAt: string;
}

export class QuarantineCountsDto extends PageDto {
  @ApiProperty({ description: 'By code and state, the most frequent first.', type: [QuarantineCountDto] })
  items: QuarantineCountDto[];
  @ApiProperty({ description: 'Whether all are counted: of each state the newest 100,000 are.' })
  complete: boolean;
}

export class FixBody {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { applicantId: '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1', isUpdate: null },
    description:
      'A JSON merge patch (RFC 7396): values replace, null removes. Names of the element match in any case. ' +
      'The element as received is kept unchanged.',
  })
  @IsObject()
  patch: object;

  @ApiPropertyOptional({ default: false, description: 'True: only tell whether it would be taken.' })
  @IsOptional()
  @IsBoolean()
  dryRun: boolean = false;

  @OptionalLine(500, 'Why this repair is right; kept with it.', 'id confirmed by branch 12')
  note?: string;
}

export class ReplayBody {
  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    maxItems: MAX_REPLAYED,
    description: 'Ids of the elements; or give `filter`.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_REPLAYED)
  @IsUUID(undefined, { each: true })
  ids?: string[];

  @ApiPropertyOptional({ type: ReplayFilter, description: 'All open elements that match; `{}` means all.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ReplayFilter)
  filter?: ReplayFilter;

  @ApiPropertyOptional({
    default: true,
    description: 'True: only tell which would be taken. It must be false to replay.',
  })
  @IsOptional()
  @IsBoolean()
  dryRun: boolean = true;

  @ApiPropertyOptional({ description: '`nextCursor` of the answer before, to go on with a filter.' })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  cursor?: string;
}

export class DiscardBody {
  @ApiProperty({
    description: 'Why it may be put aside; kept with it.',
    example: 'a test of the branch, no applicant',
  })
  @IsLine(500)
  reason: string;
}

export class ReplayItemDto {
  @ApiProperty({ description: 'Id of the element in quarantine.', format: 'uuid' }) id: string;
  @NullableText('The applicant it is about; null where that cannot be read.')
  applicantId: string | null;
  @ApiProperty({ description: 'Whether it can be taken.' }) passes: boolean;
  @NullableText('Why it cannot be taken.')
  code: string | null;
  @NullableText('The same in words.')
  reason: string | null;
  @ApiProperty({
    description:
      'Newer content of the applicant came since, so a replay would put older content on top. Without `quarantine:decide` it does not pass (`OVERTAKEN`).',
  })
  overtaken: boolean;
  @ApiProperty({
    type: String,
    nullable: true,
    format: 'uuid',
    description: 'The receipt of the replay; null in a dry run.',
  })
  replayReceiptId: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    enum: ITEM_RESULTS,
    description: 'What became of it; null in a dry run.',
  })
  result: ItemResult | null;
}

export class ReplayDto extends PageDto {
  @ApiProperty({ description: 'Whether nothing was written.' }) dryRun: boolean;
  @ApiProperty({ type: 'integer', description: 'Elements that were taken, or in a dry run would be.' })
  passing: number;
  @ApiProperty({ type: 'integer', description: 'Elements that are still refused; they stay open.' })
  failing: number;
  @ApiProperty({ description: 'The elements of this page, oldest first.', type: [ReplayItemDto] })
  items: ReplayItemDto[];
}
