import { z } from 'zod';

const share = (what: string) => z.number().min(0).max(1).default(0).describe(what);

/** What happens to the enrollments of a run. Shares are of enrollments, unless another thing is named. */
export const mixSchema = z.strictObject({
  batch: z.number().int().min(1).max(20_000).default(10).describe('elements in one callback'),
  updateShare: share('enrollments that are updated (and of these as many again, up to three times)'),
  duplicateShare: share('enrollments delivered once more, unchanged'),
  staleShare: share('updates after which the first state is delivered again'),
  lateCreateShare: share('enrollments whose update arrives before they do'),
  parallelShare: share('enrollments delivered twice at the same time'),
  conflictShare: share('enrollments that go to the URL their status does not belong to'),
  sloppyShare: share(
    'elements in loose spelling: keys in other case, numbers as text, one phone without a list',
  ),
  partialShare: share('updates that hold nothing but what changed, the rest being null'),
  brokenShare: share('callbacks with one more element that cannot be taken'),
  malformedShare: share('callbacks followed by one that is no list of applicants at all'),
  oversizedShare: share('callbacks followed by one that is too large'),
  oversizedBytes: z
    .number()
    .int()
    .min(1)
    .default(17 * 1024 * 1024)
    .describe('how large that is'),
  withhold: z
    .number()
    .min(0)
    .default(0)
    .describe('enrollments never told: a share below 1, a number from 1 on'),
  withholdUpdates: z
    .number()
    .min(0)
    .default(0)
    .describe('updates never told: a share below 1, a number from 1 on'),
  wrapped: z.boolean().default(false).describe('`{"applicants": […]}` instead of a bare list'),
});

export type MixRequest = z.input<typeof mixSchema>;
export type Mix = z.output<typeof mixSchema>;

/** A day at eNROLL with a little of everything that may happen to a callback. */
export const LIVELY: MixRequest = {
  updateShare: 0.2,
  duplicateShare: 0.03,
  staleShare: 0.05,
  lateCreateShare: 0.01,
  parallelShare: 0.02,
  conflictShare: 0.005,
  sloppyShare: 0.1,
  partialShare: 0.3,
  brokenShare: 0.02,
  malformedShare: 0.01,
};
