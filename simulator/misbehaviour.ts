import { z } from 'zod';
import { mix } from './dice.js';

/** The calls that can be told to fail: the query calls, the photo call of the alternative dialect, the session tokens. */
export const CALLS = [
  'token',
  'applicantIdByRequestId',
  'applicants',
  'applicantsByDate',
  'applicantsByIds',
  'image',
  'images',
  'photo',
  'onboardingSession',
  'authenticationSession',
] as const;
export type CallName = (typeof CALLS)[number];

const MEBIBYTE = 1024 * 1024;
const common = {
  call: z.enum(['any', ...CALLS]).default('any'),
  share: z.number().min(0).max(1).default(1).describe('Share of the calls that fail.'),
  times: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('Failures until it is over; absent: until it is taken back.'),
};

const fault = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('slow'),
    ...common,
    delayMs: z.number().min(0).max(600_000).default(2_000),
  }),
  z.strictObject({ kind: z.literal('unauthorized'), ...common }),
  z.strictObject({ kind: z.literal('forbidden'), ...common }),
  z.strictObject({ kind: z.literal('expireTokens'), ...common, times: z.number().int().min(1).default(1) }),
  z.strictObject({
    kind: z.literal('tooManyRequests'),
    ...common,
    retryAfterSeconds: z.number().min(0).max(3600).default(1),
  }),
  z.strictObject({
    kind: z.literal('serverError'),
    ...common,
    status: z.number().int().min(500).max(599).default(500),
  }),
  z.strictObject({ kind: z.literal('cut'), ...common }),
  z.strictObject({ kind: z.literal('html'), ...common }),
  z.strictObject({ kind: z.literal('hang'), ...common }),
  z.strictObject({ kind: z.literal('truncatedBase64'), ...common }),
  z.strictObject({
    kind: z.literal('hugeImage'),
    ...common,
    bytes: z
      .number()
      .int()
      .min(1)
      .max(1024 * MEBIBYTE)
      .default(100 * MEBIBYTE),
  }),
]);

/** What may be asked for: `kind`, and where it differs from the default: `call`, `share`, `times` and the kind's own setting. */
export type FaultRequest = z.input<typeof fault>;
export type Fault = z.output<typeof fault>;
export const FAULT_KINDS = fault.options.map((option) => option.shape.kind.value);

/** The faults now in force. Which call a share of less than 1 hits is seeded, so that a run can be repeated. */
export class Misbehaviour {
  private faults: { fault: Fault; drawn: number; failed: number }[] = [];

  constructor(private readonly seed: number) {}

  /**
   * Replaces the faults in force.
   * @throws Error naming what is wrong with the request.
   */
  set(requests: readonly unknown[]): void {
    this.faults = requests.map((request) => ({ fault: readFault(request), drawn: 0, failed: 0 }));
  }

  inForce(): (Fault & { failed: number })[] {
    return this.faults.map(({ fault: { ...shown }, failed }) => ({ ...shown, failed }));
  }

  /** What goes wrong with this call, in the order the faults were given; each counts as used. */
  next(call: CallName): Fault[] {
    const due = this.faults.filter((entry, position) => {
      const { fault, failed } = entry;
      if (fault.call !== 'any' && fault.call !== call) return false;
      if (fault.times !== undefined && failed >= fault.times) return false;
      entry.drawn += 1;
      return mix(this.seed, entry.drawn, position) / 4_294_967_296 < fault.share;
    });
    for (const entry of due) entry.failed += 1;
    return due.map((entry) => entry.fault);
  }
}

/** Reads `kind:key=value,key=value`, e.g. `slow:call=image,delayMs=500,share=0.1`. */
export function readFaultText(text: string): Fault {
  const [kind, settings = ''] = text.split(/:(.*)/s);
  const pairs = settings === '' ? [] : settings.split(',').map((pair) => pair.split('='));
  const values = pairs.map(([key = '', value = '']) => [
    key,
    Number.isNaN(Number(value)) ? value : Number(value),
  ]);
  return readFault({ kind, ...Object.fromEntries(values) });
}

function readFault(request: unknown): Fault {
  const read = fault.safeParse(request);
  if (read.success) return read.data;
  const why = read.error.issues
    .map((issue) => `${issue.path.join('.') || 'fault'}: ${issue.message}`)
    .join('; ');
  throw new Error(`not a fault: ${why} (kinds: ${FAULT_KINDS.join(', ')})`);
}
