import { DataSource, type QueryResult } from 'typeorm';
import { type FreshDatabase, freshDatabase } from '../../test/harness/database.js';
import type { Tx } from '../db/tx.js';
import { Applicant } from './applicants.entity.js';
import { ApplicantsRepository } from './applicants.repository.js';
import { Change } from './changes.entity.js';
import { listVersions } from './changes.repository.js';
import { listLike } from './name-words.repository.js';
import {
  boundSearch,
  searchClosePrefix,
  searchCloseFirst,
  searchCloseWords,
  searchPrefix,
  searchWords,
} from './search.repository.js';

const ROWS = 20_000;
let database: FreshDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await freshDatabase();
  dataSource = await new DataSource({
    type: 'postgres',
    url: database.url,
    entities: [Applicant, Change],
  }).initialize();
  await dataSource.query(`
    insert into applicants (applicant_id, version, outcome, name_key, flags, contact_index, id_number_index,
      document_number_index, content_hash, known_hashes, sealed, first_received_at, last_received_at)
    select 'a' || g, 1, case when g % 100 = 0 then 'conflict' else 'accepted' end,
      (array['محمد', 'احمد', 'مني', 'هدي', 'علي'])[1 + g % 5] || ' ' || (array['حسن', 'محمد', 'سيد'])[1 + g % 3] || ' ' || g,
      case when g % 10 = 0 then '{common}' when g = 7 then '{rare}' else '{}' end::text[],
      array[g, -g]::bigint[], g, g, '', '', decode(repeat('ab', 700), 'hex'), now() - g * interval '1 minute', now()
    from generate_series(1, ${ROWS}) g`);
  await dataSource.query(`
    insert into changes (applicant_id, version, event, receipt_id, element_index, received_at, source, kind, outcome,
      changed_fields, flags, content_hash, sealed)
    select 'a' || g, 1, 'applicant.created', gen_random_uuid(), 0, now(), 'callback', 'success', 'accepted', '{}', '{}', '', ''
    from generate_series(1, ${ROWS}) g`);
  await dataSource.query(`
    insert into name_words (word, skeleton, near) select 'w' || g, 's' || g, array['w' || g, 'n' || g]
    from generate_series(1, ${ROWS}) g`);
  await dataSource.query('vacuum analyze applicants, changes, name_words');
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

/** The plans of what `run` asks, with the very parameters. */
async function plansOf(run: (tx: Tx) => Promise<unknown>): Promise<string> {
  const plans: string[] = [];
  await dataSource.transaction(async (tx) => {
    await boundSearch(tx, 5000);
    await tx.query("select set_config('enable_seqscan', 'on', true)");
    const runner = tx.queryRunner!;
    const ask = runner.query.bind(runner);
    const asked = jest.spyOn(runner, 'query').mockImplementation(async (text, values, ...rest) => {
      const lines = (await ask(`explain (costs off) ${text}`, values)) as unknown as {
        'QUERY PLAN': string;
      }[];
      plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'));
      const answer: unknown = await ask(text, values, ...rest);
      return answer as QueryResult;
    });
    await run(tx);
    asked.mockRestore();
  });
  return plans.join('\n');
}

const applicants = (tx: Tx) =>
  new ApplicantsRepository(tx.getRepository(Applicant), tx.getRepository(Change));
const after = { firstReceivedAt: new Date(), applicantId: 'a5' };
const search = { key: 'محمد حسن', filter: {}, afterApplicantId: null, limit: 51 };
const close = {
  ...search,
  key: 'حسنن 777',
  names: ['حسن 777', 'حسني 777'],
  beginnings: ['حسن ', 'حسني '],
  patterns: ['(^| )((حسن|حسني)( |$))', '(^| )(777)'],
};

describe('every statement on applicants is served by the index that its comment names', () => {
  it.each<[index: string, what: string, run: (tx: Tx) => Promise<unknown>]>([
    ['applicants_pkey', 'one', (tx) => applicants(tx).find('a7')],
    ['applicants_pkey', 'last receipt', (tx) => applicants(tx).lastReceived('a7')],
    ['applicants_first_received', 'newest', (tx) => applicants(tx).listNewest({}, null, 51)],
    ['applicants_first_received', 'a later page', (tx) => applicants(tx).listNewest({}, after, 51)],
    [
      'applicants_outcome',
      'an outcome',
      (tx) => applicants(tx).listNewest({ outcome: 'conflict' }, after, 51),
    ],
    [
      'applicants_first_received',
      'a flag, near',
      (tx) => applicants(tx).listNewest({ flag: 'common' }, after, 51),
    ],
    ['applicants_flags', 'a flag, far', (tx) => applicants(tx).listNewest({ flag: 'rare' }, after, 51)],
    [
      'applicants_id_number',
      'an idNumber',
      (tx) => applicants(tx).findByBlindIndex({ field: 'idNumber', candidates: [7n, 8n] }, {}, after, 51),
    ],
    [
      'applicants_document_number',
      'a documentNumber',
      (tx) => applicants(tx).findByBlindIndex({ field: 'documentNumber', candidates: [7n] }, {}, null, 51),
    ],
    [
      'applicants_contact',
      'a contact',
      (tx) => applicants(tx).findByBlindIndex({ field: 'contact', candidates: [7n, 8n] }, {}, null, 51),
    ],
    ['applicants_name_prefix', 'names beginning so', (tx) => searchPrefix(tx, search)],
    [
      'applicants_name_prefix',
      'their next page',
      (tx) => searchPrefix(tx, { ...search, afterApplicantId: 'a5' }),
    ],
    ['applicants_name_trigram', 'words', (tx) => searchWords(tx, { ...search, key: 'حسن 777' })],
    ['applicants_name_prefix', 'names meant', (tx) => searchClosePrefix(tx, close)],
    ['applicants_name_prefix', 'first and last word meant', (tx) => searchCloseFirst(tx, close)],
    ['applicants_name_trigram', 'words meant', (tx) => searchCloseWords(tx, close)],
    ...['skeleton', 'near', 'prefix'].map((index): [string, string, (tx: Tx) => Promise<unknown>] => [
      `name_words_${index}`,
      'words like one',
      (tx) => listLike(tx, [{ word: 'w7', skeletons: ['s7'], near: ['w7', 'w'] }]),
    ]),
  ])('%s: %s', async (index, _what, run) => {
    const plans = await plansOf(run);
    expect(plans).toMatch(new RegExp(`(using|on) ${index}\\b`));
    expect(plans).not.toContain('Seq Scan on applicants');
  });

  it('a common name is read in the order of its index, not sorted', async () => {
    const plan = await plansOf((tx) => searchPrefix(tx, { ...search, key: 'محمد' }));
    expect(plan).toContain('Index Scan using applicants_name_prefix');
    expect(plan).not.toContain('Sort');
  });

  it.each<[what: string, run: (tx: Tx) => Promise<unknown>]>([
    ['versions', (tx) => listVersions(tx, 'a7', 0, 51)],
    ['as of', (tx) => applicants(tx).findAsOf('a7', new Date())],
  ])('the primary key of changes: %s', async (_what, run) => {
    const plans = await plansOf(run);
    expect(plans).toMatch(/using changes_y\d+m\d+_pkey/);
  });
});
