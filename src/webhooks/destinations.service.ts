import { Injectable } from '@nestjs/common';
import { isSensitive } from '../enroll-contract/mask.js';
import type { AttemptOutcome, Destination } from './destination.js';
import { EndpointSecrets } from './endpoint-secrets.service.js';
import type { EndpointKind } from './endpoints.types.js';
import type { Message } from './message.js';
import type { OwnedEndpoint } from './queue.repository.js';
import { SignedPost } from './signed-post.service.js';
import { TargetGuard } from './target-guard.js';

/** Maximum wait for the other side, until the last byte of its answer. */
const ATTEMPT_TIMEOUT_MS = 15_000;

/** Opens destinations and sends to them with the settings of their endpoint. */
@Injectable()
export class Destinations {
  constructor(
    private readonly secrets: EndpointSecrets,
    private readonly post: SignedPost,
    private readonly guard: TargetGuard,
  ) {}

  /** Loads the client of NATS only where an endpoint needs it. */
  async open(kind: EndpointKind): Promise<Destination> {
    if (kind === 'http') return this.post;
    const { NatsDestination } = await import('./nats-destination.js');
    return new NatsDestination(this.guard);
  }

  /** Never rejects for a fault of the other side. @param signal ends the attempt */
  async send(
    destination: Destination,
    endpoint: OwnedEndpoint,
    message: Message,
    signal: AbortSignal,
  ): Promise<AttemptOutcome> {
    const { url, subject, fields } = endpoint;
    const opened = this.secrets.open(endpoint);
    const timeoutMs = ATTEMPT_TIMEOUT_MS;
    const outcome = await destination.send({ ...message, url, subject, ...opened, timeoutMs, signal });
    // an answer may quote the request
    return outcome.ok || !fields.some(isSensitive) ? outcome : { ...outcome, answer: undefined };
  }
}
