import { Injectable, Logger } from '@nestjs/common';
import { Metrics } from '../observability/metrics.js';
import { WideEvents } from '../observability/wide-event.js';
import { EventLoopPressure } from '../observability/event-loop-pressure.js';
import { messageIdOf } from './message.js';
import type { OwnedEndpoint } from './queue.repository.js';
import type { Attempt } from './verdict.js';

/** Writes attempts to the log and the metrics, and tells workers what the metrics know of callbacks. */
@Injectable()
export class AttemptReports {
  readonly pressure: EventLoopPressure;
  private readonly log = new Logger('webhooks');

  constructor(
    private readonly metrics: Metrics,
    private readonly events: WideEvents,
  ) {
    this.pressure = new EventLoopPressure(metrics);
  }

  /** @param lagSeconds from the event to the start of the attempt */
  tried({ id, kind }: OwnedEndpoint, { delivery, durationMs, outcome }: Attempt, lagSeconds: number): void {
    const { attempts, event } = delivery;
    const code = outcome.ok ? 'ok' : outcome.code;
    this.metrics.attempt(kind, code);
    if (attempts === 0) this.metrics.firstAttemptSeconds.observe(lagSeconds);
    this.events.attempt({
      endpointId: id,
      kind,
      messageId: messageIdOf(delivery),
      type: event,
      attempt: attempts + 1,
      outcome: code,
      status: outcome.status ?? null,
      durationMs,
    });
  }

  /** The log shows it as an error; `GET /api/v1/endpoints` shows it, too. */
  disabled({ id, kind }: OwnedEndpoint): void {
    this.log.error({ code: 'ENDPOINT_DISABLED', endpointId: id, kind }, 'An endpoint was disabled');
  }
}
