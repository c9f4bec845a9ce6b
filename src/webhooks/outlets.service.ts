import { Injectable } from '@nestjs/common';
import { isSensitive } from '../enroll-contract/mask.js';
import type { EndpointKind } from './endpoints.types.js';
import { EndpointSecrets } from './endpoint-secrets.service.js';
import { HttpSink } from './http-sink.js';
import type { Message } from './message.js';
import { NatsSink } from './nats-sink.js';
import type { OwnedEndpoint } from './queue.repository.js';
import { SignedPost } from './signed-post.service.js';
import type { AttemptOutcome, Sink } from './sink.js';
import { TargetGuard } from './target-guard.js';

/** Longest wait for the other side, to the last byte of its answer. */
const ATTEMPT_TIMEOUT_MS = 15_000;

/** The way out to one endpoint. */
export interface Outlet {
  /** Never rejects for what the other side does. */
  send(endpoint: OwnedEndpoint, message: Message): Promise<AttemptOutcome>;
  close(): Promise<void>;
}

/** Opens the way out to endpoints of any kind. */
@Injectable()
export class Outlets {
  constructor(
    private readonly secrets: EndpointSecrets,
    private readonly post: SignedPost,
    private readonly guard: TargetGuard,
  ) {}

  /** @param signal gives up what is under way */
  open(signal: AbortSignal): Outlet {
    let sink: Sink | undefined;
    return {
      send: async (endpoint, message) => {
        sink ??= this.sinkOf(endpoint.kind);
        const { url, subject, fields } = endpoint;
        const target = {
          url,
          subject,
          timeoutMs: ATTEMPT_TIMEOUT_MS,
          signal,
          ...this.secrets.open(endpoint),
        };
        const outcome = await sink.send(message, target);
        // an answer may quote what it was sent
        return outcome.ok || !fields.some(isSensitive) ? outcome : { ...outcome, answer: undefined };
      },
      close: async () => sink?.close(),
    };
  }

  private sinkOf(kind: EndpointKind): Sink {
    switch (kind) {
      case 'http':
        return new HttpSink(this.post);
      case 'nats':
        return new NatsSink(this.guard);
    }
  }
}
