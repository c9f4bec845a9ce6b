import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { RedactionDto } from '../inbox/receipts.dto.js';
import { IsLine, IsName, PageDto, PageQuery } from '../problem/page.dto.js';
import { ERASURE_STATES, type ErasureCounts, type ErasureState } from './erasures.types.js';

const MAX_REASON_LENGTH = 500;
const MAX_ID_LENGTH = 200;
const TIME_OR_NULL = { type: String, format: 'date-time', nullable: true } as const;

/** One person, by one of two ids, and why. */
export class PersonBody {
  @ApiPropertyOptional({ description: 'This one applicant.', example: 'A-1001' })
  @IsOptional()
  @IsLine(MAX_ID_LENGTH)
  applicantId?: string;

  @ApiPropertyOptional({
    description:
      'All applicants who have this national id, and those of whom quarantine alone knows. An erasure keeps it sealed until its last look, if at all.',
    example: '29703012357788',
  })
  @IsOptional()
  @IsLine(MAX_ID_LENGTH)
  nationalId?: string;

  @ApiProperty({
    description: 'Why. The audit keeps it: name a case, not a person.',
    minLength: 1,
    maxLength: MAX_REASON_LENGTH,
    example: 'request 2026-118 of the person',
  })
  @IsName(MAX_REASON_LENGTH)
  reason: string;
}

export class RequestErasureBody extends PersonBody {}

export class ListErasuresQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only these; all where it is absent.', enum: ERASURE_STATES })
  @IsOptional()
  @IsIn(ERASURE_STATES)
  state?: ErasureState;

  @ApiPropertyOptional({ description: 'Only those of this applicant.', example: 'A-1001' })
  @IsOptional()
  @IsLine(MAX_ID_LENGTH)
  applicantId?: string;
}

export class ErasureDto {
  @ApiProperty({ description: 'Its id.', format: 'uuid' }) id: string;
  @ApiProperty({
    description: 'Whom it erases. Empty where it is of elements of quarantine that name nobody.',
    type: [String],
    example: ['A-1001'],
  })
  applicantIds: string[];
  @ApiProperty({
    description: 'How far it is. From `restricted` on nobody reads the person.',
    enum: ERASURE_STATES,
  })
  state: ErasureState;
  @ApiProperty({ description: 'Why.' }) reason: string;
  @ApiProperty({ description: 'Who asked for it.', example: 'user:mona' }) requestedBy: string;
  @ApiProperty({ description: 'When.', format: 'date-time' }) requestedAt: string;
  @ApiProperty({ ...TIME_OR_NULL, description: 'Since when something is gone.' }) beganAt: string | null;
  @ApiProperty({ ...TIME_OR_NULL, description: 'Since when nothing is left.' }) erasedAt: string | null;
  @ApiProperty({
    description: 'What was overwritten so far, how many of each.',
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { versions: 3, receipts: 3, images: 4 },
  })
  counts: ErasureCounts;
  @ApiProperty({
    description: 'What keeps it from going on; it tries again by itself.',
    type: String,
    nullable: true,
    example: 'IMAGE_STORE_UNREACHABLE',
  })
  errorCode: string | null;
}

export class ErasurePageDto extends PageDto {
  @ApiProperty({ description: 'The erasures of this page.', type: [ErasureDto] })
  items: ErasureDto[];
}

export class RedactedReceiptDto extends RedactionDto {
  @ApiProperty({ description: 'The receipt.', format: 'uuid' }) receiptId: string;
}

export class CertificateDto {
  @ApiProperty({ description: 'Who certifies.', example: 'https://rollcall.example' }) issuer: string;
  @ApiProperty({ description: 'The erasure.', format: 'uuid' }) erasureId: string;
  @ApiProperty({ description: 'Who was erased.', type: [String] }) applicantIds: string[];
  @ApiProperty({ description: 'Why.' }) reason: string;
  @ApiProperty({ description: 'Who asked for it.' }) requestedBy: string;
  @ApiProperty({ description: 'When.', format: 'date-time' }) requestedAt: string;
  @ApiProperty({ description: 'When it began.', format: 'date-time' }) beganAt: string;
  @ApiProperty({ description: 'When nothing was left.', format: 'date-time' }) erasedAt: string;
  @ApiProperty({
    description: 'What was overwritten, how many of each.',
    type: 'object',
    additionalProperties: { type: 'integer' },
  })
  counts: ErasureCounts;
  @ApiProperty({ description: 'Receipts that elements were cut out of.', type: [RedactedReceiptDto] })
  receipts: RedactedReceiptDto[];
  @ApiProperty({ description: 'What stays.' }) stays: string;
}

export class SignedCertificateDto {
  @ApiProperty({ type: CertificateDto }) certificate: CertificateDto;
  @ApiProperty({
    description:
      'The same, signed: a compact JWS (RFC 7515) by a key of `/.well-known/jwks.json`, with `typ` `rollcall-erasure+jws`.',
  })
  jws: string;
}
