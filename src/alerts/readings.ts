import { Injectable, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { EntityManager } from 'typeorm';
import { RowVerification } from '../applicants/row-verification.service.js';
import { Clients } from '../auth/clients.service.js';
import type { AlertRule } from '../config/alert-limits.js';
import { Config } from '../config/config.js';
import { latestHistory } from '../db/histories.js';
import { Consumers } from '../feed/consumers.service.js';
import { MirrorControl } from '../images/mirror-control.service.js';
import { Quarantine } from '../inbox/quarantine.service.js';
import { Receipts } from '../inbox/receipts.service.js';
import { freeSpaceOf } from '../observability/free-space.js';
import { Erasures } from '../privacy/erasures.service.js';
import { Gaps } from '../reconciliation/gaps.service.js';
import { Refusals } from '../refusals/refusals.service.js';
import { Silence } from '../stats/silence.service.js';
import { Statistics } from '../stats/stats.service.js';
import { Endpoints } from '../webhooks/endpoints.service.js';
import type { Decisions, EndingSecret, ReadingOf } from './rules.js';

const HOUR_SECONDS = 3600;
const HOUR_MS = HOUR_SECONDS * 1000;
const WEEK_MS = 7 * 24 * HOUR_MS;

type Source<Reading> = (modules: ModuleRef) => Promise<Reading>;

function from<Service, Reading>(
  service: Type<Service>,
  read: (service: Service) => Promise<Reading>,
): Source<Reading> {
  return (modules) => read(modules.get(service, { strict: false }));
}

/** The source of each rule's reading: one service of the folder that owns the subject. */
const SOURCES: { readonly [Name in AlertRule]: Source<ReadingOf[Name]> } = {
  silence: from(Silence, (silence) => silence.read()),
  tokens_refused: from(Refusals, (refusals) => refusals.recent('token')),
  callbacks_refused: from(Refusals, (refusals) => refusals.recent('callbacks')),
  reject_spike: from(Statistics, readDecisions),
  quarantine_grows: from(Quarantine, (quarantine) => quarantine.growth(HOUR_SECONDS)),
  receipts_pending: from(Receipts, (receipts) => receipts.pending()),
  endpoint_failing: from(Endpoints, (endpoints) => endpoints.failing()),
  consumer_behind: from(Consumers, (consumers) => consumers.lags()),
  images_behind: from(MirrorControl, readMirror),
  gaps_open: from(Gaps, (gaps) => gaps.summary()),
  history_changed: from(EntityManager, latestHistory),
  disk_full: from(Config, readDisks),
  tampered: from(RowVerification, async (verification) => ({ rows: await verification.again() })),
  erasure_stuck: from(Erasures, (erasures) => erasures.waiting()),
  client_secret_expiring: from(Clients, readClientSecrets),
  endpoint_secret_expiring: from(Endpoints, (endpoints) => endpoints.endingSecrets()),
};

/** Asks for services by their class: they are too many for a constructor. */
@Injectable()
export class Readings {
  constructor(private readonly modules: ModuleRef) {}

  take<Name extends AlertRule>(rule: Name): Promise<ReadingOf[Name]> {
    return SOURCES[rule](this.modules);
  }
}

/** Of this hour and the one before, since an hour that has just begun says little; and of the week before these. */
async function readDecisions(statistics: Statistics): Promise<ReadingOf['reject_spike']> {
  const recentMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - HOUR_MS;
  const decisionsOf = async (fromMs: number, toMs?: number): Promise<Decisions> => {
    const { series } = await statistics.events({
      by: 'outcome',
      bucket: 'none',
      from: new Date(fromMs).toISOString(),
      ...(toMs !== undefined && { to: new Date(toMs).toISOString() }),
    });
    const totalOf = (outcome: string) => series.find(({ value }) => value === outcome)?.total ?? 0;
    return { accepted: totalOf('accepted'), rejected: totalOf('rejected') };
  };
  return { recent: await decisionsOf(recentMs), usual: await decisionsOf(recentMs - WEEK_MS, recentMs) };
}

/** Images are not behind while eNROLL is not configured or the mirror is paused. */
async function readMirror(mirror: MirrorControl): Promise<ReadingOf['images_behind']> {
  const { configured, paused, fault, counts } = await mirror.status();
  if (!configured || paused !== null) return { wanted: 0, behindSeconds: 0, fault: null };
  return {
    wanted: counts.wanted,
    behindSeconds: await mirror.behindSeconds(),
    fault: fault && { code: fault.code, seconds: (Date.now() - Date.parse(fault.since)) / 1000 },
  };
}

/** The disks that this process writes to. Folders on one file system count as one disk. */
async function readDisks({ env, imageDir }: Config): Promise<ReadingOf['disk_full']> {
  const folders = new Map([['data', env.ROLLCALL_DATA_DIR]]);
  if (env.ROLLCALL_IMAGE_STORE === 'disk') folders.set('images', imageDir);
  const disks = new Map<number, ReadingOf['disk_full'][number]>();
  for (const [folder, path] of folders) {
    const { device, freeBytes } = await freeSpaceOf(path);
    const known = disks.get(device);
    disks.set(device, { folder: known === undefined ? folder : `${known.folder} and ${folder}`, freeBytes });
  }
  return [...disks.values()];
}

async function readClientSecrets(clients: Clients): Promise<EndingSecret[]> {
  const live = (await clients.list()).filter(({ disabledAt }) => disabledAt === null);
  return live.flatMap(({ clientId, secrets }) => {
    const ends = secrets.map(({ expiresAt }) => (expiresAt === null ? Infinity : Date.parse(expiresAt)));
    const first = Math.min(...ends);
    if (first === Infinity) return [];
    const endsInSeconds = (first - Date.now()) / 1000;
    return [{ name: clientId, endsInSeconds, hasOther: ends.some((end) => end > first) }];
  });
}
