import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { KeyedHash } from '../crypto/keyed-hash.js';
import type { Tx } from '../db/tx.js';
import { Jobs } from '../jobs/jobs.service.js';
import type { PollResult } from '../jobs/jobs.types.js';
import {
  type ChangeHash,
  endPass,
  keyApplicants,
  keyChanges,
  lockPass,
  moveOn,
  type Pass,
  readApplicantHashes,
  readChangeHashes,
} from './hash-keying.repository.js';
import { keyerOf, keyKept } from './known-hashes.js';

const KEY_HASHES = 'applicants.key-hashes';
const BATCH_ROWS = 500;
/** It rests this many times as long as it works, because callbacks come first. */
const RESTS = 3;
/** A replica of the previous release may still write plain hashes; an upgrade one by one is over by then. */
const NEXT_PASS_AFTER_SECONDS = 3600;
/** Where no pass is due. */
const IDLE_MS = 60_000;

interface Batch {
  rows: Pick<ChangeHash, 'applicantId' | 'version'>[];
  found: number;
}

/**
 * Keys the hashes that releases up to 0.1 kept plain. Callbacks key those of the applicants that they write. The progress is
 * kept in `hash_keying`, so that another process can go on with it.
 *
 * A pass, per table: due → goes by the primary key, batch by batch → nothing was plain: finished; else due in an hour.
 */
@Injectable()
export class HashKeying {
  private readonly log = new Logger('applicants');

  constructor(
    private readonly connection: EntityManager,
    private readonly keyedHash: KeyedHash,
    jobs: Jobs,
  ) {
    jobs.poll(KEY_HASHES, IDLE_MS, () => this.look());
  }

  /** One batch. */
  async look(): Promise<PollResult> {
    const startedMs = performance.now();
    const counts = await this.connection.transaction((tx) => this.keyNext(tx));
    if (counts === undefined) return { counts: {} };
    return { counts, pauseMs: RESTS * (performance.now() - startedMs) };
  }

  private async keyNext(tx: Tx): Promise<Record<string, number> | undefined> {
    const pass = await lockPass(tx);
    if (pass === undefined) return undefined;
    const { rows, found } = await this.keyBatch(tx, pass);
    const last = rows.at(-1);
    if (last === undefined) await this.end(tx, pass);
    else {
      const { applicantId: afterId, version: afterVersion } = last;
      await moveOn(tx, { ...pass, afterId, afterVersion, found: pass.found + found }, found);
    }
    return { [`${pass.table}Seen`]: rows.length, [`${pass.table}Keyed`]: found };
  }

  /** @returns the rows read, and how many of them were plain */
  private keyBatch(tx: Tx, pass: Pass): Promise<Batch> {
    return pass.table === 'applicants' ? this.keyApplicants(tx, pass) : this.keyChanges(tx, pass);
  }

  private async keyApplicants(tx: Tx, pass: Pass): Promise<Batch> {
    const rows = await readApplicantHashes(tx, pass, BATCH_ROWS);
    const keyed = rows.flatMap(({ applicantId, version, known, content }) => {
      if (known === null || content === null) return [];
      const keyer = keyerOf(this.keyedHash, applicantId);
      return [
        { applicantId, before: known, known: keyKept(known, version, keyer), content: keyer(content)[0] },
      ];
    });
    if (keyed.length > 0) await keyApplicants(tx, keyed);
    return { rows, found: keyed.length };
  }

  private async keyChanges(tx: Tx, pass: Pass): Promise<Batch> {
    const rows = await readChangeHashes(tx, pass, BATCH_ROWS);
    const keyed = rows.flatMap((row) => {
      if (row.content === null) return [];
      return [{ ...row, content: keyerOf(this.keyedHash, row.applicantId)(row.content)[0] }];
    });
    if (keyed.length > 0) await keyChanges(tx, keyed);
    return { rows, found: keyed.length };
  }

  private async end(tx: Tx, pass: Pass): Promise<void> {
    const keyed = await endPass(tx, pass, NEXT_PASS_AFTER_SECONDS);
    const finished = pass.found === 0;
    if (keyed > 0) this.log.log({ event: 'hashes_keyed', table: pass.table, keyed, finished });
  }
}
