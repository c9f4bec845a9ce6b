import type { ChannelName } from './alerts.types.js';
import type { AlertMessage } from './message.js';

/** The result of one attempt. */
export interface Delivery {
  sent: boolean;
  /** Why it failed, or what was wrong although it was sent. Never an address or an answer's text. */
  code: string | null;
}

/** A way to reach people. */
export interface Channel {
  readonly name: ChannelName;
  /**
   * One attempt, over within half a minute. Never throws for a failure of the other side.
   * @param id the same at every attempt, so that the other side can detect a repetition
   */
  send(id: string, message: AlertMessage): Promise<Delivery>;
}
