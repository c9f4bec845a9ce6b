import type { AlertLimits, AlertRule } from '../config/alert-limits.js';
import type { History } from '../db/histories.js';
import type { RecentRefusals } from '../refusals/refusals.types.js';
import type { Firing } from './alerts.types.js';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;
const GIB = 1024 ** 3;

/** Fewer than these say nothing about a share. */
const MIN_RECENT = 20;
const MIN_USUAL = 100;
/** A smaller share counts as this one, so that a single rejection is not already a multiple of it. */
const LEAST_USUAL_SHARE = 0.01;
/** Standard deviations above the usual: happens by chance once in tens of thousands of hours. */
const NO_CHANCE_DEVIATIONS = 4;

/** What each rule checks. Ages are in seconds. */
export interface ReadingOf {
  /** `usualMinutes` is null if there is too little history to say what is usual. */
  silence: { minutesSinceLast: number | null; usualMinutes: number | null; isSilent: boolean | null };
  tokens_refused: RecentRefusals;
  callbacks_refused: RecentRefusals;
  /** Versions whose outcome is a decision: of the last hours, and of the week before. */
  reject_spike: { recent: Decisions; usual: Decisions };
  endpoint_failing: { name: string; failingSeconds: number; code: string | null; isDisabled: boolean }[];
  consumer_behind: { name: string; oldestSeconds: number }[];
  quarantine_grows: { open: number; recent: number };
  receipts_pending: { count: number; oldestSeconds: number };
  images_behind: { wanted: number; behindSeconds: number; fault: { code: string; seconds: number } | null };
  gaps_open: { open: number; oldestSeconds: number };
  history_changed: Pick<History, 'history' | 'reason' | 'beganAt'>;
  disk_full: { folder: string; freeBytes: number }[];
  tampered: { rows: number };
  /** Those that no hold keeps from going on. */
  erasure_stuck: { unfinished: number; oldestSeconds: number; errorCode: string | null };
  client_secret_expiring: EndingSecret[];
  endpoint_secret_expiring: EndingSecret[];
}

export interface Decisions {
  accepted: number;
  rejected: number;
}

/** The first secret to end of a client or endpoint. */
export interface EndingSecret {
  name: string;
  endsInSeconds: number;
  /** Whether another one outlives it. */
  hasOther: boolean;
}

interface Rule<Reading> {
  /** Shown in mails and lists. */
  title: string;
  /** Where the API shows what is wrong. The only place to change once there is a console. Null: the alert itself. */
  shownAt: string | null;
  /** What is wrong; empty if all is fine. */
  judge(reading: Reading, limits: AlertLimits): Firing[];
}

