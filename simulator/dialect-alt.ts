import { z } from 'zod';
import type { Entry } from './book.js';
import { toCairo } from './cairo-time.js';
import { type Dialect, Refusal, type Route, type Source } from './dialect.js';
import type { Enrollment } from './enrollment.js';
import { readInput } from './input.js';
import { SESSION_ROUTES } from './sessions.js';

const MAX_PAGE = 500;
const MAX_IDS = 100;
const MAX_IMAGES = 20;

const KEYS: Record<keyof Enrollment, string> = {
  applicantId: 'applicant_id',
  gender: 'gender',
  phoneNumbers: 'phone_numbers',
  emails: 'emails',
  livePhotoPath: 'live_photo',
  firstName: 'first_name',
  familyName: 'family_name',
  address: 'address',
  state: 'state',
  idNumber: 'id_number',
  documentNumber: 'document_number',
  documentTypeCode: 'document_type_code',
  issueDate: 'issue_date',
  nationality: 'nationality',
  idFrontScanPath: 'id_front_scan',
  idBackScanPath: 'id_back_scan',
  photo: 'photo',
  passportScanPath: 'passport_scan',
  issuingAuthority: 'issuing_authority',
  status: 'status',
};
const STATUS_NAMES: Record<number, string> = { 1: 'Accepted', 4: 'ManuallyAccepted', 5: 'ManuallyRejected' };
const MIME_TYPES: Record<string, string> = { png: 'image/png', webp: 'image/webp' };

const commaList = (most: number) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.string().min(1)).max(most));
const credentials = z.object({ tenant_id: z.string(), tenant_secret: z.string() });
const onePath = z.object({ path: z.string() });
const oneOfTwo = z.object({ request_id: z.string().optional(), correlation_id: z.string().optional() });
const range = z.object({
  from_ms: z.coerce.number().int(),
  to_ms: z.coerce.number().int(),
  offset: z.coerce.number().int().min(0),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE),
});

const ROUTES: Route[] = [
  {
    call: 'token',
    method: 'POST',
    url: '/v2/token',
    open: true,
    answer(asked, source) {
      const { tenant_id, tenant_secret } = readInput(credentials, asked.body);
      const { token, expiresAtMs } = source.issueToken(tenant_id, tenant_secret);
      return { data: { access_token: token, expires_in: Math.floor((expiresAtMs - Date.now()) / 1000) } };
    },
  },
  {
    call: 'applicantIdByRequestId',
    method: 'GET',
    url: '/v2/requests/:requestId',
    answer(asked, source) {
      const { requestId } = readInput(z.object({ requestId: z.string() }), asked.params);
      const entry = source.byRequestId(requestId);
      if (entry === undefined) throw new Refusal(404, 'no such request');
      return { data: { applicant_id: entry.enrollment.applicantId } };
    },
  },
  {
    call: 'applicants',
    method: 'GET',
    url: '/v2/applicants',
    answer(asked, source) {
      const { request_id, correlation_id } = readInput(oneOfTwo, asked.query);
      if ((request_id === undefined) === (correlation_id === undefined)) {
        throw new Refusal(400, 'give request_id or correlation_id');
      }
      if (correlation_id !== undefined) return items(source.byCorrelationId(correlation_id).map(spell));
      const entry = source.byRequestId(request_id ?? '');
      return items(entry === undefined ? [] : [spell(entry)]);
    },
  },
  {
    call: 'applicantsByDate',
    method: 'GET',
    url: '/v2/applicants/range',
    answer(asked, source) {
      const { from_ms, to_ms, offset, limit } = readInput(range, asked.query);
      return items(source.byDate(from_ms, to_ms + 1, { offset, limit }).entries.map(spell));
    },
  },
  {
    call: 'applicantsByIds',
    method: 'GET',
    url: '/v2/applicants/batch',
    answer(asked, source) {
      const { ids } = readInput(z.object({ ids: commaList(MAX_IDS) }), asked.query);
      const entries = ids.map((applicantId) => source.byApplicantId(applicantId));
      return items(entries.filter((entry) => entry !== undefined).map(spell));
    },
  },
  imageRoute('image', '/v2/images/one', (path, source) => !source.isPhoto(path)),
  imageRoute('photo', '/v2/photos', (path, source) => source.isPhoto(path)),
  {
    call: 'images',
    method: 'GET',
    url: '/v2/images',
    async answer(asked, source) {
      const { paths } = readInput(z.object({ paths: commaList(MAX_IMAGES) }), asked.query);
      const found = await Promise.all(
        paths
          .filter((path) => !source.isPhoto(path))
          .map(async (path) => ({ path, image: await source.image(path) })),
      );
      return items(
        found.flatMap(({ path, image }) =>
          image === undefined ? [] : [{ path, content: dataUrl(path, image) }],
        ),
      );
    },
  },
];

/** As different from the default as can be; see README.md. */
export const altDialect: Dialect = {
  routes: [...ROUTES, ...SESSION_ROUTES],
  tokenIn: (headers) => (typeof headers['x-api-token'] === 'string' ? headers['x-api-token'] : undefined),
  errorBody: (status, message) => ({ error: { code: `E${status}`, message } }),
};

function imageRoute(
  call: 'image' | 'photo',
  url: string,
  serves: (path: string, source: Source) => boolean,
): Route {
  return {
    call,
    method: 'GET',
    url,
    async answer(asked, source) {
      const { path } = readInput(onePath, asked.query);
      const image = serves(path, source) ? await source.image(path) : undefined;
      if (image === undefined) throw new Refusal(404, 'no such image');
      return { data: { content: dataUrl(path, image) } };
    },
  };
}

function items(list: unknown[]): unknown {
  return { data: { items: list } };
}

function dataUrl(path: string, base64: string): string {
  return `data:${MIME_TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'image/jpeg'};base64,${base64}`;
}

function spell({ enrollment, requestId, correlationId, enrolledAtMs }: Entry): Record<string, unknown> {
  const fields = Object.entries(enrollment).filter(([, value]) => value !== null);
  return {
    ...Object.fromEntries(fields.map(([key, value]) => [KEYS[key as keyof Enrollment], value])),
    status: STATUS_NAMES[enrollment.status] ?? enrollment.status,
    request_id: requestId,
    correlation_id: correlationId,
    enrolled_at: localTime(enrolledAtMs),
  };
}

/** On Cairo's clock, and without saying so, as many a server writes its times. */
function localTime(epochMs: number): string {
  return `${toCairo(epochMs).replace('T', ' ')}.${String(epochMs % 1000).padStart(3, '0')}`;
}
