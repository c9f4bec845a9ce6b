import type { ApplicantElement } from '@schema';

type Kind = 'text' | 'lines' | 'number' | 'yesNo';

/** The fields of the contract, and how their values are written. */
const KINDS: Record<keyof ApplicantElement, Kind> = {
  applicantId: 'text',
  isUpdate: 'yesNo',
  gender: 'text',
  phoneNumbers: 'lines',
  emails: 'lines',
  livePhotoPath: 'text',
  firstName: 'text',
  familyName: 'text',
  address: 'text',
  state: 'text',
  idNumber: 'text',
  documentNumber: 'text',
  documentTypeCode: 'text',
  issueDate: 'text',
  nationality: 'text',
  idFrontScanPath: 'text',
  idBackScanPath: 'text',
  photo: 'text',
  passportScanPath: 'text',
  issuingAuthority: 'text',
  status: 'number',
};

export const FIELDS = Object.keys(KINDS);

/** Fields that eNROLL may have added are text. */
export function kindOf(field: string): Kind {
  return FIELDS.includes(field) ? KINDS[field as keyof ApplicantElement] : 'text';
}

/** The fields that a refusal is about: those that its code means, or its words name. */
export function refusedFields({ code, reason }: { code: string; reason: string }): string[] {
  if (code.startsWith('APPLICANT_ID_')) return ['applicantId'];
  if (code === 'IS_UPDATE_WRONG_TYPE') return ['isUpdate'];
  const words = reason.toLowerCase().split(/\W+/);
  return FIELDS.filter((field) => words.includes(field.toLowerCase()));
}

/** One field of a fix. */
export interface Change {
  field: string;
  isRemoved: boolean;
  /** As typed. */
  text: string;
}

export type Patch = Record<string, unknown>;

/** The merge patch (RFC 7396); undefined while something is not filled in. */
export function patchOf(changes: readonly Change[]): Patch | undefined {
  const entries = changes.map(({ field, isRemoved, text }): [string, unknown] => [
    field,
    isRemoved ? null : valueOf(kindOf(field), text.trim()),
  ]);
  const isWhole = entries.every(([field, value]) => field !== '' && value !== undefined);
  return isWhole ? Object.fromEntries(entries) : undefined;
}

function valueOf(kind: Kind, text: string): unknown {
  if (text === '') return undefined;
  if (kind === 'yesNo') return text === 'true';
  if (kind === 'number') return Number.isFinite(Number(text)) ? Number(text) : undefined;
  if (kind === 'lines') return text.split(/[\s,،]+/).filter((line) => line !== '');
  return text;
}
