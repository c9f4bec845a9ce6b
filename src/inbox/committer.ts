import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { ApplicantsRepository } from '../applicants/applicants.repository.js';
import { BYTES_AT_ONCE, type VersionRow } from '../applicants/versions.types.js';
import { type Fold, Versions } from '../applicants/versions.service.js';
import { applicantKey } from '../enroll-contract/applicant-id.js';
import { Sealer } from '../crypto/sealer.js';
import { Metrics } from '../observability/metrics.js';
import {
  commit,
  findCommitted,
  finish,
  insertQuarantine,
  type QuarantineRow,
  readRepeats,
  type ReceiptRow,
  type RepeatRow,
} from './inbox.repository.js';
import { type Candidate, type Intake, type RefusedElement, resultsOf } from './intake.js';
import { refuse } from './read-elements.js';
import type { ItemResult } from './report.dto.js';

/** Elements of one callback in one statement, at most. */
export const PART_ELEMENTS = 1000;

/** The elements of one intake that are written together; `candidates` have left `intake.waiting`. */
export interface Part {
  intake: Intake;
  candidates: Candidate[];
}

/** An element and the intake it came in. */
interface Located extends Candidate {
  intake: Intake;
}

const PARKED = 'The applicant is under erasure, or was erased';

/** What is to be written of the elements that were decided on. */
interface DecidedRows {
  rows: VersionRow[];
  parked: QuarantineRow[];
  repeats: RepeatRow[];
}

/** After this many elements, or bytes of versions, other callbacks get a turn of the event loop. */
const ELEMENTS_PER_TURN = 100;
const BYTES_PER_TURN = 1024 * 1024;

/** Reads, decides and writes one batch: two round trips, one commit. */
@Injectable()
export class Committer {
  private lastTurn: Promise<void> = Promise.resolve();

  constructor(
    private readonly versions: Versions,
    private readonly applicants: ApplicantsRepository,
    private readonly sealer: Sealer,
    private readonly metrics: Metrics,
  ) {}

  /**
   * On return every element of the parts has its result or waits again. It waits again if another writer changed its applicant
   * first, or if the elements before it filled the statement (the first one always fits). A batch may hold an applicant many
   * times, but in one intake only: the results of an intake whose versions lost a race are not final.
   * @returns the applicants that another writer changed first
   * @throws what Postgres says; then nothing is known of the parts, and `restore` and `resolveUnknownCommit` come next
   */
  async commit(connection: PoolClient, parts: Part[]): Promise<Set<string>> {
    const { rows, parked, repeats } = await this.decide(connection, parts);
    // the receipts of a fresh intake and what it brings into quarantine are written together
    const late = parked.filter(({ intake }) => intake.row !== 'none');
    if (late.length > 0) await insertQuarantine(connection, late);
    let lost = new Set<string>();
    const fresh = parts
      .filter(({ intake }) => intake.row === 'none')
      .map(({ intake }) => this.receiptRow(intake));
    if (rows.length > 0 || repeats.length > 0 || fresh.length > 0) {
      const startedAt = performance.now();
      const { length } = rows;
      // handed over, not held: what the rows were made of can be collected while Postgres writes
      lost = await this.write(connection, { rows: rows.splice(0), repeats }, fresh);
      this.metrics.commit((performance.now() - startedAt) / 1000, length);
      for (const { intake, state } of fresh) intake.row = state === 'pending' ? 'pending' : 'settled';
      if (lost.size > 0) for (const part of parts) waitAgain(part, lost);
    }
    for (const { intake } of parts) {
      if (intake.row === 'pending' && intake.waiting.length === 0) {
        await finish(connection, intake);
        intake.row = 'settled';
      }
    }
    return lost;
  }

  quarantineRow(intake: Intake, refused: RefusedElement): QuarantineRow {
    return { intake, refused, sealed: this.sealer.seal(refused.bytes, `quarantine|${refused.quarantineId}`) };
  }

  /** Commits a receipt alone, to be applied by a job. */
  async keepPending(connection: PoolClient, intake: Intake): Promise<void> {
    if (intake.row !== 'none') return;
    const receipt = { ...this.receiptRow(intake), state: 'pending' } as const;
    await this.write(connection, { rows: [], repeats: [] }, [receipt]);
    intake.row = 'pending';
  }

  /** After an error in `commit` nobody knows what became of these elements: they wait again. */
  restore({ intake, candidates }: Part): void {
    const waiting = new Set(intake.waiting);
    intake.waiting = [...candidates.filter((candidate) => !waiting.has(candidate)), ...intake.waiting];
    for (const { element } of candidates) intake.settle(element, 'pending');
  }

  /**
   * Resolves an unknown outcome of COMMIT by looking: settles what the database holds of these intakes, so that only
   * the rest is written again.
   */
  async resolveUnknownCommit(connection: PoolClient, intakes: Intake[]): Promise<void> {
    const committed = await findCommitted(connection, intakes);
    for (const intake of intakes) {
      const row = committed.get(intake.id);
      if (row === undefined) continue;
      if (row.state === 'pending') await this.lookAtElements(connection, intake);
      else {
        const results = resultsOf(row.results);
        for (const { element } of intake.waiting) intake.settle(element, results[element.index] ?? 'pending');
        intake.waiting = [];
        intake.row = 'settled';
      }
    }
  }

