import { z } from 'zod';
import { FIELD_NAMES } from '../enroll-contract/types.js';
import { placeholdersOf } from './template.js';

/** Contract fields that a dialect may place elsewhere (guide, table of applicants). */
export const APPLICANT_FIELDS = ['applicantId', ...FIELD_NAMES] as const;

const place = z
  .string()
  .regex(/^(\$|[^.\s]+(\.[^.\s]+)*)$/, 'must be a dotted path such as data.items, or $ for the whole');
const urlPath = z
  .string()
  .regex(/^\/[^?#\s]*$/, 'must begin with / and hold neither query nor spaces')
  .refine((path) => !path.split('/').includes('..'), 'must not hold ..');
const headerName = z.string().regex(/^[A-Za-z0-9-]+$/, 'must be a header name');
const plain = z.string().regex(/^[\x20-\x7e]*$/, 'must be printable ASCII');

const zone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}, 'must be an IANA time zone such as Africa/Cairo');

const MOMENT_FORMATS = ['iso', 'epochSeconds', 'epochMilliseconds'] as const;
const moment = z.strictObject({
  at: place,
  format: z.enum(MOMENT_FORMATS),
  zone: zone.default('UTC').describe('Of an ISO time without an offset.'),
});
const expiry = moment
  .extend({ format: z.enum([...MOMENT_FORMATS, 'seconds']) })
  .describe('Where the end of the token sits; `seconds` counts from now.');

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const request = {
  method: z.enum(['GET', 'POST', 'PUT']),
  path: urlPath,
  query: z.record(z.string(), scalar).optional(),
  body: z.record(z.string(), z.unknown()).optional(),
  headers: z.record(headerName, plain).optional(),
  arrays: z.enum(['repeat', 'comma']).default('repeat').describe('How a list is written in a query.'),
};

interface Templates {
  path: string;
  query?: Record<string, unknown>;
  body?: Record<string, unknown>;
}

/** A request and the places of its answer. Its templates may name the `known` placeholders, and must name one of `needed`. */
function call<A extends z.ZodRawShape, M extends z.ZodRawShape>(
  known: string[],
  needed: string[],
  answer: A,
  more: M,
) {
  return z
    .strictObject({ ...request, answer: z.strictObject(answer), ...more })
    .superRefine((value, context) => {
      const { path, query, body } = value as unknown as Templates;
      const found = placeholdersOf({ path, query, body });
      const strange = found.filter(({ name }) => !known.includes(name));
      for (const { name, at } of strange) {
        context.addIssue({
          code: 'custom',
          path: at,
          message: `unknown placeholder {{${name}}}; known here: ${known.join(', ')}`,
        });
      }
      if (strange.length === 0 && !found.some(({ name }) => needed.includes(name))) {
        context.addIssue({ code: 'custom', path: [], message: `must use {{${needed.join('}} or {{')}}}` });
      }
    });
}

const credentials = ['tenantId', 'tenantSecret'];
const paging = z.strictObject({
  style: z.enum(['page', 'offset', 'none']),
  first: z.int().min(0).max(1).default(1).describe('Number of the first page.'),
  size: z.int().min(1).max(10_000),
  shortPageEnds: z
    .boolean()
    .default(false)
    .describe('A page shorter than `size` is the last. Only where eNROLL never cuts `size` down.'),
});
const chunk = (most: number) => z.int().min(1).max(most).describe('Most items in one request.');
const tokenAnswer = { token: place, expiry: expiry.optional() };
const session = (known: string[], needed: string[]) =>
  call([...credentials, ...known], needed, tokenAnswer, {});

/** One tenant's spelling of eNROLL's query API; `docs/enroll-api.md` explains every key. */
export const dialectSchema = z.strictObject({
  dialect: z.literal(1).describe('Version of this file format.'),
  name: z.string().min(1).max(64),
  verified: z.boolean().describe('True once each call was seen to work at your tenant.'),
  token: call(credentials, ['tenantSecret'], tokenAnswer, {
    header: headerName.default('Authorization'),
    prefix: plain.default('Bearer '),
  }),
  errors: z
    .strictObject({
      code: place,
      notFound: z.array(z.union([z.int(), z.string()])).default([]),
    })
    .default({ code: 'errorCode', notFound: [] }),
  dates: z.strictObject({
    format: z
      .string()
      .refine(
        (format) => /^(epochSeconds|epochMilliseconds)$|yyyy.*MM.*dd/.test(format),
        'must be epochSeconds, epochMilliseconds or a pattern of yyyy MM dd HH mm ss',
      ),
    zone: zone.default('UTC'),
  }),
  applicant: z.strictObject({
    fields: z.partialRecord(z.enum(APPLICANT_FIELDS), place).default({}),
    requestId: place.optional(),
    correlationId: place.optional(),
    enrolledAt: moment.optional(),
  }),
  calls: z.strictObject({
    applicantIdByRequestId: call(['requestId'], ['requestId'], { applicantId: place }, {}),
    applicants: call(['requestId', 'correlationId'], ['requestId', 'correlationId'], { list: place }, {}),
    applicantsByDate: call(
      ['from', 'to', 'page', 'offset', 'pageSize'],
      ['from'],
      { list: place, total: place.optional() },
      {
        paging,
        sliceHours: z
          .int()
          .min(1)
          .max(24 * 31)
          .default(24),
      },
    ),
    applicantsByIds: call(['applicantIds'], ['applicantIds'], { list: place }, { chunk: chunk(1000) }),
    image: call(['imagePath'], ['imagePath'], { image: place.optional() }, {}),
    photo: call(['imagePath'], ['imagePath'], { image: place.optional() }, {})
      .optional()
      .describe('Only where the field `photo` has a call of its own.'),
    images: call(
      ['imagePaths'],
      ['imagePaths'],
      {
        list: place,
        path: place.optional().describe('Absent: the answer keeps the order of the request.'),
        image: place,
      },
      { chunk: chunk(100) },
    ),
  }),
  sessions: z.strictObject({
    onboarding: session(
      ['deviceId', 'correlationId', 'requestId', 'kycRequestTypeId', 'userId', 'userName'],
      ['tenantSecret'],
    ),
    authentication: session(['applicantId', 'levelOfTrust'], ['applicantId']),
  }),
});

export type DialectSpec = z.output<typeof dialectSchema>;
export type CallName = keyof DialectSpec['calls'];
/** What a request of any call is made from. */
export type RequestSpec = Pick<
  DialectSpec['calls']['image'],
  'method' | 'path' | 'query' | 'body' | 'headers' | 'arrays'
>;
export type Moment = z.output<typeof moment>;
export type Expiry = z.output<typeof expiry>;
