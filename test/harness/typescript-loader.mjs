import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Translated files by the hash of their source and name: a run starts some hundred processes, each of 300 files. */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/typescript-loader/', import.meta.url));
mkdirSync(CACHE, { recursive: true });

/** `./x.js` means `./x.ts` where only that is there. */
export function resolve(specifier, context, next) {
  if (/^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL !== undefined) {
    const url = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(url)) return { url: url.href, format: 'module', shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const source = readFileSync(filename, 'utf8');
  const kept = `${CACHE}${createHash('sha256').update(`${filename}\n${source}`).digest('hex')}.mjs`;
  if (!existsSync(kept)) {
    const { code } = await translate(filename, source);
    const begun = `${kept}.${process.pid}`;
    writeFileSync(begun, code);
    renameSync(begun, kept);
  }
  return { format: 'module', source: readFileSync(kept), shortCircuit: true };
}

async function translate(filename, source) {
  const { transform } = await import('@swc/core');
  return transform(source, {
    filename,
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      target: 'es2023',
      transform: { legacyDecorator: true, decoratorMetadata: true },
      keepClassNames: true,
    },
    module: { type: 'es6' },
  });
}
