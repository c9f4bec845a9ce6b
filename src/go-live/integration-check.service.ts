import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { Config } from '../config/config.js';
import { publicUrlOf, readInstallation } from '../db/installation.repository.js';
import { minuteLimiter, retryAfterSecondsOf } from '../db/minute-limiter.js';
import { within } from '../observability/within.js';
import { Problem } from '../problem/problem.js';
import { type Finding, skipped } from './finding.types.js';
import { goLive, type GoLive } from './go-live.service.js';
import type { CheckIntegrationBody, IntegrationCheckDto } from './integration.dto.js';

const WITHIN_MS = 30_000;
/** Of the whole installation: one check is a dozen requests to ourselves. */
const PER_MINUTE = 6;
const EVERYBODY = 'installation';

/** Plays eNROLL at our own public URL for somebody who asks by the API. The URL is never the caller's. */
@Injectable()
export class IntegrationCheck {
  private isRunning = false;
  private readonly limiter;

  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly audit: Audit,
  ) {
    this.limiter = minuteLimiter(dataSource, { table: 'api_rates', prefix: 'go-live', points: PER_MINUTE });
  }

  /**
   * The secret goes to the public URL alone, and only where `goLive` sends it; it is not kept.
   * @param by the name in the audit
   * @throws Problem BAD_REQUEST, CONFLICT, TOO_MANY_REQUESTS
   */
  async run(body: CheckIntegrationBody, by: string): Promise<IntegrationCheckDto> {
    const credentials = credentialsOf(body);
    if (this.isRunning) throw new Problem('CONFLICT', 'a check is under way: wait for its end');
    this.isRunning = true;
    try {
      await this.count();
      return await this.play(credentials, by);
    } finally {
      this.isRunning = false;
    }
  }

  private async play(credentials: GoLive['credentials'], by: string): Promise<IntegrationCheckDto> {
    const startedAt = new Date().toISOString();
    const installation = await readInstallation(this.dataSource.manager);
    const base = new URL(publicUrlOf(this.config, installation));
    const maxBodyBytes = this.config.env.ROLLCALL_MAX_BODY_BYTES;
    const findings = await inTime({ base, credentials, installation: installation.id, maxBodyBytes });
    await this.audit.record(null, {
      actor: by,
      action: 'integration.check',
      subject: 'integration:url',
      // not the id of the client: somebody may have pasted the secret there
      detail: { ...countsOf(findings), withSecret: credentials !== undefined },
    });
    const shown = findings.map(({ check, status, found, fix = null }) => ({ check, status, found, fix }));
    return { playedBy: 'rollcall', url: base.href, startedAt, findings: shown };
  }

  private async count(): Promise<void> {
    try {
      await this.limiter.consume(EVERYBODY);
    } catch (error) {
      const detail = `This installation was checked ${PER_MINUTE} times within the last minute`;
      throw new Problem('TOO_MANY_REQUESTS', detail, { retryAfterSeconds: retryAfterSecondsOf(error) });
    }
  }
}

function credentialsOf({ clientId, clientSecret }: CheckIntegrationBody): GoLive['credentials'] {
  if (clientId !== undefined && clientSecret !== undefined) return { clientId, clientSecret };
  if (clientId === clientSecret) return undefined;
  throw new Problem('BAD_REQUEST', 'clientId and clientSecret come together');
}

/** What is found in time: the rest is not tried. */
async function inTime(target: GoLive): Promise<Finding[]> {
  const findings: Finding[] = [];
  const stop = new AbortController();
  const playing = async () => {
    for await (const finding of goLive({ ...target, signal: stop.signal })) {
      if (stop.signal.aborted) return;
      findings.push(finding);
    }
  };
  const late = new Error('the check takes too long');
  try {
    await within(WITHIN_MS, playing(), late);
  } catch (error) {
    if (error !== late) throw error;
    const found = `not tried: all before it took more than ${WITHIN_MS / 1000} s`;
    findings.push({ check: 'all else', ...skipped(found, 'what is slow above, or gives no answer, first') });
  } finally {
    stop.abort();
  }
  return findings;
}

function countsOf(findings: Finding[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of findings) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
