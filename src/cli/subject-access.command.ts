import type { Command } from 'commander';
import { PersonBody } from '../privacy/erasures.dto.js';
import { SubjectAccess } from '../privacy/subject-access.service.js';
import { withOptions } from './calls.js';
import { BY, type CliContext } from './context.js';
import { refuseExisting, writeWhole, ZIP } from './download.js';
import { judged } from './judged.js';
import { PERSON, personOf, type PersonOptions } from './person.js';

/** Everything that is held about one person, as a file. */
export function register(access: Command, context: CliContext): void {
  withOptions(access, [...PERSON, ZIP]).action(
    async ({ out, ...options }: PersonOptions & { out: string }) => {
      const body = await judged(PersonBody, await personOf(options));
      refuseExisting(out);
      const bytes = await writeWhole(await (await context.service(SubjectAccess)).collect(BY, body), out);
      context.print({ file: out, bytes });
    },
  );
}
