import type { AlertLimits, AlertRule } from '../config/alert-limits.js';
import type { History } from '../db/histories.js';
import type { Firing } from './alerts.types.js';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;
const GIB = 1024 ** 3;

/** Fewer than these tell nothing of a share. */
const MIN_RECENT = 20;
const MIN_USUAL = 100;
/** A share this small is as good as none: the next rejection is no multiple of it. */
const LEAST_USUAL_SHARE = 0.01;
/** Standard deviations beyond the usual: by chance once in tens of thousands of hours. */
const NO_CHANCE_DEVIATIONS = 4;

/** What each rule looks at. Ages are seconds. */
export interface ReadingOf {
  /** Null where there is too little history to say what is usual. */
  silence: { minutesSinceLast: number | null; usualMinutes: number | null; isSilent: boolean | null };
  /** Versions with an outcome that is a decision: of the last hours, and of the week before them. */
  reject_spike: { recent: Decisions; usual: Decisions };
  endpoint_failing: { name: string; failingSeconds: number; code: string | null; isDisabled: boolean }[];
  consumer_behind: { name: string; oldestSeconds: number }[];
  quarantine_grows: { open: number; recent: number };
  receipts_pending: { count: number; oldestSeconds: number };
  images_behind: { wanted: number; behindSeconds: number; fault: { code: string; seconds: number } | null };
  gaps_open: { open: number; oldestSeconds: number };
  history_changed: Pick<History, 'history' | 'reason' | 'beganAt'>;
  disk_full: { folder: string; freeBytes: number }[];
  client_secret_expiring: EndingSecret[];
  endpoint_secret_expiring: EndingSecret[];
}

export interface Decisions {
  accepted: number;
  rejected: number;
}

/** Of each client or endpoint whose secrets end, the first to do so. */
export interface EndingSecret {
  name: string;
  endsInSeconds: number;
  /** Whether another one outlives it. */
  hasOther: boolean;
}

interface Rule<Reading> {
  /** Of the mail and of lists. */
  title: string;
  /** Where the API shows what is wrong, the one place to change when there is a console; null: with the alert. */
  shownAt: string | null;
  /** What is wrong; nothing where all is fine. */
  judge(reading: Reading, limits: AlertLimits): Firing[];
}

/** All that can be wrong, each as a title, a place to look, and a judgement of one reading. */
export const RULES: { readonly [Name in AlertRule]: Rule<ReadingOf[Name]> } = {
  silence: {
    title: 'No callbacks',
    shownAt: '/api/v1/stats/silence',
    judge: ({ minutesSinceLast, usualMinutes, isSilent }) =>
      firingIf(isSilent === true, {
        summary:
          `No callback for ${spelled((minutesSinceLast ?? 0) * MINUTE_SECONDS)}; ` +
          `in this hour of the week ${spelled((usualMinutes ?? 0) * MINUTE_SECONDS)} are usual.`,
        context: { minutesSinceLast: rounded(minutesSinceLast), usualMinutes: rounded(usualMinutes) },
      }),
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
          `Of ${decided} decisions within two hours ${percent(share)} are rejections; ` +
          `in the week before it were ${percent(usual.rejected / usualDecided)}.`,
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
      const reason = fault === null ? '' : `; what holds them up: ${fault.code}`;
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
      const isNew = reason !== 'first' && seconds < historyChangedHours * HOUR_SECONDS;
      return firingIf(isNew, {
        subject: history,
        summary: `${HISTORY_TOLD[reason]} Everybody who reads the feed goes on where they were.`,
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
          summary: `Where the ${folder} are kept ${(freeBytes / GIB).toFixed(1)} GiB are free.`,
          context: { freeBytes },
        }),
      ),
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

const HISTORY_TOLD: Record<History['reason'], string> = {
  first: 'The database is new.',
  timeline:
    'The database was failed over or restored to an earlier time. What the server had not received is lost: reconcile that time.',
  cluster:
    'The database is on another server. If callbacks came after the copy was made, reconcile that time.',
  counter: 'The database was set back. What came later is lost: reconcile that time.',
  asked: 'The database was adopted by hand. What came after its backup is lost: reconcile that time.',
};

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

/** A length of time in the largest unit of which there are two: `3 hours`, `90 minutes`. */
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
