import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './openapi.js';

/** Every endpoint, typed: `client.GET('/api/v1/applicants/{applicantId}', { params: { path: { applicantId } } })`. */
export type RollcallClient = Client<paths>;
export type Applicant = components['schemas']['ApplicantDto'];
export type ChangeEvent = components['schemas']['ChangeEventDto'];
/** The body of a webhook, once `verifySignature` has let it pass. */
export interface WebhookMessage {
  /** What happened, or `rollcall.test`. */
  type: ChangeEvent['event'] | 'rollcall.test';
  /** When, ISO 8601. */
  timestamp: string;
  data: Omit<ChangeEvent, 'event' | 'changedAt'>;
}
/** How Rollcall refuses, RFC 9457; `code` is one of docs/errors.md. */
export type Problem = components['schemas']['ProblemDto'];

export interface ClientOptions {
  /** As in `https://rollcall.example.org`, without `/api/v1`. */
  baseUrl: string;
  /** Of `rollcall apikey create`, with the scopes that you need and no more. */
  apiKey: string;
  /** Another one than the platform's: with a proxy, a certificate authority, a trace. */
  fetch?: (request: Request) => Promise<Response>;
}

/** @throws TypeError where `baseUrl` is no URL */
export function createRollcallClient({ baseUrl, apiKey, fetch }: ClientOptions): RollcallClient {
  return createClient<paths>({
    baseUrl: new URL(baseUrl).href,
    headers: { authorization: `Bearer ${apiKey}` },
    ...(fetch && { fetch }),
  });
}
