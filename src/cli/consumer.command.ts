import type { Command } from 'commander';
import { OUTCOMES } from '../applicants/applicants.dto.js';
import { FIELD_NAMES } from '../enroll-contract/types.js';
import { CONSUMER_NAME, type ConsumerDto } from '../feed/consumers.dto.js';
import { Consumers } from '../feed/consumers.service.js';
import { EVENT_TYPES } from '../feed/feed.types.js';
import { wordsOf } from './arguments.js';
import { type CliContext, OPERATOR, UsageError } from './context.js';
import { itemsOf, MAX_LIMIT } from './pages.js';

const PLACE = 'beginning, now (only later events), or a cursor of the feed';

interface CreateOptions {
  events?: string;
  outcomes?: string;
  fields?: string;
  from: string;
}

/** Readers of the feed whose place Rollcall keeps. */
export function register(consumer: Command, context: CliContext): void {
  consumer
    .command('list')
    .description('all consumers, and how far behind they are')
    .action(async () => {
      const consumers = await context.service(Consumers);
      const all = await itemsOf((cursor) => consumers.list({ limit: MAX_LIMIT, cursor }));
      context.show(all, () => all.map(lineOf));
    });

  consumer
    .command('create <name>')
    .description('keep the place of a reader')
    .option('--events <list>', `only these, joined by commas: ${EVENT_TYPES.join(', ')}`)
    .option('--outcomes <list>', `only these, joined by commas: ${OUTCOMES.join(', ')}`)
    .option('--fields <list>', 'fields of the contract to add to its events, joined by commas')
    .option('--from <place>', PLACE, 'beginning')
    .action(async (name: string, { events, outcomes, fields, from }: CreateOptions) => {
      const body = {
        name: checked(name),
        events: events === undefined ? [] : wordsOf('event', events, EVENT_TYPES),
        outcomes: outcomes === undefined ? [] : wordsOf('outcome', outcomes, OUTCOMES),
        fields: fields === undefined ? [] : wordsOf('field', fields, FIELD_NAMES),
        from,
      };
      show(context, await (await context.service(Consumers)).create(body, OPERATOR));
    });

  consumer
    .command('rewind <name>')
    .description('move its place; stop its reader first, or that acknowledges what it has read')
    .requiredOption('--to <place>', PLACE)
    .action(async (name: string, { to }: { to: string }) => {
      const consumer = checked(name);
      show(context, await (await context.service(Consumers)).rewind(consumer, to, OPERATOR));
    });

  consumer
    .command('delete <name>')
    .description('forget a consumer and its place')
    .action(async (name: string) => {
      const consumer = checked(name);
      await (await context.service(Consumers)).delete(consumer, OPERATOR);
      context.print({ name, deleted: true });
    });
}

function show(context: CliContext, consumer: ConsumerDto): void {
  context.show(consumer, () => lineOf(consumer));
}

function lineOf({ lag, ...consumer }: ConsumerDto) {
  return {
    ...consumer,
    behind: lag.isExact ? lag.events : `${lag.events}+`,
    oldestSeconds: lag.oldestSeconds,
  };
}

function checked(name: string): string {
  if (!CONSUMER_NAME.test(name))
    throw new UsageError(`"${name}" is not a name for a consumer: a-z, 0-9, dot, dash and underscore`);
  return name;
}
