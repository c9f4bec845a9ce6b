import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { Config } from '../config/config.js';
import { DueData } from './due-data.service.js';
import { Holds } from './holds.service.js';
import { isCounted, policyOf, RETENTION_CLASSES } from './policy.js';
import type { PolicyDto, PreviewDto } from './retention.dto.js';
import { bePatient, earlierNow } from './rows.repository.js';

/** How long everything is kept: the policy in force, and what is due by it. */
@Injectable()
export class RetentionPolicy {
  constructor(
    private readonly connection: EntityManager,
    private readonly config: Config,
    private readonly data: DueData,
    private readonly holds: Holds,
    private readonly audit: Audit,
  ) {}

  inForce(): PolicyDto {
    return {
      classes: policyOf(this.config.env, new Date()).map((rule) => {
        const { what, from, setting, reason, ...words } = {
          withoutEnd: null,
          ...RETENTION_CLASSES[rule.class],
        };
        const keepDays = rule.keepDays === 0 ? null : rule.keepDays;
        const withoutEnd = keepDays === null ? (words.withoutEnd ?? 'without end') : null;
        return { class: rule.class, what, keepDays, withoutEnd, from, reason, setting, removedBy: rule.by };
      }),
    };
  }

  /** Counts what a run would remove now, and of how many rows a hold keeps it away. Removes nothing. */
  async preview(by: string): Promise<PreviewDto> {
    return this.connection.transaction(async (tx) => {
      await bePatient(tx);
      const held = [...(await this.holds.now(tx))];
      const classes = [];
      const rules = policyOf(this.config.env, await earlierNow(tx));
      for (const { class: name, dueBefore } of rules.filter(isCounted)) {
        const due =
          dueBefore === null
            ? { rows: 0, oldest: null, held: 0 }
            : await this.data.count(tx, name, dueBefore, held);
        classes.push({
          class: name,
          dueBefore: dueBefore?.toISOString() ?? null,
          due: due.rows,
          oldest: due.oldest?.toISOString() ?? null,
          held: due.held,
        });
      }
      await this.audit.record(tx, { actor: by, action: 'retention.preview', subject: 'retention:policy' });
      return { classes, heldApplicants: held.length };
    });
  }
}
