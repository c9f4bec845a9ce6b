import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { IsLine, IsName, PageDto } from '../../problem/page.dto.js';
import { type Role, ROLE_NAMES } from '../roles.js';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './passwords.js';
import { USER_STATES, type UserState } from './people.types.js';

/** A mail address fits. */
const LOGIN = /^[a-z0-9][a-z0-9._@+-]{0,127}$/;
const MAX_NAME_LENGTH = 128;
export const isLogin = (text: string) => LOGIN.test(text);
const MAX_LOGIN_LENGTH = 128;
const MAX_TOKEN_LENGTH = 128;
const lowerCase = ({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.toLowerCase() : value;

const LOGIN_DOCS = { description: 'Upper and lower case are the same.', example: 'mona@bank.example' };
const NAME_DOCS = { description: 'As people call them.', example: 'Mona Adel', maxLength: MAX_NAME_LENGTH };
const ROLES_DOCS = {
  description: 'What they may do: `listRoles`.',
  enum: ROLE_NAMES,
  isArray: true,
  example: ['operator'],
};
const CODE = /^\d{6}$/;
const CODE_DOCS = { description: 'Six digits from the authenticator.', example: '492039' };
const RECOVERY_CODE_DOCS = {
  description: 'In place of `code`. Each works once.',
  example: '7k2m-9qtx-4hvn-0wzs-b3de-8yj6',
};
const RECOVERY_CODES_DOCS = {
  type: String,
  isArray: true,
  description: 'To be kept apart from the authenticator: each replaces a code once. Shown this once.',
};
const NEW_PASSWORD_DOCS = {
  description: `${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters, of any kind; none of the commonest.`,
  format: 'password',
  example: 'correct horse battery staple',
};
const TOKEN_DOCS = { description: 'What stands behind the `#` of the link.', maxLength: MAX_TOKEN_LENGTH };

export class InviteBody {
  @ApiProperty({ ...LOGIN_DOCS, pattern: LOGIN.source })
  @Transform(lowerCase)
  @IsString()
  @Matches(LOGIN, {
    message: '$property must be 1 to 128 letters, digits and . _ @ + -, beginning with a letter or digit',
  })
  login: string;

  @ApiProperty(NAME_DOCS)
  @IsName(MAX_NAME_LENGTH)
  name: string;

  @ApiProperty(ROLES_DOCS)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(ROLE_NAMES, { each: true })
  roles: Role[];
}

export class ChangeUserBody {
  @ApiPropertyOptional(NAME_DOCS)
  @IsOptional()
  @IsName(MAX_NAME_LENGTH)
  name?: string;

  @ApiPropertyOptional({ ...ROLES_DOCS, description: 'All of them, from now on.' })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(ROLE_NAMES, { each: true })
  roles?: Role[];

  @ApiPropertyOptional({ description: '`true` ends every session at once; `false` lets them log in again.' })
  @IsOptional()
  @IsBoolean()
  disabled?: boolean;
}

export class UserDto {
  @ApiProperty({ description: 'Their id.', format: 'uuid' }) id: string;
  @ApiProperty({ ...LOGIN_DOCS, description: 'By what they log in, and how the audit names them.' })
  login: string;
  @ApiProperty(NAME_DOCS) name: string;
  @ApiProperty({ type: [String], description: 'What they may do.', example: ['operator'] }) roles: string[];
  @ApiProperty({
    description:
      '`invited`: has not used the link. `tampered`: something else than Rollcall has written the row; it opens nothing.',
    enum: USER_STATES,
  })
  state: UserState;
  @ApiProperty({ type: Date, description: 'When they were invited.' }) createdAt: Date;
  @ApiProperty({ type: Date, nullable: true, description: 'Null before the first log-in.' })
  lastLoginAt: Date | null;
}

export class UserPageDto extends PageDto {
  @ApiProperty({ description: 'The people of this page, by login.', type: [UserDto] }) items: UserDto[];
}

export class InvitationDto {
  @ApiProperty({ description: 'Id of the person.', format: 'uuid' }) id: string;
  @ApiProperty(LOGIN_DOCS) login: string;
  @ApiProperty({
    description: 'Give it to the person alone. It is shown this once, works once, and replaces an older one.',
    example: 'https://rollcall.example.org/invite#rci_Jm0pV2u5d0dT2l1b1mS3v3l4H5o6B7c8D9e0F1g2H3i',
  })
  link: string;
  @ApiProperty({ type: Date, description: 'When the link ends.' }) expiresAt: Date;
}

export class RoleDto {
  @ApiProperty({ description: 'The role.', enum: ROLE_NAMES }) role: Role;
  @ApiProperty({ description: 'What it is for.' }) meaning: string;
  @ApiProperty({ type: [String], description: 'What it allows.' }) scopes: readonly string[];
}

export class RoleListDto extends PageDto {
  @ApiProperty({ description: 'All roles.', type: [RoleDto] }) items: RoleDto[];
}

export class LogInBody {
  @ApiProperty(LOGIN_DOCS)
  @Transform(lowerCase)
  @IsLine(MAX_LOGIN_LENGTH)
  login: string;

  @ApiProperty({ description: 'The password.', format: 'password', maxLength: MAX_PASSWORD_LENGTH })
  @IsString()
  @MaxLength(4 * MAX_PASSWORD_LENGTH)
  password: string;

  @ApiPropertyOptional({ ...CODE_DOCS, description: `${CODE_DOCS.description} It works once.` })
  @IsOptional()
  @Matches(CODE, { message: '$property must be six digits' })
  code?: string;

  @ApiPropertyOptional(RECOVERY_CODE_DOCS)
  @IsOptional()
  @IsLine(64)
  recoveryCode?: string;
}

export class ChangePasswordBody {
  @ApiProperty({ description: 'The password of now.', format: 'password', maxLength: MAX_PASSWORD_LENGTH })
  @IsString()
  @MaxLength(4 * MAX_PASSWORD_LENGTH)
  password: string;

  @ApiPropertyOptional({ ...CODE_DOCS, description: `${CODE_DOCS.description} It works once.` })
  @IsOptional()
  @Matches(CODE, { message: '$property must be six digits' })
  code?: string;

  @ApiPropertyOptional(RECOVERY_CODE_DOCS)
  @IsOptional()
  @IsLine(64)
  recoveryCode?: string;

  @ApiProperty(NEW_PASSWORD_DOCS)
  @IsString()
  @MaxLength(4 * MAX_PASSWORD_LENGTH)
  newPassword: string;
}

export class RenewRecoveryCodesBody {
  @ApiProperty({ description: 'The password.', format: 'password', maxLength: MAX_PASSWORD_LENGTH })
  @IsString()
  @MaxLength(4 * MAX_PASSWORD_LENGTH)
  password: string;

  @ApiProperty({ ...CODE_DOCS, description: `${CODE_DOCS.description} It works once.` })
  @Matches(CODE, { message: '$property must be six digits' })
  code: string;
}

export class RecoveryCodesDto {
  @ApiProperty(RECOVERY_CODES_DOCS) recoveryCodes: string[];
}

export class SessionDto {
  @ApiProperty({ description: 'Its id, as the audit names it.', format: 'uuid' }) id: string;
  @ApiProperty({ type: Date, description: 'When the person logged in.' }) createdAt: Date;
  @ApiProperty({ type: Date, description: 'When it was used last, to the minute.' }) lastUsedAt: Date;
  @ApiProperty({ type: String, nullable: true, description: 'From where.', example: '10.1.2.3' })
  address: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'With what. Null for no browser that Rollcall knows.',
    example: 'Firefox 141, Windows',
  })
  browser: string | null;
  @ApiProperty({ description: 'Whether it is the session of this request.' }) current: boolean;
}

