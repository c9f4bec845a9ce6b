import { ApiProperty, getSchemaPath, type OpenAPIObject, OmitType } from '@nestjs/swagger';
import { ChangeEventDto } from '../feed/feed.dto.js';
import { EVENT_MEANINGS, type EventType } from '../feed/feed.types.js';
import type { ApiTag } from '../problem/api-tags.js';
import { DELIVERED_EVENTS, type DeliveredEvent, type DeliveryRef, TEST_EVENT } from './endpoints.types.js';
import { messageOf, testMessageOf } from './message.js';

const FIRST = ['applicantId', 'firstName', 'familyName', 'status'];
const NO_CHANGE = { previousOutcome: null, changedFields: [] };
/** How the examples of events differ from each other. */
const EXAMPLES: Record<EventType, Partial<ChangeEventDto>> = {
  'applicant.created': { version: 1, previousOutcome: null, changedFields: FIRST },
  'applicant.updated': { changedFields: ['address'] },
  'applicant.outcome_changed': { outcome: 'rejected', status: 5, changedFields: ['status'] },
  'applicant.flagged': { ...NO_CHANGE, flags: ['nationalIdChecksum'] },
  'applicant.images_ready': { ...NO_CHANGE, receiptId: null },
  'applicant.erased': { ...NO_CHANGE, receiptId: null },
};

class MessageDataDto extends OmitType(ChangeEventDto, ['event', 'changedAt', 'mayBeRepeated']) {}

/** The body that an endpoint is sent; `message.ts` writes it. */
export class MessageDto {
  @ApiProperty({ description: 'What happened.', enum: DELIVERED_EVENTS }) type: DeliveredEvent;
  @ApiProperty({ description: 'When it happened; the same for every attempt.', format: 'date-time' })
  timestamp: string;
  @ApiProperty({ description: 'The event, as in the feed.' }) data: MessageDataDto;
}

const OPTIONAL = 'rollcall-may-be-repeated';
const HEADERS: [name: string, description: string][] = [
  ['webhook-id', 'The same for every attempt of one event: drop an id that you have seen.'],
  ['webhook-timestamp', 'When this attempt was made, in seconds since 1970.'],
  [
    'webhook-signature',
    '`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; two while a secret is rotated.',
  ],
  [OPTIONAL, '`true` where the database was restored after the event: it may have been sent before.'],
];

/** What endpoints receive: the `webhooks` of OpenAPI 3.1. */
export function eventWebhooks(): OpenAPIObject['webhooks'] {
  const tag: ApiTag = 'Management: endpoints';
  const meanings: Record<DeliveredEvent, string> = {
    ...EVENT_MEANINGS,
    [TEST_EVENT]: 'A requested test; nothing happened.',
  };
  return Object.fromEntries(
    DELIVERED_EVENTS.map((event) => [
      event,
      {
        post: {
          operationId: `on ${event}`.replaceAll(/[ ._](\w)/g, (_, letter: string) => letter.toUpperCase()),
          tags: [tag],
          summary: meanings[event],
          description:
            'Signed as [Standard Webhooks](https://www.standardwebhooks.com); see docs/webhooks.md.',
          security: [],
          parameters: HEADERS.map(([name, description]) => ({
            name,
            in: 'header',
            required: name !== OPTIONAL,
            description,
            schema: { type: 'string' },
          })),
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: { $ref: getSchemaPath(MessageDto) }, example: exampleOf(event) },
            },
          },
          responses: {
            '2XX': { description: 'Delivered. Anything else except 410 is tried again.' },
            410: { description: 'Disables the endpoint.' },
          },
        },
      },
    ]),
  );
}

/** Written like a real message, so that it cannot differ. */
function exampleOf(event: DeliveredEvent): unknown {
  const delivery: DeliveryRef = {
    history: '1',
    tx: '120457',
    seq: '901',
    event,
    applicantId: '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1',
    version: 2,
    occurredAt: new Date('2026-11-23T08:00:00Z'),
  };
  if (event === TEST_EVENT) return JSON.parse(testMessageOf(delivery).body);
  const usual: Omit<ChangeEventDto, 'event' | 'changedAt'> = {
    applicantId: delivery.applicantId,
    version: delivery.version,
    outcome: 'accepted',
    previousOutcome: 'accepted',
    status: 4,
    changedFields: [],
    flags: [],
    receiptId: '019aafb2-4c00-7d1f-9a55-3c1c52f0a9d1',
    cursor: 'WyJjaGFuZ2VzIiw…',
  };
  return JSON.parse(messageOf(delivery, { ...usual, ...EXAMPLES[event] }).body);
}
