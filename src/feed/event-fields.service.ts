import { Injectable } from '@nestjs/common';
import type { Tx } from '../db/tx.js';
import { VersionContents, type VersionRef } from '../applicants/version-contents.service.js';
import type { FieldName } from '../enroll-contract/types.js';

/**
 * Adds to events what their versions hold in the fields of an allow-list. Whether the reader may see them is decided
 * where the list is taken (`isSensitive`), once, not with every event.
 */
@Injectable()
export class EventFields {
  constructor(private readonly contents: VersionContents) {}

  /**
   * Of the first of these events, in their order: as many as a page may hold, and at least one. The allowed fields that
   * the version has; nothing where it is not kept any more.
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
