import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsBoolean, IsInt, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import type { ApplicantFields } from '../enroll-contract/types.js';

/** An optional text of the contract. */
function Text(description: string, example: string): PropertyDecorator {
  return (target, key) => {
    ApiPropertyOptional({ description, example, type: String, nullable: true })(target, key);
    IsOptional()(target, key);
    IsString()(target, key);
  };
}

/** An optional list of texts of the contract. */
function Texts(description: string, example: string[]): PropertyDecorator {
  return (target, key) => {
    ApiPropertyOptional({ description, example, type: [String], nullable: true })(target, key);
    IsOptional()(target, key);
    IsArray()(target, key);
    IsString({ each: true })(target, key);
  };
}

/**
 * One applicant of a callback, as in the guide's table. It documents the endpoint, and every element must satisfy it once its
 * spelling has been evened out (M6).
 */
export class ApplicantElement implements ApplicantFields {
  @ApiProperty({
    description: 'Unique per application; up to 128 characters.',
    example: '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1',
  })
  @IsString()
  @IsNotEmpty()
  @MaxLength(128)
  applicantId: string;

  @ApiPropertyOptional({
    description: 'true if the callback is for an update request; missing counts as false.',
    example: false,
  })
  @IsBoolean()
  isUpdate: boolean;

  @Text('Gender; M/F, male/female, ذكر/أنثى and 1/2 are understood (A20).', 'F')
  gender?: string;

  @Texts('Phone numbers.', ['+201068282888', '+201068282882'])
  phoneNumbers?: string[];

  @Texts('E-mail addresses.', ['mona.hassan@example.com'])
  emails?: string[];

  @Text('Path of the live photo taken in the face-matching step.', 'live/2026/11/7d1f0c.jpg')
  livePhotoPath?: string;

  @Text('First line of the name on the national id.', 'منى')
  firstName?: string;

  @Text('Second line of the name on the national id.', 'أحمد عبد الرحمن حسن')
  familyName?: string;

  @Text('First line of the address on the national id.', '١٢ شارع التحرير')
  address?: string;

  @Text('Second line of the address on the national id.', 'الدقي - الجيزة')
  state?: string;

  @Text('National id, or the number of another identity document.', '29703012357788')
  idNumber?: string;

  @Text('Factory number of the document.', 'IC1234567')
  documentNumber?: string;

  @Text('Type of the document.', 'EGY')
  documentTypeCode?: string;

  @Text('Date of issue; several formats are understood (A19).', '2021-05-01')
  issueDate?: string;

  @Text('Nationality.', 'EGY')
  nationality?: string;

  @Text('File name of the front of the id, for the images API.', 'id/2026/11/7d1f0c-front.jpg')
  idFrontScanPath?: string;

  @Text('File name of the back of the id, for the images API.', 'id/2026/11/7d1f0c-back.jpg')
  idBackScanPath?: string;

  @Text('File name of the photo cut from the document.', 'id/2026/11/7d1f0c-photo.jpg')
  photo?: string;

  @Text('File name of the passport scan, for the images API.', 'passport/2026/11/7d1f0c.jpg')
  passportScanPath?: string;

  @Text('Issuing authority.', 'EGY')
  issuingAuthority?: string;

  @ApiPropertyOptional({
    description:
      'Accepted = 1, ManuallyAccepted = 4, ManuallyRejected = 5; others are kept and flagged (A15).',
    example: 1,
    type: Number,
    nullable: true,
  })
  @IsOptional()
  @IsInt()
  status?: number;
}
