import type { ChannelName } from './alerts.types.js';
import type { AlertMessage } from './message.js';

/** What became of one try. */
export interface Delivery {
  sent: boolean;
  /** Why not; where it was sent, what was wrong all the same. Never an address or an answer's text. */
  code: string | null;
}

/** A way to people. */
export interface Channel {
  readonly name: ChannelName;
  /**
   * One try, over in half a minute. Never throws for what the other side does.
   * @param id the same at every try, so that the other side can tell a repetition
   */
  send(id: string, message: AlertMessage): Promise<Delivery>;
}
