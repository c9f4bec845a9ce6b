import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsUUID } from 'class-validator';
import { IsInstant, IsLine, PageDto, PageQuery } from '../problem/page.dto.js';
import {
  GAP_KINDS,
  GAP_STATES,
  type GapKind,
  type GapState,
  RUN_STATES,
  RUN_TRIGGERS,
  type RunState,
  type RunTrigger,
} from './reconciliation.types.js';

const FROM = 'Enrolled at or after this time; a date is the beginning of that day in Cairo.';
const TO = 'Enrolled before this time; a date is the beginning of that day in Cairo.';

export class PeriodQuery {
  @ApiProperty({ description: FROM, example: '2026-11-01' })
  @IsInstant()
  from: string;

  @ApiProperty({ description: TO, example: '2026-12-01' })
  @IsInstant()
  to: string;
}

export class StartRunBody extends PeriodQuery {
  @ApiPropertyOptional({
    default: false,
    description: 'True: note the gaps and leave them open, write no applicant.',
  })
  @IsOptional()
  @IsBoolean()
  dryRun: boolean = false;
}

export class ListRunsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: RUN_STATES, description: 'Absent: all.' })
  @IsOptional()
  @IsIn(RUN_STATES)
  state?: RunState;
}

export class RunDto {
  @ApiProperty({ description: 'Its id.', format: 'uuid' }) id: string;
  @ApiProperty({ description: 'The beginning of the range that eNROLL is asked about.', format: 'date-time' })
  from: string;
  @ApiProperty({ format: 'date-time', description: 'Excluded.' }) to: string;
  @ApiProperty({ description: 'What started it.', enum: RUN_TRIGGERS }) trigger: RunTrigger;
  @ApiProperty({ description: 'Name of the API key, `cli:<user>@<host>` or `schedule`.' }) startedBy: string;
  @ApiProperty({ description: 'Whether it writes no applicant.' }) dryRun: boolean;
  @ApiProperty({
    enum: RUN_STATES,
    description:
      '`waiting`: begins soon, or goes on by itself at `nextAttemptAt`; `errorCode` says what it waits for.',
  })
  state: RunState;
  @ApiProperty({ type: 'integer', description: 'Pages that eNROLL was asked for.' }) asked: number;
  @ApiProperty({ type: 'integer', description: 'Applicants in them.' }) found: number;
  @ApiProperty({ type: 'integer', description: 'Of these not here.' }) missing: number;
  @ApiProperty({ type: 'integer', description: 'Of these here with other content.' }) different: number;
  @ApiProperty({ type: 'integer', description: 'Received in the range, and eNROLL does not know them.' })
  missingThere: number;
  @ApiProperty({ type: 'integer', description: 'Gaps of this run that it closed.' }) healed: number;
  @ApiProperty({
    type: 'integer',
    description: 'Entries that nobody can use: see the quarantine, where a dry run puts none.',
  })
  quarantined: number;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'How far the range is read; null at its beginning and once it is read.',
  })
  reachedAt: string | null;
  @ApiProperty({ type: 'integer', description: 'Tries in a row that brought it no further.' })
  attempts: number;
  @ApiProperty({
    description: 'Why it failed, or what it waits for; null otherwise.',
    type: String,
    nullable: true,
    example: 'ENROLL_UNAVAILABLE',
  })
  errorCode: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'While it waits.' })
  nextAttemptAt: string | null;
  @ApiProperty({ description: 'When it was made.', format: 'date-time' }) createdAt: string;
  @ApiProperty({
    description: 'When work on it began; null before.',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  startedAt: string | null;
  @ApiProperty({
    description: 'When it was over; null before.',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  finishedAt: string | null;
}

export class RunPageDto extends PageDto {
  @ApiProperty({ description: 'The runs of this page.', type: [RunDto] }) items: RunDto[];
}

export class ListGapsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: GAP_STATES, description: 'Absent: all.' })
  @IsOptional()
  @IsIn(GAP_STATES)
  state?: GapState;

  @ApiPropertyOptional({ enum: GAP_KINDS, description: 'Absent: all.' })
  @IsOptional()
  @IsIn(GAP_KINDS)
  kind?: GapKind;

  @ApiPropertyOptional({ format: 'uuid', description: 'Gaps that this run saw last.' })
  @IsOptional()
  @IsUUID()
  runId?: string;

  @ApiPropertyOptional({ description: 'Only gaps of this applicant.' })
  @IsOptional()
  @IsLine(256)
  applicantId?: string;
}

