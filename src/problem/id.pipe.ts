import type { PipeTransform } from '@nestjs/common';
import { Problem } from './problem.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads a path parameter that is one of our ids. Anything else is not found. */
export const UUID_OR_404: PipeTransform<string, string> = {
  transform(value) {
    const id = value.toLowerCase();
    if (!UUID.test(id)) throw new Problem('NOT_FOUND');
    return id;
  },
};

/** Reads an id that others made. An impossible one needs no query (U+0000 would be an error of the database). */
export function textOr404(maxLength: number): PipeTransform<string, string> {
  return {
    transform(id) {
      if (id.length > maxLength || id.includes('\0')) throw new Problem('NOT_FOUND');
      return id;
    },
  };
}