/** Every rule: a title, a place to look, and a judgement of one reading. */
export const RULES: { readonly [Name in AlertRule]: Rule<ReadingOf[Name]> } = {
  silence: {
    title: 'No callbacks',
    shownAt: '/api/v1/stats/silence',
    judge: ({ minutesSinceLast, usualMinutes, isSilent }) =>
      firingIf(isSilent === true, {
        summary:
          `No callback for ${spelled((minutesSinceLast ?? 0) * MINUTE_SECONDS)}; ` +
          `usual in this hour of the week: ${usualMinutes === null ? 'unknown' : spelled(usualMinutes * MINUTE_SECONDS)}.`,
        context: { minutesSinceLast: rounded(minutesSinceLast), usualMinutes: rounded(usualMinutes) },
      }),
  },
  tokens_refused: {
    title: 'Requests for a token are refused',
    shownAt: '/api/v1/refusals?route=token',
    judge: (recent, limits) => judgeRefusals('Requests for a token', recent, limits),
  },
  callbacks_refused: {
    title: 'Callbacks are refused',
    shownAt: '/api/v1/refusals',
    judge: (recent, limits) => judgeRefusals('Callbacks', recent, limits),
  },
  reject_spike: {
    title: 'More rejections than usual',
    shownAt: '/api/v1/stats/events?by=outcome&bucket=hour',
    judge: ({ recent, usual }, { rejectTimes }) => {
      const decided = recent.accepted + recent.rejected;
      const usualDecided = usual.accepted + usual.rejected;
      if (decided < MIN_RECENT || usualDecided < MIN_USUAL) return [];
      const share = recent.rejected / decided;
      const usualShare = Math.max(LEAST_USUAL_SHARE, usual.rejected / usualDecided);
      const deviation = Math.sqrt(decided * usualShare * (1 - usualShare));
      const isNoChance = recent.rejected - decided * usualShare >= NO_CHANCE_DEVIATIONS * deviation;
      return firingIf(isNoChance && share >= rejectTimes * usualShare, {
        summary:
          `${percent(share)} of ${decided} decisions within two hours are rejections; ` +
          `in the week before: ${percent(usual.rejected / usualDecided)}.`,
        context: { decided, rejected: recent.rejected, share: Math.round(share * 1000) / 1000 },
      });
    },
  },
  quarantine_grows: {
    title: 'Quarantine grows',
    shownAt: '/api/v1/quarantine?state=open',
    judge: ({ open, recent }, { quarantinedPerHour }) =>
      firingIf(recent >= quarantinedPerHour, {
        summary: `Elements that went to quarantine within an hour: ${recent}; open in all: ${open}.`,
        context: { recent, open },
      }),
  },
  receipts_pending: {
    title: 'Callbacks are not applied',
    shownAt: '/api/v1/receipts?state=pending',
    judge: ({ count, oldestSeconds }, { pendingMinutes }) =>
      firingIf(oldestSeconds >= pendingMinutes * MINUTE_SECONDS, {
        summary: `Callbacks kept but not applied: ${count}; the oldest for ${spelled(oldestSeconds)}.`,
        context: { count, oldestSeconds: Math.round(oldestSeconds) },
      }),
  },
  endpoint_failing: {
    title: 'Endpoint fails',
    shownAt: '/api/v1/endpoints',
    judge: (endpoints, { endpointFailingMinutes }) =>
      endpoints.flatMap(({ name, failingSeconds, code, isDisabled }) => {
        const why = code === null ? '' : ` (${code})`;
        return firingIf(isDisabled || failingSeconds >= endpointFailingMinutes * MINUTE_SECONDS, {
          subject: name,
          summary: isDisabled
            ? `The endpoint ${name} was disabled${why} and gets nothing until it is resumed.`
            : `The endpoint ${name} has failed for ${spelled(failingSeconds)}${why}.`,
          context: { failingSeconds: Math.round(failingSeconds), code, isDisabled },
        });
      }),
  },
  consumer_behind: {
    title: 'Consumer is behind',
    shownAt: '/api/v1/consumers',
    judge: (consumers, { consumerBehindMinutes }) =>
      consumers.flatMap(({ name, oldestSeconds }) =>
        firingIf(oldestSeconds >= consumerBehindMinutes * MINUTE_SECONDS, {
          subject: name,
          summary: `The consumer ${name} has not acknowledged events for ${spelled(oldestSeconds)}.`,
          context: { oldestSeconds: Math.round(oldestSeconds) },
        }),
      ),
  },
  images_behind: {
    title: 'Images are behind',
    shownAt: '/api/v1/images/status',
    judge: ({ wanted, behindSeconds, fault }, { imagesBehindMinutes }) => {
      const seconds = Math.round(Math.max(behindSeconds, fault?.seconds ?? 0));
      const reason = fault === null ? '' : `; cause: ${fault.code}`;
      return firingIf(wanted > 0 && seconds >= imagesBehindMinutes * MINUTE_SECONDS, {
        summary: `Images still to be fetched: ${wanted}; behind by ${spelled(seconds)}${reason}.`,
        context: { wanted, behindSeconds: seconds, faultCode: fault?.code ?? null },
      });
    },
  },
  gaps_open: {
    title: 'Gaps between eNROLL and Rollcall',
    shownAt: '/api/v1/reconciliation/gaps?state=open',
    judge: ({ open, oldestSeconds }, { openGaps }) =>
      firingIf(open >= openGaps, {
        summary: `Open gaps: ${open}; the oldest was found ${spelled(oldestSeconds)} ago.`,
        context: { open, oldestSeconds: Math.round(oldestSeconds) },
      }),
  },
  history_changed: {
    title: 'The database was failed over, restored or moved',
    shownAt: null,
    judge: ({ history, reason, beganAt }, { historyChangedHours }) => {
      const seconds = (Date.now() - beganAt.getTime()) / 1000;
      if (reason === 'first') return [];
      return firingIf(seconds < historyChangedHours * HOUR_SECONDS, {
        subject: history,
        summary: `${HISTORY_TEXTS[reason]} Readers of the feed continue where they were.`,
        context: { history, reason, beganAt: beganAt.toISOString() },
      });
    },
  },
  disk_full: {
    title: 'Disk nearly full',
    shownAt: null,
    judge: (disks, { freeDiskGib }) =>
      disks.flatMap(({ folder, freeBytes }) =>
        firingIf(freeBytes < freeDiskGib * GIB, {
          subject: folder,
          summary: `Free space on the disk of the ${folder}: ${(freeBytes / GIB).toFixed(1)} GiB.`,
          context: { freeBytes },
        }),
      ),
  },
  tampered: {
    title: 'Rows were changed in the database',
    shownAt: '/api/v1/audit?action=applicant.tampered',
    judge: ({ rows }) =>
      firingIf(rows > 0, {
        summary: `Rows that say something else than what was sealed with them: ${rows}.`,
        context: { rows },
      }),
  },
  erasure_stuck: {
    title: 'Erasures do not go on',
    shownAt: '/api/v1/erasures?state=erasing',
    judge: ({ unfinished, oldestSeconds, errorCode }, { erasureMinutes }) =>
      firingIf(unfinished > 0 && oldestSeconds >= erasureMinutes * MINUTE_SECONDS, {
        summary:
          `Erasures that are not done: ${unfinished}; the oldest for ${spelled(oldestSeconds)}` +
          `${errorCode === null ? '' : `; cause: ${errorCode}`}.`,
        context: { unfinished, oldestSeconds: Math.round(oldestSeconds), errorCode },
      }),
  },
  client_secret_expiring: {
    title: 'Secret of a client ends soon',
    shownAt: null,
    judge: judgeSecrets,
  },
  endpoint_secret_expiring: {
    title: 'Secret of an endpoint ends soon',
    shownAt: '/api/v1/endpoints',
    judge: judgeSecrets,
  },
};

