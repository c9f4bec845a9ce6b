import type { Tx } from '../db/tx.js';
import { LEASE_END } from '../jobs/lease.js';
import type { ChannelName, NotificationKind } from './alerts.types.js';
import type { AlertMessage } from './message.js';

const GIVE_UP_AFTER = '3 days';

export interface DueNotification {
  id: string;
  message: AlertMessage;
  /** Tries before this one. */
  attempts: number;
}

/** Writes down what is to be sent, with the move that it tells of. Primary key. */
export async function insertNotifications(
  tx: Tx,
  alertId: string,
  kind: NotificationKind,
  channels: readonly ChannelName[],
  message: AlertMessage,
): Promise<void> {
  await tx.query(
    `with written as (
       insert into alert_notifications (alert_id, kind, channel, message)
       select $1, $2, channel, $4 from unnest($3::text[]) as channel returning alert_id
     )
     update alerts set told_at = now() where id in (select alert_id from written)`,
    [alertId, kind, channels, message],
  );
}

/** SQL: whether a channel has something to claim. `alert_notifications_due`. */
export const hasDue = (channel: ChannelName): string =>
  `exists (select from alert_notifications where channel = '${channel}' and state = 'due' and next_attempt_at <= now())`;

/**
 * Claims what is longest due for a channel; of one alert in order, so that nobody hears of the end before the
 * beginning. `alert_notifications_due`, and `alert_notifications_alert` for the order.
 */
export async function claimDue(
  tx: Tx,
  claim: string,
  channel: ChannelName,
): Promise<DueNotification | undefined> {
  const [rows] = await tx.query<[DueNotification[], number]>(
    `update alert_notifications n
     set claimed_by = $1, attempts = n.attempts + 1, next_attempt_at = ${LEASE_END}
     where n.id = (
       select d.id from alert_notifications d
       where d.channel = $2 and d.state = 'due' and d.next_attempt_at <= now()
         and not exists (
           select from alert_notifications e
           where e.alert_id = d.alert_id and e.created_at < d.created_at and e.channel = $2 and e.state = 'due'
         )
       order by d.next_attempt_at limit 1 for update skip locked
     )
     returning n.id, n.message, n.attempts - 1 as attempts`,
    [claim, channel],
  );
  return rows[0];
}

/** Prolongs a claim while its channel takes its time. Primary key. */
export async function renewClaim(tx: Tx, claim: string, id: string): Promise<void> {
  await tx.query(
    `update alert_notifications set next_attempt_at = ${LEASE_END}
     where id = $2 and claimed_by = $1`,
    [claim, id],
  );
}

/** Only if the claim still holds it. Primary key. */
export async function settleSent(tx: Tx, claim: string, id: string, errorCode: string | null): Promise<void> {
  await tx.query(
    `update alert_notifications set state = 'sent', sent_at = now(), error_code = $3, claimed_by = null
     where id = $2 and claimed_by = $1`,
    [claim, id, errorCode],
  );
}

/** To be tried again. Only if the claim still holds it. Primary key. */
export async function settleFailed(
  tx: Tx,
  claim: string,
  id: string,
  failure: { errorCode: string; delaySeconds: number },
): Promise<void> {
  await tx.query(
    `update alert_notifications set error_code = $3, claimed_by = null,
       next_attempt_at = now() + make_interval(secs => $4)
     where id = $2 and claimed_by = $1`,
    [claim, id, failure.errorCode, failure.delaySeconds],
  );
}

/** Ends what could not be sent for long, also over channels that are not configured any more. `alert_notifications_due`. */
export async function giveUpOld(tx: Tx): Promise<void> {
  await tx.query(
    `update alert_notifications set state = 'given_up' where state = 'due' and created_at < now() - interval '${GIVE_UP_AFTER}'`,
  );
}

/** What waits to be sent. `alert_notifications_due`. */
export async function countDue(tx: Tx): Promise<number> {
  const rows = await tx.query<{ n: number }[]>(
    `select count(*)::int as n from alert_notifications where state = 'due'`,
  );
  return rows[0]?.n ?? 0;
}
