import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import { Config } from '../config/config.js';
import { publicUrlOf } from '../db/installation.repository.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import type { AlertDto, AlertPageDto, ListAlertsQuery, TestedChannelDto, TestedDto } from './alerts.dto.js';
import { acknowledgeAlert, type AlertWithTold, findAlert, listAlerts } from './alerts.repository.js';
import { type ChannelName, CHANNELS } from './alerts.types.js';
import { Channels } from './channels.js';
import { linkOf, testMessage } from './message.js';
import { RULES } from './rules.js';

const LIST = 'alerts';
const CURSOR = z.tuple([z.iso.datetime(), z.guid()]);

/** What went wrong, for people. `by` is the name in the audit. */
@Injectable()
export class Alerts {
  constructor(
    private readonly connection: EntityManager,
    private readonly audit: Audit,
    private readonly config: Config,
    private readonly channels: Channels,
  ) {}

  /** Newest first. @throws Problem BAD_CURSOR */
  async list({ limit, cursor, state }: ListAlertsQuery): Promise<AlertPageDto> {
    const after = cursor === undefined ? null : positionOf(cursor);
    const rows = await listAlerts(this.connection, state, after, limit + 1);
    const { items, nextCursor } = pageOf(rows, limit, ({ openedAt, id }) =>
      writeCursor(LIST, openedAt?.toISOString() ?? '', id),
    );
    const publicUrl = await publicUrlOf(this.connection, this.config);
    return { items: items.map((row) => viewOf(row, publicUrl)), nextCursor };
  }

  /** @throws Problem NOT_FOUND */
  async find(id: string): Promise<AlertDto> {
    const alert = await findAlert(this.connection, id);
    if (alert === undefined) throw new Problem('NOT_FOUND');
    return viewOf(alert, await publicUrlOf(this.connection, this.config));
  }

  /** Ends the reminders of an open alert; the second to say so changes nothing. @throws Problem NOT_FOUND, CONFLICT */
  async acknowledge(id: string, by: string): Promise<AlertDto> {
    await this.connection.transaction(async (tx) => {
      if (!(await acknowledgeAlert(tx, id, by))) return;
      await this.audit.record(tx, { actor: by, action: 'alert.acknowledge', subject: `alert:${id}` });
    });
    const alert = await this.find(id);
    if (alert.acknowledgedAt === null) throw new Problem('CONFLICT', 'it is resolved already');
    return alert;
  }

  /** Sends a test over every channel, at once and once, and waits for what becomes of it. */
  async test(by: string): Promise<TestedDto> {
    const message = testMessage(new Date(), await publicUrlOf(this.connection, this.config));
    const channels = await Promise.all(
      CHANNELS.map(async (name): Promise<TestedChannelDto> => {
        const channel = this.channels.all.find((one) => one.name === name);
        if (channel === undefined) return { channel: name, outcome: 'not_configured', code: null };
        const { sent, code } = await channel.send(randomUUID(), message);
        return { channel: name, outcome: sent ? 'sent' : 'failed', code };
      }),
    );
    const outcomes = Object.fromEntries(channels.map(({ channel, outcome }) => [channel, outcome]));
    await this.audit.record(null, {
      actor: by,
      action: 'alert.test',
      subject: 'alerts:channels',
      detail: outcomes satisfies Partial<Record<ChannelName, string>>,
    });
    return { channels };
  }
}

function positionOf(cursor: string): { openedAt: Date; id: string } {
  const [openedAt, id] = readCursor(LIST, CURSOR, cursor);
  return { openedAt: new Date(openedAt), id };
}

function viewOf(alert: AlertWithTold, publicUrl: string): AlertDto {
  const { id, rule, subject, state, summary, context, acknowledgedBy, notifications } = alert;
  if (alert.openedAt === null || state === 'suspected')
    throw new Error('what is only suspected is not shown');
  return {
    id,
    rule,
    subject,
    state,
    title: RULES[rule].title,
    summary,
    context,
    link: linkOf(alert, publicUrl),
    openedAt: alert.openedAt.toISOString(),
    resolvedAt: alert.resolvedAt?.toISOString() ?? null,
    acknowledgedAt: alert.acknowledgedAt?.toISOString() ?? null,
    acknowledgedBy,
    notifications: notifications.map(({ createdAt, sentAt, ...told }) => ({
      ...told,
      createdAt: new Date(createdAt).toISOString(),
      sentAt: sentAt && new Date(sentAt).toISOString(),
    })),
  };
}
