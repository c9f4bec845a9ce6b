import { GOVERNORATES } from '../../src/enroll-contract/governorates.js';
import { nationalIdCheckDigit } from '../../src/enroll-contract/national-id.js';

/** An applicant as eNROLL sends it: every field of the guide, of the type the guide shows. */
export interface WireApplicant {
  isUpdate: boolean;
  applicantId: string;
  gender: string | null;
  phoneNumbers: string[] | null;
  emails: string[] | null;
  livePhotoPath: string | null;
  firstName: string | null;
  familyName: string | null;
  address: string | null;
  state: string | null;
  idNumber: string | null;
  documentNumber: string | null;
  documentTypeCode: string | null;
  issueDate: string | null;
  nationality: string | null;
  idFrontScanPath: string | null;
  idBackScanPath: string | null;
  photo: string | null;
  passportScanPath: string | null;
  issuingAuthority: string | null;
  status: number | null;
}

interface NationalIdParts {
  /** ISO date, 1900 to 2099. */
  birthDate?: string;
  /** Two-digit code. */
  governorate?: string;
  gender?: 'M' | 'F';
  /** Same seed, same serial number. */
  seed?: number;
}

const MEN = ['محمد', 'أحمد', 'عبد الرحمن', 'مؤمن', 'إبراهيم', 'مصطفى', 'يوسف', 'أبو بكر'];
const WOMEN = ['فاطمة', 'هدى', 'آية', 'مريم', 'سلمى', 'رئيفة', 'نورا', 'شيماء'];
const FAMILIES = [
  'السيد محمود علي',
  'عبد الله حسن',
  'إسماعيل أبو زيد',
  'الشناوي جمعة',
  'رضا عبد المنعم فؤاد',
];
const STREETS = ['شارع التحرير', 'شارع جامعة الدول العربية', 'ش الهرم', 'حارة الزهراء', 'كورنيش النيل'];
const GOVERNORATE_CODES = Object.keys(GOVERNORATES).sort();

let lastSeed = 0;

/** A number that no earlier call gave in this process. */
function nextSeed(): number {
  lastSeed += 1;
  return lastSeed;
}

function pick<T>(from: readonly T[], seed: number): T {
  return from[seed % from.length]!;
}

/** 14 digits that pass every check of the contract; what is not given follows from the seed. */
export function aNationalId({ seed = nextSeed(), ...parts }: NationalIdParts = {}): string {
  const birthDate = parts.birthDate ?? aBirthDate(seed);
  const century = birthDate.startsWith('19') ? '2' : '3';
  const governorate = parts.governorate ?? pick(GOVERNORATE_CODES, seed);
  const serial = String(seed % 1000).padStart(3, '0');
  const sexDigit = 2 * (seed % 5) + (parts.gender === 'F' ? 0 : 1);
  const first13 = `${century}${birthDate.slice(2).replaceAll('-', '')}${governorate}${serial}${sexDigit}`;
  return `${first13}${nationalIdCheckDigit(first13)}`;
}

function aBirthDate(seed: number): string {
  const twoDigits = (number: number): string => String(number).padStart(2, '0');
  return `${1950 + (seed % 55)}-${twoDigits(1 + (seed % 12))}-${twoDigits(1 + (seed % 28))}`;
}

/** A complete, faultless applicant on the wire; the same seed gives the same one, none a new one. */
export function anApplicant({
  seed = nextSeed(),
  ...overrides
}: Partial<WireApplicant> & { seed?: number } = {}): WireApplicant {
  const gender = seed % 2 === 0 ? 'F' : 'M';
  const governorate = pick(GOVERNORATE_CODES, seed);
  const scan = `${String(1_700_398_203_730 + seed)}`;
  return {
    isUpdate: false,
    applicantId: `applicant-${seed}`,
    gender,
    phoneNumbers: [`+2010${String(10_000_000 + (seed % 90_000_000))}`],
    emails: [`applicant.${seed}@example.com`],
    livePhotoPath: `${scan}_live.jpg`,
    firstName: pick(gender === 'M' ? MEN : WOMEN, seed >> 1),
    familyName: pick(FAMILIES, seed),
    address: `${1 + (seed % 200)} ${pick(STREETS, seed)}`,
    state: GOVERNORATES[governorate]!.ar,
    idNumber: aNationalId({ governorate, gender, seed }),
    documentNumber: `HE${String(1_000_000 + (seed % 9_000_000))}`,
    documentTypeCode: 'EGY',
    issueDate: `${2018 + (seed % 7)}-0${1 + (seed % 9)}-15`,
    nationality: 'EGY',
    idFrontScanPath: `${scan}_front.jpg`,
    idBackScanPath: `${scan}_back.jpg`,
    photo: `${scan}_photo.jpg`,
    passportScanPath: null,
    issuingAuthority: 'EGY',
    status: 1,
    ...overrides,
  };
}
