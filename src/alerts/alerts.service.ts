import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { AuditEntry } from '../audit/audit.types.js';
import { Audit } from '../audit/audit.service.js';
import { Config } from '../config/config.js';
import { managementUrlOf } from '../db/installation.repository.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import type { AlertDto, AlertPageDto, ListAlertsQuery, TestedChannelDto, TestedDto } from './alerts.dto.js';
import {
  acknowledgeAlert,
  countOpenAlerts,
  findAlert,
  listAlerts,
  type ShownAlert,
} from './alerts.repository.js';
import { CHANNELS } from './alerts.types.js';
import { Channels } from './channels.js';
import { dataOf, testMessage } from './message.js';

const LIST = 'alerts';
const CURSOR = z.tuple([z.iso.datetime(), z.guid()]);

/** Alerts as people see them. `by` is the name in the audit. */
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
      writeCursor(LIST, openedAt.toISOString(), id),
    );
    const baseUrl = await managementUrlOf(this.connection, this.config);
    return { items: items.map((row) => viewOf(row, baseUrl)), nextCursor };
  }

  /** How many are open. */
  async countOpen(): Promise<number> {
    return countOpenAlerts(this.connection);
  }

  /** @throws Problem NOT_FOUND */
  async find(id: string): Promise<AlertDto> {
    const alert = await findAlert(this.connection, id);
    if (alert === undefined) throw new Problem('NOT_FOUND');
    return viewOf(alert, await managementUrlOf(this.connection, this.config));
  }

  /** Ends the reminders of an open alert. A second call changes nothing. @throws Problem NOT_FOUND, CONFLICT */
  async acknowledge(id: string, by: string): Promise<AlertDto> {
    await this.connection.transaction(async (tx) => {
      if (!(await acknowledgeAlert(tx, id, by))) return;
      await this.audit.record(tx, { actor: by, action: 'alert.acknowledge', subject: `alert:${id}` });
    });
    const alert = await this.find(id);
    if (alert.acknowledgedAt === null) throw new Problem('CONFLICT', 'it is already resolved');
    return alert;
  }

  /** Sends one test over every channel at the same time, and waits for the results. */
  async test(by: string): Promise<TestedDto> {
    const message = testMessage(new Date(), await managementUrlOf(this.connection, this.config));
    const channels = await Promise.all(
      CHANNELS.map(async (name): Promise<TestedChannelDto> => {
        const channel = this.channels.all.find((one) => one.name === name);
        if (channel === undefined) return { channel: name, outcome: 'not_configured', code: null };
        const { sent, code } = await channel.send(randomUUID(), message);
        return { channel: name, outcome: sent ? 'sent' : 'failed', code };
      }),
    );
    const outcomes = Object.fromEntries(channels.map(({ channel, outcome }) => [channel, outcome]));
    const entry: AuditEntry = {
      actor: by,
      action: 'alert.test',
      subject: 'alerts:channels',
      detail: outcomes,
    };
    await this.audit.record(null, entry);
    return { channels };
  }
}

function positionOf(cursor: string): { openedAt: Date; id: string } {
  const [openedAt, id] = readCursor(LIST, CURSOR, cursor);
  return { openedAt: new Date(openedAt), id };
}

function viewOf(alert: ShownAlert, baseUrl: string): AlertDto {
  return {
    ...dataOf(alert, baseUrl),
    state: alert.state,
    openedAt: alert.openedAt.toISOString(),
    acknowledgedAt: alert.acknowledgedAt?.toISOString() ?? null,
    acknowledgedBy: alert.acknowledgedBy,
    notifications: alert.notifications.map(({ createdAt, sentAt, ...notification }) => ({
      ...notification,
      createdAt: new Date(createdAt).toISOString(),
      sentAt: sentAt && new Date(sentAt).toISOString(),
    })),
  };
}
