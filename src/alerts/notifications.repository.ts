import type { Tx } from '../db/tx.js';
import { LEASE_END } from '../jobs/lease.js';
import type { ChannelName, NotificationKind } from './alerts.types.js';
import type { Delivery } from './channel.js';
import type { AlertMessage } from './message.js';

const GIVE_UP_AFTER = '3 days';

export interface DueNotification {
  id: string;
  message: AlertMessage;
  /** Attempts before this one. */
  attempts: number;
}

/** Stores what is to be sent, together with the move that it reports. Primary key. */
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
 * Claims the notification of a channel that has been due longest. Those of one alert go in order, so that nobody hears of
 * its end before its beginning. `alert_notifications_due`, and `alert_notifications_alert` for the order.
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

/** Extends a claim while its channel is sending. Primary key. */
export async function renewClaim(tx: Tx, claim: string, id: string): Promise<void> {
  await tx.query(
    `update alert_notifications set next_attempt_at = ${LEASE_END}
     where id = $2 and claimed_by = $1`,
    [claim, id],
  );
}

/** Stores the result of an attempt, if the claim still holds. Primary key. @param delaySeconds until a failed one is retried */
export async function settle(
  tx: Tx,
  claim: string,
  id: string,
  { sent, code }: Delivery,
  delaySeconds: number,
): Promise<void> {
  await tx.query(
    `update alert_notifications set error_code = $3, claimed_by = null, state = case when $4 then 'sent' else state end,
       sent_at = case when $4 then now() end, next_attempt_at = now() + make_interval(secs => $5)
     where id = $2 and claimed_by = $1`,
    [claim, id, code, sent, delaySeconds],
  );
}

/** Gives up old notifications, also of channels that are no longer configured. `alert_notifications_due`. */
export async function giveUpOld(tx: Tx): Promise<void> {
  await tx.query(
    `update alert_notifications set state = 'given_up' where state = 'due' and created_at < now() - interval '${GIVE_UP_AFTER}'`,
  );
}

/** Notifications still to be sent. `alert_notifications_due`. */
export async function countDue(tx: Tx): Promise<number> {
  const rows = await tx.query<{ n: number }[]>(
    `select count(*)::int as n from alert_notifications where state = 'due'`,
  );
  return rows[0]?.n ?? 0;
}
