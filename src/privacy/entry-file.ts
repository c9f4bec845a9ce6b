import { type PartPlace, type SealedImageStore, storeFaultOf } from '../images/sealed-image-store.service.js';

/** A list outside of the database: entries from number 1 on without a gap, each a sealed object of the image store. */
export class EntryFile {
  /** @param name with the id of the store that a backup was made beside: another installation in the same folder has another one */
  constructor(
    private readonly store: SealedImageStore,
    private readonly name: string,
  ) {}

  /** Durable once it resolves. It replaces what was there. @throws StoreFault */
  async write(number: number, entry: object): Promise<void> {
    await this.store.keepPart(this.placeOf(number), Buffer.from(JSON.stringify(entry)));
  }

  /** @returns undefined behind the last one @throws StoreFault */
  async read(number: number): Promise<unknown> {
    try {
      return JSON.parse((await this.store.revealPart(this.placeOf(number))).toString('utf8'));
    } catch (error) {
      if (storeFaultOf(error)?.code === 'IMAGE_STORE_LOST_IT') return undefined;
      throw error;
    }
  }

  /** Where the next ones are, up to the last. */
  placesAfter(number: number, last: number, limit: number): PartPlace[] {
    const count = Math.max(0, Math.min(limit, last - number));
    return Array.from({ length: count }, (_, at) => this.placeOf(number + at + 1));
  }

  private placeOf(part: number): PartPlace {
    return { file: this.name, part };
  }
}
