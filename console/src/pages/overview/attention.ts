import type { AttentionDto, StatusDto } from '@schema';
import type { Scope } from '../../app/session';

type Code = AttentionDto['code'];
type Key =
  | 'notReady'
  | 'silent'
  | 'neverCalled'
  | 'refusedTokens'
  | 'refusedCallbacks'
  | 'rejected'
  | 'pending'
  | 'quarantine'
  | 'endpoint'
  | 'dead'
  | 'imagesPaused'
  | 'imagesFault'
  | 'imagesLate'
  | 'imagesFailed'
  | 'gaps'
  | 'alerts';

interface Way {
  /** Names its words: `attention.<key>`. */
  key: Key;
  /** The page that goes on from there, and the scope that it needs. */
  to?: string;
  scope?: Scope;
}

export type Attention = Pick<AttentionDto, 'what' | 'count' | 'about'> & Partial<Way>;

const INTEGRATION = { to: '/integration', scope: 'stats:read' } as const;
const IMAGES = { to: '/images', scope: 'applicants:read' } as const;
const ENDPOINTS = { to: '/endpoints', scope: 'endpoints:read' } as const;

const WAYS = {
  NOT_READY: { key: 'notReady' },
  CALLBACKS_SILENT: { key: 'silent', ...INTEGRATION },
  NEVER_CALLED: { key: 'neverCalled', ...INTEGRATION },
  TOKENS_REFUSED: { key: 'refusedTokens', ...INTEGRATION },
  CALLBACKS_REFUSED: { key: 'refusedCallbacks', ...INTEGRATION },
  RECEIPTS_REJECTED: { key: 'rejected', to: '/receipts?state=rejected', scope: 'receipts:read' },
  RECEIPTS_PENDING: { key: 'pending', to: '/receipts?state=pending', scope: 'receipts:read' },
  QUARANTINE_OPEN: { key: 'quarantine', to: '/quarantine', scope: 'quarantine:read' },
  ENDPOINT_FAILING: { key: 'endpoint', ...ENDPOINTS },
  DELIVERIES_DEAD: { key: 'dead', ...ENDPOINTS },
  IMAGES_PAUSED: { key: 'imagesPaused', ...IMAGES },
  IMAGES_FAULT: { key: 'imagesFault', ...IMAGES },
  IMAGES_LATE: { key: 'imagesLate', ...IMAGES },
  IMAGES_FAILED: { key: 'imagesFailed', ...IMAGES },
  GAPS_OPEN: { key: 'gaps', to: '/reconciliation', scope: 'reconciliation:read' },
  ALERTS_OPEN: { key: 'alerts', to: '/alerts', scope: 'alerts:read' },
} as const satisfies Record<Code, Way>;

/** What the server says needs somebody, in its order. What only a newer server knows keeps the server's own words. */
export function attentionOf({ needsAttention }: StatusDto): Attention[] {
  return needsAttention.map(({ code, endpointId, ...one }) => {
    const way: Way | undefined = WAYS[code];
    return { ...one, ...way, ...(endpointId !== null && { to: `/endpoints/${endpointId}` }) };
  });
}
