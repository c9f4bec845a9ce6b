import { chmodSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { CliContext } from '../../src/cli/context.js';
import { runCommand } from '../../src/cli/program.js';
import { loadConfig } from '../../src/config/config.js';
import { KEYS } from '../harness/app.js';

export interface Done {
  code: number;
  /** What the command printed. */
  printed: Record<string, unknown> | undefined;
  error: { code: string; message: string } | undefined;
}

class TestContext extends CliContext {
  readonly printed: Record<string, unknown>[] = [];
  readonly noted: string[] = [];
  override print(value: Record<string, unknown>): void {
    this.printed.push(value);
  }
  override note(line: string): void {
    this.noted.push(line);
  }
}

/** One command in this process, as `--json` tells it. */
export async function rollcall(env: Record<string, string>, ...args: string[]): Promise<Done> {
  const context = new TestContext(() => loadConfig({ NODE_ENV: 'test', ROLLCALL_KEYS: KEYS, ...env }));
  const code = await runCommand(['--json', ...args], context);
  const errors = context.noted
    .filter((line) => line.startsWith('{"error"'))
    .map((line) => (JSON.parse(line) as { error: Done['error'] }).error);
  return { code, printed: context.printed[0], error: errors[0] };
}

/** Anybody may go in, or root's Postgres would put its files elsewhere. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-backup-'));
  chmodSync(folder, 0o755);
  return folder;
}

export function backupsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}-/.test(name))
    .sort();
}

export async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
