import type {
  EnrolledApplicantDto,
  EnrolledByIdsDto,
  EnrolledImagesDto,
  EnrolledPageDto,
} from '../enroll-client/enroll-queries.dto.js';
import { type Call, option } from './calls.js';
import { download } from './download.js';
import { checkFind, printApplicants, printByIds, printPages, saveImages } from './enrolled.js';

const FROM = option('--from <time>', 'enrolled at or after').makeOptionMandatory();
const TO = option('--to <time>', 'enrolled before').makeOptionMandatory();

/** What eNROLL itself has. The key's scopes decide what is masked. */
export const ENROLL: Readonly<Record<string, readonly Call[]>> = {
  enroll: [
    {
      verb: 'token',
      says: 'whether eNROLL gives us a token; the token is not shown',
      ask: 'GET /enroll/token',
    },
    {
      verb: 'applicant-id <requestId>',
      says: 'the applicant of a request',
      ask: 'GET /enroll/applicant-id',
      body: (_typed, [requestId]) => ({ requestId }),
    },
    {
      verb: 'applicants',
      says: 'applicants of a request or of one of your customers',
      ask: 'GET /enroll/applicants',
      options: [
        option('--request-id <id>', "eNROLL's id of the request"),
        option('--correlation-id <id>', 'your own key of the customer'),
      ],
      body: (typed) => {
        checkFind(typed);
        return typed;
      },
      print: (context, { items }: { items: EnrolledApplicantDto[] }) => printApplicants(context, items),
    },
    {
      verb: 'by-date',
      says: 'applicants of a date range, page by page',
      ask: 'GET /enroll/applicants/by-date',
      options: [FROM, TO],
      run: async (context, _args, typed) => {
        const api = await context.api();
        await printPages(
          context,
          (cursor) =>
            api.ask('GET', '/enroll/applicants/by-date', { ...typed, cursor }) as Promise<EnrolledPageDto>,
        );
      },
    },
    {
      verb: 'by-ids <applicantIds...>',
      says: 'applicants by their ids',
      ask: 'POST /enroll/applicants/by-ids',
      body: (_typed, applicantIds) => ({ applicantIds }),
      print: (context, answer: EnrolledByIdsDto) => printByIds(context, answer),
    },
    {
      verb: 'image <path>',
      says: 'one image, written to a file; this is recorded',
      ask: 'GET /enroll/image',
      options: [
        option('--out <file>', 'where to write it').makeOptionMandatory(),
        option('--photo', 'the path is that of the field photo'),
      ],
      run: (context, [path], { out, photo }) =>
        download(context, ['GET', '/enroll/image', { path, call: photo === true ? 'photo' : 'image' }], out),
    },
    {
      verb: 'images <paths...>',
      says: 'several images, written to files named by their hash; this is recorded',
      ask: 'POST /enroll/images',
      options: [option('--out-dir <folder>', 'where to write them').makeOptionMandatory()],
      run: async (context, paths, { outDir }) => {
        const api = await context.api();
        await saveImages(context, paths, String(outDir), async (some) => {
          const answer = await api.ask<EnrolledImagesDto>('POST', '/enroll/images', { paths: some });
          return answer?.items ?? [];
        });
      },
    },
  ],
};
