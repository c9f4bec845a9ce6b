import { type ImageField, imagePathOf } from './image-paths.js';
import { Dice, weighted } from './dice.js';
import { emailOf, type Person, personOf, phoneOf } from './people.js';
import { addressOf, arabicDigits } from './places.js';

/** What eNROLL knows of one enrollment: the contract's fields without `isUpdate`; null where a step was not taken. */
export interface Enrollment extends Record<ImageField, string | null> {
  applicantId: string;
  gender: string | null;
  phoneNumbers: string[];
  emails: string[];
  firstName: string;
  familyName: string;
  address: string | null;
  state: string | null;
  idNumber: string;
  documentNumber: string | null;
  documentTypeCode: string;
  issueDate: string | null;
  nationality: string;
  issuingAuthority: string;
  /** Accepted=1, ManuallyAccepted=4, ManuallyRejected=5; 2 and 3 stand for those the guide does not name. */
  status: number;
}

/** Which enrollment, in which state: 0 as first enrolled, then one more with each update. */
export interface EnrollmentKey {
  seed: number;
  index: number;
  applicantId: string;
  revision: number;
}

const STATUSES = weighted([
  [1, 855],
  [4, 60],
  [5, 80],
  [2, 3],
  [3, 2],
]);
const REVERT_SHARE = 0.05;
const GENDERS = { male: ['M', 'M', 'M', 'Male', 'ذكر'], female: ['F', 'F', 'F', 'Female', 'أنثى'] } as const;

/** True where eNROLL would call the success URL. */
export function isSuccess(enrollment: Pick<Enrollment, 'status'>): boolean {
  return enrollment.status === 1 || enrollment.status === 4;
}

/** An enrollment as of a revision, a pure function of its key. */
export function enrollmentOf(key: EnrollmentKey): Enrollment {
  const person = personOf(key.seed, key.index);
  const enrollment = firstState(key, person);
  const last = reverts(key, enrollment) ? 0 : key.revision;
  for (let revision = 1; revision <= last; revision += 1) revise(enrollment, { ...key, revision });
  return enrollment;
}

/**
 * A few people change something and then change it back (A11); only those who left nothing out at first, since going back to an empty
 * field is what an update cannot say (A12).
 */
function reverts({ seed, index, revision }: EnrollmentKey, { address, emails }: Enrollment): boolean {
  if (revision !== 2 || address === null || emails.length === 0) return false;
  return new Dice(seed, index, 'revision').chance(REVERT_SHARE);
}

function firstState(key: EnrollmentKey, person: Person): Enrollment {
  const dice = new Dice(key.seed, key.index, 'outcome');
  const egyptian = person.nationality === 'EGY';
  const image = (field: ImageField): string => imagePathOf({ ...key, revision: 0 }, field);
  return {
    applicantId: key.applicantId,
    status: dice.weighted(STATUSES),
    gender: dice.pick(person.male ? GENDERS.male : GENDERS.female),
    phoneNumbers: person.phoneNumbers,
    emails: person.emails,
    livePhotoPath: image('livePhotoPath'),
    firstName: person.firstName,
    familyName: person.familyName,
    address: egyptian ? person.address : null,
    state: egyptian ? person.state : null,
    idNumber: person.idNumber,
    documentNumber: egyptian ? factoryNumber(dice) : person.idNumber,
    documentTypeCode: egyptian ? 'EGY' : 'PASSPORT',
    issueDate: issueDateOf(dice),
    nationality: person.nationality,
    idFrontScanPath: egyptian ? image('idFrontScanPath') : null,
    idBackScanPath: egyptian ? image('idBackScanPath') : null,
    photo: image('photo'),
    passportScanPath: egyptian && !dice.chance(0.05) ? null : image('passportScanPath'),
    issuingAuthority: person.nationality,
  };
}

/** Applies what one update changed: always at least one field. */
function revise(enrollment: Enrollment, key: EnrollmentKey): void {
  const dice = new Dice(key.seed, key.index * 64 + key.revision, 'revision');
  const change = dice.next();
  if (change < 0.25) {
    ({ address: enrollment.address, state: enrollment.state } = addressOf(dice));
  } else if (change < 0.4) {
    enrollment.emails = [emailOf(dice)];
  } else if (change < 0.5) {
    enrollment.status = enrollment.status === 5 ? 4 : 5;
  } else if (change < 0.65) {
    enrollment.livePhotoPath = imagePathOf(key, 'livePhotoPath');
  }
  if (change >= 0.5) enrollment.phoneNumbers = [phoneOf(dice)];
}

/** The factory number on the back of a card. */
function factoryNumber(dice: Dice): string {
  return `${dice.pick(['IC', 'ID', 'AA', 'CB'])}${dice.digits(7)}`;
}

/** eNROLL documents no format (A19): the spellings a card, a passport or a serializer may give. */
function issueDateOf(dice: Dice): string | null {
  const year = String(dice.int(2015, 2025));
  const month = String(dice.int(1, 12)).padStart(2, '0');
  const day = String(dice.int(1, 28)).padStart(2, '0');
  const spelling = dice.next();
  if (spelling < 0.5) return `${year}-${month}-${day}`;
  if (spelling < 0.65) return `${year}-${month}-${day}T00:00:00`;
  if (spelling < 0.8) return `${day}/${month}/${year}`;
  if (spelling < 0.9) return `${year}/${month}`;
  if (spelling < 0.96) return arabicDigits(`${year}/${month}`);
  return spelling < 0.98 ? year : null;
}
