import { join } from 'node:path';
import { projectRoot } from '../../src/config/root.js';

interface Sizes {
  pages: { page: string; kb: number }[];
  lazy: { file: string; kb: number }[];
}
interface Script {
  MAX_FIRST_LOAD_KB: number;
  MAX_LAZY_KB: number;
  consoleSizes(folder: string): Sizes;
}

let script: Script;
let sizes: Sizes;

beforeAll(async () => {
  script = (await import(join(projectRoot, 'scripts', 'console-sizes.mjs'))) as Script;
  sizes = script.consoleSizes(join(projectRoot, 'dist', 'console'));
});

test('no page of the console loads more at first than 270 kB of scripts, styles and texts', () => {
  expect(sizes.pages.length).toBeGreaterThan(20);
  expect(script.MAX_FIRST_LOAD_KB).toBe(270);
  expect(sizes.pages.filter(({ kb }) => kb > script.MAX_FIRST_LOAD_KB)).toEqual([]);
});

test('no file that a page loads later is larger than 60 kB', () => {
  expect(script.MAX_LAZY_KB).toBe(60);
  expect(sizes.lazy.filter(({ kb }) => kb > script.MAX_LAZY_KB)).toEqual([]);
});
