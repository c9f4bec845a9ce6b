import type { AlertRule } from '../config/alert-limits.js';
import type { Tx } from '../db/tx.js';
import type {
  Alert,
  ChannelName,
  Firing,
  NotificationKind,
  NotificationState,
  ShownState,
} from './alerts.types.js';

export interface AlertPosition {
  openedAt: Date;
  id: string;
}

/** What became of telling somebody of an alert. */
export interface Told {
  kind: NotificationKind;
  channel: ChannelName;
  state: NotificationState;
  attempts: number;
  errorCode: string | null;
  /** As Postgres writes times into JSON. */
  createdAt: string;
  sentAt: string | null;
}

export type AlertWithTold = Alert & { notifications: Told[] };

const COLUMNS = `a.id, a.rule, a.subject, a.state, a.summary, a.context, a.suspected_at as "suspectedAt",
  a.opened_at as "openedAt", a.fine_since as "fineSince", a.resolved_at as "resolvedAt", a.told_at as "toldAt",
  a.acknowledged_at as "acknowledgedAt", a.acknowledged_by as "acknowledgedBy"`;
/** By the index `alert_notifications_alert`. */
const TOLD = `(select coalesce(jsonb_agg(jsonb_build_object('kind', n.kind, 'channel', n.channel, 'state', n.state,
    'attempts', n.attempts, 'errorCode', n.error_code, 'createdAt', n.created_at, 'sentAt', n.sent_at)
    order by n.created_at, n.channel), '[]')
  from alert_notifications n where n.alert_id = a.id) as notifications`;

/**
 * Begins an evaluation: its transaction holds the one row to its end.
 * @returns the time by the database, or undefined where another process is at it
 */
export async function beginEvaluation(tx: Tx): Promise<Date | undefined> {
  const [rows] = await tx.query<[{ now: Date }[], number]>(
    `update alert_evaluation set evaluated_at = now()
     where only_row = (select only_row from alert_evaluation for update skip locked) returning now()`,
  );
  return rows[0]?.now;
}

/** Seconds since the last evaluation; undefined before the first. One row. */
export async function secondsSinceEvaluation(tx: Tx): Promise<number | undefined> {
  const rows = await tx.query<{ seconds: number | null }[]>(
    'select extract(epoch from now() - evaluated_at)::float8 as seconds from alert_evaluation',
  );
  return rows[0]?.seconds ?? undefined;
}

/** Everything suspected or open: a few rows. `alerts_live`. */
export async function readLiveAlerts(tx: Tx): Promise<Alert[]> {
  return tx.query<Alert[]>(`select ${COLUMNS} from alerts a where a.state <> 'resolved'`);
}

/** `alerts_live`. */
export async function insertSuspected(tx: Tx, rule: AlertRule, firing: Firing): Promise<void> {
  await tx.query(
    `insert into alerts (rule, subject, summary, context) values ($1, $2, $3, $4)
     on conflict (rule, subject) where state <> 'resolved' do nothing`,
    [rule, firing.subject, firing.summary, firing.context],
  );
}

/** Primary key. */
export async function forgetSuspected(tx: Tx, id: string): Promise<void> {
  await tx.query(`delete from alerts where id = $1 and state = 'suspected'`, [id]);
}

/** The rule fires still, or is worth an open alert now. Primary key. */
export async function renewAlert(
  tx: Tx,
  id: string,
  { summary, context }: Firing,
  opens: boolean,
): Promise<Alert> {
  return changed(
    tx,
    `summary = $2, context = $3, fine_since = null, state = case when $4 then 'open' else a.state end,
     opened_at = case when $4 then now() else a.opened_at end`,
    [id, summary, context, opens],
  );
}

/** The rule of an open alert is fine, for the first time. Primary key. */
export async function markFine(tx: Tx, id: string): Promise<Alert> {
  return changed(tx, 'fine_since = now()', [id]);
}

/** Primary key. */
export async function resolveAlert(tx: Tx, id: string): Promise<Alert> {
  return changed(tx, `state = 'resolved', resolved_at = now()`, [id]);
}

async function changed(tx: Tx, assignments: string, values: unknown[]): Promise<Alert> {
  const [rows] = await tx.query<[Alert[], number]>(
    `update alerts a set ${assignments} where a.id = $1 returning ${COLUMNS}`,
    values,
  );
  const [alert] = rows;
  if (alert === undefined) throw new Error('an alert vanished while it was evaluated');
  return alert;
}

/** Those that were opened, newest first. `alerts_opened`, or `alerts_state` where a state is asked for. */
export async function listAlerts(
  tx: Tx,
  state: ShownState | undefined,
  after: AlertPosition | null,
  limit: number,
): Promise<AlertWithTold[]> {
  return tx.query<AlertWithTold[]>(
    `select ${COLUMNS}, ${TOLD} from alerts a
     where a.opened_at is not null
       and (a.opened_at, a.id) < (coalesce($1::timestamptz, 'infinity'), coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
       ${state === undefined ? '' : 'and a.state = $4'}
     order by a.opened_at desc, a.id desc limit $3`,
    [after?.openedAt ?? null, after?.id ?? null, limit, ...(state === undefined ? [] : [state])],
  );
}

/** One that was opened. Primary key. */
export async function findAlert(tx: Tx, id: string): Promise<AlertWithTold | undefined> {
  const rows = await tx.query<AlertWithTold[]>(
    `select ${COLUMNS}, ${TOLD} from alerts a where a.id = $1 and a.opened_at is not null`,
    [id],
  );
  return rows[0];
}

/** Primary key. @returns false where it is not open, or was acknowledged before */
export async function acknowledgeAlert(tx: Tx, id: string, by: string): Promise<boolean> {
  const [, changedRows] = await tx.query<[unknown, number]>(
    `update alerts set acknowledged_at = now(), acknowledged_by = $2
     where id = $1 and state = 'open' and acknowledged_at is null`,
    [id, by],
  );
  return changedRows > 0;
}

/** `alerts_state`. */
export async function countOpenAlerts(tx: Tx): Promise<number> {
  const rows = await tx.query<{ n: number }[]>(`select count(*)::int as n from alerts where state = 'open'`);
  return rows[0]?.n ?? 0;
}
