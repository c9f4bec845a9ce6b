import type { Command } from 'commander';
import { InviteBody } from '../auth/people/people.dto.js';
import { type Role, ROLE_NAMES } from '../auth/people/people.types.js';
import { INVITATION_HOURS } from '../auth/people/invitation-links.service.js';
import { Users } from '../auth/people/users.service.js';
import { wordsOf } from './arguments.js';
import { judged } from './judged.js';
import { BY, type CliContext } from './context.js';
import { pick } from './format.js';
import { limitOf, type PageOptions, printPage, withPage } from './pages.js';

interface InviteOptions {
  login: string;
  name: string;
  role: string;
}

/** People who may log in. */
export function register(user: Command, context: CliContext): void {
  user
    .command('invite')
    .description(`print a link for somebody, which is good for ${INVITATION_HOURS} hours and not shown again`)
    .requiredOption('--login <login>', 'by what they log in, e.g. a mail address')
    .requiredOption('--name <text>', 'as people call them')
    .requiredOption('--role <list>', `joined by commas: ${ROLE_NAMES.join(', ')}`)
    .action((options: InviteOptions) => inviteUser(context, options));

  withPage(user.command('list'))
    .description('people, their roles and whether they may log in')
    .action((options: PageOptions) => listUsers(context, options));

  user
    .command('reset <login>')
    .description('end password, second factor and sessions, and print a new link')
    .action(async (login: string) => {
      const users = await context.service(Users);
      const { id } = await users.readByLogin(login.toLowerCase());
      context.print(await users.reset(BY, id, true));
    });

  const verbs = [
    ['disable', 'refuse log-ins and end every session from now on', true],
    ['enable', 'undo a disable', false],
  ] as const;
  for (const [verb, description, disabled] of verbs) {
    user
      .command(`${verb} <login>`)
      .description(description)
      .action(async (login: string) => {
        const users = await context.service(Users);
        const { id } = await users.readByLogin(login.toLowerCase());
        await users.change(BY, id, { disabled });
        context.print({ login: login.toLowerCase(), disabled });
      });
  }
}

async function inviteUser(context: CliContext, { role, ...person }: InviteOptions): Promise<void> {
  const roles = wordsOf<Role>('role', role, ROLE_NAMES);
  const body = await judged(InviteBody, { ...person, roles });
  context.print(await (await context.service(Users)).invite(BY, body));
}

async function listUsers(context: CliContext, options: PageOptions): Promise<void> {
  const asked = { limit: limitOf(options), cursor: options.cursor };
  const page = await (await context.service(Users)).list(asked);
  printPage(context, page, (user) => pick(user, 'login', 'name', 'roles', 'state', 'lastLoginAt'));
}
