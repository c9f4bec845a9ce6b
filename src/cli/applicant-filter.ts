import { option } from './calls.js';

/** Which applicants are meant, by what is not sensitive. */
export const APPLICANT_FILTER = [
  option('--outcome <outcome>', 'with this outcome').choices(['accepted', 'rejected', 'conflict', 'unknown']),
  option('--status <n>', 'with this status code of eNROLL').argParser(Number),
  option(
    '--received-from <time>',
    'first received at or after, e.g. 2026-11-01 or 2026-11-01T00:00:00+02:00',
  ),
  option('--received-to <time>', 'first received before'),
  option('--nationality <code>', 'of this nationality, as sent'),
  option('--document-type <code>', 'with this type of document'),
  option('--flag <flag>', 'with this flag, e.g. nationalIdChecksum'),
];