export class GapDto {
  @ApiProperty({ description: 'Its id.', format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid', description: 'The run that saw it last.' }) runId: string;
  @ApiProperty({ description: "eNROLL's id of the application." }) applicantId: string;
  @ApiProperty({ description: 'Which side lacks the applicant, or has other content.', enum: GAP_KINDS })
  kind: GapKind;
  @ApiProperty({ description: 'Whether it is still to be closed.', enum: GAP_STATES }) state: GapState;
  @ApiProperty({
    format: 'date-time',
    description: 'As eNROLL tells it; of `missing_there` when we first received it.',
  })
  enrolledAt: string;
  @ApiProperty({ description: 'When a run first saw it.', format: 'date-time' }) foundAt: string;
  @ApiProperty({
    description: 'When it was closed; null before.',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  healedAt: string | null;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Of what was missing here: from its enrollment until it was here.',
  })
  lateSeconds: number | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why it is ignored.' }) resolution: string | null;
}

export class GapPageDto extends PageDto {
  @ApiProperty({ description: 'The gaps of this page.', type: [GapDto] }) items: GapDto[];
}

export class IgnoreGapBody {
  @ApiProperty({
    description: 'Why it may be put aside; kept with it.',
    example: "a test applicant, deleted by eNROLL's team",
  })
  @IsLine(500)
  reason: string;
}

export class HealedDto {
  @ApiProperty({ type: 'integer', description: 'Open gaps whose applicants eNROLL was asked for.' })
  asked: number;
  @ApiProperty({ type: 'integer', description: 'Of these closed.' }) healed: number;
  @ApiProperty({ type: 'integer', description: 'Gaps that are open now.' }) open: number;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'More gaps are open: give it as `cursor` to go on behind these. Null at the end.',
  })
  nextCursor: string | null;
}

export class HealGapsBody {
  @ApiPropertyOptional({ description: '`nextCursor` of the answer before.' })
  @IsOptional()
  @IsLine(1000)
  cursor?: string;
}

export class PeriodDto {
  @ApiProperty({ description: 'Included.', format: 'date-time' }) from: string;
  @ApiProperty({ format: 'date-time', description: 'Excluded.' }) to: string;
}

export class StatementDto {
  @ApiProperty({ description: 'Who states it: the base URL of this server.' }) issuer: string;
  @ApiProperty({ description: 'When it was made.', format: 'date-time' }) statedAt: string;
  @ApiProperty({ description: 'The period it is about.', type: PeriodDto }) period: PeriodDto;
  @ApiProperty({
    description:
      'eNROLL was asked about the whole period, everybody expected is here, no gap is open, and nothing of the period is in quarantine, was refused or waits to be applied, whether it came by callback or otherwise.',
  })
  complete: boolean;
  @ApiProperty({
    type: [PeriodDto],
    description:
      'Parts of the period that no completed run has asked about. A dry run that saw entries nobody can use does not count.',
  })
  uncovered: PeriodDto[];
  @ApiProperty({ type: 'integer', description: 'Applicants that eNROLL enrolled in the period.' })
  expected: number;
  @ApiProperty({ type: 'integer', description: 'Of these here.' }) received: number;
  @ApiProperty({ type: 'integer', description: 'Of these not here when eNROLL was first asked.' })
  late: number;
  @ApiProperty({ type: 'integer', description: 'Gaps of the period that were closed, of every kind.' })
  healed: number;
  @ApiProperty({ type: 'integer', description: 'Gaps of the period that somebody put aside.' })
  ignored: number;
  @ApiProperty({ type: 'integer', description: 'Gaps of the period that are open.' }) open: number;
  @ApiProperty({
    type: 'integer',
    description:
      'Open in quarantine: elements that came in the period, and entries of eNROLL about those enrolled in it.',
  })
  quarantined: number;
  @ApiProperty({
    type: 'integer',
    description:
      'Callbacks of the period whose body was refused as a whole: receipts in the state `rejected`.',
  })
  refused: number;
  @ApiProperty({ type: 'integer', description: 'Callbacks of the period that wait to be applied.' })
  pending: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Seconds.' }) longestLateSeconds:
    number | null;
  @ApiProperty({
    type: [String],
    format: 'uuid',
    description: 'The completed runs that it rests on, at most 100.',
  })
  runs: string[];
}

export class SignedStatementDto {
  @ApiProperty({ description: 'What is stated.', type: StatementDto }) statement: StatementDto;
  @ApiProperty({
    description:
      'The same statement as a JWS in compact form (RFC 7515), signed with EdDSA; its `kid` is in `/.well-known/jwks.json`.',
  })
  jws: string;
}

class JwkDto {
  @ApiProperty({ description: 'Key type.', example: 'OKP' }) kty: string;
  @ApiProperty({ description: 'Curve.', example: 'Ed25519' }) crv: string;
  @ApiProperty({ description: 'Algorithm.', example: 'EdDSA' }) alg: string;
  @ApiProperty({ description: 'For signatures.', example: 'sig' }) use: string;
  @ApiProperty({ description: 'SHA-256 thumbprint (RFC 7638).' }) kid: string;
  @ApiProperty({ description: 'The public key, base64url.' }) x: string;
}

export class JwksDto {
  @ApiProperty({ description: 'Every key that a valid statement may be signed with.', type: [JwkDto] })
  keys: JwkDto[];
}
