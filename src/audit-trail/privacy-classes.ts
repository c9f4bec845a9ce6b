/** What a data protection officer answers for. Classes are found by the name of an action, so that a new one falls in by itself. */
export const PRIVACY_CLASSES = {
  reveals:
    'Fields, images and elements of the quarantine that were revealed, with the reason; requests and approvals.',
  reads: 'Reads of unmasked data by systems, and searches by a value.',
  rawReads: 'Bytes of callbacks, and elements of the quarantine, as they were received.',
  exports: 'Files that left: of applicants, of the audit, and backups.',
  subjectAccesses: 'What was handed to a person about whom it is.',
  erasures: 'Persons who were forgotten.',
  holds: 'Persons of whom nothing was removed, and why.',
  retention: 'What was removed as its time was over.',
} as const;

export type PrivacyClass = keyof typeof PRIVACY_CLASSES;
export const PRIVACY_CLASS_NAMES = Object.keys(PRIVACY_CLASSES) as PrivacyClass[];

/** By the noun of an action, i.e. what stands before its dot. */
const OF_NOUN: Readonly<Record<string, PrivacyClass>> = {
  reveal: 'reveals',
  export: 'exports',
  backup: 'exports',
  subject: 'subjectAccesses',
  erasure: 'erasures',
  hold: 'holds',
  retention: 'retention',
};

const OF_ACTION: Readonly<Record<string, PrivacyClass>> = {
  'applicant.reveal': 'reveals',
  'image.reveal': 'reveals',
  'quarantine.reveal': 'reveals',
  'applicant.read': 'reads',
  'applicant.search': 'reads',
  'image.read': 'reads',
  'image.list': 'reads',
  'changes.read': 'reads',
  'receipt.read': 'rawReads',
  'quarantine.read': 'rawReads',
  'audit.export': 'exports',
};

/** Undefined for what changes settings and shows no person. */
export function privacyClassOf(action: string): PrivacyClass | undefined {
  return OF_ACTION[action] ?? OF_NOUN[action.split('.')[0] ?? ''];
}
