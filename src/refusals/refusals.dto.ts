import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageDto, PageQuery } from '../problem/page.dto.js';
import { REFUSED_CALLERS, REFUSED_ROUTES, type RefusedCaller, type RefusedRoute } from './refusals.types.js';

export class ListRefusalsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: REFUSED_ROUTES, description: 'Only at this URL.' })
  @IsOptional()
  @IsIn(REFUSED_ROUTES)
  route?: RefusedRoute;

  @ApiPropertyOptional({ enum: REFUSED_CALLERS, description: 'Only of such callers.' })
  @IsOptional()
  @IsIn(REFUSED_CALLERS)
  caller?: RefusedCaller;
}

class RefusalDto {
  @ApiProperty({ format: 'date-time', description: 'When the first of these refusals was answered.' })
  firstAt: string;
  @ApiProperty({ format: 'date-time', description: 'When the latest one was answered.' }) at: string;
  @ApiProperty({ enum: REFUSED_ROUTES, description: 'The token URL, or a callback URL.' })
  route: RefusedRoute;
  @ApiProperty({ description: 'The URL as it was called, without its query.', example: '/callbacks/success' })
  url: string;
  @ApiProperty({ example: 'POST', description: 'The HTTP method.' }) method: string;
  @ApiProperty({
    enum: REFUSED_CALLERS,
    description:
      '`client`: had a good token or secret; `named`: gave the id of a client, and no right secret; `stranger`: anybody else.',
  })
  caller: RefusedCaller;
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'enroll',
    description: 'The client that called, or that was named; null: none of ours.',
  })
  clientId: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    example: '203.0.113.7',
    description: 'The address it came from; null: from more addresses in one second than are kept.',
  })
  remoteAddress: string | null;
  @ApiProperty({ type: 'integer', example: 401, description: 'The status of the answer.' }) status: number;
  @ApiProperty({
    example: 'TOKEN_INVALID',
    description: 'The code of the answer: of the problem, or of RFC 6749 at the token URL.',
  })
  code: string;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 512,
    description: 'Length of the body as declared; null: not declared.',
  })
  bytes: number | null;
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The receipt that keeps the first bytes of the latest one; null: nothing was kept.',
  })
  receiptId: string | null;
  @ApiProperty({ type: 'integer', example: 3, description: 'How many there were within the hour.' })
  count: number;
}

export class RefusalPageDto extends PageDto {
  @ApiProperty({ type: [RefusalDto], description: 'Newest first.' }) items: RefusalDto[];
}
