import { Injectable, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { Alerts } from '../alerts/alerts.service.js';
import { LastTokens } from '../auth/last-tokens.service.js';
import { redactUrl } from '../config/database-url.js';
import { releaseVersion } from '../config/root.js';
import { readInstallation } from '../db/installation.repository.js';
import { MirrorControl } from '../images/mirror-control.service.js';
import type { ProbeDto } from '../inbox/receipts.dto.js';
import { Probes } from '../inbox/probes.service.js';
import { Quarantine } from '../inbox/quarantine.service.js';
import { Receipts } from '../inbox/receipts.service.js';
import { Readiness } from '../observability/readiness.js';
import { Gaps } from '../reconciliation/gaps.service.js';
import { Refusals } from '../refusals/refusals.service.js';
import { Silence } from '../stats/silence.service.js';
import { Statistics } from '../stats/stats.service.js';
import { Endpoints } from '../webhooks/endpoints.service.js';
import { needsAttention } from './needs-attention.js';
import type { StatusDto } from './status.dto.js';

const HOUR_SECONDS = 3600;
const LOGIN = /\/\/[^@/]*@/;
const VERSION = releaseVersion();

type Part<Name extends keyof StatusDto> = Promise<StatusDto[Name]>;

/** Asks every folder for its numbers; none of them counts more than a bounded number of rows. */
@Injectable()
export class Status {
  constructor(
    private readonly modules: ModuleRef,
    private readonly dataSource: DataSource,
    private readonly readiness: Readiness,
  ) {}

  /** @param outages what the caller knows to be wrong */
  async read(outages: string[] = []): Promise<StatusDto> {
    const failing = await this.of(Endpoints).failing();
    const [installation, health, callbacks, refused, quarantine, images, backlog] = await Promise.all([
      this.installation(),
      this.health(outages),
      this.callbacks(),
      this.refused(),
      this.quarantine(),
      this.images(),
      this.of(Endpoints).backlog(),
    ]);
    const [{ open: gaps }, alerts, callbackTests, tokens] = await Promise.all([
      this.of(Gaps).summary(),
      this.of(Alerts).countOpen(),
      this.callbackTests(),
      this.tokens(),
    ]);
    const at = new Date().toISOString();
    const deliveries = { ...backlog, failing: failing.map(({ name }) => name) };
    const read = { at, installation, health, callbacks, refused, quarantine, images, deliveries };
    const status = { ...read, gaps, alerts, callbackTests, tokens };
    return { ...status, needsAttention: needsAttention(status, failing) };
  }

  private async installation(): Part<'installation'> {
    const { url } = this.dataSource.options as { url: string };
    const database = redactUrl(url).replace(LOGIN, '//');
    return { ...(await readInstallation(this.dataSource.manager)), version: VERSION, database };
  }

  private async health(outages: string[]): Part<'health'> {
    const reasons = [...outages, ...(await this.readiness.obstacles())];
    return { ready: reasons.length === 0, reasons };
  }

  private async callbacks(): Part<'callbacks'> {
    const [days, { lastCallbackAt, usualMinutes, isSilent }, { count }] = await Promise.all([
      this.of(Statistics).lastTwoDays(),
      this.of(Silence).read(),
      this.of(Receipts).pending(),
    ]);
    return { ...days, lastCallbackAt, usualMinutes, isSilent, pending: count };
  }

  private async refused(): Part<'refused'> {
    const [{ latest: _, ...tokens }, { latest: __, ...callbacks }] = await Promise.all([
      this.of(Refusals).recent('token'),
      this.of(Refusals).recent('callbacks'),
    ]);
    return { tokens, callbacks };
  }

  private async quarantine(): Part<'quarantine'> {
    const { open, recent } = await this.of(Quarantine).growth(HOUR_SECONDS);
    return { open, lastHour: recent };
  }

  private async images(): Part<'images'> {
    const mirror = this.of(MirrorControl);
    const [{ configured, paused, fault, counts }, behindSeconds] = await Promise.all([
      mirror.status(),
      mirror.behindSeconds(),
    ]);
    return {
      waiting: counts.wanted,
      failed: counts.failed,
      // nobody fetches them, so they are not late
      behindSeconds: configured && paused === null ? Math.round(behindSeconds) : 0,
      configured,
      paused: paused !== null,
      fault: fault?.code ?? null,
    };
  }

  private async callbackTests(): Part<'callbackTests'> {
    const { success, fail, any } = await this.of(Probes).last();
    return { success: lastProbe(success), fail: lastProbe(fail), any: lastProbe(any) };
  }

  private async tokens(): Part<'tokens'> {
    return (await this.of(LastTokens).list()).map(({ at, ...token }) => ({ ...token, at: at.toISOString() }));
  }

  /** By their class: they are too many for a constructor. */
  private of<Service>(service: Type<Service>): Service {
    return this.modules.get(service, { strict: false });
  }
}

/** Without the address: who reads numbers need not learn who calls. */
function lastProbe(probe: ProbeDto | null): StatusDto['callbackTests']['any'] {
  return probe && { at: probe.at, url: probe.url, tokenValid: probe.tokenValid };
}
