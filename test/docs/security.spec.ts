import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../../src/config/root.js';

const PAGE = 'docs/security/asvs.md';
const VERDICTS = ['pass', 'partial', 'missing', 'n/a'] as const;

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
/** The numbers of the requirements by level, as OWASP published them with version 5.0.0. */
const REQUIRED = JSON.parse(read('test/docs/asvs-5.0.0.json')) as Record<'1' | '2', string[]>;

interface Row {
  id: string;
  level: string;
  verdict: string;
  why: string;
  proof: string;
}

const rows: Row[] = [...read(PAGE).matchAll(/^\| (V[\d.]+) \| (\d) \| (.*) \|$/gm)].map((found) => {
  const [, id = '', level = '', rest = ''] = found;
  const [asks = '', verdict = '', why = '', proof = '', ...more] = rest.split(' | ');
  expect([id, asks !== '', more]).toEqual([id, true, []]);
  return { id, level, verdict, why, proof: proof.trim() };
});
const proofs = rows.flatMap(({ id, proof }) =>
  proof
    .split('<br>')
    .filter((one) => one !== '')
    .map((one) => {
      const [, file = '', , title] = /^`([^`]+\.spec\.ts)`( "([^"]+)")?$/.exec(one) ?? [];
      return { id, file, title, one };
    }),
);

const numbersOf = (id: string) => id.slice(1).split('.').map(Number);
function byNumber(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  const at = left.findIndex((number, index) => number !== right[index]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

describe('the table of ASVS 5.0', () => {
  test.each(['1', '2'] as const)('has every requirement of level %s once, in order', (level) => {
    const ids = rows.filter((row) => row.level === level).map(({ id }) => id);
    expect(ids).toEqual([...REQUIRED[level]].sort(byNumber));
    expect(rows.map(({ id }) => id)).toEqual([...REQUIRED['1'], ...REQUIRED['2']].sort(byNumber));
  });

  test('gives each a verdict and a reason, and proves what it passes', () => {
    expect(rows.filter(({ verdict }) => !(VERDICTS as readonly string[]).includes(verdict))).toEqual([]);
    expect(rows.filter(({ why }) => why === '')).toEqual([]);
    expect(rows.filter(({ verdict, proof }) => verdict === 'pass' && proof === '')).toEqual([]);
  });

  test('names only tests that are there', () => {
    expect(proofs.length).toBeGreaterThan(150);
    const wrong = proofs.filter(({ file, title }) => {
      if (file === '' || !existsSync(join(projectRoot, file))) return true;
      const source = read(file).replaceAll("\\'", "'");
      return title !== undefined && !["'", '"', '`'].some((quote) => source.includes(quote + title + quote));
    });
    expect(wrong).toEqual([]);
  });

  test('counts its verdicts', () => {
    for (const [said, levels] of [
      ['1', '1'],
      ['2', '2'],
      ['1 and 2', '12'],
    ] as const) {
      const counted = rows.filter(({ level }) => levels.includes(level));
      const each = VERDICTS.map((verdict) => counted.filter((row) => row.verdict === verdict).length);
      expect(read(PAGE)).toContain(`\n| ${[said, ...each, counted.length].join(' | ')} |\n`);
    }
  });
});

test('the sections that the table leans on are there', () => {
  for (const page of [PAGE, 'docs/security.md']) {
    const links = [...read(page).matchAll(/\]\((?!https:)([^)#]*)(?:#([^)]+))?\)/g)];
    expect(links.length).toBeGreaterThan(10);
    const broken = links.filter(([, path = '', anchor]) => {
      const file = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(projectRoot, file))) return true;
      return anchor !== undefined && !anchorsOf(file).includes(anchor);
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  }
});

/** As GitHub makes them of headings. */
function anchorsOf(file: string): string[] {
  return [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test('the threat model names code and tests that are there', () => {
  const named = [
    ...read('docs/security.md').matchAll(/`((?:src|test|ops|scripts|\.ci|\.github)\/[\w./-]+)`/g),
  ].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(60);
  expect(named.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([]);
});

test('CI looks for known weaknesses of what production runs, each night too', () => {
  const workflow = parse(read('.github/workflows/components.yml')) as {
    on: Record<string, unknown>;
    jobs: Record<string, { steps: { run?: string }[] }>;
  };
  expect(Object.keys(workflow.on)).toEqual(expect.arrayContaining(['schedule', 'pull_request']));
  const commands = Object.values(workflow.jobs).flatMap(({ steps }) => steps.map(({ run }) => run));
  expect(commands).toContain('npm audit --package-lock-only --omit=dev --audit-level=high');
});
