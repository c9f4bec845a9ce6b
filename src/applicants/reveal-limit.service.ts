import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { LookLimit } from './look-limit.js';

/** Limits how often one caller may reveal: a stolen credential does not empty the house in a minute. */
@Injectable()
export class RevealLimit extends LookLimit {
  constructor(connection: DataSource, config: Config) {
    super(connection, {
      prefix: 'reveal',
      perMinute: config.env.ROLLCALL_REVEALS_PER_MINUTE,
      refusal: 'This caller has revealed too often within the last minute',
    });
  }
}
