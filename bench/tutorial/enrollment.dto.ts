import { IsArray, IsBoolean, IsInt, IsNotEmpty, IsOptional, IsString } from 'class-validator';

/** The guide's table of fields, as class-validator spells it. */
export class EnrollmentDto {
  @IsBoolean() isUpdate: boolean;
  @IsString() @IsNotEmpty() applicantId: string;
  @IsOptional() @IsString() gender?: string;
  @IsOptional() @IsArray() @IsString({ each: true }) phoneNumbers?: string[];
  @IsOptional() @IsArray() @IsString({ each: true }) emails?: string[];
  @IsOptional() @IsString() livePhotoPath?: string;
  @IsOptional() @IsString() firstName?: string;
  @IsOptional() @IsString() familyName?: string;
  @IsOptional() @IsString() address?: string;
  @IsOptional() @IsString() state?: string;
  @IsOptional() @IsString() idNumber?: string;
  @IsOptional() @IsString() documentNumber?: string;
  @IsOptional() @IsString() documentTypeCode?: string;
  @IsOptional() @IsString() issueDate?: string;
  @IsOptional() @IsString() nationality?: string;
  @IsOptional() @IsString() idFrontScanPath?: string;
  @IsOptional() @IsString() idBackScanPath?: string;
  @IsOptional() @IsString() photo?: string;
  @IsOptional() @IsString() passportScanPath?: string;
  @IsOptional() @IsString() issuingAuthority?: string;
  @IsOptional() @IsInt() status?: number;
}
