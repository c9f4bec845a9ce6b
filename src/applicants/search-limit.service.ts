import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { LookLimit } from './look-limit.js';

/** Limits how often one API key may search: enough masked answers would tell what the masks hide. */
@Injectable()
export class SearchLimit extends LookLimit {
  constructor(connection: DataSource, config: Config) {
    super(connection, {
      prefix: 'search',
      perMinute: config.env.ROLLCALL_SEARCHES_PER_MINUTE,
      refusal: 'This API key has searched too often within the last minute',
    });
  }
}
