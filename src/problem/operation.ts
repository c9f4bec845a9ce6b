import {
  applyDecorators,
  Body,
  HttpCode,
  Param,
  type PipeTransform,
  Query,
  type Type as Class,
} from '@nestjs/common';
import { ApiOperation, ApiParam, type ApiParamOptions, ApiResponse } from '@nestjs/swagger';
import { UUID_OR_404 } from './id.pipe.js';
import { BODY_PROBLEMS, ProblemResponses } from './problem.swagger.js';
import { VALID_BODY, VALID_QUERY } from './valid.pipe.js';

/** What an operation does, as `/docs` shows it. Its `operationId` is the name of the method. */
export function Operation(summary: string, description: string): MethodDecorator {
  return ApiOperation({ summary, description });
}

/** What an operation answers on success, and with which status. */
export function Answers(type: Class, status = 200, description = ''): MethodDecorator {
  return applyDecorators(HttpCode(status), ApiResponse({ status, type, description }));
}

/** An operation that answers 204. */
export function AnswersNothing(description: string): MethodDecorator {
  return applyDecorators(HttpCode(204), ApiResponse({ status: 204, description }));
}

/** An operation that answers pages, `type` each, read by cursor. */
export function Lists(type: Class): MethodDecorator {
  return applyDecorators(Answers(type), ProblemResponses('BAD_CURSOR'));
}

/** The query string, read into the DTO that is the parameter's type. */
export function ValidQuery(): ParameterDecorator {
  return documented(Query(VALID_QUERY), ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER'));
}

/** The JSON body, read into the DTO that is the parameter's type. */
export function ValidBody(): ParameterDecorator {
  return documented(Body(VALID_BODY), ProblemResponses(...BODY_PROBLEMS));
}

type IdOptions = Partial<ApiParamOptions> & { pipe?: PipeTransform };

/** A path parameter that names one thing, read by its pipe; without `options` the UUID `:id`. An unknown one is NOT_FOUND. */
export function ById(what: string, options: IdOptions = {}): ParameterDecorator {
  const { name = 'id', pipe = UUID_OR_404, ...docs } = options;
  const uuid = { format: 'uuid', example: '0d7a4b0e-9a55-4c1c-92f0-a9d15f2b7c1e' };
  return documented(
    Param(name, pipe),
    ApiParam({ name, description: `Id of the ${what}.`, ...(pipe === UUID_OR_404 && uuid), ...docs }),
    ProblemResponses('NOT_FOUND'),
  );
}

/** A parameter decorator that also documents the parameter. */
function documented(parameter: ParameterDecorator, ...docs: MethodDecorator[]): ParameterDecorator {
  return (target, key, index) => {
    parameter(target, key, index);
    const method = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key === undefined || method === undefined) return;
    for (const decorate of docs) decorate(target, key, method);
  };
}
