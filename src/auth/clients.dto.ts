import type { PipeTransform } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { IsName, PageDto } from '../problem/page.dto.js';
import { Problem } from '../problem/problem.js';
import { DEFAULT_OVERLAP_SECONDS } from './clients.service.js';
import type { SecretKind } from './secrets.js';

/** Fits a header, and the `Authorization` of every HTTP client: printable ASCII, no colon, no blank at the ends. */
const CLIENT_ID = /^[!-9;-~](?:[ -9;-~]{0,126}[!-9;-~])?$/;
const MAX_NAME_LENGTH = 128;
const MAX_OVERLAP_SECONDS = 30 * 86_400;

/** Reads a client id from the path. A text that cannot be one is not found. */
export const CLIENT_OR_404: PipeTransform<string, string> = {
  transform(clientId) {
    if (!CLIENT_ID.test(clientId)) throw new Problem('NOT_FOUND');
    return clientId;
  },
};

export class CreateClientBody {
  @ApiProperty({
    description: 'What the caller sends as `client_id`; unique.',
    pattern: CLIENT_ID.source,
    example: 'enroll-panel',
  })
  @Matches(CLIENT_ID, { message: '$property has 1-128 printable ASCII characters without ":"' })
  clientId: string;

  @ApiPropertyOptional({
    description: 'Its name for people. Absent: the client id.',
    maxLength: MAX_NAME_LENGTH,
  })
  @IsOptional()
  @IsName(MAX_NAME_LENGTH)
  name?: string;
}

export class NewClientSecretBody {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: MAX_OVERLAP_SECONDS,
    default: DEFAULT_OVERLAP_SECONDS,
    description: 'Seconds for which the newest older secret still works. 0 ends it, and all tokens, at once.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_OVERLAP_SECONDS)
  overlapSeconds: number = DEFAULT_OVERLAP_SECONDS;
}

const SECRET_KINDS: readonly SecretKind[] = ['sha256', 'argon2id'];

export class ClientSecretDto {
  @ApiProperty({
    description: 'How it is stored: `sha256` one that Rollcall made, `argon2id` a chosen one.',
    enum: SECRET_KINDS,
  })
  kind: SecretKind;
  @ApiProperty({ type: Date, description: 'When it was added.' }) createdAt: string;
  @ApiProperty({ type: Date, nullable: true, description: 'When it ends; null: it does not.' })
  expiresAt: string | null;
}

export class ClientDto {
  @ApiProperty({ description: 'Its id.', example: 'enroll-panel' }) clientId: string;
  @ApiProperty({ description: 'Its name for people.' }) name: string;
  @ApiProperty({ type: Date, description: 'When it was made.' }) createdAt: Date;
  @ApiProperty({ type: Date, nullable: true, description: 'When it was disabled; null: it is not.' })
  disabledAt: Date | null;
  @ApiProperty({
    description: 'Its live secrets, newest first; never their values.',
    type: [ClientSecretDto],
  })
  secrets: ClientSecretDto[];
}

export class CreatedClientDto extends ClientDto {
  @ApiProperty({ description: 'Its new secret. Keep it: it is not shown again.', example: 'rcs_…' })
  clientSecret: string;
}

export class ClientPageDto extends PageDto {
  @ApiProperty({ description: 'The clients of this page.', type: [ClientDto] }) items: ClientDto[];
}
