import { z } from 'zod';
import type { Entry } from './book.js';
import { fromCairo } from './cairo-time.js';
import { type Dialect, Refusal, type Route } from './dialect.js';
import { readInput } from './input.js';
import { SESSION_ROUTES } from './sessions.js';

const MAX_PAGE = 1000;
const MAX_IDS = 500;
const MAX_IMAGES = 50;

const credentials = z.object({ tenantId: z.string(), tenantSecret: z.string() });
const oneOfTwo = z.object({ requestId: z.string().optional(), correlationId: z.string().optional() });
const datePage = z.object({
  from: z.string(),
  to: z.string(),
  pageNumber: z.number().int().min(1),
  pageSize: z.number().int().min(1).max(MAX_PAGE),
});

const ROUTES: Route[] = [
  {
    call: 'token',
    method: 'POST',
    url: '/Auth/api/v1/Auth/GenerateToken',
    open: true,
    answer(asked, source) {
      const { tenantId, tenantSecret } = readInput(credentials, asked.body);
      const { token, expiresAtMs } = source.issueToken(tenantId, tenantSecret);
      return { token, expirationDate: new Date(expiresAtMs).toISOString() };
    },
  },
  {
    call: 'applicantIdByRequestId',
    method: 'GET',
    url: '/Integration/api/v1/Applicants/GetApplicantIdByRequestId',
    answer(asked, source) {
      const { requestId } = readInput(z.object({ requestId: z.string() }), asked.query);
      const entry = source.byRequestId(requestId);
      if (entry === undefined) throw new Refusal(404, 'no such request');
      return { applicantId: entry.enrollment.applicantId };
    },
  },
  {
    call: 'applicants',
    method: 'GET',
    url: '/Integration/api/v1/Applicants/GetApplicants',
    answer(asked, source) {
      const { requestId, correlationId } = readInput(oneOfTwo, asked.query);
      if ((requestId === undefined) === (correlationId === undefined)) {
        throw new Refusal(400, 'give requestId or correlationId');
      }
      if (correlationId !== undefined)
        return { applicants: source.byCorrelationId(correlationId).map(spell) };
      const entry = source.byRequestId(requestId ?? '');
      if (entry === undefined) throw new Refusal(404, 'no such request');
      return { applicants: [spell(entry)] };
    },
  },
  {
    call: 'applicantsByDate',
    method: 'POST',
    url: '/Integration/api/v1/Applicants/GetApplicantsByDate',
    answer(asked, source) {
      const { from, to, pageNumber, pageSize } = readInput(datePage, asked.body);
      const [starts, ends] = [fromCairo(from), fromCairo(to)];
      if (starts === undefined || ends === undefined)
        throw new Refusal(400, 'from and to: yyyy-MM-ddTHH:mm:ss');
      const page = { offset: (pageNumber - 1) * pageSize, limit: pageSize };
      // in the hour that autumn repeats a local time means two moments: the range takes in both
      const { entries, total } = source.byDate(starts[0], ends.at(-1) ?? ends[0], page);
      return { applicants: entries.map(spell), totalCount: total };
    },
  },
  {
    call: 'applicantsByIds',
    method: 'POST',
    url: '/Integration/api/v1/Applicants/GetApplicantsByIds',
    answer(asked, source) {
      const { applicantIds } = readInput(
        z.object({ applicantIds: z.array(z.string()).max(MAX_IDS) }),
        asked.body,
      );
      const entries = applicantIds.map((applicantId) => source.byApplicantId(applicantId));
      return { applicants: entries.filter((entry) => entry !== undefined).map(spell) };
    },
  },
  {
    call: 'image',
    method: 'POST',
    url: '/Integration/api/v1/Images/GetImage',
    async answer(asked, source) {
      const { imagePath } = readInput(z.object({ imagePath: z.string() }), asked.body);
      const image = await source.image(imagePath);
      if (image === undefined) throw new Refusal(404, 'no such image');
      return { image };
    },
  },
  {
    call: 'images',
    method: 'POST',
    url: '/Integration/api/v1/Images/GetImages',
    async answer(asked, source) {
      const { imagePaths } = readInput(
        z.object({ imagePaths: z.array(z.string()).max(MAX_IMAGES) }),
        asked.body,
      );
      const images = await Promise.all(
        imagePaths.map(async (imagePath) => ({ imagePath, image: await source.image(imagePath) })),
      );
      return { images: images.filter(({ image }) => image !== undefined) };
    },
  },
];

/** eNROLL's style; see README.md. */
export const defaultDialect: Dialect = {
  routes: [...ROUTES, ...SESSION_ROUTES],
  tokenIn: ({ authorization }) => /^Bearer (.+)$/i.exec(authorization ?? '')?.[1],
  errorBody: (status, message) => ({ errorCode: status, message }),
};

function spell({ enrollment, requestId, correlationId, enrolledAtMs }: Entry): Record<string, unknown> {
  return { ...enrollment, requestId, correlationId, createdDate: new Date(enrolledAtMs).toISOString() };
}