export class SessionListDto extends PageDto {
  @ApiProperty({ description: 'All of them.', type: [SessionDto] }) items: SessionDto[];
}

/** As OpenID Connect names it. */
export class LogoutTokenForm {
  @ApiProperty({ description: 'A JWT of the identity provider.' }) logout_token: string;
}

export class InvitationBody {
  @ApiProperty(TOKEN_DOCS)
  @IsLine(MAX_TOKEN_LENGTH)
  token: string;

  @ApiProperty(NEW_PASSWORD_DOCS)
  @IsString()
  @MaxLength(4 * MAX_PASSWORD_LENGTH)
  password: string;
}

export class FirstLinkBody {
  @ApiProperty(TOKEN_DOCS)
  @IsLine(MAX_TOKEN_LENGTH)
  token: string;
}

export class ConfirmationBody {
  @ApiProperty(TOKEN_DOCS)
  @IsLine(MAX_TOKEN_LENGTH)
  token: string;

  @ApiProperty(CODE_DOCS)
  @Matches(CODE, { message: '$property must be six digits' })
  code: string;
}

export class EnrollmentDto {
  @ApiProperty({ ...LOGIN_DOCS, description: 'By what they will log in.' }) login: string;
  @ApiProperty({
    description: 'For the authenticator, e.g. as a QR code.',
    example: 'otpauth://totp/Rollcall:mona@bank.example?issuer=Rollcall&secret=JBSWY3DPEHPK3PXP',
  })
  otpauthUri: string;
  @ApiProperty({ description: 'The same secret in base 32, to type it.', example: 'JBSWY3DPEHPK3PXP' })
  secret: string;
}

export class MeDto {
  @ApiProperty({ description: 'What calls.', enum: ['key', 'person'] }) kind: string;
  @ApiProperty({ description: 'As the audit names it.', example: 'user:mona@bank.example' }) name: string;
  @ApiPropertyOptional({ description: 'Of a person: their name.', example: 'Mona Adel' })
  displayName?: string;
  @ApiPropertyOptional({ type: [String], description: 'Of a person: their roles now.' })
  roles?: readonly string[];
  @ApiProperty({ type: [String], description: 'What it may do; `*` is everything.' })
  scopes: readonly string[];
  @ApiPropertyOptional({
    description: 'Of a session: send it as `X-CSRF-Token` with every request that changes something.',
  })
  csrfToken?: string;
}

export class AcceptedDto extends MeDto {
  @ApiProperty(RECOVERY_CODES_DOCS) recoveryCodes: string[];
}
