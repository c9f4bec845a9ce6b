import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import { Config } from '../config/config.js';
import { KeyRing } from '../crypto/key-ring.js';
import { signStatement } from '../crypto/statement-keys.js';
import { Jobs } from '../jobs/jobs.service.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import type { PageQuery } from '../problem/page.dto.js';
import { Problem } from '../problem/problem.js';
import { isCounted, policyOf } from './policy.js';
import type { RetentionRunDto, RetentionRunPageDto, SignedCertificateDto } from './retention.dto.js';
import { earlierNow } from './rows.repository.js';
import {
  findRun,
  findUnfinished,
  insertRun,
  listRuns,
  type RunRow,
  type Trigger,
} from './runs.repository.js';

const LIST = 'retention-runs';
const CURSOR = z.tuple([z.iso.datetime(), z.guid()]);
const SCHEDULED = 'retention.scheduled';
const CERTIFICATE_TYP = 'rollcall-retention-certificate+jws';

/** Runs that remove what is due: each night, and when somebody asks for one. */
@Injectable()
export class RetentionRuns {
  constructor(
    private readonly connection: EntityManager,
    private readonly config: Config,
    private readonly keyRing: KeyRing,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
  ) {
    jobs.work(SCHEDULED, { policy: 'exclusive' }, async () => void (await this.start('schedule', 'system')));
    jobs.schedule(SCHEDULED, '11 3 * * *');
  }

  /** Begins a run of everything that is due now; where one is not finished, that one. */
  async start(trigger: Trigger, by: string): Promise<RetentionRunDto> {
    const id = await this.connection.transaction(async (tx) => {
      const policy = policyOf(this.config.env, await earlierNow(tx));
      const rules = policy.filter((rule) => isCounted(rule) && rule.dueBefore !== null);
      const made = await insertRun(tx, trigger, by, rules);
      if (made === undefined) return findUnfinished(tx);
      const detail = { keepDays: Object.fromEntries(rules.map((rule) => [rule.class, rule.keepDays])) };
      await this.audit.record(tx, {
        actor: by,
        action: 'retention.start',
        subject: `retention:${made}`,
        detail,
      });
      return made;
    });
    this.jobs.wake('retention.');
    // it ended between the two statements
    return id === undefined ? this.start(trigger, by) : this.find(id);
  }

  /** @throws Problem NOT_FOUND */
  async find(id: string): Promise<RetentionRunDto> {
    const run = await findRun(this.connection, id);
    if (run === undefined) throw new Problem('NOT_FOUND', 'There is no such run');
    return viewOf(run);
  }

  /** Newest first. @throws Problem BAD_CURSOR */
  async list({ limit, cursor }: PageQuery): Promise<RetentionRunPageDto> {
    const [createdAt, id] = cursor === undefined ? [] : readCursor(LIST, CURSOR, cursor);
    const after = createdAt === undefined || id === undefined ? null : { createdAt: new Date(createdAt), id };
    const rows = await listRuns(this.connection, after, limit + 1);
    const page = pageOf(rows, limit, (run) => writeCursor(LIST, run.createdAt.toISOString(), run.id));
    return { items: page.items.map(viewOf), nextCursor: page.nextCursor };
  }

  /** What a run has removed, signed. @throws Problem NOT_FOUND, CONFLICT while it is not finished */
  async certificate(id: string): Promise<SignedCertificateDto> {
    const run = await this.find(id);
    if (run.state === 'running') throw new Problem('CONFLICT', 'the run is not finished');
    const certificate = { issuer: this.config.publicUrl, statedAt: new Date().toISOString(), run };
    return { certificate, jws: await signStatement(this.keyRing, CERTIFICATE_TYP, certificate) };
  }
}

function viewOf({ createdAt, finishedAt, steps, ...run }: RunRow): RetentionRunDto {
  return {
    ...run,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    classes: (steps ?? []).map((step) => ({
      ...step,
      dueBefore: new Date(step.dueBefore).toISOString(),
      finishedAt: step.finishedAt === null ? null : new Date(step.finishedAt).toISOString(),
    })),
  };
}
