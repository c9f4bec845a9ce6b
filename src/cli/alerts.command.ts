import type { Command } from 'commander';
import { SHOWN_STATES } from '../alerts/alerts.types.js';
import { Alerts } from '../alerts/alerts.service.js';
import { printChannels } from './alert-channels.js';
import { idOf } from './arguments.js';
import { BY, type CliContext } from './context.js';
import { pick } from './format.js';
import { limitOf, type PageOptions, printPage, stateOf, withPage } from './pages.js';

interface ListOptions extends PageOptions {
  state: string;
}

/** What is wrong, and who hears of it. */
export function register(alerts: Command, context: CliContext): void {
  withPage(alerts.command('list'))
    .description('alerts, newest first')
    .option('--state <state>', `${SHOWN_STATES.join(', ')} or all`, 'open')
    .action(async ({ cursor, ...options }: ListOptions) => {
      const query = { limit: limitOf(options), cursor, state: stateOf(options.state, SHOWN_STATES) };
      printPage(context, await (await context.service(Alerts)).list(query), ({ title, ...alert }) => ({
        ...pick(alert, 'id', 'openedAt', 'state'),
        title: alert.subject === '' ? title : `${title}: ${alert.subject}`,
        ...pick(alert, 'acknowledgedBy', 'summary'),
      }));
    });

  alerts
    .command('ack <id>')
    .description('say that somebody takes care of it: no more reminders')
    .action(async (id: string) => {
      const alertId = idOf(id, 'rollcall alerts list');
      context.print(await (await context.service(Alerts)).acknowledge(alertId, BY));
    });

  alerts
    .command('test')
    .description('send a test over every channel, and report the result')
    .action(async () => printChannels(context, await (await context.service(Alerts)).test(BY)));
}
