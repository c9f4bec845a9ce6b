import { cairoClock } from '../enroll-contract/cairo-days.js';
import type { StatusDto } from '../status/status.dto.js';
import type { CliContext } from './context.js';
import { CommandError } from './faults.js';

/** Today at a glance. */
export async function printStatus(context: CliContext): Promise<void> {
  const read = await readStatus(context);
  context.show(read, () => linesOf(read));
  if (!context.json) context.print(attentionOf(read));
}

/** What the server says; where none runs, what the database holds, and that none runs. */
async function readStatus(context: CliContext): Promise<StatusDto> {
  try {
    return (await (await context.api()).ask<StatusDto>('GET', '/status')) as StatusDto;
  } catch (error) {
    if (!(error instanceof CommandError && error.code === 'NOT_RUNNING')) throw error;
    const { Status } = await import('../status/status.service.js');
    return (await context.service(Status)).read([error.message]);
  }
}

/** One line for each thing that an operator looks at. */
function linesOf(status: StatusDto): Record<string, string> {
  const { installation, health, callbacks, refused, quarantine, images, deliveries, gaps, alerts } = status;
  return {
    installation: `${installation.id}, version ${installation.version}`,
    url: installation.publicUrl ?? 'no server has started yet',
    database: installation.database,
    health: health.ready ? 'ready' : health.reasons.join('; '),
    'callbacks today': dayText(callbacks.today),
    'callbacks yesterday': dayText(callbacks.yesterday),
    'last callback': `${timeText(callbacks.lastCallbackAt)}, usual silence now: ${usualText(callbacks)}`,
    'refused, last hour': `tokens ${refusedText(refused.tokens)}; callbacks ${refusedText(refused.callbacks)}`,
    quarantine: `${quarantine.open} open, ${quarantine.lastHour} of the last hour`,
    images: imagesText(images),
    deliveries: `${deliveries.due} waiting, ${deliveries.dead} given up, endpoints failing: ${deliveries.failing.join(', ') || 'none'}`,
    gaps: `${gaps} open`,
    alerts: `${alerts} open`,
    ...testsOf(status),
    ...tokensOf(status),
  };
}

function attentionOf({ needsAttention }: StatusDto): string {
  if (needsAttention.length === 0) return '\nNothing needs attention.';
  const lines = needsAttention.map(({ what, command }) => `  ${what}\n    ${command}`);
  return ['', 'Needs attention:', ...lines].join('\n');
}

function dayText({ callbacks, rejected, refused }: StatusDto['callbacks']['today']): string {
  const more = [
    rejected > 0 && `${rejected} of them unreadable`,
    refused.callbacks > 0 && `callbacks refused: ${refused.callbacks}`,
    refused.tokens > 0 && `tokens refused: ${refused.tokens}`,
  ];
  return [callbacks, ...more.filter(Boolean)].join(', ');
}

function usualText({ usualMinutes }: StatusDto['callbacks']): string {
  return usualMinutes === null ? 'unknown' : `${Math.round(usualMinutes)} min`;
}

function refusedText({ ofClients, ofStrangers }: StatusDto['refused']['tokens']): string {
  return `${ofClients} of clients, ${ofStrangers} of strangers`;
}

function imagesText({ waiting, failed, configured, paused, fault }: StatusDto['images']): string {
  const state = [!configured && 'eNROLL is not configured', paused && 'paused', fault];
  return [`${waiting} waiting`, `${failed} failed`, ...state.filter(Boolean)].join(', ');
}

function testsOf({ callbackTests }: StatusDto): Record<string, string> {
  const kinds = ['success', 'fail', 'any'] as const;
  return Object.fromEntries(
    kinds.map((kind) => {
      const test = callbackTests[kind];
      const token = test?.tokenValid === true ? 'with a valid token' : 'without a valid token';
      return [
        `last test, ${kind}`,
        test === null ? 'never' : `${timeText(test.at)} at ${test.url}, ${token}`,
      ];
    }),
  );
}

function tokensOf({ tokens }: StatusDto): Record<string, string> {
  if (tokens.length === 0) return { 'last token': 'never' };
  const places = { form: 'the form', basic: 'Authorization: Basic', headers: 'raw headers' };
  return Object.fromEntries(
    tokens.map(({ clientId, at, credentialsIn }) => [
      `last token, ${clientId}`,
      `${timeText(at)}, credentials in ${places[credentialsIn]}`,
    ]),
  );
}

/** On Cairo's clock. */
function timeText(at: string | null): string {
  if (at === null) return 'never';
  return `${cairoClock(new Date(at))} Cairo`;
}
