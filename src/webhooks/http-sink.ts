import type { Message } from './message.js';
import type { SignedPost } from './signed-post.service.js';
import type { AttemptOutcome, Sink, Target } from './sink.js';

/** Webhooks: connections are kept by `SignedPost`, for all endpoints. */
export class HttpSink implements Sink {
  constructor(private readonly post: SignedPost) {}

  send(
    { id, body, mayBeRepeated }: Message,
    { url, secrets, timeoutMs, signal }: Target,
  ): Promise<AttemptOutcome> {
    return this.post.send({ url, id, body, mayBeRepeated, secrets, timeoutMs, signal });
  }

  async close(): Promise<void> {
    // nothing is its own
  }
}
