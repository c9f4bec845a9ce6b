import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../..');
const DOCS = [
  'README.md',
  'CONTRIBUTING.md',
  ...markdownIn('docs'),
  ...markdownIn('docs/adr'),
  ...markdownIn('docs/ar'),
];
/** A path of the project, or one of `src/` as docs/architecture.md shortens it; `data/` is made by whoever runs it. */
const PATH = /`(?!data\/)((?:[a-z][\w.-]*\/)+[\w.-]+\.(?:ts|mjs|sql|md|yml|json))`/g;

function markdownIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}

test('every file of src/ that the docs name is there', () => {
  const named = DOCS.flatMap((doc) =>
    [...readFileSync(join(ROOT, doc), 'utf8').matchAll(PATH)].map(([, path = '']) => ({ doc, path })),
  );
  expect(named.length).toBeGreaterThan(80);
  const missing = named.filter(
    ({ path }) => !existsSync(join(ROOT, path)) && !existsSync(join(ROOT, 'src', path)),
  );
  expect(missing).toEqual([]);
});

test('every link between pages leads to a page and a section that is there', () => {
  const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');
  const links = [...DOCS, ...markdownIn('docs/security')].flatMap((page) =>
    [...text(page).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)]+))?\)/g)].map(
      ([link, path = '', anchor]) => ({
        page,
        link,
        anchor,
        file: path === '' ? page : join(dirname(page), path),
      }),
    ),
  );
  expect(links.length).toBeGreaterThan(200);
  const broken = links.filter(
    ({ file, anchor }) =>
      !existsSync(join(ROOT, file)) ||
      (anchor !== undefined && file.endsWith('.md') && !anchorsOf(text(file)).includes(anchor)),
  );
  expect(broken.map(({ page, link }) => `${page}: ${link}`)).toEqual([]);
});

/** As GitHub makes them of headings. */
function anchorsOf(page: string): string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
