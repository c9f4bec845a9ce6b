import type { Command } from 'commander';
import { HOLD_STATES, PlaceHoldBody } from '../retention/holds.dto.js';
import { Holds } from '../retention/holds.service.js';
import { idOf } from './arguments.js';
import { OF_APPLICANT, withOptions } from './calls.js';
import { BY, type CliContext } from './context.js';
import { pick } from './format.js';
import { judged } from './judged.js';
import { limitOf, type PageOptions, printPage, stateOf, withPage } from './pages.js';
import { PERSON, personOf, type PersonOptions } from './person.js';

/** People of whom nothing is removed. */
export function register(holds: Command, context: CliContext): void {
  withOptions(holds.command('place'), PERSON)
    .description(
      'remove nothing of a person until the hold is lifted; by a national id also of who has it later',
    )
    .action((options: PersonOptions) => placeHold(context, options));

  withPage(holds.command('list'))
    .description('holds, newest first')
    .option('--state <state>', `${HOLD_STATES.join(', ')} or all`, 'placed')
    .addOption(OF_APPLICANT)
    .action(
      async ({ cursor, applicantId, ...options }: PageOptions & { state: string; applicantId?: string }) => {
        const state = stateOf(options.state, HOLD_STATES);
        const query = { limit: limitOf(options), cursor, state, applicantId };
        printPage(context, await (await context.service(Holds)).list(query), (hold) =>
          pick(hold, 'id', 'state', 'applicantIds', 'reason', 'placedBy', 'placedAt', 'liftedAt'),
        );
      },
    );

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
