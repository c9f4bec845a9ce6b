import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { SignedPost } from '../webhooks/signed-post.service.js';
import type { Channel } from './channel.js';
import { mailChannel } from './mail.channel.js';
import { webhookChannel } from './webhook.channel.js';

/** The channels that are configured. */
@Injectable()
export class Channels {
  readonly all: readonly Channel[];

  /** @throws ConfigError naming ROLLCALL_SMTP_URL */
  constructor(config: Config, post: SignedPost) {
    const channels = [webhookChannel(config, post), mailChannel(config)];
    this.all = channels.filter((channel) => channel !== undefined);
  }
}
