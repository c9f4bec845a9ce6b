import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { CryptoError } from '../crypto/crypto.errors.js';
import type { Unopened } from '../crypto/crypto.types.js';
import { KeyedHash } from '../crypto/keyed-hash.js';
import { keyIdOf, Sealer } from '../crypto/sealer.js';
import type { Tx } from '../db/tx.js';
import { hashOfCanonical } from '../enroll-contract/canonical.js';
import type { FieldName } from '../enroll-contract/types.js';
import { type Opened, openVersion, resealContent } from './content.js';
import { keyerOf } from './known-hashes.js';
import { RekeyedHashes } from './rekeyed-hashes.js';
import { RekeyedIndexes } from './rekeyed-indexes.service.js';
import {
  type KeyedVersion,
  readKeyedVersions,
  readVersionsFrom,
  type RekeyedApplicant,
  type RekeyedVersion,
  writeKeyedVersions,
  writeRekeyedApplicants,
} from './row-keys.repository.js';
import type { ReadReceived, RekeyedRows } from './row-keys.types.js';
import { readApplicantsNow, readNextApplicants, type WholeApplicant } from './verification.repository.js';

const BATCH_ROWS = 250;
/** A row that a callback writes at the same time is read again. */
const MAX_TRIES = 10;
const RETRY_MS = 20;

export type VersionPlace = Pick<KeyedVersion, 'applicantId' | 'version' | 'changedAt'>;

/** A row that stays as it is. */
class Kept extends Error {
  constructor(readonly unopened: Unopened) {
    super(unopened.code);
  }
}

/** Brings the rows of applicants and of their versions over to the first key of the ring: sealed state, hashes, blind indexes. */
@Injectable()
export class RowKeys {
  private readonly nullsClear: ReadonlySet<FieldName>;

  constructor(
    config: Config,
    private readonly sealer: Sealer,
    private readonly keyedHash: KeyedHash,
    private readonly indexes: RekeyedIndexes,
  ) {
    this.nullsClear = new Set(config.env.ROLLCALL_NULLS_CLEAR);
  }

  /** The next applicants by their ids. */
  async rekeyApplicants(tx: Tx, after: string, received: ReadReceived): Promise<RekeyedRows<string>> {
    const { rows } = await readNextApplicants(tx, after, BATCH_ROWS);
    const result: RekeyedRows<string> = {
      last: rows.at(-1)?.applicantId ?? null,
      seen: rows.length,
      rewritten: 0,
      forgotten: 0,
      unopened: [],
    };
    // a first version is written whole, under one key
    let left = rows.filter(({ sealed, version }) => version > 1 || !this.sealer.isCurrent(sealed));
    for (let tries = 1; left.length > 0; tries++) {
      const rekeyed: RekeyedApplicant[] = [];
      for (const row of left) {
        const one = await this.rekeyed(tx, row, received, result);
        if (one !== null) rekeyed.push(one);
      }
      const written = await writeRekeyedApplicants(tx, rekeyed);
      result.rewritten += written.size;
      const missed = rekeyed.filter(({ applicantId }) => !written.has(applicantId));
      if (missed.length === 0) break;
      if (tries === MAX_TRIES) throw new Error('applicants are written by others again and again');
      await sleep(RETRY_MS);
      left = await readApplicantsNow(
        tx,
        missed.map(({ applicantId }) => applicantId),
      );
    }
    return result;
  }

  /** The next versions by their primary key. */
  async rekeyVersions(tx: Tx, after: VersionPlace): Promise<RekeyedRows<VersionPlace>> {
    const { rows } = await readKeyedVersions(tx, after, BATCH_ROWS);
    const unopened: Unopened[] = [];
    const rekeyed = rows.flatMap((row) => {
      if (this.sealer.isCurrent(row.sealed)) return [];
      try {
        return [this.rekeyedVersion(row)];
      } catch (error) {
        unopened.push(keptOf(error, `${row.applicantId} ${row.version}`, row.sealed));
        return [];
      }
    });
    const rewritten = await writeKeyedVersions(tx, rekeyed);
    return {
      last: rows.at(-1) ?? null,
      seen: rows.length,
      rewritten,
      forgotten: 0,
      unopened,
    };
  }

  private rekeyedVersion(row: KeyedVersion): RekeyedVersion {
    const { applicantId, version, sealed } = row;
    const opened = openVersion(this.sealer, applicantId, version, sealed);
    const keyer = keyerOf(this.keyedHash, applicantId);
    const plain = hashOfCanonical(opened.canonical, opened.bound?.outcome ?? row.outcome);
    const isOurs = row.contentHash === plain || keyer(plain).includes(row.contentHash);
    if (!isOurs) throw new Kept({ rowKey: `${applicantId} ${version}`, keyId: null, code: 'TAMPERED' });
    return {
      ...row,
      before: row.contentHash,
      contentHash: keyer(plain)[0],
      sealed: resealContent(this.sealer, applicantId, version, sealed),
    };
  }

  /** Null where there is nothing to do, or the row stays as it is. */
  private async rekeyed(
    tx: Tx,
    row: WholeApplicant,
    received: ReadReceived,
    result: RekeyedRows<string>,
  ): Promise<RekeyedApplicant | null> {
    const { applicantId, version } = row;
    const keyer = keyerOf(this.keyedHash, applicantId);
    const hashes = new RekeyedHashes(row.knownHashes, version, keyer, this.nullsClear);
    let indexes: ReturnType<RekeyedIndexes['of']>;
    try {
      const opened = openVersion(this.sealer, applicantId, version, row.sealed);
      indexes = hashes.content(version, opened, row.outcome) ? this.indexes.of(row, opened) : null;
      if (indexes === null) throw new Kept({ rowKey: applicantId, keyId: null, code: 'TAMPERED' });
    } catch (error) {
      result.unopened.push(keptOf(error, applicantId, row.sealed));
      return null;
    }
    if (!hashes.isDone) await this.addEarlier(tx, row, hashes, received);
    result.forgotten += hashes.forgotten;
    const sealed = resealContent(this.sealer, applicantId, version, row.sealed);
    const knownHashes = hashes.toString();
    if (sealed.equals(row.sealed) && knownHashes === row.knownHashes) return null;
    const contentHash = hashes.newest;
    return { applicantId, version, before: row.knownHashes, knownHashes, contentHash, ...indexes, sealed };
  }

  /** Most applicants have one version, delivered as it is kept. For others their versions and what was received are read. */
  private async addEarlier(
    tx: Tx,
    { applicantId }: WholeApplicant,
    hashes: RekeyedHashes,
    received: ReadReceived,
  ): Promise<void> {
    for (const row of await readVersionsFrom(tx, applicantId, hashes.first)) {
      const opened = this.openedOrNull(row);
      if (opened === null) continue;
      hashes.content(row.version, opened, row.outcome);
      if (hashes.isDelivered(row.version) || opened.bound === null) continue;
      const element = await received(opened.bound);
      if (element !== undefined) hashes.delivered(row.version, element, opened.bound.outcome);
    }
  }

  private openedOrNull({ applicantId, version, sealed }: KeyedVersion): Opened | null {
    try {
      return openVersion(this.sealer, applicantId, version, sealed);
    } catch (error) {
      if (error instanceof CryptoError) return null;
      throw error;
    }
  }
}

function keptOf(error: unknown, rowKey: string, sealed: Buffer): Unopened {
  if (error instanceof Kept) return error.unopened;
  if (!(error instanceof CryptoError)) throw error;
  return { rowKey, keyId: keyIdOf(sealed), code: error.code };
}
