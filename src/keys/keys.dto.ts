import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { PageDto } from '../problem/page.dto.js';

const KEY_STATES = ['current', 'opens', 'retired'] as const;
const RESEAL_STATES = ['none', 'running', 'finished', 'outdated'] as const;

export class KeyDto {
  @ApiProperty({ description: 'Its id in the ring; never the key.', example: 'k1' }) id: string;
  @ApiProperty({
    enum: KEY_STATES,
    description:
      '`current`: the first of the ring, which seals; `opens`: opens what it has sealed; `retired`: nothing uses it.',
  })
  state: (typeof KEY_STATES)[number];
  @ApiProperty({ description: 'Whether the ring of this server holds it.' }) inRing: boolean;
  @ApiProperty({ type: Date, nullable: true, description: 'When it first was the first key; null: never.' })
  firstUsedAt: Date | null;
  @ApiProperty({ type: Date, nullable: true, description: 'When a server last said that it seals with it.' })
  signedAt: Date | null;
  @ApiProperty({ type: Date, nullable: true, description: 'When it was retired.' }) retiredAt: Date | null;
}

export class KeyListDto extends PageDto {
  @ApiProperty({ type: [KeyDto], description: 'Those of the ring first, then retired ones.' })
  items: KeyDto[];
}

export class RotatedKeyDto {
  @ApiProperty({ description: 'Id of the new key.', example: 'k20261130' }) id: string;
  @ApiProperty({ enum: ['restart'], description: 'The servers read the ring when they start.' })
  sealsAfter: 'restart';
}

export class ResealedPlaceDto {
  @ApiProperty({ description: 'A table, a column, or what is stored.', example: 'applicants' }) place: string;
  @ApiProperty({ type: Date, description: 'What is written since is of the first key.' }) startedAt: Date;
  @ApiProperty({ type: 'integer', description: 'Rows when it began.' }) total: number;
  @ApiProperty({ type: 'integer', description: 'Rows that were looked at.' }) seen: number;
  @ApiProperty({ type: 'integer', description: 'Rows that have gone over.' }) rewritten: number;
  @ApiProperty({
    type: 'integer',
    description:
      'Keyed hashes of what is gone, so that they could not be made anew: such a delivery counts as new content.',
  })
  forgotten: number;
  @ApiProperty({ type: 'integer', description: 'Rows that no key opens, or that were changed: they stay.' })
  unopened: number;
  @ApiProperty({ type: Date, nullable: true, description: 'When it was done; null: not yet.' })
  finishedAt: Date | null;
}

export class UnopenedRowDto {
  @ApiProperty({ description: 'Where it is.', example: 'receipts.body' }) place: string;
  @ApiProperty({ description: 'Its primary key.' }) rowKey: string;
  @ApiProperty({ type: String, nullable: true, description: 'The key that its bytes name.' }) keyId:
    string | null;
  @ApiProperty({ description: 'Why it does not go over.', example: 'UNSEAL_FAILED' }) code: string;
}

export class ResealDto {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The key that everything goes over to; null: never begun.',
  })
  keyId: string | null;
  @ApiProperty({
    enum: RESEAL_STATES,
    description: '`outdated`: it was for a key that is not the first any more.',
  })
  state: (typeof RESEAL_STATES)[number];
  @ApiProperty({
    type: [String],
    description: 'First keys of other servers that live: nothing goes over until they have the same.',
  })
  waitsForKeys: string[];
  @ApiProperty({ type: [ResealedPlaceDto], description: 'How far each place is.' })
  places: ResealedPlaceDto[];
  @ApiProperty({ type: [UnopenedRowDto], description: 'Rows that stay as they are, the first hundred.' })
  rows: UnopenedRowDto[];
}

export class RetireKeyBody {
  @ApiPropertyOptional({
    description:
      'End sessions, invitations and recovery codes that may hang on the key. People log in again and make new recovery codes.',
    default: false,
  })
  @IsOptional()
  @IsBoolean()
  endCredentials?: boolean = false;
}

export class RetiredDto {
  @ApiProperty({ description: 'Its id in the ring.', example: 'k1' }) id: string;
  @ApiProperty({ enum: ['retired'], description: 'Nothing uses it any more.' }) state: 'retired';
  @ApiProperty({
    type: 'integer',
    description: 'Rows that name it and that it did not open: they stay closed.',
  })
  unopened: number;
}
