import type { JobDto } from '@schema';
import type { Tone } from '../../components/StateBadge';

/** In this order on the page. */
const STATES = ['failed', 'nobody', 'late', 'waiting', 'running', 'idle', 'watching'] as const;
type State = (typeof STATES)[number];

export const TONES: Readonly<Record<State, Tone>> = {
  failed: 'bad',
  nobody: 'warn',
  late: 'warn',
  waiting: 'busy',
  running: 'busy',
  idle: 'good',
  watching: 'good',
};

/** Longer than this, what waits is worth a look. */
const LATE_MS = 3_600_000;

export function stateOf(job: JobDto): State {
  const { kind, failed, waiting, running, oldestWaitingAt, processes } = job;
  if ((failed ?? 0) > 0) return 'failed';
  if (processes === 0) return 'nobody';
  if (kind === 'poll') return 'watching';
  if (oldestWaitingAt !== null && Date.now() - Date.parse(oldestWaitingAt) > LATE_MS) return 'late';
  if ((running ?? 0) > 0) return 'running';
  return (waiting ?? 0) > 0 ? 'waiting' : 'idle';
}

/** Those of one state keep their order. */
export function byUrgency(jobs: readonly JobDto[]): JobDto[] {
  const rank = (job: JobDto) => STATES.indexOf(stateOf(job));
  return [...jobs].sort((one, other) => rank(one) - rank(other));
}
