import type { AttentionDto, StatusDto } from './status.dto.js';
import type { AttentionCode } from './status.types.js';

type Read = Omit<StatusDto, 'needsAttention'>;
/** What an entry says besides its words. */
type More = Partial<Pick<AttentionDto, 'count' | 'about' | 'endpointId'>>;

/** Applying takes milliseconds: what still waits is looked at only where there is some of it. */
const MANY_PENDING = 10;
const LATE_IMAGES_SECONDS = 3600;

/** What needs somebody, the gravest first, each with the command that goes on from there. */
export function needsAttention(
  status: Read,
  failing: readonly { id: string; name: string }[],
): AttentionDto[] {
  const { health, callbacks, refused, quarantine, images, deliveries, gaps, alerts } = status;
  const reasons = health.reasons.join('; ');
  const { fault } = images;
  return [
    when(!health.ready, 'NOT_READY', `Not ready: ${reasons}.`, 'doctor', { about: reasons }),
    when(callbacks.isSilent === true, 'CALLBACKS_SILENT', silenceText(callbacks), 'doctor'),
    when(callbacks.lastCallbackAt === null, 'NEVER_CALLED', 'No callback has ever come.', 'probes'),
    ofRefused('TOKENS_REFUSED', 'Requests for a token', refused.tokens),
    ofRefused('CALLBACKS_REFUSED', 'Callbacks', refused.callbacks),
    count(
      callbacks.today.rejected,
      'RECEIPTS_REJECTED',
      'Callbacks of today of which nothing could be read',
      'receipts list --state rejected',
    ),
    count(
      callbacks.pending,
      'RECEIPTS_PENDING',
      'Callbacks kept but not applied',
      'receipts list --state pending',
      MANY_PENDING,
    ),
    count(quarantine.open, 'QUARANTINE_OPEN', 'Elements that wait in quarantine', 'quarantine list'),
    ...failing.map(({ id, name }) =>
      always('ENDPOINT_FAILING', `The endpoint ${name} fails.`, `endpoint show ${name}`, {
        about: name,
        endpointId: id,
      }),
    ),
    count(deliveries.dead, 'DELIVERIES_DEAD', 'Deliveries that were given up', 'endpoint list'),
    when(images.paused, 'IMAGES_PAUSED', 'The mirror of images is paused.', 'images resume'),
    when(
      fault !== null && images.waiting > 0,
      'IMAGES_FAULT',
      `Images cannot be fetched: ${fault}.`,
      'images status',
      { about: fault },
    ),
    when(
      images.behindSeconds > LATE_IMAGES_SECONDS,
      'IMAGES_LATE',
      `Images to fetch are late: ${images.waiting}.`,
      'images status',
      { count: images.waiting },
    ),
    count(images.failed, 'IMAGES_FAILED', 'Images that could not be fetched', 'images retry'),
    count(gaps, 'GAPS_OPEN', 'Open gaps between eNROLL and Rollcall', 'gaps list'),
    count(alerts, 'ALERTS_OPEN', 'Open alerts', 'alerts list'),
  ].flat();
}

function ofRefused(
  code: AttentionCode,
  what: string,
  { ofClients, ofStrangers }: Read['refused']['tokens'],
): AttentionDto[] {
  const all = ofClients + ofStrangers;
  const text = `${what} refused within an hour: ${all}, of clients: ${ofClients}.`;
  return when(ofClients > 0, code, text, 'refusals', { count: all });
}

function silenceText({ lastCallbackAt, usualMinutes }: Read['callbacks']): string {
  const usual = usualMinutes === null ? 'unknown' : `${Math.round(usualMinutes)} min`;
  return `No callback since ${lastCallbackAt}; usual: ${usual}.`;
}

function count(n: number, code: AttentionCode, what: string, command: string, atLeast = 1): AttentionDto[] {
  return when(n >= atLeast, code, `${what}: ${n}.`, command, { count: n });
}

function when(
  isSo: boolean,
  code: AttentionCode,
  what: string,
  command: string,
  more: More = {},
): AttentionDto[] {
  return isSo ? [always(code, what, command, more)] : [];
}

function always(code: AttentionCode, what: string, command: string, more: More): AttentionDto {
  return { code, what, command: `rollcall ${command}`, count: null, about: null, endpointId: null, ...more };
}
