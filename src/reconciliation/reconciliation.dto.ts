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
  @ApiPropertyOptional({ default: false, description: 'True: record the gaps, but change no applicant.' })
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
  @ApiProperty({ type: Date, description: 'Start of the range that eNROLL is asked about.' }) from: string;
  @ApiProperty({ type: Date, description: 'End of the range, excluded.' }) to: string;
  @ApiProperty({ description: 'What started it.', enum: RUN_TRIGGERS }) trigger: RunTrigger;
  @ApiProperty({ description: 'Name of the API key, `cli:<user>@<host>` or `schedule`.' }) startedBy: string;
  @ApiProperty({ description: 'A dry run changes no applicant.' }) dryRun: boolean;
  @ApiProperty({
    enum: RUN_STATES,
    description: '`waiting`: starts soon, or resumes at `nextAttemptAt`; `errorCode` says why it waits.',
  })
  state: RunState;
  @ApiProperty({ type: 'integer', description: 'Pages requested from eNROLL.' }) asked: number;
  @ApiProperty({ type: 'integer', description: 'Applicants on those pages.' }) found: number;
  @ApiProperty({ type: 'integer', description: 'Of these, how many were missing here.' }) missing: number;
  @ApiProperty({ type: 'integer', description: 'Of these, how many had other content here.' })
  different: number;
  @ApiProperty({ type: 'integer', description: 'Received in the range, but eNROLL does not know them.' })
  missingThere: number;
  @ApiProperty({ type: 'integer', description: 'Gaps of this run that it closed.' }) healed: number;
  @ApiProperty({
    type: 'integer',
    description: 'Entries that cannot be used. They are in quarantine, except those of a dry run.',
  })
  quarantined: number;
  @ApiProperty({ type: Date, nullable: true, description: 'Read up to here; null before and after reading.' })
  reachedAt: string | null;
  @ApiProperty({ type: 'integer', description: 'Consecutive attempts without progress.' }) attempts: number;
  @ApiProperty({
    description: 'Why it failed or waits; null otherwise.',
    type: String,
    nullable: true,
    example: 'ENROLL_UNAVAILABLE',
  })
  errorCode: string | null;
  @ApiProperty({ type: Date, nullable: true, description: 'Next attempt, while it waits.' })
  nextAttemptAt: string | null;
  @ApiProperty({ type: Date, description: 'When it was created.' }) createdAt: string;
  @ApiProperty({ type: Date, nullable: true, description: 'When work on it began; null before.' })
  startedAt: string | null;
  @ApiProperty({ type: Date, nullable: true, description: 'When it ended; null before.' })
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

  @ApiPropertyOptional({ format: 'uuid', description: 'Only gaps last seen by this run.' })
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
  @ApiProperty({ description: 'Which side lacks the applicant or has other content.', enum: GAP_KINDS })
  kind: GapKind;
  @ApiProperty({ description: 'Whether it is still open.', enum: GAP_STATES }) state: GapState;
  @ApiProperty({ type: Date, description: 'As eNROLL says; for `missing_there`, when we first received it.' })
  enrolledAt: string;
  @ApiProperty({ type: Date, description: 'When a run first saw it.' }) foundAt: string;
  @ApiProperty({ type: Date, nullable: true, description: 'When it was closed; null before.' })
  healedAt: string | null;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'For `missing_here`: seconds from the enrollment until the applicant was here.',
  })
  lateSeconds: number | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why it is ignored.' }) resolution: string | null;
}

export class GapPageDto extends PageDto {
  @ApiProperty({ description: 'The gaps of this page.', type: [GapDto] }) items: GapDto[];
}

export class IgnoreGapBody {
  @ApiProperty({
    description: 'Why it may be ignored; kept with the gap.',
    example: "a test applicant, deleted by eNROLL's team",
  })
  @IsLine(500)
  reason: string;
}

export class HealedDto {
  @ApiProperty({ type: 'integer', description: 'Open gaps that eNROLL was asked about.' }) asked: number;
  @ApiProperty({ type: 'integer', description: 'Gaps that were closed.' }) healed: number;
  @ApiProperty({ type: 'integer', description: 'Gaps that are open now.' }) open: number;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Send it as `cursor` to continue with the next open gaps. Null at the end.',
  })
  nextCursor: string | null;
}

export class HealGapsBody {
  @ApiPropertyOptional({ description: '`nextCursor` of the previous answer.' })
  @IsOptional()
  @IsLine(1000)
  cursor?: string;
}

export class PeriodDto {
  @ApiProperty({ type: Date, description: 'Included.' }) from: string;
  @ApiProperty({ type: Date, description: 'Excluded.' }) to: string;
}

export class StatementDto {
  @ApiProperty({ description: 'Who states it: the base URL of this server.' }) issuer: string;
  @ApiProperty({ type: Date, description: 'When it was made.' }) statedAt: string;
  @ApiProperty({ description: 'The period it covers.', type: PeriodDto }) period: PeriodDto;
  @ApiProperty({
    description:
      'True if eNROLL was asked about the whole period, every expected applicant is here, no gap is open, and nothing of the period is quarantined, refused or pending, whether it came by callback or otherwise.',
  })
  complete: boolean;
  @ApiProperty({
    type: [PeriodDto],
    description:
      'Parts of the period that no completed run has asked about. A dry run that saw unusable entries does not count.',
  })
  uncovered: PeriodDto[];
  @ApiProperty({ type: 'integer', description: 'Applicants that eNROLL enrolled in the period.' })
  expected: number;
  @ApiProperty({ type: 'integer', description: 'Of these, how many are here.' }) received: number;
  @ApiProperty({ type: 'integer', description: 'Of these, how many were missing at the first check.' })
  late: number;
  @ApiProperty({ type: 'integer', description: 'Closed gaps of the period, of every kind.' }) healed: number;
  @ApiProperty({ type: 'integer', description: 'Ignored gaps of the period.' }) ignored: number;
  @ApiProperty({ type: 'integer', description: 'Open gaps of the period.' }) open: number;
  @ApiProperty({
    type: 'integer',
    description:
      'Open in quarantine: elements received in the period, and entries of eNROLL about applicants enrolled in it.',
  })
  quarantined: number;
  @ApiProperty({
    type: 'integer',
    description: 'Callbacks of the period whose whole body was refused: receipts in state `rejected`.',
  })
  refused: number;
  @ApiProperty({ type: 'integer', description: 'Callbacks of the period that are not applied yet.' })
  pending: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Greatest `lateSeconds` of the period.' })
  longestLateSeconds: number | null;
  @ApiProperty({
    type: [String],
    format: 'uuid',
    description: 'The completed runs that it is based on, at most 100.',
  })
  runs: string[];
}

export class SignedStatementDto {
  @ApiProperty({ description: 'The statement in plain JSON.', type: StatementDto }) statement: StatementDto;
  @ApiProperty({
    description:
      'The same statement as a compact JWS (RFC 7515), signed with EdDSA; its `kid` is in `/.well-known/jwks.json`.',
  })
  jws: string;
}

export class JwkDto {
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
