import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateBy,
} from 'class-validator';
import { isRange } from '../problem/address.js';
import { IsInstant, IsName, PageDto } from '../problem/page.dto.js';
import type { ApiKeyState } from './api-keys.service.js';
import { GRANTABLE, type GrantedScope } from './auth.types.js';

const MAX_NAME_LENGTH = 128;
const MAX_RANGES = 64;
const MAX_REQUESTS_PER_MINUTE = 1_000_000;
const STATES: readonly ApiKeyState[] = ['live', 'expired', 'disabled', 'tampered'];
/** The audit must not mistake the holder for a person, for somebody with a shell, or for Rollcall itself. */
const FREE_NAME = /^(?!\s*(cli|user|system|boot)\s*(:|$))/i;

/** @param what of a text, as `$property` or `each value in $property` must be */
function Satisfies(name: string, validate: (value: string) => boolean, message: string, each = false) {
  const validator = {
    validate: (value: unknown) => typeof value === 'string' && validate(value),
    defaultMessage: () => message,
  };
  return ValidateBy({ name, validator }, { each });
}

/** What a new key is to be. */
export class CreateApiKeyBody {
  @ApiProperty({
    description: 'Who uses the key, as the audit shows it; unique. Not `cli:…` or `user:…`.',
    maxLength: MAX_NAME_LENGTH,
    example: 'core-banking',
  })
  @IsName(MAX_NAME_LENGTH)
  @Matches(FREE_NAME, {
    message: '$property must not begin with "cli:" or "user:", nor be "system" or "boot"',
  })
  name: string;

  @ApiProperty({
    description: 'What it may do; none that the caller lacks. `*` is every scope.',
    enum: GRANTABLE,
    isArray: true,
    example: ['applicants:read', 'changes:read'],
  })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(GRANTABLE, { each: true, message: '$property must be known scopes, see docs/scopes.md' })
  scopes: GrantedScope[];

  @ApiPropertyOptional({
    type: Date,
    nullable: true,
    description: 'From then on it is refused; a date is midnight UTC. Absent: it does not end by itself.',
    example: '2027-11-30T00:00:00Z',
  })
  @IsOptional()
  @IsInstant()
  @Satisfies('isToCome', (text) => Date.parse(text) > Date.now(), '$property must be a time to come')
  expiresAt?: string | null;

  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    maxItems: MAX_RANGES,
    description: 'Addresses and CIDR ranges from which it may be used. Absent: from anywhere.',
    example: ['10.20.0.0/16', '192.0.2.7'],
  })
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MAX_RANGES)
  @Satisfies('isRange', isRange, '$property must be addresses or CIDR ranges, e.g. 10.20.0.0/16', true)
  allowAddresses?: string[] | null;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 1,
    maximum: MAX_REQUESTS_PER_MINUTE,
    description: 'Requests within a minute, over all replicas. Absent: `ROLLCALL_API_REQUESTS_PER_MINUTE`.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_REQUESTS_PER_MINUTE)
  requestsPerMinute?: number | null;
}

export class ApiKeyDto {
  @ApiProperty({ description: 'Its id.', format: 'uuid' }) id: string;
  @ApiProperty({ description: 'Who uses it, as the audit shows it.', example: 'core-banking' }) name: string;
  @ApiProperty({ description: 'What it may do.', enum: GRANTABLE, isArray: true }) scopes: GrantedScope[];
  @ApiProperty({
    description:
      '`live` alone opens something. `tampered`: Rollcall did not write this row as it is, see `docs/api-keys.md`.',
    enum: STATES,
  })
  state: ApiKeyState;
  @ApiProperty({ type: Date, description: 'When it was made.' }) createdAt: Date;
  @ApiProperty({ type: Date, nullable: true, description: 'When it ends by itself; null: it does not.' })
  expiresAt: Date | null;
  @ApiProperty({
    type: [String],
    nullable: true,
    description: 'From where it may be used; null: from anywhere.',
  })
  allowAddresses: string[] | null;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Requests within a minute; null: the setting.',
  })
  requestsPerMinute: number | null;
  @ApiProperty({
    type: Date,
    nullable: true,
    description: 'When it was last used, to a minute or so; null: never.',
  })
  lastUsedAt: Date | null;
  @ApiProperty({ type: Date, nullable: true, description: 'When it was disabled; null: it is not.' })
  disabledAt: Date | null;
}

export class CreatedApiKeyDto extends ApiKeyDto {
  @ApiProperty({ description: 'The key itself. Keep it: it is not shown again.', example: 'rca_…' })
  key: string;
}

export class ApiKeyPageDto extends PageDto {
  @ApiProperty({ description: 'The keys of this page.', type: [ApiKeyDto] }) items: ApiKeyDto[];
}
