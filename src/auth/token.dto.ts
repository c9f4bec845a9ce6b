import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** The form that eNROLL posts (RFC 6749, 4.4.2). */
export class TokenForm {
  @ApiProperty({
    description: 'The only grant.',
    enum: ['client_credentials'],
    example: 'client_credentials',
  })
  grant_type: string;

  @ApiPropertyOptional({
    description:
      'Id of the client: here, as HTTP Basic, or as the header `client_id`, `client-id` or `x-client-id`.',
    example: 'enroll',
    maxLength: 128,
  })
  client_id?: string;

  @ApiPropertyOptional({
    description:
      'Its secret: here, as HTTP Basic, or as the header `client_secret`, `client-secret` or `x-client-secret`.',
    example: 'rcs_Jm0pV2u5d0dT2l1b1mS3v3l4H5o6B7c8D9e0F1g2H3i',
    format: 'password',
  })
  client_secret?: string;

  @ApiPropertyOptional({
    description: 'Optional: the only scope is `callbacks`.',
    example: 'callbacks',
  })
  scope?: string;
}

/** RFC 6749, 5.1; exactly what eNROLL's guide prints. */
export class TokenResponse {
  @ApiProperty({
    description: 'A JWT (RFC 9068), valid only for the callbacks.',
    example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2ln',
  })
  access_token: string;

  @ApiProperty({ type: 'integer', description: 'Life of the token in seconds.', example: 3600 })
  expires_in: number;

  @ApiProperty({
    description: 'How to send the token: `Authorization: Bearer`.',
    enum: ['Bearer'],
    example: 'Bearer',
  })
  token_type: 'Bearer';

  @ApiPropertyOptional({
    description: 'Present only where the request named another scope.',
    example: 'callbacks',
  })
  scope?: string;
}

/** RFC 6749, 5.2. */
export class TokenError {
  @ApiProperty({ description: 'The code of RFC 6749, 5.2.', example: 'invalid_client' })
  error: string;

  @ApiProperty({ description: 'What is wrong, in words.', example: 'Client authentication failed' })
  error_description: string;
}
