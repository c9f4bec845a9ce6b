import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageDto, PageQuery } from '../problem/page.dto.js';
import { OptionalLine } from './enroll-queries.dto.js';
import {
  SESSION_KINDS,
  SESSION_STATES,
  type SessionKind,
  type SessionState,
} from './session-tokens.types.js';

const MAX_ID_CHARACTERS = 128;
const MAX_TEXT_CHARACTERS = 256;
const MAX_TRUST_CHARACTERS = 1024;

export class MintSessionBody {
  @ApiProperty({
    enum: SESSION_KINDS,
    description:
      '`onboarding`: somebody wants to enroll. `authentication`: an applicant proves their identity.',
  })
  @IsIn(SESSION_KINDS)
  kind: SessionKind;

  @OptionalLine(MAX_ID_CHARACTERS, {
    example: 'customer-10017',
    description: 'Your own key of the customer; needed for `onboarding`. Choose one without personal data.',
  })
  correlationId?: string;

  @OptionalLine(MAX_ID_CHARACTERS, {
    example: '1700398203730',
    description: 'Continues this request of eNROLL.',
  })
  requestId?: string;

  @OptionalLine(MAX_ID_CHARACTERS, {
    example: '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1',
    description: 'The applicant to authenticate; needed for `authentication`.',
  })
  applicantId?: string;

  @OptionalLine(MAX_TRUST_CHARACTERS, {
    example: '2',
    description: "eNROLL's level of trust (it spells it `levelOfTrutToken`); needed for `authentication`.",
  })
  levelOfTrust?: string;

  @OptionalLine(MAX_TEXT_CHARACTERS, { description: 'Onboarding: passed on to eNROLL, not kept.' })
  deviceId?: string;

  @OptionalLine(MAX_TEXT_CHARACTERS, { description: 'Onboarding: passed on to eNROLL, not kept.' })
  kycRequestTypeId?: string;

  @OptionalLine(MAX_TEXT_CHARACTERS, { description: 'Onboarding: passed on to eNROLL, not kept.' })
  userId?: string;

  @OptionalLine(MAX_TEXT_CHARACTERS, { description: 'Onboarding: passed on to eNROLL, not kept.' })
  userName?: string;
}

export class SessionDto {
  @ApiProperty({
    description: "Rollcall's id of the session.",
    format: 'uuid',
    example: '9d0f5f7e-54a1-4f43-8c1e-0c6f1f6f2a10',
  })
  sessionId: string;
  @ApiProperty({ description: 'What the session is for.', enum: SESSION_KINDS }) kind: SessionKind;
  @ApiProperty({ enum: SESSION_STATES, description: '`open`: begun, nothing heard of it since.' })
  state: SessionState;
  @ApiProperty({
    description: 'Your own id of the customer; null where none was given.',
    type: String,
    nullable: true,
    example: 'customer-10017',
  })
  correlationId: string | null;
  @ApiProperty({
    description: "eNROLL's id of the request; null where none is known.",
    type: String,
    nullable: true,
    example: '1700398203730',
  })
  requestId: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'Authentication: the applicant to authenticate. Onboarding: the new applicant, once finished.',
  })
  applicantId: string | null;
  @ApiProperty({ description: 'Name of the API key.', example: 'mobile-backend' }) mintedBy: string;
  @ApiProperty({ description: 'When we asked for its token.', format: 'date-time' }) mintedAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'End of the token.' })
  expiresAt: string | null;
  @ApiProperty({
    description: 'When its enrollment was received; null before.',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  finishedAt: string | null;
}

export class MintedSessionDto extends SessionDto {
  @ApiProperty({ description: "For eNROLL's app or page. Shown here once and not kept." }) token: string;
}

export class ListSessionsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: SESSION_STATES, description: '`open`: who started and never finished.' })
  @IsOptional()
  @IsIn(SESSION_STATES)
  state?: SessionState;

  @ApiPropertyOptional({ description: 'Only sessions of this kind.', enum: SESSION_KINDS })
  @IsOptional()
  @IsIn(SESSION_KINDS)
  kind?: SessionKind;

  @OptionalLine(MAX_ID_CHARACTERS, {
    description: 'Only sessions of this customer of yours.',
    example: 'customer-10017',
  })
  correlationId?: string;

  @OptionalLine(MAX_ID_CHARACTERS, {
    description: 'Only the session of this request.',
    example: '1700398203730',
  })
  requestId?: string;
}

export class SessionPageDto extends PageDto {
  @ApiProperty({ description: 'The sessions of this page.', type: [SessionDto] }) items: SessionDto[];
}
