import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsOptional, IsUUID } from 'class-validator';
import { IsName, PageDto } from '../problem/page.dto.js';
import { NullableText } from './fields.dto.js';
import {
  REVEAL_REQUEST_STATES,
  REVEALABLE_FIELDS,
  type RevealableField,
  type RevealRequestState,
} from './reveals.types.js';

const MAX_REASON_LENGTH = 500;

export class RevealBody {
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

  @ApiProperty({
    description: 'Why they must be seen. The audit keeps it for good: name a case, not a person.',
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
  @ApiProperty({ description: 'Whose fields are to be revealed.', example: 'A-1001' }) applicantId: string;
  @ApiProperty({ description: 'Which fields.', enum: REVEALABLE_FIELDS, isArray: true })
  fields: RevealableField[];
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

export class RevealRequestPageDto extends PageDto {
  @ApiProperty({ description: 'The requests of this page.', type: [RevealRequestDto] })
  items: RevealRequestDto[];
}
