import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PageDto } from '../problem/page.dto.js';
import type { ApplicantFields, DatePrecision, Outcome } from '../enroll-contract/types.js';
import { NullableText } from './fields.dto.js';
import type { Match } from './search.repository.js';

export const OUTCOMES = ['accepted', 'rejected', 'conflict', 'unknown'] as const satisfies Outcome[];

export class ParsedDateDto {
  @ApiProperty({
    format: 'date',
    example: '2021-05-01',
    description: 'First day of the month or year where less is known.',
  })
  date: string;
  @ApiProperty({
    description: 'How much of the date was sent.',
    enum: ['year', 'month', 'day'] satisfies DatePrecision[],
    example: 'day',
  })
  precision: DatePrecision;
}

export class GovernorateDto {
  @ApiProperty({ description: 'Its two digits in the national id.', example: '23' }) code: string;
  @ApiProperty({ description: 'Its name in English.', example: 'Fayoum' }) en: string;
  @ApiProperty({ description: 'Its name in Arabic.', example: 'الفيوم' }) ar: string;
}

/** What follows from the content; nothing of it was received as such. */
export class DerivedDto {
  @ApiProperty({
    enum: ['M', 'F'],
    nullable: true,
    example: 'F',
    description:
      'From `gender`, in any of its spellings; from the national id where `gender` was never sent.',
  })
  gender: 'M' | 'F' | null;

  @ApiPropertyOptional({
    enum: ['nationalId'],
    description: 'Marks a `gender` that comes from the national id; absent where it was sent.',
  })
  genderFrom?: 'nationalId';

  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    example: '1997-03-01',
    description: 'From the national id; null without `pii:read`.',
  })
  birthDate: string | null;

  @ApiProperty({ type: GovernorateDto, nullable: true, description: 'Of birth, from the national id.' })
  birthGovernorate: GovernorateDto | null;
}

/** Of a row whose columns were changed in the database, beside Rollcall. */
export class TamperedDto {
  @ApiPropertyOptional({
    type: Boolean,
    description:
      'True if the row in the database says something else than what was sealed with it; absent otherwise. What is shown is ' +
      'what was sealed.',
  })
  tampered?: true;
  @ApiPropertyOptional({
    type: [String],
    description:
      'The columns that were changed. `sealed`: the sealed state is not of this row, so nothing is known of it, and `outcome` ' +
      'is `unknown`.',
    example: ['outcome'],
  })
  tamperedFields?: string[];
}

/** The content of an applicant, in the contract's spelling. */
class ContentDto extends TamperedDto implements Record<keyof ApplicantFields, unknown> {
  @NullableText('As received; see `derived.gender`.', 'أنثى') gender: string | null;
  @ApiProperty({ description: 'Phone numbers, as received.', type: [String], example: ['+201068282888'] })
  phoneNumbers: string[];
  @ApiProperty({
    description: 'Mail addresses, as received.',
    type: [String],
    example: ['mona.hassan@example.com'],
  })
  emails: string[];
  @NullableText('Path of the live photo.', 'live/2026/11/7d1f0c.jpg') livePhotoPath: string | null;
  @NullableText('First line of the name.', 'منى') firstName: string | null;
  @NullableText('Second line of the name.', 'أحمد عبد الرحمن حسن') familyName: string | null;
  @NullableText('First line of the address.', '١٢ شارع التحرير') address: string | null;
  @NullableText('Second line of the address.', 'الدقي - الجيزة') state: string | null;
  @NullableText('National id, or number of another document.', '29703012357788') idNumber: string | null;
  @NullableText('Factory number of the document.', 'IC1234567') documentNumber: string | null;
  @NullableText('Type of the document.', 'EGY') documentTypeCode: string | null;
  @NullableText('As received; see `issueDateParsed`.', '٠١/٠٥/٢٠٢١') issueDate: string | null;
  @NullableText('Nationality.', 'EGY') nationality: string | null;
  @NullableText('Front of the id.', 'id/2026/11/7d1f0c-front.jpg') idFrontScanPath: string | null;
  @NullableText('Back of the id.', 'id/2026/11/7d1f0c-back.jpg') idBackScanPath: string | null;
  @NullableText('Photo of the passport holder.', 'photo/2026/11/7d1f0c.jpg') photo: string | null;
  @NullableText('Scan of the passport.', 'passport/2026/11/7d1f0c.jpg') passportScanPath: string | null;
  @NullableText('Authority that issued the document.', 'مديرية أمن الجيزة') issuingAuthority: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 4,
    description: 'Accepted=1, ManuallyAccepted=4, ManuallyRejected=5; others are kept as they came.',
  })
  status: number | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { channel: 'branch-12' },
    description: 'Keys the contract does not know, as received.',
  })
  extras: Record<string, unknown>;
}

/** The current state of an applicant, as lists have it. */
export class ApplicantItemDto extends ContentDto {
  @ApiProperty({
    description: "eNROLL's id of the application.",
    example: '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1',
  })
  applicantId: string;
  @ApiProperty({
    description: "Counts the applicant's versions, from 1.",
    type: 'integer',
    minimum: 1,
    example: 2,
  })
  version: number;
  @ApiProperty({ enum: OUTCOMES, description: '`conflict`: URL and status disagree (A16).' })
  outcome: Outcome;
  @ApiProperty({
    type: [String],
    example: ['nationalIdChecksum'],
    description: 'What looked wrong or was evened out; docs list them.',
  })
  flags: string[];
  @ApiProperty({
    description: 'True without `pii:read`: sensitive values show initials or their last two digits.',
  })
  masked: boolean;
  @ApiProperty({
    description: 'The issue date, read from what was sent; null where it cannot be read.',
    type: ParsedDateDto,
    nullable: true,
  })
  issueDateParsed: ParsedDateDto | null;
  @ApiProperty({ description: 'What Rollcall concludes from the fields as sent.', type: DerivedDto })
  derived: DerivedDto;
  @ApiProperty({
    description: 'When its first version was received.',
    format: 'date-time',
    example: '2026-11-23T08:00:00.000Z',
  })
  firstReceivedAt: string;
  @ApiProperty({
    description: 'When the latest of its versions was received.',
    format: 'date-time',
    example: '2026-11-23T09:30:00.000Z',
  })
  lastReceivedAt: string;
  @ApiPropertyOptional({
    enum: ['exact', 'prefix', 'close'] satisfies Match[],
    description:
      'How the name met `q`. `prefix`: it begins so, or has a word that begins with each word. `close`: it may be somebody else, for a ' +
      'letter is other than asked, or the script.',
  })
  match?: Match;
}

export class ApplicantDto extends ApplicantItemDto {
  @ApiProperty({
    type: [String],
    example: [],
    description: 'Other applicantIds with the same idNumber (A22); never merged.',
  })
  samePerson: string[];
}

export class ApplicantPageDto extends PageDto {
  @ApiProperty({ description: 'The applicants of this page.', type: [ApplicantItemDto] })
  items: ApplicantItemDto[];
}
