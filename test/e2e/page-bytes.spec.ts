import type { ApplicantPageDto } from '../../src/applicants/applicants.dto.js';
import type { VersionPageDto } from '../../src/applicants/versions.dto.js';
import type { ChangesPageDto } from '../../src/feed/feed.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { type Ask, callerWithAll } from '../harness/clients.js';
import { endOfFeed } from '../feed/fed.js';

const COUNT = 12;
/** Just below what an element may have. */
const LONG = 'x'.repeat(1_000_000);
const IDS = Array.from({ length: COUNT }, (_, at) => `large-${String(at).padStart(2, '0')}`);
const ID_NUMBER = '29703012357788';
/** 4 MiB of what is sealed; of a version both what it was and what it became are shown. */
const MAX_PAGE_BYTES = 9_000_000;

let rollcall: TestApp;
let ask: Ask;

beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_SEARCHES_PER_MINUTE: '1000' } });
  ask = callerWithAll(rollcall);
  for (const applicantId of IDS) {
    await send(anApplicant({ applicantId, firstName: 'شيماء', idNumber: ID_NUMBER, address: LONG }));
  }
  await endOfFeed(rollcall);
});
afterAll(() => rollcall.stop());

async function send(element: object): Promise<void> {
  const answer = await rollcall.callback('success', [element]);
  expect(await answer.json()).toMatchObject({ applied: 1 });
}

/** All pages, each of no more bytes than a page may have, and more than one of them. */
async function pagesOf<Page extends { nextCursor: string | null }>(
  read: (cursor: string | undefined) => Promise<{ status: number; body: Page }>,
): Promise<Page[]> {
  const pages: Page[] = [];
  for (let cursor: string | undefined; ;) {
    const { status, body } = await read(cursor);
    expect(status).toBe(200);
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(MAX_PAGE_BYTES);
    pages.push(body);
    if (body.nextCursor === null || body.nextCursor === cursor) break;
    cursor = body.nextCursor;
  }
  expect(pages.length).toBeGreaterThan(2);
  return pages;
}

const next = (cursor: string | undefined) => (cursor === undefined ? '' : `&cursor=${cursor}`);
const idsOf = (pages: ApplicantPageDto[]) =>
  pages.flatMap(({ items }) => items.map((item) => item.applicantId));

describe('a page of long applicants ends early, and its cursor leads to the rest', () => {
  test.each(['', '&outcome=accepted', '&flag=longText:address'])('applicants?limit=200%s', async (filter) => {
    const pages = await pagesOf<ApplicantPageDto>((cursor) =>
      ask(`/api/v1/applicants?limit=200${filter}${next(cursor)}`),
    );
    expect(idsOf(pages)).toEqual([...IDS].reverse());
  });

  test.each([
    ['a name', { q: 'شيماء' }],
    ['an id number', { idNumber: ID_NUMBER }],
  ])('search by %s', async (_, asked) => {
    const pages = await pagesOf<ApplicantPageDto>((cursor) =>
      ask('/api/v1/applicants/search', {
        method: 'POST',
        body: JSON.stringify({ ...asked, limit: 200, ...(cursor !== undefined && { cursor }) }),
      }),
    );
    expect(idsOf(pages).sort()).toEqual(IDS);
  });

  test('one of them still names all who have the same id number', async () => {
    const { body } = await ask<{ samePerson: string[] }>(`/api/v1/applicants/${IDS[3]}`);
    expect([...body.samePerson].sort()).toEqual(IDS.filter((id) => id !== IDS[3]));
  });

  test('versions', async () => {
    for (let at = 2; at <= COUNT; at++) {
      await send(anApplicant({ applicantId: 'changing', isUpdate: true, address: `${at}${LONG}` }));
    }
    const pages = await pagesOf<VersionPageDto>((cursor) =>
      ask(`/api/v1/applicants/changing/versions?limit=200${next(cursor)}`),
    );
    const items = pages.flatMap((page) => page.items);
    expect(items.map(({ version }) => version)).toEqual(Array.from({ length: COUNT - 1 }, (_, at) => at + 1));
    expect(items.every(({ differences }) => differences?.some(({ field }) => field === 'address'))).toBe(
      true,
    );
  });

  test('changes with a long field', async () => {
    await endOfFeed(rollcall);
    const pages = await pagesOf<ChangesPageDto>((cursor) =>
      ask(
        `/api/v1/changes?limit=200&fields=address&event=applicant.created${cursor === undefined ? '' : `&after=${cursor}`}`,
      ),
    );
    const created = pages.flatMap(({ items }) => items.map(({ applicantId }) => applicantId));
    expect(created.filter((id) => id.startsWith('large-'))).toEqual(IDS);
  });

  test.each(['', '&event=applicant.created'])('changes of many fields%s', async (filter) => {
    const start = await endOfFeed(rollcall);
    const many = Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`key-${at}`, 1]));
    const ids = Array.from({ length: 8 }, (_, at) => `many-${at}`);
    for (const applicantId of ids) await send({ ...anApplicant({ applicantId }), ...many });
    await endOfFeed(rollcall);
    const pages = await pagesOf<ChangesPageDto>((cursor) =>
      ask(`/api/v1/changes?limit=200${filter}&after=${cursor ?? start}`),
    );
    expect(pages.flatMap(({ items }) => items.map(({ applicantId }) => applicantId))).toEqual(
      filter === '' ? expect.arrayContaining(ids) : ids,
    );
    await rollcall.sql(`delete from applicants where applicant_id like 'many-%'`);
  });
});
