import { applyDecorators, HttpCode, Post } from '@nestjs/common';
import {
  ApiBody,
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiSecurity,
  getSchemaPath,
} from '@nestjs/swagger';
import { ApplicantElement } from '../inbox/element.dto.js';
import { Report, type ReportItem } from '../inbox/report.dto.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import { CallbackTestAnswer } from './callbacks.dto.js';

interface CallbackDocs {
  operationId: string;
  summary: string;
  description: string;
}

const CREATED: ReportItem = {
  index: 0,
  applicantId: '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1',
  result: 'created',
};
const REFUSED: ReportItem = {
  index: 1,
  applicantId: null,
  result: 'quarantined',
  code: 'APPLICANT_ID_MISSING',
};
const TAKEN: Report = {
  receiptId: '019aaf6e-2c11-7d52-8d59-2f0a5c6f1b11',
  received: 1,
  applied: 1,
  duplicates: 0,
  quarantined: 0,
  items: [CREATED],
};
const PARTLY: Report = { ...TAKEN, received: 2, quarantined: 1, items: [CREATED, REFUSED] };
const TESTED: CallbackTestAnswer = { status: 'ok', test: true };
const ANSWERS = {
  taken: { summary: 'Every element was taken', value: TAKEN },
  partly: { summary: 'One of two was taken', value: PARTLY },
  test: { summary: 'A Callback-Test', value: TESTED },
};

/** One callback URL of eNROLL's panel: route, status and its whole documentation. */
export function CallbackEndpoint(path: string, docs: CallbackDocs): MethodDecorator {
  const element = { $ref: getSchemaPath(ApplicantElement) };
  const list = { type: 'array', items: element };
  return applyDecorators(
    Post(path),
    HttpCode(200),
    ApiOperation(docs),
    ApiSecurity('enroll', ['callbacks']),
    ApiExtraModels(ApplicantElement, Report, CallbackTestAnswer),
    ApiHeader({
      name: 'Callback-Test',
      required: false,
      description:
        'Present with any value: nothing is read or applied, the answer is 200 (M3). Needs no token.',
      schema: { type: 'string' },
    }),
    ApiBody({
      description:
        'A list of applicants, `{"applicants": [...]}`, or one applicant (M5). gzip and deflate are accepted.',
      schema: {
        oneOf: [
          list,
          { type: 'object', properties: { applicants: list }, required: ['applicants'] },
          element,
        ],
      },
    }),
    ApiOkResponse({
      description:
        'At least one element was taken, and everything reported is committed; or the answer to a Callback-Test.',
      content: {
        'application/json': {
          schema: {
            oneOf: [{ $ref: getSchemaPath(Report) }, { $ref: getSchemaPath(CallbackTestAnswer) }],
          },
          examples: ANSWERS,
        },
      },
    }),
    ProblemResponses(
      'NOT_JSON',
      'NOT_UTF8',
      'WRONG_SHAPE',
      'TOO_DEEP',
      'BAD_ENCODING',
      'TOKEN_MISSING',
      'TOKEN_INVALID',
      'INSUFFICIENT_SCOPE',
      'ADDRESS_NOT_ALLOWED',
      'CLIENT_CERTIFICATE_REQUIRED',
      'BODY_TOO_SLOW',
      'BODY_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
      'ALL_ELEMENTS_REFUSED',
      'OVERLOADED',
      'DATABASE_UNAVAILABLE',
    ),
  );
}
