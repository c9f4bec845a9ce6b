import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Config } from '../config/config.js';
import { KeyRing } from '../crypto/key-ring.js';
import { signStatement } from '../crypto/statement-keys.js';
import type { Tx } from '../db/tx.js';
import { Jobs } from '../jobs/jobs.service.js';
import type { PollResult } from '../jobs/jobs.types.js';
import {
  type ChainLink,
  entriesBehind,
  findLink,
  findNewest,
  HAS_UNLINKED,
  insertHead,
  insertLinks,
  isLinked,
  lacksHead,
  lockChain,
} from './audit-trail.repository.js';
import type { ChainHead, ExportedStretch } from './audit-trail.types.js';
import { linkHash } from './chain.js';

const LOOK_EVERY_MS = 2_000;
const BATCH_ENTRIES = 2_000;
/** After a large export a million entries wait: this process does other things in between. */
const BREATH_MS = 150;
const PATIENCE_MS = 10_000;
const RETRY_MS = 50;
const HEAD_TYP = 'rollcall-audit-head+jws';

/**
 * Links the entries of the audit into one chain, behind those who write them: a read of personal data waits for its entry and not
 * for the chain. An entry is linked once its order is final, within seconds. Each day the end of the chain is signed.
 */
@Injectable()
export class AuditChain {
  private signedDay = '';

  constructor(
    private readonly connection: EntityManager,
    private readonly keyRing: KeyRing,
    private readonly config: Config,
    jobs: Jobs,
  ) {
    const link = async (): Promise<PollResult> => {
      const entries = await this.linkNext();
      return { counts: { entries }, ...(entries === BATCH_ENTRIES && { pauseMs: BREATH_MS }) };
    };
    jobs.poll('audit.chain', LOOK_EVERY_MS, link, HAS_UNLINKED);
  }

  /**
   * Links what is there. An entry has no final order while an older transaction runs: that is waited for, but not for long.
   * @returns the end of the chain
   */
  async linkAll(): Promise<ChainLink> {
    const newest = await findNewest(this.connection);
    for (const endsMs = performance.now() + PATIENCE_MS; ; await sleep(RETRY_MS)) {
      while ((await this.linkNext()) === BATCH_ENTRIES);
      const isThere = newest === undefined || (await isLinked(this.connection, newest));
      if (isThere || performance.now() > endsMs) return findLink(this.connection);
    }
  }

  /** A signed statement of where the chain ends, or of all that a file holds of it. */
  async signEnd({ n, hash, ...start }: Pick<ChainLink, 'n' | 'hash'> | ExportedStretch): Promise<string> {
    const statedAt = new Date().toISOString();
    const head: ChainHead = { issuer: this.config.publicUrl, statedAt, n, hash, ...start };
    return signStatement(this.keyRing, HEAD_TYP, head);
  }

  private async linkNext(): Promise<number> {
    const today = new Date().toISOString().slice(0, 10);
    let isSigned = false;
    const linked = await this.connection.transaction(async (tx) => {
      await lockChain(tx);
      const end = await findLink(tx);
      isSigned = today === this.signedDay || (await this.signDay(tx, today, end));
      const entries = await entriesBehind(tx, end.place, BATCH_ENTRIES);
      if (entries.length === 0) return 0;
      let { n, hash } = end;
      const links = entries.map((entry) => {
        n += 1;
        hash = linkHash(hash, n, entry);
        return { n, hash, place: entry.place };
      });
      await insertLinks(tx, links);
      return links.length;
    });
    if (isSigned) this.signedDay = today;
    return linked;
  }

  /** The first look of a day, in UTC, signs what the days before have left. @returns false where there is nothing */
  private async signDay(tx: Tx, day: string, end: ChainLink): Promise<boolean> {
    const { n, hash } = end;
    if (n === 0) return false;
    if (await lacksHead(tx, day)) await insertHead(tx, day, n, await this.signEnd({ n, hash }));
    return true;
  }
}
