import { applyDecorators } from '@nestjs/common';
import {
  ApiProperty,
  ApiPropertyOptional,
  ApiExtraModels,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { CATALOGUE, type ProblemCode } from './catalogue.js';

/** The documented form of an error (RFC 9457); `problem.filter.ts` writes it. */
class ProblemDto {
  @ApiProperty({
    description: 'URN of the kind of problem; docs/errors.md lists them.',
    example: 'urn:rollcall:problem:not-found',
  })
  type: string;
  @ApiProperty({ example: 'Not found' }) title: string;
  @ApiProperty({ description: 'HTTP status, as in the status line.', example: 404 }) status: number;
  @ApiPropertyOptional({
    description: 'What is wrong with this request; names parameters, never their values.',
  })
  detail?: string;
  @ApiProperty({ description: 'Stable; the thing to branch on.', enum: Object.keys(CATALOGUE) })
  code: ProblemCode;
  @ApiProperty({ description: 'Path of the request.', example: '/api/v1/applicants/A-1001' })
  instance: string;
  @ApiProperty({
    description: 'Also in the header `x-request-id` and in the log.',
    example: '0f8b6c1e-7d7a-4f52-9a7e',
  })
  requestId: string;
}

/** What every endpoint of the management API may answer, whatever it does. */
export const MANAGEMENT_PROBLEMS = [
  'TOKEN_MISSING',
  'TOKEN_INVALID',
  'INSUFFICIENT_SCOPE',
  'TOO_MANY_REQUESTS',
  'DATABASE_UNAVAILABLE',
] as const satisfies readonly ProblemCode[];

/** What every endpoint that takes a JSON body may answer besides. */
export const BODY_PROBLEMS = [
  'BAD_REQUEST',
  'NOT_JSON',
  'TOO_DEEP',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
] as const satisfies readonly ProblemCode[];

/** Documents the problems an endpoint may answer: one response per status, one example per code. */
export function ProblemResponses(...codes: ProblemCode[]): MethodDecorator & ClassDecorator {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set(codes)) {
    const [status] = CATALOGUE[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ...[...byStatus].map(([status, sameStatus]) => ApiResponse(responseOf(status, sameStatus))),
  );
}

function responseOf(status: number, codes: ProblemCode[]) {
  return {
    status,
    description: codes.map((code) => `\`${code}\`: ${CATALOGUE[code][1]}.`).join(' '),
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(ProblemDto) },
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
      },
    },
  };
}

function exampleOf(code: ProblemCode): ProblemDto {
  const [status, title] = CATALOGUE[code];
  return {
    type: `urn:rollcall:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    code,
    instance: '/api/v1/…',
    requestId: '0f8b6c1e-7d7a-4f52-9a7e',
  };
}
