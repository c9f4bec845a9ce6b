import { ALSO_EACH, type ActionMeaning, PERSON } from './action-meaning.js';

/** What people and runs do for the law: holds, erasures, retention, subject access. */
export const PRIVACY_ACTIONS = {
  'privacy.report': {
    subject: '`audit`',
    when: 'The privacy report of a period was made.',
    operations: ['reportPrivacy'],
  },
  'hold.place': {
    subject: `\`hold:<id>\`${ALSO_EACH}`,
    when: 'Nothing of a person is removed from now on, for a reason.',
    operations: ['placeHold'],
  },
  'hold.lift': {
    subject: `\`hold:<id>\`${ALSO_EACH}`,
    when: 'What is due may be removed again; `reason` is that of the hold.',
    operations: ['liftHold'],
  },
  'erasure.request': {
    subject: `\`erasure:<id>\`${ALSO_EACH}`,
    when: 'Somebody asked to erase a person, who is restricted from then on.',
    operations: ['requestErasure'],
  },
  'erasure.finish': {
    subject: `\`erasure:<id>\`${ALSO_EACH}`,
    when: 'Nothing of the person is left: what was overwritten, how many of each.',
  },
  'subject.access': {
    subject: `${PERSON}; \`applicant:*\` where elements of quarantine name nobody`,
    when: 'Somebody got everything that is held about a person; before its first byte.',
    operations: ['accessSubject'],
  },
  'retention.preview': {
    subject: '`retention:policy`',
    when: 'Somebody had counted what is due.',
    operations: ['previewRetention'],
  },
  'retention.start': {
    subject: '`retention:<id>`',
    when: 'A run began to remove what is due; by `system` each night.',
    operations: ['startRetentionRun'],
  },
  'retention.finish': {
    subject: '`retention:<id>`',
    when: 'A run is over; its certificate says what is gone.',
  },
} as const satisfies Record<string, ActionMeaning>;
