import { Injectable } from '@nestjs/common';
import type { Tx } from '../db/tx.js';
import {
  type CheckedEvent,
  VersionContents,
  type VersionEvent,
  type VersionRef,
} from '../applicants/version-contents.service.js';
import type { Content, FieldName } from '../enroll-contract/types.js';

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
    return contents.map((content) => fieldsOf(content, allowed));
  }

  /** The same, with the events as their versions were sealed: what is handed on goes through here. */
  async ofSealed<Event extends VersionEvent>(
    tx: Tx,
    events: readonly Event[],
    allowed: readonly FieldName[],
  ): Promise<(Omit<CheckedEvent<Event>, 'content'> & { fields: Record<string, unknown> })[]> {
    const checked = await this.contents.check(tx, events, allowed.length > 0);
    return checked.map(({ content, ...event }) => ({ ...event, fields: fieldsOf(content, allowed) }));
  }
}

function fieldsOf(content: Content | undefined, allowed: readonly FieldName[]): Record<string, unknown> {
  return Object.fromEntries(
    allowed
      .filter((name) => content?.fields[name] !== undefined)
      .map((name) => [name, content?.fields[name]]),
  );
}
