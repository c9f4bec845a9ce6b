import { marked } from 'marked';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** A page of help that stands elsewhere in the project than in docs/. */
const QUICK_START = 'README.md';
/** A code at the beginning of a row: a link may lead there, `errors#NOT_FOUND`. */
const CODE = /^[A-Z][A-Z_]+$/;

/**
 * Makes modules of the project's Markdown: `{ title, sections: [{ id, title }], body }`. `body` is a tree of texts and of
 * `[tag, attributes, children]`, which the console shows as elements: it never writes HTML.
 */
export function helpPages() {
  return {
    name: 'help-pages',
    transform: {
      filter: { id: /\.md$/ },
      handler(code, id) {
        const page = pageOf(code, relative(ROOT, id));
        return { code: `export default ${JSON.stringify(page)};`, map: null, moduleType: 'js' };
      },
    },
  };
}

/** @param file from the project's root: links are resolved from there */
function pageOf(markdown, file) {
  const tokens = marked.lexer(markdown);
  const [title, ...headings] = tokens.filter(({ type, depth }) => type === 'heading' && depth <= 2);
  return {
    title: wordsOf(title.tokens),
    sections: headings.map(({ text, tokens: words }) => ({ id: slug(text), title: wordsOf(words) })),
    body: blocks(
      tokens.filter((token) => token !== title),
      file,
    ),
  };
}

const element = (tag, children, attributes = {}) => [tag, attributes, children];

const blocks = (tokens, file) => tokens.flatMap((token) => block(token, file));

function block(token, file) {
  switch (token.type) {
    case 'space':
    case 'html': // comments for whoever edits
      return [];
    case 'heading':
      return [element(`h${token.depth}`, inline(token.tokens, file), { id: slug(token.text) })];
    case 'paragraph':
      return [element('p', inline(token.tokens, file))];
    case 'text': // of a list without empty lines
      return inline(token.tokens ?? [token], file);
    case 'code': // GitHub draws diagrams, the console does not
      return token.lang === 'mermaid' ? [] : [element('pre', [token.text])];
    case 'blockquote':
      return [element('blockquote', blocks(token.tokens, file))];
    case 'list':
      return [list(token, file)];
    case 'table':
      return [table(token, file)];
    default:
      throw new Error(`${file}: no page of help can show Markdown of the type ${token.type}`);
  }
}

function list({ ordered, start, items }, file) {
  const lines = items.map(({ tokens }) => element('li', blocks(tokens, file)));
  return ordered ? element('ol', lines, start === 1 ? {} : { start }) : element('ul', lines);
}

function table({ header, rows }, file) {
  const cells = (row, tag) => row.map(({ tokens }) => element(tag, inline(tokens, file)));
  const lines = rows.map((row) => {
    const first = wordsOf(row[0].tokens);
    return element('tr', cells(row, 'td'), CODE.test(first) ? { id: first } : {});
  });
  return element('table', [element('thead', [element('tr', cells(header, 'th'))]), element('tbody', lines)]);
}

const inline = (tokens, file) => tokens.flatMap((token) => span(token, file));

function span(token, file) {
  switch (token.type) {
    case 'text':
      return token.tokens === undefined ? [plain(token.text)] : inline(token.tokens, file);
    case 'escape':
      return [plain(token.text)];
    case 'html': // of a cell with several lines; GitHub shows nothing of others, either
      return token.text === '<br>' ? [element('br', [])] : [];
    case 'image': // of the page on GitHub
      return [];
    case 'codespan':
      return [element('code', [token.text])];
    case 'strong':
    case 'em':
      return [element(token.type, inline(token.tokens, file))];
    case 'link':
      return link(token, file);
    default:
      throw new Error(`${file}: no page of help can show Markdown of the type ${token.type}`);
  }
}

/** Within help, or to another server; what stands elsewhere in the project is text alone. */
function link({ href, tokens }, file) {
  const children = inline(tokens, file);
  if (/^https?:/.test(href)) return [element('a', children, { href })];
  const [path, hash] = href.split('#');
  const anchor = hash === undefined ? '' : `#${hash}`;
  if (path === '') return [element('a', children, { to: anchor })];
  const name = nameOf(join(dirname(file), path));
  return name === undefined ? children : [element('a', children, { to: `/help/${name}${anchor}` })];
}

/** As the console calls a page. */
function nameOf(file) {
  if (file === QUICK_START) return 'quick-start';
  return ['docs', 'docs/ar'].includes(dirname(file)) ? basename(file, '.md') : undefined;
}

/** As GitHub makes them of headings. */
function slug(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
const plain = (text) => text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);

const wordsOf = (tokens) =>
  tokens.map(({ tokens: inner, text = '' }) => (inner === undefined ? plain(text) : wordsOf(inner))).join('');
