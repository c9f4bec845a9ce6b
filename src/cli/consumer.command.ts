import type { Command } from 'commander';
import { OUTCOMES } from '../applicants/applicants.dto.js';
import { FIELD_NAMES } from '../enroll-contract/types.js';
import { CONSUMER_NAME, type ConsumerDto } from '../feed/consumers.dto.js';
import { Consumers } from '../feed/consumers.service.js';
import { EVENT_TYPES } from '../feed/feed.types.js';
import { type CliContext, OPERATOR, UsageError } from './context.js';
import { wordsOf } from './words.js';

const PAGE = 200;
const PLACE = 'beginning, now (what comes from now on), or a cursor of the feed';

interface CreateOptions {
  events?: string;
  outcomes?: string;
  fields?: string;
  from: string;
}

/** Readers of the feed whose place is kept here. */
export function register(consumer: Command, context: CliContext): void {
  consumer
    .command('list')
    .description('all consumers, and how far behind they are')
    .action(() => listConsumers(context));

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
      show(context, await (await consumersOf(context)).create(body, OPERATOR));
    });

  consumer
    .command('rewind <name>')
    .description(
      'have it go on from somewhere else; stop its reader first, or that acknowledges what it has read',
    )
    .requiredOption('--to <place>', PLACE)
    .action(async (name: string, { to }: { to: string }) => {
      show(context, await (await consumersOf(context)).rewind(checked(name), to, OPERATOR));
    });

  consumer
    .command('delete <name>')
    .description('forget it and its place')
    .action(async (name: string) => {
      await (await consumersOf(context)).delete(checked(name), OPERATOR);
      context.print({ name, deleted: true });
    });
}

async function listConsumers(context: CliContext): Promise<void> {
  const consumers = await consumersOf(context);
  const all: ConsumerDto[] = [];
  let cursor: string | undefined;
  do {
    const page = await consumers.list({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
    all.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  context.print(context.json ? all : all.map(lineOf));
}

function show(context: CliContext, consumer: ConsumerDto): void {
  context.print(context.json ? consumer : lineOf(consumer));
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
    throw new UsageError(`"${name}" is no name of a consumer: a-z, 0-9, dot, dash and underscore`);
  return name;
}

async function consumersOf(context: CliContext): Promise<Consumers> {
  return (await context.createApp()).get(Consumers, { strict: false });
}
