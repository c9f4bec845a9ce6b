import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { uuidv7 } from './intake.js';
import { Probe } from './probes.entity.js';

/** The record of Callback-Tests (M3): one row each. */
@Injectable()
export class Probes {
  constructor(@InjectRepository(Probe) private readonly probes: Repository<Probe>) {}

  async record(probe: { url: string; remoteAddress: string; tokenValid: boolean }): Promise<void> {
    await this.probes.insert({ id: uuidv7(), at: new Date(), ...probe });
  }
}
