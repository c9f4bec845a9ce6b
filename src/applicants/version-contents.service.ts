import { Injectable } from '@nestjs/common';
import { Sealer } from '../crypto/sealer.js';
import type { Tx } from '../db/tx.js';
import type { Content, Outcome } from '../enroll-contract/types.js';
import { readLaterVersions, readSealed, type SealedVersion } from './changes.repository.js';
import { openContent } from './content.js';
import { SealedRows } from './sealed-rows.service.js';
import type { Readable } from './tampering.js';

/** One version of one applicant. */
export interface VersionRef {
  applicantId: string;
  version: number;
}

/** What an event says of its version. A notice (`of: 'notices'`) says its outcome and status alone. */
export type VersionEvent = VersionRef &
  Readable & { of: 'changes' | 'notices'; outcome: Outcome; status: number | null };

/** An event as its version was sealed. */
export interface CheckedEvent<Event> {
  event: Event;
  /** Undefined where the version is no longer kept, does not open, or nobody asked. */
  content: Content | undefined;
  /** What the event's row said otherwise; see `SealedRows`. */
  tampered: string[];
}

/** Opens the contents of versions. The caller checks who may see them, and records it. */
@Injectable()
export class VersionContents {
  constructor(
    private readonly sealer: Sealer,
    private readonly sealedRows: SealedRows,
  ) {}

  /**
   * The contents of these versions, in their order: as many as a page may hold, and at least one. Undefined where a version is
   * no longer kept.
   */
  async read(tx: Tx, refs: readonly VersionRef[]): Promise<(Content | undefined)[]> {
    const sealed = await readSealed(tx, refs);
    return refs.slice(0, sealed.length).map(({ applicantId, version }, at) => {
      const bytes = sealed[at]?.sealed;
      return bytes && openContent(this.sealer, applicantId, version, bytes);
    });
  }

  /** The first of these events, as `read` gives contents, with what their versions were sealed with. */
  async check<Event extends VersionEvent>(
    tx: Tx,
    events: readonly Event[],
    wantsContent: boolean,
  ): Promise<CheckedEvent<Event>[]> {
    const sealed = await readSealed(tx, events);
    return Promise.all(
      events.slice(0, sealed.length).map(async (event, at) => {
        const version = sealed[at];
        if (version === undefined) return { event, content: undefined, tampered: [] };
        if (event.of === 'notices') return this.checkNotice(tx, event, version, wantsContent);
        return this.checkOne(event, version, wantsContent);
      }),
    );
  }

  private checkOne<Event extends VersionEvent>(
    event: Event,
    version: SealedVersion,
    wantsContent: boolean,
  ): CheckedEvent<Event> {
    const row = { ...event, ...version };
    if (!wantsContent && this.sealedRows.saysWhatWasSealed(row)) {
      return { event, content: undefined, tampered: [] };
    }
    const { differing, opened, tampered } = this.sealedRows.check(event.of, row);
    const content = tampered.includes('sealed') ? undefined : opened.content;
    return { event: tampered.length === 0 ? event : { ...event, ...differing }, content, tampered };
  }

  /** `applicant.images_ready` says what the applicant's row said at that moment: of this version, or of one that came since. */
  private async checkNotice<Event extends VersionEvent>(
    tx: Tx,
    event: Event,
    version: SealedVersion,
    wantsContent: boolean,
  ): Promise<CheckedEvent<Event>> {
    const { of, applicantId, outcome, status } = event;
    const says = { of, applicantId, outcome, status };
    const isOf = (row: SealedVersion & VersionRef & { outcome: Outcome }) =>
      this.sealedRows.saysWhatWasSealed(row) || this.sealedRows.look(row).tampered.length === 0;
    const isTrue =
      isOf({ ...says, ...version, version: event.version }) ||
      (await readLaterVersions(tx, event)).some((later) => isOf({ ...says, ...later }));
    if (isTrue && !wantsContent) return { event, content: undefined, tampered: [] };
    const {
      event: sealed,
      content,
      tampered,
    } = this.checkOne({ ...says, version: event.version }, version, true);
    if (isTrue) return { event, content, tampered: [] };
    return { event: { ...event, outcome: sealed.outcome, status: sealed.status }, content, tampered };
  }
}
