import { Injectable } from '@nestjs/common';
import { Versions } from '../applicants/versions.service.js';
import type { Standing } from '../applicants/versions.types.js';
import { Writers } from '../db/writers.js';
import type { ParsedElement } from '../enroll-contract/types.js';
import { readValid } from './read-elements.js';

/** What `Inbox.receive` would make of an element. */
export type Previewed = ({ applicantId: string } & Standing) | { applicantId: null; result: 'refused' };

/** Tells what the inbox would make of elements, and writes nothing. */
@Injectable()
export class Previews {
  constructor(
    private readonly writers: Writers,
    private readonly versions: Versions,
  ) {}

  /**
   * One answer for each element, in their order; their `index` must be their place.
   * @param asOf when their contents were true
   * @throws what Postgres says
   */
  async preview(parsed: ParsedElement[], asOf: Date): Promise<Previewed[]> {
    const elements = parsed.map(readValid).filter((read) => !('code' in read));
    const previewed = parsed.map((): Previewed => ({ applicantId: null, result: 'refused' }));
    if (elements.length === 0) return previewed;
    const standings = await this.writers.use((connection) =>
      this.versions.compare(connection, elements, asOf),
    );
    for (const [at, standing] of standings.entries()) {
      const element = elements[at];
      if (element !== undefined) previewed[element.index] = { applicantId: element.applicantId, ...standing };
    }
    return previewed;
  }
}
