import { ApiProperty } from '@nestjs/swagger';
import { TamperedDto } from '../applicants/applicants.dto.js';
import type { Source } from '../applicants/changes.entity.js';
import { NullableText } from '../applicants/fields.dto.js';
import { KINDS, SOURCES } from '../applicants/versions.dto.js';
import type { CallbackKind } from '../enroll-contract/types.js';
import { PageDto } from '../problem/page.dto.js';
import { TIMELINE_TYPE_NAMES, type TimelineType } from './timeline.types.js';

const OF_ELEMENT = 'Of a `version`, `repeat` or `quarantine`';

/** One thing that happened to an applicant: a row of the list that its type has elsewhere, without any value of the person. */
export class TimelineEntryDto extends TamperedDto {
  @ApiProperty({
    format: 'date-time',
    description: 'When it came, was found, was wanted or was done; entries are in this order.',
  })
  at: string;
  @ApiProperty({
    enum: TIMELINE_TYPE_NAMES,
    description:
      '`version`, `repeat` (an element that changed nothing), `quarantine` (one that could not be taken), `image`, `gap` (found by ' +
      'reconciliation), `delivery` (an event for an endpoint), `audit` (who saw or did something).',
  })
  type: TimelineType;
  @ApiProperty({
    description:
      'What happened: the event of a version or delivery; `duplicate` or `stale`; the code of the quarantine; the field of the ' +
      'image; the kind of the gap; the action of the audit.',
    example: 'applicant.updated',
  })
  what: string;
  @NullableText(
    'What became of it: the outcome of a version, the state of all others; null for `repeat` and `audit`.',
    'accepted',
  )
  state: string | null;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it was replayed or discarded, fetched, healed, delivered, or given up; null before.',
  })
  settledAt: string | null;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The version that was made, names the image, or was handed on.',
    example: 2,
  })
  version: number | null;
  @ApiProperty({ type: 'integer', nullable: true, description: "Of a `version`: eNROLL's status code." })
  status: number | null;
  @ApiProperty({
    type: [String],
    nullable: true,
    description: 'Of a `version`: what is doubtful in it.',
  })
  flags: string[] | null;
  @ApiProperty({
    type: [String],
    nullable: true,
    description: 'Of a `version`: the fields that differ from the version before.',
    example: ['address'],
  })
  changedFields: string[] | null;
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: `${OF_ELEMENT}: the receipt that it came in.`,
  })
  receiptId: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: `${OF_ELEMENT}: its place in that receipt.` })
  elementIndex: number | null;
  @ApiProperty({
    enum: SOURCES,
    nullable: true,
    description: `${OF_ELEMENT}: who brought it, a callback, a replay, or reconciliation.`,
  })
  source: Source | null;
  @ApiProperty({ enum: KINDS, nullable: true, description: `${OF_ELEMENT}: the callback URL it came to.` })
  kind: CallbackKind | null;
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description:
      'The element in quarantine, the gap, the endpoint of the delivery, or the entry of the audit.',
  })
  id: string | null;
  @NullableText(
    'Who resolved the quarantine; the name of the endpoint; who saw or did something.',
    'core-banking',
  )
  by: string | null;
  @NullableText(
    'Why it is in quarantine, was not fetched, was ignored, was not delivered, or was looked at.',
    null,
  )
  reason: string | null;
}

export class TimelinePageDto extends PageDto {
  @ApiProperty({ description: 'The entries of this page, newest first.', type: [TimelineEntryDto] })
  items: TimelineEntryDto[];
  @ApiProperty({
    enum: TIMELINE_TYPE_NAMES,
    isArray: true,
    description: 'Types that are left out, since the caller lacks the scope to read them.',
    example: ['audit'],
  })
  leftOut: TimelineType[];
}
