import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { isMap, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { z } from 'zod';
import { projectRoot } from '../config/root.js';
import { dialectSchema, type DialectSpec } from './dialect.js';

/** Shipped with Rollcall and unverified. */
const DEFAULT_DIALECT = join(projectRoot, 'dialects', 'default.yaml');
const MAX_BYTES = 256 * 1024;

/** One fault of a dialect file, e.g. `line 14, calls.image.pth: unknown key; known here: …`. */
export class DialectError extends Error {
  readonly code = 'DIALECT_INVALID';
  constructor(
    readonly file: string,
    readonly faults: string[],
  ) {
    super(`${file} is not a usable dialect:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/** A dialect and its file. */
export class Dialect {
  constructor(
    readonly spec: DialectSpec,
    readonly file: string,
  ) {}

  /** The name for people, and whether it is verified: `default (unverified)`. */
  get title(): string {
    return `${this.spec.name} (${this.spec.verified ? 'verified' : 'unverified'})`;
  }
}

/**
 * Reads and checks a dialect file.
 * @param file Path, relative to the working directory. If absent, the shipped dialect is read.
 * @throws DialectError with all faults, each with its line and key.
 */
export function loadDialect(file?: string): Dialect {
  const path = file === undefined ? DEFAULT_DIALECT : isAbsolute(file) ? file : join(process.cwd(), file);
  const shown = file ?? relative(projectRoot, DEFAULT_DIALECT);
  return new Dialect(parseDialect(readText(path, shown), shown), shown);
}

function readText(path: string, shown: string): string {
  try {
    const { size } = statSync(path);
    if (size > MAX_BYTES) throw new DialectError(shown, [`is larger than ${MAX_BYTES} bytes`]);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof DialectError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new DialectError(shown, [`cannot be read (${code}): check ENROLL_DIALECT`]);
  }
}

/** The checked dialect of a YAML text. `shown` names the file in faults. */
export function parseDialect(text: string, shown: string): DialectSpec {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    throw new DialectError(
      shown,
      document.errors.map(
        (error) => `line ${error.linePos?.[0].line ?? 1}: ${error.message.split('\n')[0] ?? ''}`,
      ),
    );
  }
  const parsed = dialectSchema.safeParse(document.toJS({ maxAliasCount: 50 }));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues
    .flatMap((issue) => faultsOf(issue, document))
    .map(({ path, message }) => ({ path, message, line: lineOf(document, lines, path) }))
    .sort((a, b) => a.line - b.line)
    .map(({ path, message, line }) => `line ${line}, ${path.join('.') || 'the file'}: ${message}`);
  throw new DialectError(shown, faults);
}

interface Fault {
  path: (string | number)[];
  message: string;
}

function faultsOf(issue: z.core.$ZodIssue, document: Document): Fault[] {
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], message: unknownKey(path) }));
  }
  if (issue.code === 'invalid_key') return [{ path, message: unknownKey(path.slice(0, -1)) }];
  const missing = issue.code === 'invalid_type' && !document.hasIn(path);
  return [{ path, message: missing ? 'is missing' : issue.message }];
}

function unknownKey(parent: (string | number)[]): string {
  const known = knownKeys(parent);
  return known.length === 0 ? 'unknown key' : `unknown key; known here: ${known.join(', ')}`;
}

/** The keys that the schema knows at a place. */
function knownKeys(path: (string | number)[]): string[] {
  let schema: unknown = dialectSchema;
  for (const key of path) schema = shapeOf(schema)?.[key];
  return Object.keys(shapeOf(schema) ?? {});
}

function shapeOf(schema: unknown): Record<string, unknown> | undefined {
  let inner = schema as { shape?: Record<string, unknown>; unwrap?: () => unknown } | undefined;
  while (inner?.shape === undefined && typeof inner?.unwrap === 'function') {
    inner = inner.unwrap() as typeof inner;
  }
  return inner?.shape;
}

/** The line of a key, or of its nearest parent if the key is missing. */
function lineOf(document: Document, lines: LineCounter, path: (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair = isMap(parent) ? parent.items.find((item) => String(item.key) === String(key)) : undefined;
    const offset = (pair?.key as Node | null | undefined)?.range?.[0];
    if (offset !== undefined) return lines.linePos(offset).line;
  }
  return 1;
}
