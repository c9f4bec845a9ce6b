// Prints the notices that whoever passes the packages in node_modules on owes to their authors: name, version and licence of
// each, the texts of its licence files, and what its README says of licences where it has no such file (libvips and the
// libraries built into it do). Run when the image is built, so that the list is of what is in it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LICENCE_FILE = /^(licen[cs]es?|copying|notice|copyright|third.?party)/i;
const RULE = '='.repeat(80);

const packages = new Map();
collect(join(process.cwd(), 'node_modules'));
const unlicensed = [...packages.values()].filter(({ licence, texts }) => !licence && texts.length === 0);
if (packages.size === 0 || unlicensed.length > 0) {
  const names = unlicensed.map(({ title }) => title).join(', ');
  console.error(names ? `No licence is known of: ${names}` : 'There is no package in node_modules');
  process.exit(1);
}
const ordered = [...packages.values()].sort((a, b) => a.title.localeCompare(b.title, 'en'));
process.stdout.write(
  'Rollcall contains the packages below. Each is used under its own licence, which stands with it.\n' +
    ordered.map(noticeOf).join(''),
);

function collect(folder) {
  for (const { name } of entriesOf(folder)) {
    if (name.startsWith('.')) continue;
    if (name.startsWith('@') && folder.endsWith('node_modules')) collectScope(join(folder, name));
    else collectPackage(join(folder, name));
  }
}

function collectScope(folder) {
  for (const { name } of entriesOf(folder)) collectPackage(join(folder, name));
}

function collectPackage(folder) {
  const files = entriesOf(folder).map(({ name }) => name);
  if (!files.includes('package.json')) return;
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (files.includes('node_modules')) collect(join(folder, 'node_modules'));
  const title = `${about.name}@${about.version}`;
  if (packages.has(title)) return;
  const named = files.filter((file) => LICENCE_FILE.test(file)).sort();
  const texts = named.flatMap((file) => textsOf(join(folder, file)));
  if (texts.length === 0) texts.push(...partOfReadme(folder, files));
  const parts = files.includes('versions.json') ? readFileSync(join(folder, 'versions.json'), 'utf8') : '';
  packages.set(title, { title, licence: licenceOf(about), home: homeOf(about), parts, texts });
}

/** Of a licence file, or of the files in a folder of that name. */
function textsOf(path) {
  try {
    return [readFileSync(path, 'utf8').trim()];
  } catch (error) {
    if (error.code !== 'EISDIR') throw error;
    return entriesOf(path).flatMap(({ name }) => textsOf(join(path, name)));
  }
}

function partOfReadme(folder, files) {
  const readme = files.find((file) => /^readme/i.test(file));
  if (readme === undefined) return [];
  const [, part] = /^(#+ *licens(?:e|ing)\b[^]*)/im.exec(readFileSync(join(folder, readme), 'utf8')) ?? [];
  return part === undefined ? [] : [part.trim()];
}

function licenceOf({ license, licenses }) {
  const all = [license ?? licenses ?? []].flat();
  return all.map((one) => (typeof one === 'string' ? one : one.type)).join(' OR ');
}

function homeOf({ homepage, repository }) {
  return homepage ?? (typeof repository === 'string' ? repository : repository?.url) ?? '';
}

function noticeOf({ title, licence, home, parts, texts }) {
  const head = [title, licence && `Licence: ${licence}`, home, parts && `Built in: ${parts}`];
  return `\n${RULE}\n${head.filter(Boolean).join('\n')}\n\n${texts.join('\n\n')}\n`;
}

/** Folders and files; nothing where there is no such folder, or it is none. */
function entriesOf(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  }
}
