import type { StatusDto } from './status.dto.js';

type Attention = StatusDto['needsAttention'][number];
type Read = Omit<StatusDto, 'needsAttention'>;

/** Applying takes milliseconds: what still waits is looked at only where there is some of it. */
const MANY_PENDING = 10;
const LATE_IMAGES_SECONDS = 3600;

/** What needs somebody, the gravest first, each with the command that goes on from there. */
export function needsAttention(status: Read): Attention[] {
  const { health, callbacks, refused, quarantine, images, deliveries, gaps, alerts } = status;
  return [
    when(!health.ready, `Not ready: ${health.reasons.join('; ')}.`, 'doctor'),
    when(callbacks.isSilent === true, silenceText(callbacks), 'doctor'),
    when(callbacks.lastCallbackAt === null, 'No callback has ever come.', 'probes'),
    ofRefused('Requests for a token', refused.tokens),
    ofRefused('Callbacks', refused.callbacks),
    count(
      callbacks.today.rejected,
      'Callbacks of today of which nothing could be read',
      'receipts list --state rejected',
    ),
    count(callbacks.pending, 'Callbacks kept but not applied', 'receipts list --state pending', MANY_PENDING),
    count(quarantine.open, 'Elements that wait in quarantine', 'quarantine list'),
    ...deliveries.failing.map((name) => always(`The endpoint ${name} fails.`, `endpoint show ${name}`)),
    count(deliveries.dead, 'Deliveries that were given up', 'endpoint list'),
    when(images.paused, 'The mirror of images is paused.', 'images resume'),
    when(
      images.fault !== null && images.waiting > 0,
      `Images cannot be fetched: ${images.fault}.`,
      'images status',
    ),
    when(
      images.behindSeconds > LATE_IMAGES_SECONDS,
      `Images to fetch are late: ${images.waiting}.`,
      'images status',
    ),
    count(images.failed, 'Images that could not be fetched', 'images retry'),
    count(gaps, 'Open gaps between eNROLL and Rollcall', 'gaps list'),
    count(alerts, 'Open alerts', 'alerts list'),
  ].flat();
}

function ofRefused(what: string, { ofClients, ofStrangers }: Read['refused']['tokens']): Attention[] {
  const text = `${what} refused within an hour: ${ofClients + ofStrangers}`;
  return when(ofClients > 0, `${text}, of clients: ${ofClients}.`, 'refusals');
}

function silenceText({ lastCallbackAt, usualMinutes }: Read['callbacks']): string {
  const usual = usualMinutes === null ? 'unknown' : `${Math.round(usualMinutes)} min`;
  return `No callback since ${lastCallbackAt}; usual: ${usual}.`;
}

function count(n: number, what: string, command: string, atLeast = 1): Attention[] {
  return when(n >= atLeast, `${what}: ${n}.`, command);
}

function when(isSo: boolean, what: string, command: string): Attention[] {
  return isSo ? [always(what, command)] : [];
}

function always(what: string, command: string): Attention {
  return { what, command: `rollcall ${command}` };
}
