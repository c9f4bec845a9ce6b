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
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'date-time' }) from: string;
  @ApiProperty({ format: 'date-time', description: 'Excluded.' }) to: string;
  @ApiProperty({ enum: RUN_TRIGGERS }) trigger: RunTrigger;
  @ApiProperty({ description: 'Name of the API key, `cli:<user>@<host>` or `schedule`.' }) startedBy: string;
  @ApiProperty() dryRun: boolean;
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
  @ApiProperty({ type: String, nullable: true, example: 'ENROLL_UNAVAILABLE' }) errorCode: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'While it waits.' })
  nextAttemptAt: string | null;
  @ApiProperty({ format: 'date-time' }) createdAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) startedAt: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) finishedAt: string | null;
}

export class RunPageDto extends PageDto {
  @ApiProperty({ type: [RunDto] }) items: RunDto[];
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

  @ApiPropertyOptional()
  @IsOptional()
  @IsLine(256)
  applicantId?: string;
}

export class GapDto {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid', description: 'The run that saw it last.' }) runId: string;
  @ApiProperty() applicantId: string;
  @ApiProperty({ enum: GAP_KINDS }) kind: GapKind;
  @ApiProperty({ enum: GAP_STATES }) state: GapState;
  @ApiProperty({
    format: 'date-time',
    description: 'As eNROLL tells it; of `missing_there` when we first received it.',
  })
  enrolledAt: string;
  @ApiProperty({ format: 'date-time' }) foundAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) healedAt: string | null;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Of what was missing here: from its enrollment until it was here.',
  })
  lateSeconds: number | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why it is ignored.' }) resolution: string | null;
}

export class GapPageDto extends PageDto {
  @ApiProperty({ type: [GapDto] }) items: GapDto[];
}

export class IgnoreGapBody {
  @ApiProperty({ example: "a test applicant, deleted by eNROLL's team" })
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
  @ApiProperty({ format: 'date-time' }) from: string;
  @ApiProperty({ format: 'date-time', description: 'Excluded.' }) to: string;
}

export class StatementDto {
  @ApiProperty({ description: 'Who states it: the base URL of this server.' }) issuer: string;
  @ApiProperty({ format: 'date-time' }) statedAt: string;
  @ApiProperty({ type: PeriodDto }) period: PeriodDto;
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
  @ApiProperty({ type: StatementDto }) statement: StatementDto;
  @ApiProperty({
    description:
      'The same statement as a JWS in compact form (RFC 7515), signed with EdDSA; its `kid` is in `/.well-known/jwks.json`.',
  })
  jws: string;
}

class JwkDto {
  @ApiProperty({ example: 'OKP' }) kty: string;
  @ApiProperty({ example: 'Ed25519' }) crv: string;
  @ApiProperty({ example: 'EdDSA' }) alg: string;
  @ApiProperty({ example: 'sig' }) use: string;
  @ApiProperty({ description: 'SHA-256 thumbprint (RFC 7638).' }) kid: string;
  @ApiProperty({ description: 'The public key, base64url.' }) x: string;
}

export class JwksDto {
  @ApiProperty({ type: [JwkDto] }) keys: JwkDto[];
}
