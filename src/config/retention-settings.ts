import { z } from 'zod';

/** 0: without an end of its own. */
const keepDays = (min: number, usual: number, what: string) =>
  z.coerce
    .number()
    .int()
    .min(0)
    .max(36_500)
    .default(usual)
    .refine((days) => days === 0 || days >= min, `must be 0, or at least ${min}`)
    .describe(
      `Days to keep ${what}.${what.includes('0: ') ? '' : ' 0: without end.'} See \`docs/privacy.md\`.`,
    );

/** How long each class of data is kept; what is not here has a setting of its own. */
export const retentionSettings = {
  ROLLCALL_KEEP_RECEIPTS_DAYS: keepDays(31, 1826, 'callbacks as they were received; whole months go'),
  ROLLCALL_KEEP_VERSIONS_DAYS: keepDays(
    31,
    0,
    'versions in the history and the feed; whole months go. 0: as long as the applicant',
  ),
  ROLLCALL_KEEP_APPROVED_DAYS: keepDays(
    31,
    0,
    'applicants who are not rejected, from their last version. 0: until erased',
  ),
  ROLLCALL_KEEP_REJECTED_DAYS: keepDays(
    31,
    1826,
    'applicants who were rejected, from their last version. 0: until erased',
  ),
  ROLLCALL_KEEP_IMAGES_DAYS: keepDays(
    31,
    0,
    'images, from when they were fetched. 0: as long as the applicant',
  ),
  ROLLCALL_KEEP_QUARANTINE_DAYS: keepDays(31, 365, 'elements of the quarantine that are settled'),
  ROLLCALL_KEEP_SESSIONS_DAYS: keepDays(31, 365, 'records of session tokens'),
  ROLLCALL_KEEP_RECONCILIATION_DAYS: keepDays(31, 1826, 'healed gaps, and runs without gaps'),
  ROLLCALL_KEEP_PROBES_DAYS: keepDays(1, 365, 'Callback-Tests'),
  ROLLCALL_KEEP_REFUSALS_DAYS: keepDays(1, 90, 'what the token URL and the callback URLs refused'),
};
