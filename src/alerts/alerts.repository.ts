import type { AlertRule } from '../config/alert-limits.js';
import type { Tx } from '../db/tx.js';
import type { NotificationDto } from './alerts.dto.js';
import type { Alert, Firing, ShownState } from './alerts.types.js';

/** An alert that was opened. */
export interface ShownAlert extends Alert {
  state: ShownState;
  openedAt: Date;
  /** Times as Postgres writes them into JSON. */
  notifications: NotificationDto[];
}

const COLUMNS = `a.id, a.rule, a.subject, a.state, a.summary, a.context, a.suspected_at as "suspectedAt",
  a.opened_at as "openedAt", a.fine_since as "fineSince", a.resolved_at as "resolvedAt", a.told_at as "toldAt",
  a.acknowledged_at as "acknowledgedAt", a.acknowledged_by as "acknowledgedBy"`;
/** By the index `alert_notifications_alert`. */
const NOTIFICATIONS = `(select coalesce(jsonb_agg(jsonb_build_object('kind', n.kind, 'channel', n.channel, 'state', n.state,
    'attempts', n.attempts, 'errorCode', n.error_code, 'createdAt', n.created_at, 'sentAt', n.sent_at)
    order by n.created_at, n.channel), '[]')
  from alert_notifications n where n.alert_id = a.id) as notifications`;

/**
 * Begins an evaluation: its transaction locks the only row until it ends.
 * @returns the time of the database, or undefined while another process evaluates
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

/** What each move writes. */
const MOVES = {
  open: `fine_since = null, state = 'open', opened_at = now()`,
  renew: 'fine_since = null',
  calm: 'fine_since = now()',
  resolve: `state = 'resolved', resolved_at = now()`,
};

/** Primary key. @param firing what the rule finds now, if it still fires */
export async function moveAlert(
  tx: Tx,
  id: string,
  move: keyof typeof MOVES,
  firing?: Firing,
): Promise<Alert> {
  const [[alert]] = await tx.query<[[Alert], number]>(
    `update alerts a set ${MOVES[move]}, summary = coalesce($2, summary), context = coalesce($3, context)
     where a.id = $1 returning ${COLUMNS}`,
    [id, firing?.summary, firing?.context],
  );
  return alert;
}

/** Opened alerts, newest first. `alerts_opened`, or `alerts_state` with a state. */
export async function listAlerts(
  tx: Tx,
  state: ShownState | undefined,
  after: Pick<ShownAlert, 'openedAt' | 'id'> | null,
  limit: number,
): Promise<ShownAlert[]> {
  return tx.query<ShownAlert[]>(
    `select ${COLUMNS}, ${NOTIFICATIONS} from alerts a
     where a.opened_at is not null
       and (a.opened_at, a.id) < (coalesce($1::timestamptz, 'infinity'), coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
       ${state === undefined ? '' : 'and a.state = $4'}
     order by a.opened_at desc, a.id desc limit $3`,
    [after?.openedAt ?? null, after?.id ?? null, limit, ...(state === undefined ? [] : [state])],
  );
}

/** An opened alert. Primary key. */
export async function findAlert(tx: Tx, id: string): Promise<ShownAlert | undefined> {
  const rows = await tx.query<ShownAlert[]>(
    `select ${COLUMNS}, ${NOTIFICATIONS} from alerts a where a.id = $1 and a.opened_at is not null`,
    [id],
  );
  return rows[0];
}

/** Primary key. @returns false where it is not open, or already acknowledged */
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
