import { isDeepStrictEqual } from 'node:util';
import type { Command } from 'commander';
import { z } from 'zod';
import { PublishedKeys } from '../crypto/published-keys.service.js';
import { readStatement } from '../crypto/statement-keys.js';
import { jsonOf, keysOf } from './json-files.js';
import { type CliContext, UsageError } from './context.js';

/** A file as the API answers it: what is stated, under a name of its kind, and the same, signed. */
const SIGNED = z.looseObject({ jws: z.string() });
const ISSUED = z.looseObject({ issuer: z.string() });
/** How `typ` of a JWS names what Rollcall states. */
const TYP = /^rollcall-([a-z-]+)\+jws$/;

/** One verb: the noun itself. */
export function register(verify: Command, context: CliContext): void {
  verify
    .argument('<file>', 'a certificate, statement or report, as JSON')
    .option('--keys <file>', 'public keys of the installation (.well-known/jwks.json), without a database')
    .action((file: string, options: { keys?: string }) => check(context, file, options.keys));
}

async function check(context: CliContext, file: string, keysFile?: string): Promise<void> {
  const read = SIGNED.safeParse(await jsonOf(file));
  if (!read.success) throw new UsageError(`${file} has no "jws": it is no certificate, statement or report`);
  const { jws, ...shown } = read.data;
  const keys =
    keysFile === undefined ? await (await context.service(PublishedKeys)).all() : await keysOf(keysFile);
  const signed = await readStatement(jws, keys);
  const kind = TYP.exec(signed?.typ ?? '')?.[1];
  if (signed === undefined || kind === undefined)
    throw new Error(`${file} was not signed by any of these keys, or was changed since`);
  if (!Object.values(shown).every((one) => isDeepStrictEqual(one, signed.said)))
    throw new Error(`${file} says something else than what was signed`);
  context.print({ file, kind, issuer: ISSUED.safeParse(signed.said).data?.issuer, intact: true });
}
