import { ALSO_EACH, type ActionMeaning, PERSON } from './action-meaning.js';
import { PRIVACY_ACTIONS } from './privacy.actions.js';

/** Everything that is recorded in the audit. docs/audit-actions.md is generated from this. */
export const AUDIT_ACTIONS = {
  'applicant.read': {
    subject: PERSON,
    when: 'Somebody saw an applicant or its history unmasked, here or as eNROLL has it; `via` says how.',
    operations: [
      'listApplicants',
      'readApplicant',
      'listVersions',
      'searchApplicants',
      'findEnrolled',
      'listEnrolledByDate',
      'listEnrolledByIds',
    ],
  },
  'applicant.search': {
    subject: '`applicant:*`',
    when: 'A search by name or value: of which kind, with a keyed hash of what was asked, and how many were found.',
    operations: ['searchApplicants'],
  },
  'applicant.tampered': {
    subject: PERSON,
    when: 'A row of the database was found to say something else than what was sealed with it; `detail` names the columns.',
  },
  'applicant.reveal': {
    subject: PERSON,
    when: 'Single fields were revealed, for a reason.',
    operations: ['revealApplicant'],
  },
  'reveal.request': {
    subject: `${PERSON}; of quarantine \`quarantine:<id>\`${ALSO_EACH}`,
    when: 'Somebody asked to reveal something, and a second person has to approve it.',
    operations: ['revealApplicant', 'revealImage', 'revealQuarantined'],
  },
  'reveal.approve': {
    subject: `${PERSON}; of quarantine \`quarantine:<id>\`${ALSO_EACH}`,
    when: 'A second person approved it.',
    operations: ['approveReveal'],
  },
  'image.read': {
    subject: `${PERSON}; \`image:<path>\` where eNROLL was asked for a path`,
    when: 'An image was shown, whole or small.',
    operations: ['readImage', 'readEnrollImage', 'readEnrollImages'],
  },
  'image.reveal': {
    subject: PERSON,
    when: 'One image was revealed, for a reason.',
    operations: ['revealImage'],
  },
  'image.list': {
    subject: PERSON,
    when: 'The hashes of the images were shown, by which a picture is known again.',
    operations: ['listImages'],
  },
  'receipt.read': {
    subject: `\`receipt:<id>\`${ALSO_EACH}`,
    when: 'The bytes of a callback were shown.',
    operations: ['readReceiptBody'],
  },
  'changes.read': {
    subject: `\`feed:changes\` or \`consumer:<name>\`${ALSO_EACH}`,
    when: 'A page of the feed with sensitive fields was handed over.',
    operations: ['listChanges', 'streamChanges', 'readConsumerChanges'],
  },
  'quarantine.read': {
    subject: `\`quarantine:<id>\`${ALSO_EACH}`,
    when: 'The element itself was shown.',
    operations: ['readQuarantined'],
  },
  'quarantine.reveal': {
    subject: `\`quarantine:<id>\`${ALSO_EACH}`,
    when: 'The element itself was revealed, for a reason.',
    operations: ['revealQuarantined'],
  },
  'quarantine.fix': {
    subject: `\`quarantine:<id>\`${ALSO_EACH}`,
    when: 'An element was patched and sent in: the names of the fields.',
    operations: ['fixQuarantined'],
  },
  'quarantine.replay': {
    subject: `\`quarantine:<id>\`${ALSO_EACH}`,
    when: 'An element was taken after all.',
    operations: ['replayQuarantined', 'fixQuarantined'],
  },
  'quarantine.discard': {
    subject: `\`quarantine:<id>\`${ALSO_EACH}`,
    when: 'An element was put aside for good.',
    operations: ['discardQuarantined'],
  },
  'export.create': {
    subject: '`export:<id>`',
    when: 'A file was asked for: columns, filter, whether it is masked.',
    operations: ['createExport'],
  },
  'export.write': {
    subject: `${PERSON} of each applicant whom a file shows unmasked; \`export:<id>\` for \`rollcall export\``,
    when: 'A file was written; before it can be downloaded.',
  },
  'export.download': { subject: '`export:<id>`', when: 'A file was taken.', operations: ['downloadExport'] },
  'export.cancel': { subject: '`export:<id>`', when: 'It was stopped.', operations: ['cancelExport'] },
  'export.delete': { subject: '`export:<id>`', when: 'It was deleted.', operations: ['deleteExport'] },
  'export.expire': { subject: '`export:<id>`', when: 'Its time was over.' },
  'consumer.create': {
    subject: '`consumer:<name>`',
    when: 'A reader of the feed was made: its filter and fields.',
    operations: ['createConsumer'],
  },
  'consumer.rewind': {
    subject: '`consumer:<name>`',
    when: 'It was moved.',
    operations: ['rewindConsumer'],
  },
  'consumer.delete': {
    subject: '`consumer:<name>`',
    when: 'It was deleted.',
    operations: ['deleteConsumer'],
  },
  'endpoint.create': {
    subject: '`endpoint:<id>`',
    when: 'Events are handed on from now on: to which host, with which fields.',
    operations: ['createEndpoint'],
  },
  'endpoint.update': {
    subject: '`endpoint:<id>`',
    when: 'What is sent or where was changed.',
    operations: ['updateEndpoint'],
  },
  'endpoint.pause': { subject: '`endpoint:<id>`', when: 'It was paused.', operations: ['pauseEndpoint'] },
  'endpoint.resume': { subject: '`endpoint:<id>`', when: 'It was resumed.', operations: ['resumeEndpoint'] },
  'endpoint.delete': { subject: '`endpoint:<id>`', when: 'It was deleted.', operations: ['deleteEndpoint'] },
  'endpoint.rotate_secret': {
    subject: '`endpoint:<id>`',
    when: 'It got a new secret.',
    operations: ['rotateEndpointSecret'],
  },
  'endpoint.test': {
    subject: '`endpoint:<id>`',
    when: 'A test event was sent.',
    operations: ['testEndpoint'],
  },
  'endpoint.resend': {
    subject: `\`endpoint:<id>\`${ALSO_EACH}`,
    when: 'A delivery was sent again.',
    operations: ['resendDelivery'],
  },
  'endpoint.recover': {
    subject: '`endpoint:<id>`',
    when: 'Deliveries that were given up are tried again: since when, how many.',
    operations: ['recoverDeliveries'],
  },
  'endpoint.replay': {
    subject: '`endpoint:<id>`',
    when: 'Events of before were queued: since when, how many.',
    operations: ['replayEvents'],
  },
  'session.mint': {
    subject: `\`session:<id>\`${ALSO_EACH}`,
    when: 'A session token was minted; with kind `authentication` it acts as an applicant.',
    operations: ['mintSessionToken'],
  },
  'reconciliation.start': {
    subject: '`reconciliation:<id>`',
    when: 'A run was started: of which range.',
    operations: ['startReconciliationRun'],
  },
  'reconciliation.cancel': {
    subject: '`reconciliation:<id>`',
    when: 'A run was ended.',
    operations: ['cancelReconciliationRun'],
  },
  'reconciliation.heal': {
    subject: `\`gap:<id>\` or \`gaps:open\`${ALSO_EACH}`,
    when: 'eNROLL was asked again for what is missing.',
    operations: ['healReconciliationGap', 'healReconciliationGaps'],
  },
  'reconciliation.ignore': {
    subject: `\`gap:<id>\`${ALSO_EACH}`,
    when: 'A gap is ignored, for a reason.',
    operations: ['ignoreReconciliationGap'],
  },
  'images.retry': {
    subject: '`images:mirror`, or the one applicant',
    when: 'Images are asked for again.',
    operations: ['retryImages'],
  },
  'images.pause': { subject: '`images:mirror`', when: 'Fetching was paused.', operations: ['pauseImages'] },
  'images.resume': { subject: '`images:mirror`', when: 'It was resumed.', operations: ['resumeImages'] },
  'images.repair': { subject: '`images`', when: 'Lost images are fetched again.' },
  'images.adopt': { subject: '`images`', when: 'Another image store was accepted.' },
  'integration.check': {
    subject: '`integration:url`',
    when: 'Rollcall played eNROLL at its own public URL for somebody: how many checks ended how, whether with a secret.',
    operations: ['checkIntegration'],
  },
  'alert.acknowledge': {
    subject: '`alert:<id>`',
    when: 'Somebody took care of an alert.',
    operations: ['acknowledgeAlert'],
  },
  'alert.test': {
    subject: '`alerts:channels`',
    when: 'The channels were tried.',
    operations: ['testAlerts'],
  },
  'apikey.create': {
    subject: '`apikey:<name>`',
    when: 'A key was made: its scopes, and what it is limited to. Also the key that a command beside the server has until it ends.',
    operations: ['createApiKey'],
  },
  'apikey.configure': { subject: '`apikey:<name>`', when: 'The key of the settings was set or replaced.' },
  'apikey.rotate': {
    subject: '`apikey:<name>`',
    when: 'Another key took its place, with the same rights.',
    operations: ['rotateApiKey'],
  },
  'apikey.disable': {
    subject: '`apikey:<name>`',
    when: 'A key was disabled.',
    operations: ['disableApiKey'],
  },
  'apikey.remove': { subject: '`apikey:<name>`', when: 'The key of the settings is no longer set.' },
  'client.create': {
    subject: '`client:<id>`',
    when: 'A client of the callbacks was made.',
    operations: ['createClient'],
  },
  'client.configure': {
    subject: '`client:<id>`',
    when: 'The client of the settings was set, or its secret.',
  },
  'client.rotate': {
    subject: '`client:<id>`',
    when: 'It got a new secret.',
    operations: ['createClientSecret'],
  },
  'client.disable': { subject: '`client:<id>`', when: 'It was disabled.', operations: ['disableClient'] },
  'client.enable': { subject: '`client:<id>`', when: 'It was enabled.', operations: ['enableClient'] },
  'user.invite': {
    subject: '`user:<login>`',
    when: 'A person was invited: with which roles.',
    operations: ['inviteUser'],
  },
  'user.create': {
    subject: '`user:<login>`',
    when: 'A person came from the identity provider for the first time, or a start outside production made the first administrator.',
    operations: ['finishSingleSignOn'],
  },
  'user.accept': {
    subject: '`user:<login>`',
    when: 'Somebody took the invitation, with a password and a second factor.',
    operations: ['acceptInvitation', 'confirmInvitation'],
  },
  'user.change': {
    subject: '`user:<login>`',
    when: 'Roles or the name were changed, or the identity provider gave other roles; `lastAdmin` where that left no administrator.',
    operations: ['changeUser', 'finishSingleSignOn'],
  },
  'user.disable': {
    subject: '`user:<login>`',
    when: 'A person was disabled.',
    operations: ['disableUser', 'changeUser'],
  },
  'user.enable': { subject: '`user:<login>`', when: 'A person was enabled.', operations: ['changeUser'] },
  'user.reset': {
    subject: '`user:<login>`',
    when: 'Password and second factor were taken away, and a new link was made.',
    operations: ['resetUser'],
  },
  'user.end-sessions': {
    subject: '`user:<login>`',
    when: 'All sessions of a person were ended.',
    operations: ['endUserSessions'],
  },
  'user.change-password': {
    subject: '`user:<login>`',
    when: 'A person changed their password; all sessions so far ended.',
    operations: ['changePassword'],
  },
  'user.renew-recovery-codes': {
    subject: '`user:<login>`',
    when: 'A person got new recovery codes; those of before ended.',
    operations: ['renewRecoveryCodes'],
  },
  'session.create': {
    subject: '`session:<id>`',
    when: 'A person logged in; `by` says how.',
    operations: ['logIn', 'confirmInvitation', 'finishSingleSignOn', 'changePassword', 'useFirstLink'],
  },
  'session.end': {
    subject: '`session:<id>`',
    when: 'A person logged out or ended a session of theirs, or the identity provider ended it.',
    operations: ['logOut', 'endSession', 'endOtherSessions', 'endProvidedSessions'],
  },
  'session.refuse': {
    subject: '`user:<login>`, or `user:unknown` where there is no such login',
    when: 'Log-ins were refused; `attempts` says how many of one address.',
    operations: ['logIn', 'changePassword', 'renewRecoveryCodes'],
  },
  'backup.create': {
    subject: '`backup:<id>`',
    when: 'A backup was begun; from then on what it holds may leave.',
  },
  'backup.restore': {
    subject: '`backup:<id>`',
    when: 'The database was restored from a backup: as of when.',
  },
  'db.migrate': {
    subject: '`db`',
    when: 'A command applied migrations or gave a role its rights: which ones.',
  },
  'db.adopt': { subject: '`db`', when: 'A command made a restored or moved database go on.' },
  'stats.rebuild': { subject: '`stats`', when: 'A command counted everything again: how much differed.' },
  'key.rotate': {
    subject: '`key:<id>`',
    when: 'Rollcall put a new key at the front of the ring that it keeps.',
    operations: ['rotateKeys'],
  },
  'key.reseal': {
    subject: '`key:<id>`',
    when: 'Everything goes over to this key of the ring.',
    operations: ['resealKeys'],
  },
  'key.retire': {
    subject: '`key:<id>`',
    when: 'A key of the ring was ended; `detail` says whether credentials were ended with it.',
    operations: ['retireKey'],
  },
  ...PRIVACY_ACTIONS,
  'audit.verify': {
    subject: '`audit`',
    when: 'A stretch of its chain was verified: which one, and whether it was intact.',
    operations: ['verifyAudit'],
  },
  'audit.export': { subject: '`audit`', when: 'The audit was written to a file.' },
} as const satisfies Record<string, ActionMeaning>;

export type AuditAction = keyof typeof AUDIT_ACTIONS;
