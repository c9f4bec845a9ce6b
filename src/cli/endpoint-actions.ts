import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AttemptDto, DeliveryDto } from '../webhooks/deliveries.dto.js';
import { option } from './calls.js';
import type { CliContext } from './context.js';
import { pagesOf } from './pages.js';

const TEST_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 200;

const SETTINGS = [
  option('--events <list>', 'types of events, joined by commas; empty: all'),
  option('--outcomes <list>', 'outcomes, joined by commas; empty: all'),
  option('--fields <list>', 'fields of the applicant that each event holds, joined by commas'),
  option('--rate <n>', 'maximum attempts per second; 0: no limit'),
  option('--subject <text>', 'NATS: how subjects begin'),
  option('--credentials-file <path>', 'NATS: holds a token, user:password, or credentials of NATS'),
];
export const CREATE = [
  ...SETTINGS,
  option('--name <text>', 'unique, for people').makeOptionMandatory(),
  option('--url <url>', 'https://…, or nats://host:port with --kind nats').makeOptionMandatory(),
  option('--kind <kind>', 'http or nats').default('http'),
];
export const UPDATE = [
  ...SETTINGS,
  option('--name <text>', 'unique, for people'),
  option('--url <url>', 'where events go'),
];
export const BULK = [
  option('--since <time>', 'e.g. 2026-11-23T08:00:00Z').makeOptionMandatory(),
  option('--yes', 'do it'),
];
export const DELIVERIES = [
  option('--state <state>', 'in this state').choices(['due', 'delivered', 'dead']),
  option('--applicant-id <id>', 'only about this applicant'),
  option('--event <type>', 'only of this type'),
];

type Texts<Name extends string> = Partial<Record<Name, string>>;
export type SettingsOptions = Texts<
  'name' | 'kind' | 'url' | 'subject' | 'credentialsFile' | 'rate' | 'events' | 'outcomes' | 'fields'
>;
export interface BulkOptions {
  since: string;
  yes?: boolean;
}

/** Settings of an endpoint, as the API names them. */
export function settingsOf(given: SettingsOptions): Record<string, unknown> {
  const { rate, events, outcomes, fields, credentialsFile, ...options } = given;
  return {
    ...options,
    events: listOf(events),
    outcomes: listOf(outcomes),
    fields: listOf(fields),
    ...(credentialsFile !== undefined && { credentials: readFileSync(credentialsFile, 'utf8').trim() }),
    ...(rate !== undefined && { ratePerSecond: rate === '0' ? null : Number(rate) }),
  };
}

function listOf(text?: string): string[] | undefined {
  const items = text?.split(',').map((item) => item.trim());
  return items?.filter((item) => item !== '');
}

/** How one delivery is asked for: by the service beside the server, by the API elsewhere. */
interface Tested {
  send(): Promise<DeliveryDto>;
  find(deliveryId: string): Promise<DeliveryDto>;
  lastAttempt(deliveryId: string): Promise<AttemptDto | undefined>;
}

/** Sends a test, and reports its first attempt. @throws where it was not delivered */
export async function sendTest(context: CliContext, tested: Tested): Promise<void> {
  let delivery = await tested.send();
  for (const untilMs = performance.now() + TEST_WITHIN_MS; delivery.attempts === 0;) {
    if (performance.now() > untilMs) throw new Error('Queued, but nobody sends it: is a worker running?');
    await sleep(LOOK_EVERY_MS);
    delivery = await tested.find(delivery.id);
  }
  context.print({ id: delivery.id, state: delivery.state, ...(await tested.lastAttempt(delivery.id)) });
  if (delivery.state !== 'delivered') throw new Error(`The attempt failed: ${delivery.lastCode}`);
}

/**
 * Recovers or replays, page by page. Counts first, so that the progress has an end.
 * @param ask asks for one page
 */
export async function sendAgain(
  context: CliContext,
  { since, yes = false }: BulkOptions,
  ask: (body: {
    since: string;
    dryRun: boolean;
    cursor: string | undefined;
  }) => Promise<{ count: number; nextCursor: string | null }>,
): Promise<void> {
  const count = await context.withProgress(async (progress) => {
    const walk = async (dryRun: boolean, total = Infinity) => {
      let done = 0;
      for await (const page of pagesOf((cursor) => ask({ since, dryRun, cursor }))) {
        done += page.count;
        progress.show(done / Math.max(1, total), done, `${done} ${dryRun ? 'counted' : 'due'}`);
      }
      return done;
    };
    const counted = await walk(true);
    return yes ? walk(false, counted) : counted;
  });
  context.print({ dryRun: !yes, count });
  if (!yes) context.note(`${count} would be sent (dry run: add --yes to do it)`);
}
