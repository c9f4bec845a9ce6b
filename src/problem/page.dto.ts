import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  isISO8601,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
} from 'class-validator';

const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;

export class LimitQuery {
  @ApiPropertyOptional({
    description: 'Most items to answer.',
    type: 'integer',
    minimum: 1,
    maximum: MAX_LIMIT,
    default: DEFAULT_LIMIT,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_LIMIT)
  limit: number = DEFAULT_LIMIT;
}

/** The query of every list. */
export class PageQuery extends LimitQuery {
  @ApiPropertyOptional({ description: '`nextCursor` of the previous page; opaque.' })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  cursor?: string;
}

const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d))?$/;

/** An ISO 8601 time with its zone, or a date: midnight UTC by `new Date`, a day of Cairo by `instantInCairo`. */
export function IsInstant(): PropertyDecorator {
  return ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value) =>
        typeof value === 'string' && INSTANT.test(value) && isISO8601(value, { strict: true }),
      defaultMessage: () => '$property must be a time with its zone, e.g. 2026-11-23T08:00:00Z, or a date',
    },
  });
}

/** The time that `IsInstant` took; a date is midnight UTC. */
export function instantOf(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}

/** A line of text: not blank, without U+0000, which Postgres refuses, and without lone surrogates, which it would replace. */
export function IsLine(maxCharacters: number): PropertyDecorator {
  return ValidateBy({
    name: 'isLine',
    validator: {
      validate: (value) =>
        typeof value === 'string' &&
        value.trim() !== '' &&
        value.length <= maxCharacters &&
        !/\0|\p{Surrogate}/u.test(value),
      defaultMessage: () => `$property must be a text of 1 to ${maxCharacters} characters`,
    },
  });
}

/** A line shown to people as the name of something, also in mails and terminals. */
export function IsName(maxCharacters: number): PropertyDecorator {
  return applyDecorators(
    IsLine(maxCharacters),
    Matches(/^\P{Cc}*$/u, { message: '$property must not hold control characters' }),
  );
}

/** A query parameter with several of these words, repeated or joined by commas. */
export function AreOf(words: readonly string[]): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => {
      const texts: unknown[] = [value].flat();
      return [...new Set(texts.flatMap((text) => String(text).split(',')))];
    }),
    IsIn(words, { each: true }),
  );
}

/** What every list answers in addition to its `items`. */
export class PageDto {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Send it as `cursor` to get the next page; null at the end.',
  })
  nextCursor: string | null;
}
