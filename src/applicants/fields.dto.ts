import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { MAX_APPLICANT_ID_LENGTH } from '../enroll-contract/limits.js';
import { textOr404 } from '../problem/id.pipe.js';
import { IsInstant, IsLine } from '../problem/page.dto.js';

/** The applicant of a path. */
export const APPLICANT = {
  name: 'applicantId',
  pipe: textOr404(2 * MAX_APPLICANT_ID_LENGTH),
  description: "eNROLL's id of the application.",
  example: '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1',
};

/** A text of an answer, null where there is none. */
export function NullableText(description: string, example?: string | null): PropertyDecorator {
  return ApiProperty({ description, example, type: String, nullable: true });
}

/** An optional line of text in a question. */
export function OptionalLine(max: number, description: string, example?: string): PropertyDecorator {
  return applyDecorators(ApiPropertyOptional({ description, example }), IsOptional(), IsLine(max));
}

/** An optional time in a question. */
export function OptionalInstant(description: string, docs: { deprecated?: true } = {}): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ description, format: 'date-time', ...docs }),
    IsOptional(),
    IsInstant(),
  );
}

/** An optional word in a question, out of these. */
export function OptionalOneOf(words: readonly string[], description: string): PropertyDecorator {
  return applyDecorators(ApiPropertyOptional({ description, enum: [...words] }), IsOptional(), IsIn(words));
}
