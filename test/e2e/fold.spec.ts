import fc from 'fast-check';
import { openContent } from '../../src/applicants/content.js';
import { MAX_KNOWN_VERSIONS } from '../../src/applicants/known-hashes.js';
import { Versions } from '../../src/applicants/versions.service.js';
import { Sealer } from '../../src/crypto/sealer.js';
import type { Report } from '../../src/inbox/report.dto.js';
import { startApp, type TestApp } from '../harness/app.js';

jest.setTimeout(240_000);

const NULLS_CLEAR = { ROLLCALL_NULLS_CLEAR: 'address,idNumber' };
const PART = 1000;

let lists: TestApp;
let singles: TestApp;
let serial = 0;

beforeAll(async () => {
  lists = await startApp({ env: NULLS_CLEAR });
  singles = await startApp({ env: NULLS_CLEAR });
});
afterAll(async () => {
  await lists.stop();
  await singles.stop();
});

interface Sent {
  kind: 'success' | 'fail' | 'any';
  elements: unknown[];
}

/** Sends each list as `cut` cuts it. @returns what became of each element */
async function send(
  app: TestApp,
  sent: Sent[],
  cut: (elements: unknown[]) => unknown[][],
): Promise<string[]> {
  const authorization = `Bearer ${await app.token()}`;
  const results: string[] = [];
  for (const { kind, elements } of sent) {
    for (const list of cut(elements)) {
      const answer = await app.callback(kind, list, { authorization });
      const { items } = (await answer.json()) as Report; // 422 where a single one is refused
      results.push(...items.map((item) => `${item.result} ${item.code ?? ''}`));
    }
  }
  return results;
}

const whole = (elements: unknown[]): unknown[][] => (elements.length === 0 ? [] : [elements]);
const piecesOf =
  (size: number) =>
  (elements: unknown[]): unknown[][] =>
    Array.from({ length: Math.ceil(elements.length / size) }, (_, at) =>
      elements.slice(at * size, (at + 1) * size),
    );

/** All that is kept of these applicants, but for where and when it arrived; changes in the order of the feed. */
async function kept(app: TestApp, prefix: string): Promise<Record<string, unknown[]>> {
  const like = `${prefix}%`;
  const rows = async (text: string): Promise<Record<string, unknown>[]> => {
    const found = await app.sql<{ row: Record<string, unknown>; sealed?: Buffer }>(text, [like]);
    const sealer = app.app.get(Sealer);
    return found.map(({ row, sealed }) => ({
      ...row,
      ...(sealed && {
        content: openContent(sealer, String(row.applicant_id), Number(row.version), sealed),
      }),
    }));
  };
  return {
    applicants: await rows(
      `select to_jsonb(a) - '{sealed,first_received_at,last_received_at}'::text[] as row, sealed
       from applicants a where applicant_id like $1 order by applicant_id`,
    ),
    changes: await rows(
      `select to_jsonb(c) - '{sealed,tx,seq,changed_at,received_at,receipt_id,element_index}'::text[] as row, sealed
       from changes c where applicant_id like $1 order by tx, seq`,
    ),
    raised: await rows(
      `select jsonb_build_object('id', applicant_id, 'version', version, 'flags', flags) as row
       from notices where applicant_id like $1 order by applicant_id, version`,
    ),
    quarantine: await rows(
      `select jsonb_build_object('id', applicant_id, 'code', code) as row
       from quarantine where applicant_id like $1 order by received_at, element_index`,
    ),
  };
}

/** Few enough that applicants bring those of others, give them up and take them back; all but one are of this story alone. */
const idNumberOf = (prefix: string, which: string | null): string | null =>
  which === 'A' || which === 'B' ? `${prefix}${which}` : which;

