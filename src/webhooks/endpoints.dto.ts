import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
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
import { CIRCUIT_STATES, type CircuitState } from './circuit.js';
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
/** A time that may be null. */
export const NULLABLE_TIME = { type: String, format: 'date-time', nullable: true } as const;
const NAME = 'A unique name, for people.';
const KIND = 'How events are sent.';
const URL_TEXT =
  'HTTP: `https://…`; in production `http://…` only into allowed ranges. NATS: `nats://host:port` or `tls://host:port`. ' +
  'Without credentials.';
const SUBJECT = 'NATS only: the subject of an event is this, a dot and the type of the event.';
const EVENTS = 'Types of events that are sent; empty: all.';
const OUTCOMES_TEXT = 'Only events with these outcomes are sent; empty: all.';
const FIELDS =
  'Fields of the applicant that are sent with each event. Without any, events hold no personal data. Sensitive fields need the scope ' +
  '`pii:read`.';
const RATE = 'Maximum attempts per second; null: no limit.';

export class CreateEndpointBody {
  @ApiProperty({ description: NAME, example: 'core-banking' })
  @IsName(MAX_NAME_CHARACTERS)
  name: string;

  @ApiPropertyOptional({ description: KIND, enum: ENDPOINT_KINDS, default: 'http' })
  @IsOptional()
  @IsIn(ENDPOINT_KINDS)
  kind: EndpointKind = 'http';

  @ApiProperty({ description: URL_TEXT, example: 'https://crm.example/rollcall' })
  @IsLine(MAX_URL_CHARACTERS)
  url: string;

  @ApiPropertyOptional({ description: SUBJECT, example: 'rollcall' })
  @IsOptional()
  @Matches(/^[\w-]{1,64}(\.[\w-]{1,64}){0,7}$/)
  subject?: string;

  @ApiPropertyOptional({
    writeOnly: true,
    description:
      'NATS only: a token, `user:password`, or the text of a credentials file. Kept sealed and never shown; empty: none.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_CREDENTIALS_CHARACTERS)
  credentials?: string;

  @ApiPropertyOptional({ enum: EVENT_TYPES, isArray: true, description: EVENTS })
  @IsOptional()
  @IsArray()
  @IsIn(EVENT_TYPES, { each: true })
  @ArrayUnique()
  events?: EventType[];

  @ApiPropertyOptional({ enum: OUTCOMES, isArray: true, description: OUTCOMES_TEXT })
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

/** A setting that is absent does not change. */
export class UpdateEndpointBody extends PartialType(OmitType(CreateEndpointBody, ['kind'])) {}

export class CircuitDto {
  @ApiProperty({
    enum: CIRCUIT_STATES,
    description: '`open`: nothing is sent until `until`; `half_open`: the next delivery closes or opens it.',
  })
  state: CircuitState;
  @ApiProperty({ type: 'integer', description: 'Failed attempts in a row.' }) failures: number;
  @ApiProperty({ ...NULLABLE_TIME, description: 'When it is tried again; null unless `open`.' })
  until: string | null;
}

export class EndpointDto {
  @ApiProperty({ description: 'Its id.', format: 'uuid' }) id: string;
  @ApiProperty({ description: NAME }) name: string;
  @ApiProperty({ description: KIND, enum: ENDPOINT_KINDS }) kind: EndpointKind;
  @ApiProperty({ description: URL_TEXT }) url: string;
  @ApiProperty({ type: String, nullable: true, description: SUBJECT }) subject: string | null;
  @ApiProperty({ enum: EVENT_TYPES, isArray: true, description: EVENTS }) events: EventType[];
  @ApiProperty({ enum: OUTCOMES, isArray: true, description: OUTCOMES_TEXT }) outcomes: Outcome[];
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
    description: 'Why it is `disabled`: `FAILING` for days, or `GONE` (410).',
  })
  stateReason: string | null;
  @ApiProperty({ description: 'When it entered this state.', format: 'date-time' })
  stateChangedAt: string;
  @ApiProperty({ description: 'Whether it rests after failures.', type: CircuitDto }) circuit: CircuitDto;
  @ApiProperty({ ...NULLABLE_TIME, description: 'It has had no success since this time.' })
  failingSince: string | null;
  @ApiProperty({ ...NULLABLE_TIME, description: 'When an attempt last succeeded; null: never.' })
  lastSuccessAt: string | null;
  @ApiProperty({ ...NULLABLE_TIME, description: 'When an attempt last failed; null: never.' })
  lastFailureAt: string | null;
  @ApiProperty({
    description: 'Why the last failed attempt failed; null: none has.',
    type: String,
    nullable: true,
    example: 'CONNECTION_REFUSED',
  })
  lastFailureCode: string | null;
  @ApiProperty({ description: 'The API key by name, or `cli:<user>@<host>`.' }) createdBy: string;
  @ApiProperty({ format: 'date-time', description: 'Events after this time are delivered.' })
  createdAt: string;
}

export class EndpointPageDto extends PageDto {
  @ApiProperty({ description: 'The endpoints of this page.', type: [EndpointDto] }) items: EndpointDto[];
}

export class SecretDto {
  @ApiProperty({ description: 'When it was created.', format: 'date-time' }) createdAt: string;
  @ApiProperty({
    ...NULLABLE_TIME,
    description: 'When it stops signing, after a rotation; null: it is the current one.',
  })
  expiresAt: string | null;
}

export class BacklogDto {
  @ApiProperty({ type: 'integer', description: 'Waiting deliveries, counted up to 100,000.' })
  due: number;
  @ApiProperty({ ...NULLABLE_TIME, description: 'Time of the oldest event that waits.' })
  oldestDueAt: string | null;
  @ApiProperty({ type: 'integer', description: 'Deliveries that were given up, counted up to 100,000.' })
  dead: number;
}

export class EndpointDetailDto extends EndpointDto {
  @ApiProperty({ description: 'Its waiting deliveries.', type: BacklogDto }) backlog: BacklogDto;
  @ApiProperty({ type: [SecretDto], description: 'The secrets that sign now, newest first.' })
  secrets: SecretDto[];
}

export class NewSecretDto {
  @ApiProperty({ example: 'whsec_…', description: 'Shown only once.' }) secret: string;
}

export class CreatedEndpointDto extends EndpointDto {
  @ApiProperty({ example: 'whsec_…', description: 'Verifies signatures. Shown only once.' }) secret: string;
}
