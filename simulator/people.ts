import { nationalIdCheckDigit } from '../src/enroll-contract/national-id.js';
import { Dice, weighted } from './dice.js';
import { nameOf } from './names.js';
import { addressOf, arabicDigits, birthGovernorateOf } from './places.js';

/** Who enrolls: everything that stays the same when the person enrolls a second time. */
export interface Person {
  male: boolean;
  firstName: string;
  familyName: string;
  address: string;
  state: string;
  /** Fourteen digits for Egyptians, a passport number for others. */
  idNumber: string;
  /** ISO 3166 alpha-3. */
  nationality: string;
  phoneNumbers: string[];
  emails: string[];
}

const FOREIGN_SHARE = 0.03;
const SECOND_ENROLLMENT_SHARE = 0.04;

const FOREIGNERS = weighted([
  ['SDN', 40],
  ['SYR', 30],
  ['YEM', 12],
  ['LBY', 8],
  ['SSD', 5],
  ['IND', 3],
  ['PHL', 2],
]);
const LATIN_NAMES: Record<string, readonly [given: readonly string[], family: readonly string[]]> = {
  SSD: [
    ['DENG', 'NYANDENG', 'GARANG', 'ACHOL'],
    ['MAJOK DENG', 'KUOL ATEM', 'LADO WANI'],
  ],
  IND: [
    ['RAJESH', 'PRIYA', 'ANIL', 'SUNITA'],
    ['KUMAR SHARMA', 'VENKATA REDDY', 'SINGH GILL'],
  ],
  PHL: [
    ['MARIA CRISTINA', 'JOSE', 'ROSALIE', 'MARK'],
    ['DELA CRUZ', 'SANTOS REYES', 'BAUTISTA'],
  ],
};
const MAILBOXES = [
  'mohamed',
  'ahmed',
  'mahmoud',
  'sara',
  'nour',
  'mona',
  'omar',
  'aya',
  'karim',
  'hoda',
  'm.ali',
];
const MAIL_HOSTS = weighted([
  ['gmail.com', 70],
  ['yahoo.com', 14],
  ['hotmail.com', 10],
  ['outlook.com', 4],
  ['example.com.eg', 2],
]);

/** The number of the person behind an enrollment: some people enroll again, always right after their first time. */
export function personNumberOf(seed: number, index: number): number {
  return enrollsAgain(seed, index) && !enrollsAgain(seed, index - 1) ? index - 1 : index;
}

function enrollsAgain(seed: number, index: number): boolean {
  return index > 0 && new Dice(seed, index, 'identity').chance(SECOND_ENROLLMENT_SHARE);
}

/** The person behind an enrollment, a pure function of `seed` and `index`: nothing needs to be remembered. */
export function personOf(seed: number, index: number): Person {
  const number = personNumberOf(seed, index);
  const document = new Dice(seed, number, 'document');
  const male = document.chance(0.54);
  const address = addressOf(new Dice(seed, number, 'place'));
  const contact = new Dice(seed, number, 'contact');
  const common = {
    male,
    address: address.address,
    state: address.state,
    phoneNumbers: phonesOf(contact),
    emails: emailsOf(contact),
  };
  const names = new Dice(seed, number, 'names');
  if (document.chance(FOREIGN_SHARE)) {
    const nationality = document.weighted(FOREIGNERS);
    return {
      ...common,
      ...foreignName(names, nationality, male),
      idNumber: passportNumber(document),
      nationality,
    };
  }
  const idNumber = nationalId({
    birthDate: birthDateOf(document),
    governorateCode: birthGovernorateOf(document, address),
    serial: document.int(0, 999) * 10 + document.int(0, 4) * 2 + (male ? 1 : 0),
  });
  return { ...common, ...nameOf(names, male), idNumber, nationality: 'EGY' };
}

interface NationalIdParts {
  /** yyyy-mm-dd, 1900 to 2099. */
  birthDate: string;
  /** Two digits. */
  governorateCode: string;
  /** 0-9999; odd for men. */
  serial: number;
}

/** An Egyptian national id `C YYMMDD GG SSSS K`; K by the unofficial weights (CONTRACT section 3). */
export function nationalId({ birthDate, governorateCode, serial }: NationalIdParts): string {
  const century = birthDate.startsWith('19') ? '2' : '3';
  const born = birthDate.slice(2).replaceAll('-', '');
  const digits = `${century}${born}${governorateCode}${String(serial).padStart(4, '0')}`;
  return `${digits}${nationalIdCheckDigit(digits)}`;
}

/** An Egyptian mobile number, mostly as `+201…`, at times as people write it. */
export function phoneOf(dice: Dice): string {
  const local = `1${dice.pick(['0', '0', '1', '2', '5'])}${dice.digits(8)}`;
  const spelling = dice.next();
  if (spelling < 0.85) return `+20${local}`;
  if (spelling < 0.95) return `0${local}`;
  return spelling < 0.98 ? `0020${local}` : arabicDigits(`0${local}`);
}

export function emailOf(dice: Dice): string {
  return `${dice.pick(MAILBOXES)}${dice.int(1, 99_999)}@${dice.weighted(MAIL_HOSTS)}`;
}

function phonesOf(dice: Dice): string[] {
  return dice.chance(0.2) ? [phoneOf(dice), phoneOf(dice)] : [phoneOf(dice)];
}

function emailsOf(dice: Dice): string[] {
  const amount = dice.next();
  if (amount < 0.15) return [];
  return amount < 0.95 ? [emailOf(dice)] : [emailOf(dice), emailOf(dice)];
}

function birthDateOf(dice: Dice): string {
  const firstDay = Date.UTC(1945, 0, 1);
  const lastDay = Date.UTC(2008, 11, 31);
  return new Date(firstDay + dice.next() * (lastDay - firstDay)).toISOString().slice(0, 10);
}

function foreignName(
  dice: Dice,
  nationality: string,
  male: boolean,
): { firstName: string; familyName: string } {
  const latin = LATIN_NAMES[nationality];
  if (latin === undefined) return nameOf(dice, male);
  return { firstName: dice.pick(latin[0]), familyName: dice.pick(latin[1]) };
}

function passportNumber(dice: Dice): string {
  return `${dice.pick(['A', 'N', 'P', 'B'])}${dice.digits(8)}`;
}