  /** For a receipt with only some of its elements applied. */
  private async lookAtElements(connection: PoolClient, intake: Intake): Promise<void> {
    intake.row = 'pending';
    const elements = intake.waiting.map(({ element }) => element);
    const repeats = await readRepeats(connection, intake);
    const applied = await this.versions.applied(connection, intake.id, elements);
    const settled = new Map<number, ItemResult>([...repeats, ...applied]);
    const lastSettled = new Map<string, number>();
    for (const { index, applicantId } of elements)
      if (settled.has(index)) lastSettled.set(applicantKey(applicantId), index);
    intake.waiting = intake.waiting.filter(({ element }) => {
      // An applicant's elements are decided in order. Earlier releases wrote nothing of those that changed nothing.
      const done = element.index <= (lastSettled.get(applicantKey(element.applicantId)) ?? -1);
      if (done) intake.settle(element, settled.get(element.index) ?? 'duplicate');
      return !done;
    });
  }

  private async decide(connection: PoolClient, parts: Part[]): Promise<DecidedRows> {
    const all = parts.flatMap(({ intake, candidates }) =>
      candidates.map((candidate) => ({ intake, ...candidate })),
    );
    if (all.length === 0) return { rows: [], parked: [], repeats: [] };
    const fold = await this.versions.fold(
      connection,
      all.map(({ element }) => element),
    );
    const { decided, ...written } = await this.inTurn(() => this.decideAll(all, fold));
    putBack(parts, decided);
    // every writer takes applicants in the same order: two statements never lock the same ones crosswise
    written.rows.sort((a, b) =>
      a.applicantId < b.applicantId ? -1 : a.applicantId === b.applicantId ? 0 : 1,
    );
    return written;
  }

  /** Decides in order until the statement is full. @returns how many elements it decided, beside their rows */
  private async decideAll(all: Located[], fold: Fold): Promise<DecidedRows & { decided: number }> {
    const rows: VersionRow[] = [];
    const parked: QuarantineRow[] = [];
    const repeats: RepeatRow[] = [];
    let bytes = 0;
    let turn = 0;
    for (const [at, located] of all.entries()) {
      const { intake, element } = located;
      if (bytes >= BYTES_AT_ONCE || !fold.isRead(element.applicantId)) {
        return { rows, parked, repeats, decided: at };
      }
      if (fold.isErased(element.applicantId)) {
        parked.push(this.park(located));
        continue;
      }
      const { id: receiptId, receivedAt, arrived } = intake;
      const decided = this.versions.decide(fold, {
        element,
        receiptId,
        receivedAt,
        asOf: arrived.asOf ?? null,
        source: arrived.source,
        kind: arrived.kind,
      });
      if (decided.write === null) {
        intake.settle(element, decided.result);
        repeats.push({ intake, element, result: decided.result });
      } else {
        intake.settle(element, decided.write.version === 1 ? 'created' : 'updated');
        rows.push(decided.write);
        bytes += decided.write.sealed.length;
      }
      if (at % ELEMENTS_PER_TURN === ELEMENTS_PER_TURN - 1 || bytes >= turn + BYTES_PER_TURN) {
        turn = bytes;
        await nextTurn();
      }
    }
    return { rows, parked, repeats, decided: all.length };
  }

  /** An erased applicant does not come back by itself: people decide on what comes of it. */
  private park({ intake, element, bytes }: Located): QuarantineRow {
    const { index, applicantId } = element;
    const refused = refuse({ index, bytes, value: { applicantId } }, 'APPLICANT_ERASED', PARKED);
    intake.park(element, refused);
    return this.quarantineRow(intake, refused);
  }

  /**
   * Batches use the processor one after the other. If they took turns element by element, all would be decided at the same
   * late moment: Postgres would be idle before it and crowded after it.
   */
  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = this.lastTurn;
    let end = (): void => undefined;
    this.lastTurn = new Promise((resolve) => (end = resolve));
    await before;
    try {
      return await work();
    } finally {
      end();
    }
  }

  /** Versions, repeats, receipts and what these receipts bring into quarantine: one statement, one commit. */
  private write(
    connection: PoolClient,
    { rows, repeats }: Pick<DecidedRows, 'rows' | 'repeats'>,
    receipts: ReceiptRow[],
  ): Promise<Set<string>> {
    const quarantine = receipts.flatMap(({ intake }) =>
      intake.refused.map((refused) => this.quarantineRow(intake, refused)),
    );
    return this.applicants.upsert(connection, rows, (write, versions) =>
      commit(connection, write, { versions, receipts, quarantine, repeats }),
    );
  }

  private receiptRow(intake: Intake): ReceiptRow {
    const state = intake.errorCode !== null ? 'rejected' : intake.waiting.length > 0 ? 'pending' : 'applied';
    return { intake, state, sealedBody: this.sealer.seal(intake.arrived.bytes, `receipt|${intake.id}`) };
  }
}

/** Elements after the first `decided` ones wait again, ahead of those that wait already. */
function putBack(parts: Part[], decided: number): void {
  let before = 0;
  for (const part of parts) {
    const { candidates, intake } = part;
    const mine = Math.max(decided - before, 0);
    before += candidates.length;
    if (mine >= candidates.length) continue;
    intake.waiting.unshift(...candidates.slice(mine));
    part.candidates = candidates.slice(0, mine);
  }
}

/** Another writer was first with these applicants: all their elements are read and decided again. */
function waitAgain({ intake, candidates }: Part, lost: Set<string>): void {
  const again = candidates.filter(({ element }) => lost.has(element.applicantId));
  if (again.length === 0) return;
  for (const { element } of again) intake.settle(element, 'pending');
  intake.waiting = [...again, ...intake.waiting];
  intake.row = 'pending';
}
