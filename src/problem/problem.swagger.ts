import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiPropertyOptional, DECORATORS, getSchemaPath } from '@nestjs/swagger';
import { CATALOGUE, type ProblemCode } from './catalogue.js';
import { MEDIA_TYPE, Problem } from './problem.js';

/** The documented form of an error (RFC 9457): what `Problem.document` writes. */
class ProblemDto {
  @ApiProperty({
    description: 'URN of the kind of problem; docs/errors.md lists them.',
    example: 'urn:rollcall:problem:not-found',
  })
  type: string;
  @ApiProperty({ description: 'The kind of problem in words.', example: 'Not found' }) title: string;
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

/** Problems that every endpoint of the management API may answer. */
export const MANAGEMENT_PROBLEMS = [
  'TOKEN_MISSING',
  'TOKEN_INVALID',
  'INSUFFICIENT_SCOPE',
  'ADDRESS_NOT_ALLOWED',
  'TOO_MANY_REQUESTS',
  'DATABASE_UNAVAILABLE',
] as const satisfies readonly ProblemCode[];

/** Further problems of every endpoint that takes a JSON body. */
export const BODY_PROBLEMS = [
  'BAD_REQUEST',
  'NOT_JSON',
  'TOO_DEEP',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
] as const satisfies readonly ProblemCode[];

/** Metadata key: the codes named for a handler so far. */
const NAMED = Symbol('problems');
/** We write this metadata directly: of two `ApiResponse` with one status, @nestjs/swagger loses the examples of the first. */
const { API_RESPONSE } = DECORATORS;

/**
 * Documents the problems that an operation may answer: one response per status, one example per code. Several of these
 * decorators on one operation add up; on a controller it applies to every operation.
 */
export function ProblemResponses(...codes: ProblemCode[]): MethodDecorator & ClassDecorator {
  const document: MethodDecorator & ClassDecorator = (target: object, _key?: unknown, method?: unknown) => {
    const handlers = typeof target === 'function' ? routesOf(target) : [(method as PropertyDescriptor).value];
    for (const handler of handlers as object[]) addProblems(handler, codes);
  };
  return applyDecorators(ApiExtraModels(ProblemDto), document);
}

/** The methods of a controller that answer requests. */
function routesOf({ prototype }: { prototype?: object }): unknown[] {
  return Object.values(Object.getOwnPropertyDescriptors(prototype ?? {}))
    .map(({ value }): unknown => value)
    .filter((method) => typeof method === 'function' && Reflect.hasMetadata('path', method));
}

function addProblems(handler: object, codes: ProblemCode[]): void {
  const named = (Reflect.getMetadata(NAMED, handler) ?? []) as ProblemCode[];
  const all = (Object.keys(CATALOGUE) as ProblemCode[]).filter(
    (code) => named.includes(code) || codes.includes(code),
  );
  const responses = Reflect.getMetadata(API_RESPONSE, handler) as object | undefined;
  const problems = [...new Set(all.map((code) => CATALOGUE[code][0]))].map((status) => [
    status,
    responseOf(all.filter((code) => CATALOGUE[code][0] === status)),
  ]);
  Reflect.defineMetadata(NAMED, all, handler);
  Reflect.defineMetadata(API_RESPONSE, { ...responses, ...Object.fromEntries(problems) }, handler);
}

function responseOf(codes: ProblemCode[]) {
  return {
    description: codes.map((code) => `\`${code}\`: ${CATALOGUE[code][1]}.`).join(' '),
    content: {
      [MEDIA_TYPE]: {
        schema: { $ref: getSchemaPath(ProblemDto) },
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
      },
    },
  };
}

function exampleOf(code: ProblemCode): ProblemDto {
  return new Problem(code).document('/api/v1/…', '0f8b6c1e-7d7a-4f52-9a7e') as ProblemDto;
}