const HISTORY_TEXTS: Record<Exclude<History['reason'], 'first'>, string> = {
  timeline:
    'The database was failed over or restored to an earlier time. What the new server had not received is lost: reconcile that time.',
  cluster:
    'The database is on another server. If callbacks came after the copy was made, reconcile that time.',
  counter: 'The database was set back. What came after that point is lost: reconcile that time.',
  asked: 'The database was adopted by hand. What came after its backup is lost: reconcile that time.',
};

/** One refusal of a client may be one enrollment that is not here; strangers knock at every door. */
function judgeRefusals(
  what: string,
  { ofClients, ofStrangers, latest }: RecentRefusals,
  { refusedPerHour, strangersRefusedPerHour }: AlertLimits,
): Firing[] {
  const { code = null, clientId = null } = latest ?? {};
  return firingIf(ofClients >= refusedPerHour || ofStrangers >= strangersRefusedPerHour, {
    summary:
      `${what} refused within an hour: ${ofClients} of clients, ${ofStrangers} of strangers; ` +
      `the latest: ${code ?? 'unknown'}${clientId === null ? '' : ` of ${clientId}`}.`,
    context: { ofClients, ofStrangers, code, clientId },
  });
}

function judgeSecrets(secrets: EndingSecret[], { secretDays }: AlertLimits): Firing[] {
  return secrets.flatMap(({ name, endsInSeconds, hasOther }) =>
    firingIf(endsInSeconds < secretDays * DAY_SECONDS, {
      subject: name,
      summary:
        `A secret of ${name} ends in ${spelled(endsInSeconds)}; ` +
        (hasOther ? 'another one stays live.' : 'no other one is live.'),
      context: { endsInSeconds: Math.round(endsInSeconds), hasOther },
    }),
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function rounded(minutes: number | null): number | null {
  return minutes === null ? null : Math.round(minutes);
}

function firingIf(isWrong: boolean, firing: Omit<Firing, 'subject'> & { subject?: string }): Firing[] {
  return isWrong ? [{ subject: '', ...firing }] : [];
}

/** A duration in the largest unit that gives at least two: `3 hours`, `90 minutes`. */
function spelled(seconds: number): string {
  for (const [unit, length] of [
    ['day', DAY_SECONDS],
    ['hour', HOUR_SECONDS],
    ['minute', MINUTE_SECONDS],
  ] as const) {
    const n = Math.floor(seconds / length);
    if (n > 1) return `${n} ${unit}s`;
  }
  return seconds < MINUTE_SECONDS ? 'less than a minute' : 'a minute';
}
