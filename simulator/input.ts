import type { z } from 'zod';
import { Refusal } from './dialect.js';

/**
 * Reads a body or a query.
 * @throws Refusal 400 naming the first key that is wrong.
 */
export function readInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const read = schema.safeParse(input);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new Refusal(400, `${issue?.path.join('.') || 'request'}: ${issue?.message ?? 'is not valid'}`);
}
