import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/config/root.js';

const SOURCE = join(projectRoot, 'console', 'src');
const LANGUAGES = ['en', 'ar'] as const;
/** The forms that CLDR has for numbers. */
const PLURALS = { en: ['one', 'other'], ar: ['zero', 'one', 'two', 'few', 'many', 'other'] };
const PLURAL = /_(zero|one|two|few|many|other)$/;
/** Texts that the server's words choose: error codes, roles. */
const CHOSEN = /^(common:errors|shell:role)\./;

type Texts = Map<string, string>;

const areas = readdirSync(join(SOURCE, 'i18n', 'en')).map((file) => file.replace('.json', ''));
const textsOf = (language: string, area: string) =>
  flat(JSON.parse(readFileSync(join(SOURCE, 'i18n', language, `${area}.json`), 'utf8')) as object);

function flat(tree: object, above = ''): Texts {
  const texts: Texts = new Map();
  for (const [key, value] of Object.entries(tree) as [string, unknown][]) {
    if (typeof value === 'string') texts.set(above + key, value);
    else for (const [name, text] of flat(value as object, `${above}${key}.`)) texts.set(name, text);
  }
  return texts;
}

/** Every place of `{{name}}`. */
const placesOf = (text = '') => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
const withoutPlural = (keys: Iterable<string>) =>
  [...new Set([...keys].map((key) => key.replace(PLURAL, '')))].sort();

test('both languages have the same areas', () => {
  expect(readdirSync(join(SOURCE, 'i18n', 'ar')).map((file) => file.replace('.json', ''))).toEqual(areas);
});

describe.each(areas)('the texts of %s', (area) => {
  const en = textsOf('en', area);
  const ar = textsOf('ar', area);

  test('are the same in both languages', () => {
    expect(withoutPlural(ar.keys())).toEqual(withoutPlural(en.keys()));
  });

  test('are not empty, and fill in the same values', () => {
    for (const [key, text] of ar) {
      expect([key, text.trim()]).not.toEqual([key, '']);
      const same = en.get(key) ?? en.get(key.replace(PLURAL, '_other'));
      // «one» and «two» are words of their own in Arabic
      if (!/_(zero|one|two)$/.test(key)) expect([key, placesOf(text)]).toEqual([key, placesOf(same)]);
    }
  });

  test.each(LANGUAGES)('have every form of a count in %s', (language) => {
    const texts = language === 'en' ? en : ar;
    const counted = withoutPlural([...texts.keys()].filter((key) => PLURAL.test(key)));
    for (const key of counted) {
      const forms = [...texts.keys()].filter((one) => one.replace(PLURAL, '') === key && PLURAL.test(one));
      expect(forms.sort()).toEqual(PLURALS[language].map((form) => `${key}_${form}`).sort());
    }
  });

  test('are all used', () => {
    const code = sources();
    const unused = withoutPlural(en.keys()).filter(
      (key) => !CHOSEN.test(`${area}:${key}`) && !isUsed(key, code),
    );
    expect(unused).toEqual([]);
  });
});

let read: string | undefined;

/** All code of the console, and what it names texts by. */
function sources(): string {
  return (read ??= (readdirSync(SOURCE, { recursive: true }) as string[])
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => readFileSync(join(SOURCE, file), 'utf8'))
    .join('\n'));
}

/** As it stands, or by a beginning that a value completes: `outcome.${outcome}`. */
function isUsed(key: string, code: string): boolean {
  if ([`'${key}'`, `:${key}'`].some((spelled) => code.includes(spelled))) return true;
  const beginning = key.slice(0, key.lastIndexOf('.') + 1);
  return (
    beginning !== '' && [`\`${beginning}$\{`, `:${beginning}$\{`].some((spelled) => code.includes(spelled))
  );
}
