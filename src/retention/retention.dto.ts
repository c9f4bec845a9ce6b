import { ApiProperty } from '@nestjs/swagger';
import { PageDto } from '../problem/page.dto.js';
import { CLASS_NAMES, type ClassName } from './policy.js';

const CLASS = { description: 'Which class of data.', enum: CLASS_NAMES, example: 'receipts' } as const;
const TIME = { type: String, format: 'date-time', nullable: true } as const;

export class PolicyClassDto {
  @ApiProperty(CLASS) class: ClassName;
  @ApiProperty({ description: 'What it is.' }) what: string;
  @ApiProperty({ description: 'For how many days; null: see `withoutEnd`.', type: 'integer', nullable: true })
  keepDays: number | null;
  @ApiProperty({
    description: 'Where it has no days of its own, how long else.',
    type: String,
    nullable: true,
  })
  withoutEnd: string | null;
  @ApiProperty({ description: 'From when the days count.' }) from: string;
  @ApiProperty({ description: 'By which law, or for which purpose.' }) reason: string;
  @ApiProperty({
    description: 'The setting of the days; null where there is none.',
    type: String,
    nullable: true,
    example: 'ROLLCALL_KEEP_RECEIPTS_DAYS',
  })
  setting: string | null;
  @ApiProperty({
    description:
      'Who removes it: a run, an erasure that a run asks for, a job of its own, or the owner of the database.',
    enum: ['run', 'erasure', 'own job', 'owner'],
  })
  removedBy: string;
}

export class PolicyDto {
  @ApiProperty({ description: 'Every class.', type: [PolicyClassDto] }) classes: PolicyClassDto[];
}

export class PreviewClassDto {
  @ApiProperty(CLASS) class: ClassName;
  @ApiProperty({ ...TIME, description: 'What is older is due; null: nothing is.' }) dueBefore: string | null;
  @ApiProperty({ description: 'Rows that a run would remove; of applicants: people.', type: 'integer' })
  due: number;
  @ApiProperty({ ...TIME, description: 'Time of the oldest of them.' }) oldest: string | null;
  @ApiProperty({ description: 'Rows that are as old, and stay because of a hold.', type: 'integer' })
  held: number;
}

export class PreviewDto {
  @ApiProperty({ description: 'Every class that a run removes.', type: [PreviewClassDto] })
  classes: PreviewClassDto[];
  @ApiProperty({ description: 'Applicants under hold.', type: 'integer' }) heldApplicants: number;
}

export class RetentionStepDto {
  @ApiProperty(CLASS) class: ClassName;
  @ApiProperty({ description: 'The days of the policy when the run began.', type: 'integer' })
  keepDays: number;
  @ApiProperty({ description: 'What is older was due.', format: 'date-time' }) dueBefore: string;
  @ApiProperty({
    description: 'A failed one was tried five times; the next run tries again.',
    enum: ['waiting', 'done', 'failed'],
  })
  state: string;
  @ApiProperty({ description: 'Rows removed so far; of applicants: erasures asked for.', type: 'integer' })
  removed: number;
  @ApiProperty({ description: 'Rows that were due and stayed because of a hold.', type: 'integer' })
  held: number;
  @ApiProperty({ description: 'Months that were dropped whole.', type: [String], example: ['2021-10'] })
  months: string[];
  @ApiProperty({ description: 'Why the last try failed.', type: String, nullable: true }) errorCode:
    string | null;
  @ApiProperty({ ...TIME, description: 'When it was over.' }) finishedAt: string | null;
}

export class RetentionRunDto {
  @ApiProperty({ description: 'Its id.', format: 'uuid' }) id: string;
  @ApiProperty({ description: 'What began it.', enum: ['schedule', 'api', 'cli'] }) trigger: string;
  @ApiProperty({ description: 'Who began it.', example: 'user:mona' }) startedBy: string;
  @ApiProperty({
    description: 'Failed: at least one class failed; the others are done.',
    enum: ['running', 'completed', 'failed'],
  })
  state: string;
  @ApiProperty({ description: 'When it began.', format: 'date-time' }) createdAt: string;
  @ApiProperty({ ...TIME, description: 'When it was over.' }) finishedAt: string | null;
  @ApiProperty({ description: 'What was removed, class by class.', type: [RetentionStepDto] })
  classes: RetentionStepDto[];
}

export class RetentionRunPageDto extends PageDto {
  @ApiProperty({ description: 'The runs of this page.', type: [RetentionRunDto] }) items: RetentionRunDto[];
}

export class CertificateDto {
  @ApiProperty({ description: 'The installation that states it.', example: 'https://rollcall.example.org' })
  issuer: string;
  @ApiProperty({ description: 'When.', format: 'date-time' }) statedAt: string;
  @ApiProperty({ description: 'What was removed.', type: RetentionRunDto }) run: RetentionRunDto;
}

export class SignedCertificateDto {
  @ApiProperty({ description: 'The certificate, to read.', type: CertificateDto })
  certificate: CertificateDto;
  @ApiProperty({
    description:
      'The same, signed: a compact JWS (EdDSA) with `typ` `rollcall-retention-certificate+jws`. Its key is in `/.well-known/jwks.json`.',
  })
  jws: string;
}
