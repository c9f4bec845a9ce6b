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

  /** In the order of the events: the allowed fields that the version has; nothing where it is not kept any more. */
  async of(
    tx: Tx,
    events: readonly VersionRef[],
    allowed: readonly FieldName[],
  ): Promise<Record<string, unknown>[]> {
    const values: Record<string, unknown>[] = [];
    while (values.length < events.length) {
      values.push(...(await this.ofFirst(tx, events.slice(values.length), allowed)));
    }
    return values;
  }

  /** The same of the first of these events alone: as many as a page may hold, and at least one. */
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
