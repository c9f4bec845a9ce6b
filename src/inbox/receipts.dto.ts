import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Source } from '../applicants/changes.entity.js';
import { NullableText, OptionalInstant, OptionalLine, OptionalOneOf } from '../applicants/fields.dto.js';
import { KINDS, SOURCES } from '../applicants/versions.dto.js';
import type { CallbackKind } from '../enroll-contract/types.js';
import { PageDto, PageQuery } from '../problem/page.dto.js';
import { RECEIPT_STATES, type ReceiptState } from './inbox.types.js';
import { ITEM_RESULTS, type ItemResult } from './report.dto.js';

/** Elements of one receipt that are listed with it, at most. */
export const MAX_LISTED_ELEMENTS = 1000;

export class ListReceiptsQuery extends PageQuery {
  @OptionalLine(256, 'Only receipts with an element about this applicant.', 'A-1001')
  applicantId?: string;

  @OptionalOneOf(RECEIPT_STATES, 'Only receipts in this state.')
  state?: ReceiptState;

  @OptionalOneOf(KINDS, 'Only receipts of this callback URL.')
  kind?: CallbackKind;

  @OptionalOneOf(SOURCES, 'Only receipts that came this way.')
  source?: Source;

  @OptionalInstant('Received at or after.')
  receivedFrom?: string;

  @OptionalInstant('Received before.')
  receivedTo?: string;

  @OptionalInstant('The old name of `receivedFrom`.', { deprecated: true })
  from?: string;

  @OptionalInstant('The old name of `receivedTo`.', { deprecated: true })
  to?: string;
}

/** One element of a receipt. */
export class ReceiptElementDto {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Its place in the list.' }) index: number;
  @NullableText('The applicant it is about, if that can be read.', 'A-1001') applicantId: string | null;
  @ApiProperty({ enum: ITEM_RESULTS, description: 'What became of it.' }) result: ItemResult;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The version that it became; null where it became none, or the version is no longer kept.',
    example: 2,
  })
  version: number | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Where it is in quarantine.' })
  quarantineId: string | null;
  @NullableText('Why it is in quarantine.', null) code: string | null;
}

class ReceiptItemDto {
  @ApiProperty({
    description: 'Its id, a UUIDv7.',
    format: 'uuid',
    example: '019aafb2-4c00-7d1f-9a55-3c1c52f0a9d1',
  })
  receiptId: string;
  @ApiProperty({ description: 'When it came.', format: 'date-time' }) receivedAt: string;
  @ApiProperty({ description: 'Who brought it: a callback, a replay, or reconciliation.', enum: SOURCES })
  source: Source;
  @ApiProperty({ enum: KINDS, description: 'The callback URL it came to.' }) kind: CallbackKind;
  @ApiProperty({
    enum: RECEIPT_STATES,
    description:
      '`pending`: committed, and being applied; `rejected`: nothing could be taken, the bytes are kept.',
  })
  state: ReceiptState;
  @NullableText('The OAuth client that sent it; null where it was no callback.', 'enroll')
  clientId: string | null;
  @NullableText('The address it came from; null where it was no callback.', '203.0.113.7')
  remoteAddress: string | null;
  @NullableText('The `x-request-id` of the request, which is also in the log.')
  requestId: string | null;
  @NullableText('As the sender declared it; null where it did not.', 'application/json')
  contentType: string | null;
  @NullableText('Why it was rejected.', 'NOT_JSON')
  errorCode: string | null;
  @ApiProperty({ type: 'integer', description: 'Elements in the list.' }) received: number;
  @ApiProperty({ type: 'integer', description: 'Created or updated.' }) applied: number;
  @ApiProperty({ type: 'integer', description: 'Duplicate or stale.' }) duplicates: number;
  @ApiProperty({ description: 'Elements that could not be taken.', type: 'integer' }) quarantined: number;
  @ApiProperty({ type: 'integer', description: 'Attempts to apply it after it was committed.' })
  attempts: number;
  @ApiProperty({ type: 'integer', description: 'Bytes of the body that are kept: all, after decompression.' })
  bodyBytes: number;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: null,
    description:
      'Only for a body that was refused for its size, encoding or type: its declared length, or the bytes that had come. ' +
      'The first `bodyBytes` of it are kept as they came over the wire, at most 65,536.',
  })
  sentBytes: number | null;
  @NullableText('Only for such a body: the `Content-Encoding` of the bytes that are kept.', null)
  contentEncoding: string | null;
}

export class ListedReceiptDto extends ReceiptItemDto {
  @ApiPropertyOptional({
    type: [ReceiptElementDto],
    description: 'Only where receipts of one applicant are asked for: the elements about that applicant.',
  })
  elements?: ReceiptElementDto[];
}

/** What an erasure cut out of a receipt. */
export class RedactionDto {
  @ApiProperty({ description: 'The erasure.', format: 'uuid' }) erasureId: string;
  @ApiProperty({ description: 'When.', format: 'date-time' }) redactedAt: string;
  @ApiProperty({
    description: 'Places in its list that were cut out; null: the whole body, which is no list.',
    type: [Number],
    nullable: true,
  })
  elements: number[] | null;
  @ApiProperty({ description: 'Keyed hash of the bytes that stayed as they were received; hex.' })
  keptHash: string;
}

export class ReceiptDto extends ReceiptItemDto {
  @ApiProperty({ enum: ITEM_RESULTS, isArray: true, description: 'One per element, in their order.' })
  results: ItemResult[];
  @ApiProperty({
    type: [ReceiptElementDto],
    description: `The elements with the applicants they are about, in their order; the first ${MAX_LISTED_ELEMENTS} of them.`,
  })
  elements: ReceiptElementDto[];
  @ApiProperty({ description: 'What was cut out of its bytes since. Mostly nothing.', type: [RedactionDto] })
  redactions: RedactionDto[];
}

export class ReceiptPageDto extends PageDto {
  @ApiProperty({ description: 'The receipts of this page.', type: [ListedReceiptDto] })
  items: ListedReceiptDto[];
}

export class ProbeDto {
  @ApiProperty({ format: 'date-time', description: 'When the latest of these tests came.' }) at: string;
  @ApiProperty({ description: 'The URL as it was called, without its query.', example: '/callbacks/success' })
  url: string;
  @ApiProperty({ description: 'The address it came from.', example: '203.0.113.7' }) remoteAddress: string;
  @ApiProperty({
    description: 'Whether a valid access token came along; the test is answered 200 either way.',
  })
  tokenValid: boolean;
  @ApiProperty({
    description: 'Tests of this address and URL within the hour, as far as they were recorded.',
    example: 1,
  })
  tests: number;
}

export class ProbePageDto extends PageDto {
  @ApiProperty({ type: [ProbeDto], description: 'Newest first: the first one is the last test.' })
  items: ProbeDto[];
}
