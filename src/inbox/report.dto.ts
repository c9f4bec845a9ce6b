import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { NullableText } from '../applicants/fields.dto.js';

export const ITEM_RESULTS = ['created', 'updated', 'duplicate', 'stale', 'quarantined', 'pending'] as const;

/** What became of one element. `pending`: committed, and applied later by a job. */
export type ItemResult = (typeof ITEM_RESULTS)[number];

/** What became of one element of the list. */
@ApiSchema({ name: 'CallbackItem' })
export class ReportItem {
  @ApiProperty({ description: 'Position in the list, from 0.', example: 0 })
  index: number;

  @NullableText(
    "eNROLL's id of the application; null where the element has none that can be read.",
    '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1',
  )
  applicantId: string | null;

  @ApiProperty({ description: 'What became of the element.', enum: ITEM_RESULTS, example: 'created' })
  result: ItemResult;

  @ApiPropertyOptional({
    description: 'Why an element was quarantined or not applied, e.g. `APPLICANT_ID_MISSING`.',
  })
  code?: string;
}

/** The answer to a callback: everything in it is committed (M7). */
@ApiSchema({ name: 'CallbackReport' })
export class Report {
  @ApiProperty({
    description: 'The receipt that keeps the bytes of this request.',
    format: 'uuid',
    example: '019aaf6e-2c11-7d52-8d59-2f0a5c6f1b11',
  })
  receiptId: string;

  @ApiProperty({ description: 'Elements in the list.', example: 1 })
  received: number;

  @ApiProperty({ description: 'Elements that became a first or a new version.', example: 1 })
  applied: number;

  @ApiProperty({
    description: 'Elements that changed nothing: duplicates and stale redeliveries.',
    example: 0,
  })
  duplicates: number;

  @ApiProperty({ description: 'Elements that could not be taken; their bytes are kept.', example: 0 })
  quarantined: number;

  @ApiProperty({ description: 'One entry per element, in the order of the list.', type: [ReportItem] })
  items: ReportItem[];
}
