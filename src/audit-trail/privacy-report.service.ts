import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { Config } from '../config/config.js';
import { KeyRing } from '../crypto/key-ring.js';
import { signStatement } from '../crypto/statement-keys.js';
import type { Tx } from '../db/tx.js';
import { Problem } from '../problem/problem.js';
import {
  PRIVACY_CLASS_NAMES,
  PRIVACY_CLASSES,
  type PrivacyClass,
  privacyClassOf,
} from './privacy-classes.js';
import type { PrivacyPeriodQuery, PrivacyReportDto, SignedPrivacyReportDto } from './privacy-report.dto.js';
import { countDeeds, type Deeds, listDeeds, type Period } from './privacy-report.repository.js';

/** Of one class. The file stays one that can be signed, mailed and read. */
const MAX_ENTRIES = 1_000;

/** Who looked, what left, what was forgotten or kept: the audit of a period for a data protection officer, signed. */
@Injectable()
export class PrivacyReports {
  constructor(
    private readonly connection: EntityManager,
    private readonly keyRing: KeyRing,
    private readonly config: Config,
    private readonly audit: Audit,
  ) {}

  /** In one snapshot; the asking is recorded, and is not in it. @throws Problem BAD_REQUEST */
  async report(actor: string, asked: PrivacyPeriodQuery): Promise<SignedPrivacyReportDto> {
    const period = { from: new Date(asked.from), to: new Date(asked.to) };
    if (!(period.from < period.to)) throw new Problem('BAD_REQUEST', 'from must be before to');
    const report = await this.connection.transaction('REPEATABLE READ', (tx) => this.about(tx, period));
    const jws = await signStatement(this.keyRing, 'rollcall-privacy-report+jws', report);
    await this.audit.record(null, {
      actor,
      action: 'privacy.report',
      subject: 'audit',
      detail: { from: period.from.toISOString(), to: period.to.toISOString() },
    });
    return { report, jws };
  }

  private async about(tx: Tx, period: Period): Promise<PrivacyReportDto> {
    const deeds = await countDeeds(tx, period);
    const classes: PrivacyReportDto['classes'] = [];
    for (const name of PRIVACY_CLASS_NAMES) classes.push(await ofClass(tx, period, name, deeds));
    return { issuer: this.config.publicUrl, statedAt: new Date().toISOString(), period, classes };
  }
}

async function ofClass(tx: Tx, period: Period, name: PrivacyClass, deeds: Deeds[]) {
  const actors = deeds.filter(({ action }) => privacyClassOf(action) === name);
  const count = actors.reduce((sum, one) => sum + one.count, 0);
  const actions = [...new Set(actors.map(({ action }) => action))];
  const isListed = name !== 'reads' && count > 0;
  const entries = isListed ? await listDeeds(tx, period, actions, MAX_ENTRIES) : [];
  return {
    class: name,
    meaning: PRIVACY_CLASSES[name],
    count,
    actors,
    entries,
    leftOff: count - entries.length,
  };
}
