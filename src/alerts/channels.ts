import type { Config } from '../config/config.js';
import type { SignedPost } from '../webhooks/signed-post.service.js';
import type { ChannelName } from './alerts.types.js';
import type { Channel } from './channel.js';
import { MailChannel } from './mail.channel.js';
import { WebhookChannel } from './webhook.channel.js';

/** The channels that are configured. */
export class Channels {
  constructor(readonly all: readonly Channel[]) {}

  get names(): ChannelName[] {
    return this.all.map(({ name }) => name);
  }
}

/** @throws ConfigError naming ROLLCALL_SMTP_URL */
export function openChannels(config: Config, post: SignedPost): Channels {
  const channels = [WebhookChannel.of(config, post), MailChannel.of(config)];
  return new Channels(channels.filter((channel) => channel !== undefined));
}
