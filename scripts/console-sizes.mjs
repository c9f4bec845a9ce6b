import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Kilobytes (1,000 bytes) of scripts, styles and texts, compressed as the server sends them. Fonts and pictures are not counted. */
export const MAX_FIRST_LOAD_KB = 270;
/** Of one file that a page loads later. */
export const MAX_LAZY_KB = 60;

const ENTRY = 'index.html';
const SHELL_TEXTS = ['common', 'shell'];
const PAGE = /^src\/pages\/(\w[\w-]*)\/(\w+Page)\.tsx$/;
const COUNTED = /\.(js|css)$/;

/**
 * What each page of the built console loads, from Vite's manifest.
 * @param folder `dist/console`
 * @returns `pages`: name and kilobytes of the first load of each; `lazy`: the files that are not there from the start
 */
export function consoleSizes(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const kilobytes = (file) => {
    const path = join(folder, file);
    return statSync(existsSync(`${path}.gz`) ? `${path}.gz` : path).size / 1000;
  };
  const sum = (files) => [...files].reduce((total, file) => total + kilobytes(file), 0);
  const start = filesOf(manifest, [ENTRY, ...SHELL_TEXTS.map(textOf)]);
  const pages = Object.keys(manifest)
    .filter((key) => PAGE.test(key))
    .map((key) => {
      const [, area, page] = PAGE.exec(key);
      const texts = [textOf(area)].filter((text) => text in manifest);
      return { page: `${area}/${page}`, kb: sum(new Set([...start, ...filesOf(manifest, [key, ...texts])])) };
    });
  const all = filesOf(manifest, Object.keys(manifest));
  const lazy = [...all].filter((file) => !start.has(file)).map((file) => ({ file, kb: kilobytes(file) }));
  const largestFirst = (list) => list.sort((a, b) => b.kb - a.kb);
  return { pages: largestFirst(pages), lazy: largestFirst(lazy) };
}

/** In Arabic, which is the larger. */
function textOf(area) {
  return `src/i18n/ar/${area}.json`;
}

/** The files of these and of all that they import, but for what they load later. */
function filesOf(manifest, keys) {
  const files = new Set();
  const seen = new Set();
  const add = (key) => {
    if (seen.has(key)) return;
    seen.add(key);
    const { file, css = [], imports = [] } = manifest[key];
    for (const one of [file, ...css]) if (COUNTED.test(one)) files.add(one);
    imports.forEach(add);
  };
  keys.forEach(add);
  return files;
}
