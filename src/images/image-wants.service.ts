import { Injectable, Logger } from '@nestjs/common';
import { CryptoError } from '../crypto/crypto.errors.js';
import type { Tx } from '../db/tx.js';
import { IMAGE_FIELDS } from '../enroll-contract/types.js';
import { EventFields } from '../feed/event-fields.service.js';
import { FeedFollowers, type FollowedEvent, type Follower } from '../feed/feed-followers.service.js';
import type { NamedImage } from './images.types.js';
import { insertWanted } from './mirror.repository.js';
import { ImageMirror } from './mirror.service.js';

/**
 * Follows the feed and notes the images that versions name as wanted. Callbacks know nothing of it: they pay neither for the
 * rows of wanted images nor for a notification.
 */
@Injectable()
export class ImageWants {
  private readonly log = new Logger('images');
  private wanted = 0;

  readonly follower: Follower = {
    name: 'images',
    pollEveryMs: 1000,
    batchEvents: 200,
    // callbacks come first, images are hours early
    restsTimes: 4,
    take: async (tx, events) => {
      this.wanted = await this.want(tx, events);
    },
    taken: () => {
      if (this.wanted > 0) this.mirror.wake();
    },
  };

  constructor(
    private readonly mirror: ImageMirror,
    private readonly fields: EventFields,
    followers: FeedFollowers,
  ) {
    followers.follow(this.follower);
  }

  /** Notes what versions changed in image fields. Opens only versions that changed one, as many at once as a page may hold. */
  private async want(tx: Tx, events: readonly FollowedEvent[]): Promise<number> {
    const naming = events.filter((event) => changedIn(event).length > 0);
    let wanted = 0;
    for (let at = 0; at < naming.length;) {
      const values = await this.valuesOfFirst(tx, naming.slice(at));
      wanted += await insertWanted(tx, namedBy(naming.slice(at, at + values.length), values));
      at += values.length;
    }
    return wanted;
  }

  /** A version that does not open (its key was lost) must not hold up those after it: it is found by halving, and skipped. */
  private async valuesOfFirst(
    tx: Tx,
    events: readonly FollowedEvent[],
  ): Promise<(Record<string, unknown> | undefined)[]> {
    try {
      return await this.fields.ofFirst(tx, events, IMAGE_FIELDS);
    } catch (error) {
      if (!(error instanceof CryptoError)) throw error;
      if (events.length > 1) return this.valuesOfFirst(tx, events.slice(0, Math.ceil(events.length / 2)));
      const { applicantId, version } = events[0]!;
      this.log.error(
        { code: error.code, applicantId, version },
        'The images of a version are unknown: it cannot be opened',
      );
      return [undefined];
    }
  }
}

function namedBy(
  events: readonly FollowedEvent[],
  values: readonly (Record<string, unknown> | undefined)[],
): NamedImage[] {
  return events.flatMap((event, at) => {
    const { applicantId, version } = event;
    const read = values[at];
    if (read === undefined) return [];
    return changedIn(event).map((field) => {
      const path = read[field];
      return { applicantId, field, version, path: typeof path === 'string' ? path : null };
    });
  });
}

function changedIn({ changedFields }: FollowedEvent) {
  return IMAGE_FIELDS.filter((field) => changedFields.includes(field));
}
