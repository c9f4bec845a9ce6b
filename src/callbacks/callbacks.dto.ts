import { ApiProperty } from '@nestjs/swagger';

/** The answer to a Callback-Test (M3). */
export class CallbackTestAnswer {
  @ApiProperty({ description: 'Always `ok`.', example: 'ok' })
  status: string;

  @ApiProperty({ description: 'Always true: the body was neither read nor kept.', example: true })
  test: boolean;
}