/** Elements of few applicants with few values: repeats, reverts, conflicts and refusals come by themselves. */
const anElement = fc
  .record(
    {
      who: fc.nat({ max: 2 }),
      isUpdate: fc.oneof(
        { arbitrary: fc.boolean(), weight: 15 },
        { arbitrary: fc.constant('maybe'), weight: 1 },
      ),
      idNumber: fc.constantFrom('A', 'B', '29703012357788', '', null),
      firstName: fc.constantFrom('منى', 'مها', null),
      address: fc.constantFrom('الجيزة', 'الدقي', null, ''),
      phoneNumbers: fc.constantFrom(['+201068282888'], [], ['01000000000', 'x']),
      status: fc.constantFrom(1, 4, 5, '4', 99),
      branch: fc.constantFrom('Giza', 'Dokki'),
    },
    { requiredKeys: ['who', 'isUpdate'] },
  )
  .map(({ who, idNumber, ...fields }) => (prefix: string) => ({
    ...fields,
    ...(idNumber !== undefined && { idNumber: idNumberOf(prefix, idNumber) }),
    applicantId: `${prefix}${who}`,
  }));
const noElement = fc.constant(() => 'no object');

const aSequence = fc.array(
  fc.record({
    kind: fc.constantFrom<Sent['kind'][]>('success', 'fail', 'any'),
    elements: fc.array(fc.oneof({ arbitrary: anElement, weight: 20 }, { arbitrary: noElement, weight: 1 }), {
      maxLength: 12,
    }),
  }),
  { minLength: 1, maxLength: 3 },
);

test('A7 to A22: a list makes what its elements make in callbacks of their own, in the same order', async () => {
  const same = fc.asyncProperty(aSequence, async (sequence) => {
    const prefix = `fold-${(serial += 1)}-`;
    const sent = sequence.map(({ kind, elements }) => ({
      kind,
      elements: elements.map((make) => make(prefix)),
    }));
    expect(await send(lists, sent, whole)).toEqual(await send(singles, sent, piecesOf(1)));
    expect(await kept(lists, prefix)).toEqual(await kept(singles, prefix));
  });
  await fc.assert(same, { numRuns: 25 });
});

test('a list of several statements makes what its pieces make', async () => {
  const prefix = `long-${(serial += 1)}-`;
  const samples = fc.sample(fc.tuple(anElement, fc.nat({ max: 40 })), { numRuns: 2 * PART + 300, seed: 7 });
  const elements = samples.map(([make, n]) => ({ ...make(prefix), state: `s ${n}` }));
  const sent: Sent[] = [{ kind: 'success', elements }];
  expect(await send(lists, sent, whole)).toEqual(await send(singles, sent, piecesOf(60)));
  expect(await kept(lists, prefix)).toEqual(await kept(singles, prefix));
});

test.each([1, 10])(
  'a list with thousands of versions of %s applicants takes one statement per thousand',
  async (ids) => {
    const prefix = `many-${(serial += 1)}-`;
    const count = 5 * PART;
    const elements = Array.from({ length: count }, (_, n) => ({
      applicantId: `${prefix}${n % ids}`,
      isUpdate: true,
      firstName: `Name ${n}`,
      status: 1,
    }));
    const answer = await lists.callback('success', elements);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      received: count,
      applied: count,
      duplicates: 0,
      quarantined: 0,
    });
    const [written] = await lists.sql(
      `select count(*)::int as versions, count(distinct tx)::int as statements, max(version) as newest,
       bool_and(element_index = (version - 1) * $2::int + substr(applicant_id, length($1) + 1)::int) as in_order
     from changes where applicant_id like $1 || '%'`,
      [prefix, ids],
    );
    expect(written).toEqual({
      versions: count,
      statements: count / PART,
      newest: count / ids,
      in_order: true,
    });
    const [row] = await lists.sql<{ bytes: number }>(
      `select max(octet_length(known_hashes)) as bytes from applicants where applicant_id like $1 || '%'`,
      [prefix],
    );
    expect(row?.bytes).toBe(3 + MAX_KNOWN_VERSIONS * 32);
    const [receipt] = await lists.sql(
      `select state, applied from receipts order by received_at desc limit 1`,
    );
    expect(receipt).toEqual({ state: 'applied', applied: count });
  },
);

