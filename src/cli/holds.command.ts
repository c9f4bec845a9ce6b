import type { Command } from 'commander';
import { HOLD_STATES, PlaceHoldBody } from '../retention/holds.dto.js';
import { Holds } from '../retention/holds.service.js';
import { idOf, judged } from './arguments.js';
import { BY, type CliContext } from './context.js';
import { personOf, type PersonOptions } from './erasures.command.js';
import { pick } from './format.js';
import { limitOf, type PageOptions, printPage, stateOf, withPage } from './pages.js';

/** People of whom nothing is removed. */
export function register(holds: Command, context: CliContext): void {
  holds
    .command('place')
    .description('remove nothing of a person until the hold is lifted')
    .option('--applicant <id>', 'this one applicant')
    .option('--id-number-stdin', 'everybody with the national id on standard input, now and later')
    .requiredOption('--reason <text>', 'the case; the audit keeps it')
    .action((options: PersonOptions) => placeHold(context, options));

  withPage(holds.command('list'))
    .description('holds, newest first')
    .option('--state <state>', `${HOLD_STATES.join(', ')} or all`, 'placed')
    .action(async ({ cursor, ...options }: PageOptions & { state: string }) => {
      const query = { limit: limitOf(options), cursor, state: stateOf(options.state, HOLD_STATES) };
      printPage(context, await (await context.service(Holds)).list(query), (hold) =>
        pick(hold, 'id', 'state', 'applicantIds', 'reason', 'placedBy', 'placedAt', 'liftedAt'),
      );
    });

  holds
    .command('lift <id>')
    .description('let what is due be removed again')
    .action(async (id: string) => {
      const holdId = idOf(id, 'rollcall holds list');
      context.print(await (await context.service(Holds)).lift(BY, holdId));
    });
}

async function placeHold(context: CliContext, options: PersonOptions) {
  const { nationalId: idNumber, ...named } = await personOf(options);
  const body = await judged(PlaceHoldBody, { ...named, idNumber });
  context.print(await (await context.service(Holds)).place(BY, body));
}
