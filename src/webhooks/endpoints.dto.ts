import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { FIELD_NAMES, type FieldName, type Outcome } from '../enroll-contract/types.js';
import { EVENT_TYPES, type EventType } from '../feed/feed.types.js';
import { IsLine, IsName, PageDto } from '../problem/page.dto.js';
import type { CircuitState } from './circuit.js';
import {
  ENDPOINT_KINDS,
  ENDPOINT_STATES,
  type EndpointKind,
  type EndpointState,
  OUTCOMES,
} from './endpoints.types.js';

const MAX_NAME_CHARACTERS = 128;
const MAX_URL_CHARACTERS = 2000;
const MAX_CREDENTIALS_CHARACTERS = 10_000;
const MAX_RATE = 10_000;
const CIRCUIT_STATES = ['closed', 'open', 'half_open'] as const satisfies CircuitState[];
const NAME = 'Unique; for people.';
const URL_TEXT =
  'Of http: `https://…`, in production `http://…` only into allowed ranges. Of nats: `nats://host:port`, `tls://host:port`. Without ' +
  'credentials in it.';
const SUBJECT = 'Of nats: subjects are this, a dot and the type of the event.';
const FIELDS =
  'Fields of the applicant that go with each event; without any, events hold no personal data. Sensitive ones ask for the scope ' +
  '`pii:read`.';
const RATE = 'Most attempts per second; null: no limit.';

/** What may be left out, at first and later. */
class SettingsBody {
  @ApiPropertyOptional({ description: SUBJECT, example: 'rollcall' })
  @IsOptional()
  @Matches(/^[\w-]{1,64}(\.[\w-]{1,64}){0,7}$/)
  subject?: string;

  @ApiPropertyOptional({
    writeOnly: true,
    description:
      'Of nats: a token, `user:password`, or the text of a credentials file. Kept sealed, never shown; empty: none.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_CREDENTIALS_CHARACTERS)
  credentials?: string;

  @ApiPropertyOptional({ enum: EVENT_TYPES, isArray: true, description: 'Empty: all.' })
  @IsOptional()
  @IsArray()
  @IsIn(EVENT_TYPES, { each: true })
  @ArrayUnique()
  events?: EventType[];

  @ApiPropertyOptional({ enum: OUTCOMES, isArray: true, description: 'Empty: all.' })
  @IsOptional()
  @IsArray()
  @IsIn(OUTCOMES, { each: true })
  @ArrayUnique()
  outcomes?: Outcome[];

  @ApiPropertyOptional({ enum: FIELD_NAMES, isArray: true, description: FIELDS })
  @IsOptional()
  @IsArray()
  @IsIn(FIELD_NAMES, { each: true })
  @ArrayUnique()
  fields?: FieldName[];

  @ApiPropertyOptional({ type: 'integer', nullable: true, minimum: 1, maximum: MAX_RATE, description: RATE })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_RATE)
  ratePerSecond?: number | null;
}

export class CreateEndpointBody extends SettingsBody {
  @ApiProperty({ description: NAME, example: 'core-banking' })
  @IsName(MAX_NAME_CHARACTERS)
  name: string;

  @ApiPropertyOptional({ description: 'How events are sent.', enum: ENDPOINT_KINDS, default: 'http' })
  @IsOptional()
  @IsIn(ENDPOINT_KINDS)
  kind: EndpointKind = 'http';

  @ApiProperty({ description: URL_TEXT, example: 'https://crm.example/rollcall' })
  @IsLine(MAX_URL_CHARACTERS)
  url: string;
}

/** What is absent stays as it is. */
export class UpdateEndpointBody extends SettingsBody {
  @ApiPropertyOptional({ description: NAME })
  @IsOptional()
  @IsName(MAX_NAME_CHARACTERS)
  name?: string;

