import { needsAttention } from './needs-attention.js';
import type { StatusDto } from './status.dto.js';
import { ATTENTION_CODES } from './status.types.js';

const DAY = { callbacks: 1, rejected: 3 } as StatusDto['callbacks']['today'];
/** Everything is wrong that can be. */
const WORST = {
  health: { ready: false, reasons: ['the disk is full', 'no key'] },
  callbacks: {
    today: DAY,
    yesterday: DAY,
    pending: 10,
    lastCallbackAt: null,
    usualMinutes: 5,
    isSilent: true,
  },
  refused: { tokens: { ofClients: 1, ofStrangers: 2 }, callbacks: { ofClients: 4, ofStrangers: 0 } },
  quarantine: { open: 5, lastHour: 0 },
  images: {
    waiting: 6,
    failed: 7,
    behindSeconds: 3601,
    configured: true,
    paused: true,
    fault: 'IMAGE_STORE_FULL',
  },
  deliveries: { due: 0, dead: 8, failing: ['crm'] },
  gaps: 9,
  alerts: 10,
} as StatusDto;

test('each thing has its code, the gravest first, with its count and what it is about', () => {
  const id = '0d7a4b0e-9a55-4c1c-92f0-a9d15f2b7c1e';
  const found = needsAttention(WORST, [{ id, name: 'crm' }]);
  expect(found.map(({ code }) => code)).toEqual(ATTENTION_CODES);
  const told = Object.fromEntries(
    found.map(({ code, count, about, endpointId }) => [code, [count, about, endpointId]]),
  );
  expect(told).toMatchObject({
    NOT_READY: [null, 'the disk is full; no key', null],
    TOKENS_REFUSED: [3, null, null],
    CALLBACKS_REFUSED: [4, null, null],
    RECEIPTS_REJECTED: [3, null, null],
    ENDPOINT_FAILING: [null, 'crm', id],
    IMAGES_FAULT: [null, 'IMAGE_STORE_FULL', null],
    IMAGES_LATE: [6, null, null],
    ALERTS_OPEN: [10, null, null],
  });
});
