import 'reflect-metadata';
import type { TamperedRows } from '../../src/applicants/tampered-rows.service.js';
import { Versions } from '../../src/applicants/versions.service.js';
import type { CurrentRow, VersionRow } from '../../src/applicants/versions.types.js';
import { loadConfig } from '../../src/config/config.js';
import { BlindIndex } from '../../src/crypto/blind-index.js';
import { KeyedHash } from '../../src/crypto/keyed-hash.js';
import { KeyRing } from '../../src/crypto/key-ring.js';
import { Sealer } from '../../src/crypto/sealer.js';
import { parseBody } from '../../src/enroll-contract/body.js';
import { foldId } from '../../src/enroll-contract/lookups.js';
import type { Element, RawElement } from '../../src/enroll-contract/types.js';
import { readElements } from '../../src/inbox/read-elements.js';
import type { Applicants } from '../load/applicants.js';
import { KEYS } from '../server-process.js';

/** From which receipt a version comes. */
export interface Origin {
  receiptId: string;
  receivedAt: Date;
}

/** None of ours is changed. */
const untold = { note: () => undefined } as unknown as TamperedRows;

/** The main job on its real functions, without HTTP and Postgres. */
export class MainJob {
  readonly sealer: Sealer;
  readonly blindIndex: BlindIndex;
  readonly keyedHash: KeyedHash;
  readonly versions: Versions;

  constructor() {
    const ring = KeyRing.parse(KEYS);
    this.sealer = new Sealer(ring);
    this.blindIndex = new BlindIndex(ring);
    this.keyedHash = new KeyedHash(ring);
    this.versions = new Versions(loadConfig({}), this.sealer, this.blindIndex, this.keyedHash, untold);
  }

  /** What a read gives for an applicant that is not there. */
  unknown({ applicantId, fields: { idNumber } }: Element): CurrentRow {
    const idNumberIndex = idNumber === undefined ? null : this.blindIndex.of('idNumber', foldId(idNumber));
    return { applicantId, keptAs: null, stored: null, heldOutside: false, idNumberIndex };
  }

  /** @throws Error where the element is not to be written: ours always are */
  decide(row: CurrentRow, element: Element, origin: Origin): VersionRow {
    const arrival = { ...origin, asOf: null, source: 'callback', kind: 'success' } as const;
    const { write } = this.versions.decide(this.versions.foldOf([row]), { element, ...arrival });
    if (write === null) throw new Error('an element of ours was not to be written');
    return write;
  }
}

/** A list of applicants numbered `from` to before `to`. */
export function listOf(
  applicants: Applicants,
  from: number,
  to: number,
  revisionOf: (at: number) => number = () => 0,
): Buffer {
  const body = Buffer.alloc((to - from) * (applicants.maxElementBytes + 1) + 1);
  let end = body.write('[');
  for (let number = from; number < to; number++) {
    if (number > from) end += body.write(',', end);
    end = applicants.write(body, end, { number, revision: revisionOf(number - from), rejected: false });
  }
  end += body.write(']', end);
  return body.subarray(0, end);
}

export function cut(body: Buffer): RawElement[] {
  const parsed = parseBody(body);
  if (!parsed.ok) throw new Error(`a body of ours is ${parsed.code}`);
  return parsed.elements;
}

export function read(raws: RawElement[]): Element[] {
  const { candidates, refused } = readElements(raws);
  if (refused.length > 0) throw new Error(`an element of ours is refused: ${refused[0]?.code}`);
  return candidates.map(({ element }) => element);
}
