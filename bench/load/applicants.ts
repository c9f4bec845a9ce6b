import { nationalIdCheckDigit } from '../../src/enroll-contract/national-id.js';
import { mix } from '../../simulator/dice.js';
import { enrollmentOf } from '../../simulator/enrollment.js';

/** One element of a callback: which applicant, in which state. */
export interface Wanted {
  /** The same number is always the same applicant. */
  number: number;
  /** 0: first enrollment; every other number is new content for it. */
  revision: number;
  rejected: boolean;
}

/** A rendered element and where its changing bytes are. */
interface Template {
  bytes: Buffer;
  male: boolean;
  /** Century, birthday and governorate of the national id; undefined for foreigners. */
  idPrefix: string | undefined;
  slots: Record<Slot, number>;
}

const MARKS = {
  isUpdate: 'false',
  applicantId: '@'.repeat(36),
  idNumber: '@1234567',
  documentNumber: '@2345678',
  phone: '@3456789',
  email: '@4567890',
  livePhoto: '@5678901',
  status: '"status":1',
} as const;
type Slot = keyof typeof MARKS;

const ZERO = 0x30;
const HEX = Buffer.from('0123456789abcdef');
/** Serial numbers of a national id with the holder's sex in the last digit. */
const SERIALS = 5000;

/**
 * Applicants as eNROLL sends them (the simulator's people: Arabic names, addresses, national ids with valid check
 * digits), rendered once and then only patched, because the load generator shares the cores with what it measures.
 */
export class Applicants {
  readonly maxElementBytes: number;
  private readonly templates: Template[];

  /** @param people how many different names and addresses there are */
  constructor(
    private readonly seed: number,
    people: number,
  ) {
    this.templates = Array.from({ length: people }, (_, index) => render(seed, index));
    this.maxElementBytes = Math.max(...this.templates.map(({ bytes }) => bytes.length));
  }

  /** Writes one element. @returns where it ends */
  write(into: Buffer, at: number, { number, revision, rejected }: Wanted): number {
    const template = this.templates[number % this.templates.length] as Template;
    const { slots, bytes } = template;
    bytes.copy(into, at);
    if (revision > 0) into.write('true ', at + slots.isUpdate, 'latin1');
    this.writeApplicantId(into, at + slots.applicantId, number);
    this.writeIdNumber(into, at + slots.idNumber, number, template);
    writeDigits(into, at + slots.documentNumber, 8, number);
    writeDigits(into, at + slots.phone, 8, mix(this.seed, number, revision));
    writeDigits(into, at + slots.email, 8, number);
    writeHex(into, at + slots.livePhoto, 8, mix(this.seed, number, ~revision));
    if (rejected) into[at + slots.status + MARKS.status.length - 1] = ZERO + 5;
    return at + bytes.length;
  }

  /** The id of an applicant, a UUID by its looks; scattered, as GUIDs are. */
  idOf(number: number): string {
    const id = Buffer.alloc(36);
    this.writeApplicantId(id, 0, number);
    return id.toString('latin1');
  }

  private writeApplicantId(into: Buffer, at: number, number: number): void {
    into.write('00000000-0000-4000-a000-000000000000', at, 'latin1');
    writeHex(into, at, 8, mix(this.seed, number, 1));
    writeHex(into, at + 9, 4, mix(this.seed, number, 2));
    // the number itself, so that no two applicants ever share an id
    writeHex(into, at + 28, 8, number);
  }

  private writeIdNumber(into: Buffer, at: number, number: number, { idPrefix, male }: Template): void {
    if (idPrefix === undefined) {
      writeDigits(into, at, 8, number);
      return;
    }
    const round = Math.floor(number / this.templates.length);
    const serial = String((round % SERIALS) * 2 + (male ? 1 : 0)).padStart(4, '0');
    // the mark covers what follows the first six digits: day's last digit, governorate, serial, check digit
    const digits = idPrefix + serial;
    into.write(digits.slice(6) + nationalIdCheckDigit(digits), at, 'latin1');
  }
}

function render(seed: number, index: number): Template {
  const enrollment = enrollmentOf({ seed, index, applicantId: MARKS.applicantId, revision: 0 });
  const egyptian = /^\d{14}$/.test(enrollment.idNumber);
  const sexDigit = Number(enrollment.idNumber.at(-2));
  const text = JSON.stringify({
    isUpdate: false,
    ...enrollment,
    idNumber: egyptian ? enrollment.idNumber.slice(0, 6) + MARKS.idNumber : `A${MARKS.idNumber}`,
    documentNumber: `HE${MARKS.documentNumber}`,
    phoneNumbers: [`+2010${MARKS.phone}`],
    emails: [`m.ali${MARKS.email}@example.com`],
    livePhotoPath: `kyc/live-${MARKS.livePhoto}.jpg`,
    status: 1,
  });
  const bytes = Buffer.from(text);
  const slots = Object.fromEntries(
    Object.entries(MARKS).map(([slot, mark]) => [slot, bytes.indexOf(mark)]),
  ) as Record<Slot, number>;
  return {
    bytes,
    male: sexDigit % 2 === 1,
    idPrefix: egyptian ? enrollment.idNumber.slice(0, 9) : undefined,
    slots,
  };
}

function writeDigits(into: Buffer, at: number, digits: number, value: number): void {
  let rest = value;
  for (let place = at + digits - 1; place >= at; place--) {
    into[place] = ZERO + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}

function writeHex(into: Buffer, at: number, digits: number, value: number): void {
  let rest = value;
  for (let place = at + digits - 1; place >= at; place--) {
    into[place] = HEX[rest & 15] as number;
    rest >>>= 4;
  }
}
