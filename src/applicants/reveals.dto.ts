import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsOptional, IsUUID } from 'class-validator';
import { IMAGE_FIELDS, type ImageField } from '../enroll-contract/types.js';
import { IsName, PageDto, PageQuery } from '../problem/page.dto.js';
import { NullableText, OptionalLine } from './fields.dto.js';
import {
  REVEAL_REQUEST_STATES,
  REVEALABLE_FIELDS,
  type RevealableField,
  type RevealRequestState,
} from './reveals.types.js';

const MAX_REASON_LENGTH = 500;

/** Why somebody wants to see what is hidden, and by whose leave. */
export class RevealReasonBody {
  @ApiProperty({
    description: 'Why it must be seen. The audit keeps it for good: name a case, not a person.',
    minLength: 1,
    maxLength: MAX_REASON_LENGTH,
    example: 'case 4711: the customer disputes the document',
  })
  @IsName(MAX_REASON_LENGTH)
  reason: string;

  @ApiPropertyOptional({
    description: 'Id of the request for exactly this, which a second person has approved.',
    format: 'uuid',
  })
  @IsOptional()
  @IsUUID()
  requestId?: string;
}

export class RevealBody extends RevealReasonBody {
  @ApiProperty({
    description: 'The fields to reveal; no others are shown.',
    enum: REVEALABLE_FIELDS,
    isArray: true,
    example: ['idNumber', 'phoneNumbers'],
  })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(REVEALABLE_FIELDS, {
    each: true,
    message: `$property must be among: ${REVEALABLE_FIELDS.join(', ')}`,
  })
  fields: RevealableField[];
}

export class RevealedDto {
  @ApiProperty({ description: "eNROLL's id of the application.", example: 'A-1001' }) applicantId: string;
  @ApiProperty({ description: 'The version that was revealed, the current one.', type: 'integer' })
  version: number;
  @ApiProperty({
    description: 'The values of the fields that were asked for; null or empty where none was received.',
    type: 'object',
    additionalProperties: true,
    example: { idNumber: '29703012357788', phoneNumbers: ['+201068282888'] },
  })
  fields: Record<string, unknown>;
}

export class RevealRequestDto {
  @ApiProperty({ description: 'Its id: the `requestId` of the reveal.', format: 'uuid' }) id: string;
  @ApiProperty({
    description: 'Whether it waits for a second person, is approved, was used, or is too old.',
    enum: REVEAL_REQUEST_STATES,
  })
  state: RevealRequestState;
  @NullableText('Of whom it is; null for an element in quarantine that names nobody.', 'A-1001')
  applicantId: string | null;
  @ApiProperty({
    description: 'Which fields; none where it is something else.',
    enum: REVEALABLE_FIELDS,
    isArray: true,
  })
  fields: RevealableField[];
  @ApiProperty({
    description: 'Which image, by the field that names it; null where it is none.',
    type: String,
    enum: IMAGE_FIELDS,
    nullable: true,
  })
  image: ImageField | null;
  @ApiProperty({
    description: 'Which element in quarantine; null where it is none.',
    type: String,
    format: 'uuid',
    nullable: true,
  })
  quarantineId: string | null;
  @ApiProperty({ description: 'Why, as the one who asks says.' }) reason: string;
  @ApiProperty({ description: 'Who asks.', example: 'user:mona' }) askedBy: string;
  @ApiProperty({ description: 'When.', format: 'date-time' }) createdAt: string;
  @ApiProperty({
    description: 'Until when it can be approved; once it is, until when it can be used.',
    format: 'date-time',
  })
  expiresAt: string;
  @NullableText('The second person.', 'user:ali') approvedBy: string | null;
}

export class ListRevealRequestsQuery extends PageQuery {
  @OptionalLine(256, 'Only requests about this applicant.')
  applicantId?: string;

  @ApiPropertyOptional({ description: 'Only requests for this element in quarantine.', format: 'uuid' })
  @IsOptional()
  @IsUUID()
  quarantineId?: string;
}

export class RevealRequestPageDto extends PageDto {
  @ApiProperty({ description: 'The requests of this page.', type: [RevealRequestDto] })
  items: RevealRequestDto[];
}
