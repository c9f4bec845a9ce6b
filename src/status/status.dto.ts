import { ApiProperty, PickType } from '@nestjs/swagger';
import { ProbeDto } from '../inbox/receipts.dto.js';
import { DayDto, SilenceDto } from '../stats/stats.dto.js';
import { ATTENTION_CODES, type AttentionCode } from './status.types.js';

class InstallationDto {
  @ApiProperty({
    format: 'uuid',
    description: 'The id of the installation: all its replicas and commands share it.',
  })
  id: string;
  @ApiProperty({ example: '1.2.0', description: 'The version that answers.' }) version: string;
  @ApiProperty({ type: String, nullable: true, description: 'Base URL of the server that started last.' })
  publicUrl: string | null;
  @ApiProperty({
    example: 'postgres://db.example.org:5432/rollcall',
    description: 'Its database, without the login.',
  })
  database: string;
}

class HealthDto {
  @ApiProperty({ description: 'Whether this process takes callbacks: as `/health/ready`.' }) ready: boolean;
  @ApiProperty({ type: [String], description: 'Why not; empty where it is ready.' }) reasons: string[];
}

class CallbacksStatusDto extends PickType(SilenceDto, ['lastCallbackAt', 'usualMinutes', 'isSilent']) {
  @ApiProperty({ type: DayDto, description: 'Since midnight in Cairo.' }) today: DayDto;
  @ApiProperty({ type: DayDto, description: 'The day before, in Cairo.' }) yesterday: DayDto;
  @ApiProperty({ type: 'integer', description: 'Kept, and not applied yet.' }) pending: number;
}

class RecentRefusalsDto {
  @ApiProperty({ type: 'integer', description: 'Of clients, and of callers that named one.' })
  ofClients: number;
  @ApiProperty({ type: 'integer', description: 'Of anybody else.' }) ofStrangers: number;
}

class RefusedStatusDto {
  @ApiProperty({ type: RecentRefusalsDto, description: 'Requests for a token.' }) tokens: RecentRefusalsDto;
  @ApiProperty({ type: RecentRefusalsDto, description: 'Callbacks.' }) callbacks: RecentRefusalsDto;
}

class QuarantineStatusDto {
  @ApiProperty({ type: 'integer', description: 'Elements that wait for somebody.' }) open: number;
  @ApiProperty({ type: 'integer', description: 'Of these, from the last hour.' }) lastHour: number;
}

class ImagesStatusDto {
  @ApiProperty({ type: 'integer', description: 'Images still to be fetched.' }) waiting: number;
  @ApiProperty({ type: 'integer', description: 'Images that could not be fetched.' }) failed: number;
  @ApiProperty({ type: 'integer', description: 'Seconds by which fetching is late.' }) behindSeconds: number;
  @ApiProperty({ description: "Whether eNROLL's query API is configured." }) configured: boolean;
  @ApiProperty({ description: 'Whether somebody paused the mirror.' }) paused: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'What keeps all of them; null: nothing.' })
  fault: string | null;
}

class DeliveriesStatusDto {
  @ApiProperty({ type: 'integer', description: 'Deliveries that wait, a thousand of each endpoint at most.' })
  due: number;
  @ApiProperty({ type: 'integer', description: 'Deliveries that were given up, counted the same way.' })
  dead: number;
  @ApiProperty({
    type: [String],
    example: ['crm'],
    description: 'Endpoints that fail or are disabled, by name.',
  })
  failing: string[];
}

class LastProbeDto extends PickType(ProbeDto, ['at', 'url', 'tokenValid']) {}

class LastProbesDto {
  @ApiProperty({ type: LastProbeDto, nullable: true, description: 'At the success URL.' })
  success: LastProbeDto | null;
  @ApiProperty({ type: LastProbeDto, nullable: true, description: 'At the fail URL.' })
  fail: LastProbeDto | null;
  @ApiProperty({ type: LastProbeDto, nullable: true, description: 'At the URL for both.' })
  any: LastProbeDto | null;
}

class LastTokenDto {
  @ApiProperty({ example: 'enroll', description: 'The client.' }) clientId: string;
  @ApiProperty({ format: 'date-time', description: 'When it was given a token.' }) at: string;
  @ApiProperty({
    enum: ['form', 'basic', 'headers'],
    description: 'Where its credentials stood: in the form, in `Authorization: Basic`, or in raw headers.',
  })
  credentialsIn: 'form' | 'basic' | 'headers';
}

export class AttentionDto {
  @ApiProperty({
    enum: ATTENTION_CODES,
    description: 'What it is: stable. A newer release may have others.',
    example: 'QUARANTINE_OPEN',
  })
  code: AttentionCode;
  @ApiProperty({ example: 'Elements that wait in quarantine: 3.', description: 'What needs somebody.' })
  what: string;
  @ApiProperty({ example: 'rollcall quarantine list', description: 'The command that goes on from there.' })
  command: string;
  @ApiProperty({ type: 'integer', nullable: true, description: 'How many; null where it counts nothing.' })
  count: number | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'What it is about: the name of the endpoint, the code of the fault, why it is not ready; null for all others.',
    example: 'crm',
  })
  about: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The endpoint that fails.' })
  endpointId: string | null;
}

/** Today at a glance. */
export class StatusDto {
  @ApiProperty({ format: 'date-time', description: 'When it was read.' }) at: string;
  @ApiProperty({ type: InstallationDto, description: 'Which installation answers.' })
  installation: InstallationDto;
  @ApiProperty({ type: HealthDto, description: 'Whether it can work.' }) health: HealthDto;
  @ApiProperty({ type: CallbacksStatusDto, description: 'What came.' }) callbacks: CallbacksStatusDto;
  @ApiProperty({ type: RefusedStatusDto, description: 'What was refused within about an hour.' })
  refused: RefusedStatusDto;
  @ApiProperty({ type: QuarantineStatusDto, description: 'What could not be taken.' })
  quarantine: QuarantineStatusDto;
  @ApiProperty({ type: ImagesStatusDto, description: 'The mirror of images.' }) images: ImagesStatusDto;
  @ApiProperty({ type: DeliveriesStatusDto, description: 'What is handed on.' })
  deliveries: DeliveriesStatusDto;
  @ApiProperty({ type: 'integer', description: 'Open gaps between eNROLL and Rollcall.' }) gaps: number;
  @ApiProperty({ type: 'integer', description: 'Open alerts.' }) alerts: number;
  @ApiProperty({
    type: LastProbesDto,
    description: 'The last Callback-Test of each URL; null: there was none.',
  })
  callbackTests: LastProbesDto;
  @ApiProperty({ type: [LastTokenDto], description: 'The last token of each client, the latest first.' })
  tokens: LastTokenDto[];
  @ApiProperty({ type: [AttentionDto], description: 'What needs attention; empty where nothing does.' })
  needsAttention: AttentionDto[];
}
