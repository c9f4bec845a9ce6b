import type { Command } from 'commander';
import { SHOWN_STATES } from '../alerts/alerts.types.js';
import { Alerts } from '../alerts/alerts.service.js';
import { BY, type CliContext, UsageError } from './context.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MAX_LIMIT = 200;

interface ListOptions {
  state: string;
  limit: string;
  cursor?: string;
}

/** What is wrong, and who is told of it. */
export function register(alerts: Command, context: CliContext): void {
  alerts
    .command('list')
    .description('alerts, newest first')
    .option('--state <state>', `${SHOWN_STATES.join(', ')} or all`, 'open')
    .option('--limit <n>', `at most so many, up to ${MAX_LIMIT}`, '50')
    .option('--cursor <cursor>', 'go on behind the list before')
    .action((options: ListOptions) => listAlerts(context, options));

  alerts
    .command('ack <id>')
    .description('say that somebody looks after it: no more reminders')
    .action(async (id: string) => {
      if (!UUID.test(id)) throw new UsageError(`"${id}" is not an id; see: rollcall alerts list`);
      context.print(await (await alertsOf(context)).acknowledge(id.toLowerCase(), BY));
    });

  alerts
    .command('test')
    .description('send a test over every channel, and say what became of it')
    .action(() => testChannels(context));
}

async function listAlerts(context: CliContext, { state, limit: text, cursor }: ListOptions): Promise<void> {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new UsageError(`--limit is a number from 1 to ${MAX_LIMIT}`);
  }
  const asked = SHOWN_STATES.find((one) => one === state);
  if (asked === undefined && state !== 'all') {
    throw new UsageError(`--state is ${SHOWN_STATES.join(', ')} or all`);
  }
  const page = await (await alertsOf(context)).list({ limit, cursor, state: asked });
  if (context.json) {
    context.print(page);
    return;
  }
  context.print(
    page.items.map(({ id, openedAt, state: now, title, subject, acknowledgedBy, summary }) => ({
      id,
      openedAt,
      state: now,
      title: subject === '' ? title : `${title}: ${subject}`,
      acknowledgedBy,
      summary,
    })),
  );
  if (page.nextCursor !== null) context.note(`More: --cursor ${page.nextCursor}`);
}

async function testChannels(context: CliContext): Promise<void> {
  const { channels } = await (await alertsOf(context)).test(BY);
  context.print(context.json ? { channels } : channels);
  const failed = channels.filter(({ outcome }) => outcome === 'failed');
  if (failed.length > 0) throw new Error(`Not sent by ${failed.map(({ channel }) => channel).join(', ')}`);
  if (channels.every(({ outcome }) => outcome === 'not_configured')) {
    throw new Error('No channel is configured: see docs/alerts.md');
  }
}

async function alertsOf(context: CliContext): Promise<Alerts> {
  return (await context.createApp()).get(Alerts, { strict: false });
}
