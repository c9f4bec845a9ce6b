import { Webhook } from 'standardwebhooks';
import type { AttemptDto, BulkDto, DeliveryDto } from '../../src/webhooks/deliveries.dto.js';
import type { CreatedEndpointDto, EndpointDetailDto } from '../../src/webhooks/endpoints.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp, type TestAppOptions } from '../harness/app.js';
import { type Answer, type Ask, callerWithAll } from '../harness/clients.js';
import type { Delivered } from './receiver.js';

const HOUR_MS = 3_600_000;
export const ALLOW_LOOPBACK = { ROLLCALL_WEBHOOK_ALLOW_CIDR: '127.0.0.0/8,::1/128' };

/** What an event says, as a receiver reads it. */
export interface Said {
  type: string;
  timestamp: string;
  data: Record<string, unknown> & { applicantId: string; version: number };
}

/** Rollcall with what tests of webhooks ask of it. */
export class HandingOn {
  readonly ask: Ask;
  private made = 0;

  private constructor(readonly rollcall: TestApp) {
    this.ask = callerWithAll(rollcall);
  }

  static async start(env: Record<string, string> = {}, options: TestAppOptions = {}): Promise<HandingOn> {
    return new HandingOn(await startApp({ ...options, env: { ...ALLOW_LOOPBACK, ...env } }));
  }

  /** Lines of the log that hold this. */
  logged(part: string): Record<string, unknown>[] {
    const lines = this.rollcall.log.filter((line) => line.includes(part));
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Makes an endpoint that the answer must be 201 for. */
  async endpoint(settings: Record<string, unknown>): Promise<CreatedEndpointDto> {
    const body = JSON.stringify({ name: `endpoint-${(this.made += 1)}`, ...settings });
    const created = await this.ask<CreatedEndpointDto>('/api/v1/endpoints', { method: 'POST', body });
    if (created.status !== 201) throw new Error(`no endpoint: ${JSON.stringify(created.body)}`);
    return created.body;
  }

  /** So that one test's endpoints are not told of the next one's events. */
  async removeEndpoints(): Promise<void> {
    const { items } = await this.read<{ items: { id: string }[] }>('/api/v1/endpoints?limit=200');
    for (const { id } of items) await this.ask(`/api/v1/endpoints/${id}`, { method: 'DELETE' });
  }

  find(endpointId: string): Promise<EndpointDetailDto> {
    return this.read(`/api/v1/endpoints/${endpointId}`);
  }

  /** Newest first. */
  async deliveries(endpointId: string, query = ''): Promise<DeliveryDto[]> {
    return (await this.read<{ items: DeliveryDto[] }>(`/api/v1/endpoints/${endpointId}/deliveries?${query}`))
      .items;
  }

  async attempts(endpointId: string, deliveryId: string): Promise<AttemptDto[]> {
    const path = `/api/v1/endpoints/${endpointId}/deliveries/${deliveryId}/attempts`;
    return (await this.read<{ items: AttemptDto[] }>(path)).items;
  }

  /** Takes new applicants by one callback; their ids. */
  async enroll(count = 1): Promise<string[]> {
    const ids = Array.from({ length: count }, () => `a-${(this.made += 1)}`);
    await this.take(ids.map((applicantId) => ({ ...anApplicant(), applicantId })));
    return ids;
  }

  /** Takes a further version of a known applicant. */
  async update(applicantId: string, change: Record<string, unknown>): Promise<void> {
    await this.take([{ applicantId, isUpdate: true, ...change }]);
  }

  /** Recovers or replays all pages; how many deliveries in all. */
  async bulk(
    endpointId: string,
    verb: 'recover' | 'replay',
    dryRun: boolean,
    since = new Date(Date.now() - HOUR_MS),
  ): Promise<number> {
    let count = 0;
    for (let cursor: string | null | undefined; cursor !== null;) {
      const body = JSON.stringify({ since, dryRun, cursor });
      const path = `/api/v1/endpoints/${endpointId}/${verb}`;
      const answer: Answer<BulkDto> = await this.ask(path, { method: 'POST', body });
      if (answer.status !== 200) throw new Error(`no ${verb}: ${JSON.stringify(answer.body)}`);
      count += answer.body.count;
      cursor = answer.body.nextCursor;
    }
    return count;
  }

  /** Lets everything that waits for its time be due now. */
  async skipDelays(endpointId: string): Promise<void> {
    await this.rollcall.sql(
      `update deliveries set next_attempt_at = now()
       where endpoint_id = $1 and state = 'due' and next_attempt_at > now()`,
      [endpointId],
    );
  }

  stop(): Promise<void> {
    return this.rollcall.stop();
  }

  private async take(applicants: unknown[]): Promise<void> {
    const response = await this.rollcall.callback('success', applicants);
    if (response.status !== 200) throw new Error(`the callback was answered ${response.status}`);
  }

  private async read<Body>(path: string): Promise<Body> {
    const { status, body } = await this.ask<Body>(path);
    if (status !== 200) throw new Error(`GET ${path} was answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }
}

/** What was delivered, once its signature is verified. */
export function verified({ body, headers }: Delivered, secret: string): Said {
  return new Webhook(secret).verify(body, headers as Record<string, string>) as Said;
}
