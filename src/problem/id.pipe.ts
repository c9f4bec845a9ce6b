import type { PipeTransform } from '@nestjs/common';
import { Problem } from './problem.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads a path parameter that is an id of ours: `@Param('receiptId', UUID_OR_404)`. Anything else names nothing. */
export const UUID_OR_404: PipeTransform<string, string> = {
  transform(value) {
    const id = value.toLowerCase();
    if (!UUID.test(id)) throw new Problem('NOT_FOUND');
    return id;
  },
};
