import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { z } from 'zod';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import type { PageQuery } from '../problem/page.dto.js';
import { uuidv7 } from './intake.js';
import { Probe } from './probes.entity.js';
import { listProbes } from './probes.repository.js';
import type { ProbePageDto } from './receipts.dto.js';

const LIST = 'probes';
const CURSOR = z.tuple([z.guid()]);

/** The record of Callback-Tests (M3): one row each. */
@Injectable()
export class Probes {
  constructor(@InjectRepository(Probe) private readonly probes: Repository<Probe>) {}

  /** @param probe `at` is when it came: records may be written in another order */
  async record(probe: { at: Date; url: string; remoteAddress: string; tokenValid: boolean }): Promise<void> {
    await this.probes.insert({ id: uuidv7(probe.at.getTime()), ...probe });
  }

  /** Newest first: the first one is the last test. @throws Problem BAD_CURSOR */
  async list({ limit, cursor }: PageQuery): Promise<ProbePageDto> {
    const after = cursor === undefined ? null : readCursor(LIST, CURSOR, cursor)[0];
    const rows = await listProbes(this.probes.manager, after, limit + 1);
    const { items, nextCursor } = pageOf(rows, limit, (row) => writeCursor(LIST, row.id));
    return { items: items.map(({ id: _, at, ...rest }) => ({ at: at.toISOString(), ...rest })), nextCursor };
  }
}
