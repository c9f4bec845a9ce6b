import { Injectable, Logger } from '@nestjs/common';
import { CryptoError } from '../crypto/crypto.errors.js';
import type { Tx } from '../db/tx.js';
import { EventFields } from '../feed/event-fields.service.js';
import { FeedFollowers, type FollowedEvent, type Follower } from '../feed/feed-followers.service.js';
import { IMAGE_FIELDS, type NamedImage } from './images.types.js';
import { ImageMirror } from './mirror.service.js';

/**
 * Follows the feed and has the mirror want the images that versions name. Callbacks know nothing of it: they pay neither
 * for the rows of wanted images nor for a notification.
 */
@Injectable()
export class ImageWants {
  private readonly log = new Logger('images');
  private wanted = 0;

  readonly follower: Follower = {
    name: 'images',
    lookEveryMs: 1000,
    batchEvents: 200,
    // callbacks come first, images are hours early
    restsTimes: 4,
    take: async (tx, events) => {
      this.wanted = await this.mirror.want(tx, await this.namedBy(tx, events));
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

  /** What versions did to the image fields; opens only those that did something. */
  private async namedBy(tx: Tx, events: readonly FollowedEvent[]): Promise<NamedImage[]> {
    const naming = events.filter((event) => changedIn(event).length > 0);
    const values = await this.valuesOf(tx, naming);
    return naming.flatMap((event, at) => {
      const { applicantId, version } = event;
      const read = values[at];
      if (read === undefined) return [];
      return changedIn(event).map((field) => {
        const path = read[field];
        return { applicantId, field, version, path: typeof path === 'string' ? path : null };
      });
    });
  }

  /** One version that does not open (its key was lost) must not hold up all that follow: then each is opened alone. */
  private async valuesOf(
    tx: Tx,
    events: readonly FollowedEvent[],
  ): Promise<(Record<string, unknown> | undefined)[]> {
    try {
      return await this.fields.of(tx, events, IMAGE_FIELDS);
    } catch (error) {
      if (!(error instanceof CryptoError)) throw error;
      const [event, ...others] = events;
      if (event !== undefined && others.length === 0) {
        const { applicantId, version } = event;
        this.log.error({ code: error.code, applicantId, version }, 'The images of a version cannot be known');
        return [undefined];
      }
    }
    const alone = [];
    for (const event of events) alone.push(...(await this.valuesOf(tx, [event])));
    return alone;
  }
}

function changedIn({ changedFields }: FollowedEvent) {
  return IMAGE_FIELDS.filter((field) => changedFields.includes(field));
}
