import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/config/root.js';

const SOURCE = join(projectRoot, 'console', 'src');
const STYLES = join(projectRoot, 'node_modules', '@mantine', 'core', 'styles');
/** What a component is made of, where its name does not say it. */
const PARTS: Record<string, string[]> = {
  Autocomplete: ['Combobox'],
  MultiSelect: ['Combobox', 'Pill', 'PillsInput'],
  Select: ['Combobox'],
  TagsInput: ['Combobox', 'Pill', 'PillsInput'],
};

const files = (readdirSync(SOURCE, { recursive: true }) as string[])
  .filter((file) => /\.(tsx|css)$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(SOURCE, file), 'utf8') }));
const stylesIn = (text: string) =>
  [...text.matchAll(/@mantine\/core\/styles\/(\w+)\.css/g)].map(([, name = '']) => name);
const everywhere = new Set(stylesIn(files.find(({ file }) => file === 'app/mantine.css')?.text ?? ''));

/** With styles of their own. */
function componentsIn(text: string): string[] {
  const names = [...text.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)]
    .flatMap(([, list = '']) => list.split(','))
    .map((name) => name.trim());
  return names
    .flatMap((name) => [name, ...(PARTS[name] ?? [])])
    .filter((name) => existsSync(join(STYLES, `${name}.css`)));
}

test('every component of Mantine comes with its styles: of app/mantine.css, or imported where it is used', () => {
  expect(everywhere.size).toBeGreaterThan(30);
  const bare = files.flatMap(({ file, text }) => {
    const here = new Set(stylesIn(text));
    const missing = componentsIn(text).filter((name) => !everywhere.has(name) && !here.has(name));
    return missing.map((name) => `${file}: import '@mantine/core/styles/${name}.css';`);
  });
  expect(bare).toEqual([]);
});
