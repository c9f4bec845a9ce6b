import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/config/root.js';

/** Pages in Arabic, and what they say in English. */
const PAGES = { 'quick-start.md': 'README.md', 'operators-guide.md': 'docs/operators-guide.md' };

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
/** What nobody translates: commands and what they print. A diagram has words of its own. */
const blocksOf = (text: string) => [...text.matchAll(/```(?!mermaid)\w+\n[^]*?```/g)].map(([block]) => block);
const wordsOf = (text: string) =>
  [...text.replace(/```[^]*?```/g, '').matchAll(/`[^`\n]+`/g)].map(([word]) => word).sort();

test('each page in Arabic has its English one', () => {
  expect(readdirSync(join(projectRoot, 'docs/ar')).sort()).toEqual(Object.keys(PAGES).sort());
});

test.each(Object.entries(PAGES))('%s has the commands, paths and codes of %s', (page, english) => {
  const [ar, en] = [read(`docs/ar/${page}`), read(english)];
  expect(blocksOf(ar)).toEqual(blocksOf(en));
  expect(wordsOf(ar)).toEqual(wordsOf(en));
});