test('M8: who lost a race over an applicant decides on all of its elements again', async () => {
  const applicantId = `race-${(serial += 1)}`;
  const authorization = `Bearer ${await lists.token()}`;
  const results = async (names: string[]): Promise<string[]> => {
    const list = names.map((firstName) => ({ applicantId, isUpdate: true, firstName, status: 1 }));
    const answer = await lists.callback('success', list, { authorization });
    return ((await answer.json()) as Report).items.map((item) => item.result);
  };
  await results(['first']);
  const versions = lists.app.get(Versions);
  const read = versions.fold.bind(versions);
  let winner: string[] = [];
  jest.spyOn(versions, 'fold').mockImplementationOnce(async (connection, elements) => {
    const fold = await read(connection, elements);
    winner = await results(['a', 'a', 'b']);
    return fold;
  });
  // decided on the first version all five were updates or duplicates; it was received before the winner's
  expect(await results(['b', 'a', 'a', 'c', 'b'])).toEqual([
    'duplicate',
    'stale',
    'stale',
    'updated',
    'stale',
  ]);
  expect(winner).toEqual(['updated', 'duplicate', 'updated']);
  expect(
    await lists.sql(
      'select version, element_index, flags from changes where applicant_id = $1 order by tx, seq',
      [applicantId],
    ),
  ).toEqual([
    { version: 1, element_index: 0, flags: ['firstSeenAsUpdate'] },
    { version: 2, element_index: 0, flags: [] },
    { version: 3, element_index: 2, flags: [] },
    { version: 4, element_index: 3, flags: ['late'] },
  ]);
});

describe('A22: who is the same person', () => {
  /** The flag of each version, in the order in which they were made. */
  const flagged = (app: TestApp, prefix: string) =>
    app.sql<{ who: string; same: boolean }>(
      `select substr(applicant_id, length($1) + 1) as who, 'samePerson' = any(flags) as same
       from changes where applicant_id like $1 || '%' order by tx, seq`,
      [prefix],
    );

  test.each<[string, string[], [who: string, idNumber: string | null][], boolean[]]>([
    [
      'a stored applicant has given it up before',
      ['a X'],
      [
        ['a', 'Y'],
        ['b', 'X'],
      ],
      [false, false],
    ],
    [
      'an applicant of the list has given it up before',
      [],
      [
        ['a', 'X'],
        ['a', 'Y'],
        ['b', 'X'],
      ],
      [false, false, false],
    ],
    [
      'an applicant of the list has cleared it before',
      ['a X'],
      [
        ['a', null],
        ['b', 'X'],
      ],
      [false, false],
    ],
    [
      'a stored applicant gives it up after',
      ['a X'],
      [
        ['b', 'X'],
        ['a', 'Y'],
        ['c', 'X'],
      ],
      [true, false, true],
    ],
    [
      'nobody holds it any more',
      ['a X'],
      [
        ['b', 'X'],
        ['a', 'Y'],
        ['b', 'Z'],
        ['c', 'X'],
      ],
      [true, false, false, false],
    ],
    [
      'somebody outside of the list holds it',
      ['a X', 'o X'],
      [
        ['a', 'Y'],
        ['b', 'X'],
      ],
      [false, true],
    ],
    [
      'it comes back to who had it',
      ['a X'],
      [
        ['a', 'Y'],
        ['a', 'X'],
      ],
      [false, false],
    ],
  ])('%s', async (_, stored, list, expected) => {
    for (const [app, cut] of [
      [lists, whole],
      [singles, piecesOf(1)],
    ] as const) {
      const prefix = `same-${(serial += 1)}-`;
      let n = 0;
      const element = (who: string | undefined, idNumber: string | null | undefined) => ({
        applicantId: `${prefix}${who}`,
        idNumber: idNumber && `${prefix}${idNumber}`,
        isUpdate: true,
        firstName: `Name ${(n += 1)}`,
        status: 1,
      });
      const before = stored.map((one) => element(...(one.split(' ') as [string, string])));
      await send(app, [{ kind: 'success', elements: before }], whole);
      await send(app, [{ kind: 'success', elements: list.map((one) => element(...one)) }], cut);
      const made = (await flagged(app, prefix)).slice(stored.length);
      expect(made.map(({ who }) => who)).toEqual(list.map(([who]) => who));
      expect(made.map(({ same }) => same)).toEqual(expected);
    }
  });
});