  @ApiPropertyOptional({ description: URL_TEXT })
  @IsOptional()
  @IsLine(MAX_URL_CHARACTERS)
  url?: string;
}

export class CircuitDto {
  @ApiProperty({
    enum: CIRCUIT_STATES,
    description: '`open`: nothing is sent until `until`; `half_open`: the next delivery decides.',
  })
  state: CircuitState;
  @ApiProperty({ type: 'integer', description: 'Failed attempts in a row.' }) failures: number;
  @ApiProperty({
    description: 'When it is tried again; null unless `open`.',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  until: string | null;
}

export class EndpointDto {
  @ApiProperty({ description: 'Its id.', format: 'uuid' }) id: string;
  @ApiProperty({ description: NAME }) name: string;
  @ApiProperty({ description: 'How events are sent.', enum: ENDPOINT_KINDS }) kind: EndpointKind;
  @ApiProperty({ description: URL_TEXT }) url: string;
  @ApiProperty({ type: String, nullable: true, description: SUBJECT }) subject: string | null;
  @ApiProperty({ enum: EVENT_TYPES, isArray: true, description: 'Empty: all.' }) events: EventType[];
  @ApiProperty({ enum: OUTCOMES, isArray: true, description: 'Empty: all.' }) outcomes: Outcome[];
  @ApiProperty({ enum: FIELD_NAMES, isArray: true, description: FIELDS }) fields: FieldName[];
  @ApiProperty({ type: 'integer', nullable: true, description: RATE }) ratePerSecond: number | null;
  @ApiProperty({
    enum: ENDPOINT_STATES,
    description: '`paused`: events are queued and wait. `disabled`: events are not even queued.',
  })
  state: EndpointState;
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'FAILING',
    description: 'Of `disabled`: `FAILING` for days, or `GONE` (410).',
  })
  stateReason: string | null;
  @ApiProperty({ description: 'Since when it is in this state.', format: 'date-time' })
  stateChangedAt: string;
  @ApiProperty({ description: 'Whether it is spared after failures.', type: CircuitDto }) circuit: CircuitDto;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Without a success since.' })
  failingSince: string | null;
  @ApiProperty({
    description: 'When it last took an event; null: never.',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  lastSuccessAt: string | null;
  @ApiProperty({
    description: 'When an attempt last failed; null: never.',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  lastFailureAt: string | null;
  @ApiProperty({
    description: 'Why the last failed attempt failed; null: none did.',
    type: String,
    nullable: true,
    example: 'CONNECTION_REFUSED',
  })
  lastFailureCode: string | null;
  @ApiProperty({ description: 'Name of the API key, or `cli:<user>@<host>`.' }) createdBy: string;
  @ApiProperty({ format: 'date-time', description: 'Events from here on are delivered.' }) createdAt: string;
}

export class EndpointPageDto extends PageDto {
  @ApiProperty({ description: 'The endpoints of this page.', type: [EndpointDto] }) items: EndpointDto[];
}

export class SecretDto {
  @ApiProperty({ description: 'When it was made.', format: 'date-time' }) createdAt: string;
  @ApiProperty({
    description: 'When it stops signing, after a rotation; null: it is the current one.',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  expiresAt: string | null;
}

export class BacklogDto {
  @ApiProperty({ type: 'integer', description: 'Deliveries that wait; no more than 100,000 are counted.' })
  due: number;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Time of the oldest event.',
  })
  oldestDueAt: string | null;
  @ApiProperty({ type: 'integer', description: 'Given up; no more than 100,000 are counted.' }) dead: number;
}

export class EndpointDetailDto extends EndpointDto {
  @ApiProperty({ description: 'What waits for it.', type: BacklogDto }) backlog: BacklogDto;
  @ApiProperty({ type: [SecretDto], description: 'That sign deliveries now, newest first.' })
  secrets: SecretDto[];
}

export class NewSecretDto {
  @ApiProperty({ example: 'whsec_…', description: 'Shown this once.' }) secret: string;
}

export class CreatedEndpointDto extends EndpointDto {
  @ApiProperty({ example: 'whsec_…', description: 'Verifies signatures. Shown this once.' }) secret: string;
}
