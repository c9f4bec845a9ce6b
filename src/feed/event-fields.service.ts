import { Injectable } from '@nestjs/common';
import type { Tx } from '../db/tx.js';
import { VersionContents, type VersionRef } from '../applicants/version-contents.service.js';
import type { FieldName } from '../enroll-contract/types.js';

/**
 * Adds fields of an allow-list to events, as their versions hold them. Whoever takes the list decides once whether the
 * reader may see them (`isSensitive`), not with every event.
 */
@Injectable()
export class EventFields {
  constructor(private readonly contents: VersionContents) {}

  /**
   * The allowed fields of the first of these events, in their order: as many events as a page may hold, and at least one.
   * Empty for a version that is no longer kept.
   */
  async ofFirst(
    tx: Tx,
    events: readonly VersionRef[],
    allowed: readonly FieldName[],
  ): Promise<Record<string, unknown>[]> {
    if (allowed.length === 0) return events.map(() => ({}));
    const contents = await this.contents.read(tx, events);
    return contents.map((content) =>
      Object.fromEntries(
        allowed
          .filter((name) => content?.fields[name] !== undefined)
          .map((name) => [name, content?.fields[name]]),
      ),
    );
  }
}
