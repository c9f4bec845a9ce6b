import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { addAbortSignal, type Readable } from 'node:stream';
import { rootCertificates } from 'node:tls';
import type { HttpService } from '@nestjs/axios';
import { Logger } from '@nestjs/common';
import { type AxiosProxyConfig, type AxiosResponse, isAxiosError } from 'axios';
import { firstValueFrom } from 'rxjs';
import type { Config } from '../config/config.js';
import { Problem } from '../problem/problem.js';
import type { OnTried, Outcome } from './enroll-client.types.js';
import { parseJson } from './json-answer.js';
import { valueAt } from './json-place.js';
import { authoritiesIn } from './settings-faults.js';
import { ResiliencePolicy, DEFAULT_RESILIENCE, type ResilienceOptions } from './resilience-policy.js';
import { TunnelAgent } from './tunnel-agent.js';
import { UpstreamFault } from './upstream-fault.js';

const MAX_ERROR_BYTES = 64 * 1024;
const NOT_TRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/;

/** One request, spelled out. */
export interface OutgoingRequest {
  /** The dialect's name of the call, for logs and errors: `calls.image`. */
  call: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  /** JSON text. */
  body: string | undefined;
}

/** How to read a 2xx answer. One of more than `maxBytes` is ENROLL_ANSWER_TOO_LARGE. */
export interface AnswerReader<T> {
  maxBytes: number;
  /** @param date The time by eNROLL's clock, from the `Date` header */
  read: (body: Buffer, date: Date | undefined) => T;
}

export interface TransportOptions {
  resilience?: Partial<ResilienceOptions>;
  onTried?: OnTried;
}

/**
 * Requests to the one host of eNROLL: pooled connections, proxy, trusted authorities, no redirects, and the resilience
 * of M9 around each exchange. An exchange ends with the last byte of its answer, so a connection that is cut in the
 * middle of an image is tried again, like a connection that failed from the start.
 */
export class EnrollTransport {
  private readonly log = new Logger('EnrollClient');
  private readonly httpAgent: HttpAgent;
  private readonly httpsAgent: HttpsAgent;
  /** Only for `http:`. For `https:` the agent makes the tunnel. */
  private readonly plainProxy: AxiosProxyConfig | false;
  private readonly resilience: ResiliencePolicy;
  /** How far eNROLL's clock is ahead of ours, by its last `Date` header, which counts whole seconds. */
  clockAheadMs: number | undefined;

  /** @param errorCodeAt Place of eNROLL's error code in its error answers */
  constructor(
    private readonly http: HttpService,
    config: Config,
    private readonly errorCodeAt: string,
    private readonly options: TransportOptions,
  ) {
    const { ENROLL_CONCURRENCY, ENROLL_TIMEOUT_SECONDS, ENROLL_PROXY_URL, ENROLL_CA_FILE } = config.env;
    // one socket more than requests: the token call runs while its first user waits
    const pool = { keepAlive: true, maxSockets: ENROLL_CONCURRENCY + 1 };
    this.httpAgent = new HttpAgent(pool);
    const tls = {
      ...pool,
      ...(ENROLL_CA_FILE !== undefined && { ca: [...rootCertificates, ...authoritiesIn(ENROLL_CA_FILE)] }),
    };
    const proxy = ENROLL_PROXY_URL === undefined ? undefined : new URL(ENROLL_PROXY_URL);
    const timeoutMs = ENROLL_TIMEOUT_SECONDS * 1000;
    this.httpsAgent = proxy === undefined ? new HttpsAgent(tls) : new TunnelAgent(proxy, timeoutMs, tls);
    this.plainProxy = proxy === undefined ? false : proxyOf(proxy);
    const steady = {
      ...DEFAULT_RESILIENCE,
      concurrency: ENROLL_CONCURRENCY,
      timeoutMs,
      ...options.resilience,
    };
    this.resilience = new ResiliencePolicy(steady, (state) =>
      this.log.warn({ breaker: state }, 'eNROLL breaker'),
    );
  }

  /** Waits for one of the `ENROLL_CONCURRENCY` slots. All requests to eNROLL run in one. */
  inSlot<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.resilience.inSlot(work, signal);
  }

  /** @throws UpstreamFault, and what `reading.read` throws */
  exchange<T>(request: OutgoingRequest, reading: AnswerReader<T>, signal?: AbortSignal): Promise<T> {
    return this.resilience.execute((both) => this.attempt(request, reading, both, signal), signal);
  }

  close(): void {
    this.httpAgent.destroy();
    this.httpsAgent.destroy();
  }

  private async attempt<T>(
    request: OutgoingRequest,
    reading: AnswerReader<T>,
    signal: AbortSignal,
    left: AbortSignal | undefined,
  ): Promise<T> {
    const startedAt = performance.now();
    let outcome: Outcome = 'ok';
    try {
      const response = await this.send(request, signal);
      const date = dateOf(response);
      if (date !== undefined) this.clockAheadMs = date.getTime() - Date.now();
      const stream = addAbortSignal(signal, response.data);
      try {
        if (response.status < 200 || response.status > 299) throw await this.refusal(response);
        return reading.read(await bodyOf(response, reading.maxBytes), date);
      } finally {
        if (!stream.readableEnded) stream.on('error', () => undefined).destroy();
      }
    } catch (error) {
      outcome = signal.aborted ? (left?.aborted === true ? 'cancelled' : 'timeout') : outcomeOf(error);
      throw error;
    } finally {
      const ms = performance.now() - startedAt;
      this.options.onTried?.(request.call, outcome, ms / 1000);
      this.log.debug({ call: request.call, outcome, ms: Math.round(ms) }, 'eNROLL request');
    }
  }

  private async send(request: OutgoingRequest, signal: AbortSignal): Promise<AxiosResponse<Readable>> {
    const { method, url, headers, body } = request;
    try {
      return await firstValueFrom(
        this.http.request<Readable>({
          method,
          url,
          headers: { accept: 'application/json', 'user-agent': 'rollcall', ...headers },
          data: body,
          responseType: 'stream',
          signal,
          validateStatus: () => true,
          transformRequest: (data: unknown) => data,
          maxRedirects: 0,
          proxy: url.startsWith('https:') ? false : this.plainProxy,
          httpAgent: this.httpAgent,
          httpsAgent: this.httpsAgent,
        }),
      );
    } catch (error) {
      // never as `cause`: an AxiosError holds the whole request with its secrets
      throw faultOf(error);
    }
  }

  private async refusal(response: AxiosResponse<Readable>): Promise<UpstreamFault> {
    return new UpstreamFault('status', {
      status: response.status,
      errorCode: await this.errorCodeOf(response),
      retryAfterMs: retryAfterOf(response),
    });
  }

  private async errorCodeOf(response: AxiosResponse<Readable>): Promise<string | number | undefined> {
    try {
      const json = parseJson(await bodyOf(response, MAX_ERROR_BYTES));
      const code = valueAt(json, this.errorCodeAt);
      if (typeof code === 'number') return code;
      return typeof code === 'string' && /^[\w.-]{1,64}$/.test(code) ? code : undefined;
    } catch {
      return undefined; // an error page, whose status says enough
    }
  }
}

function proxyOf(url: URL): AxiosProxyConfig {
  return {
    protocol: url.protocol,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port !== '' ? url.port : url.protocol === 'https:' ? 443 : 80),
    ...(url.username !== '' && {
      auth: { username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) },
    }),
  };
}

function outcomeOf(fault: unknown): Outcome {
  if (!(fault instanceof UpstreamFault)) return 'bad_answer';
  return fault.kind === 'status' ? `http_${fault.facts.status ?? 0}` : fault.kind;
}

function faultOf(error: unknown): UpstreamFault {
  const code = (isAxiosError(error) ? error.code : (error as NodeJS.ErrnoException).code) ?? 'ERR_NETWORK';
  return new UpstreamFault(NOT_TRUSTED.test(code) ? 'tls' : 'network', { code });
}

/** @throws UpstreamFault `network`, Problem ENROLL_ANSWER_TOO_LARGE */
async function bodyOf(response: AxiosResponse<Readable>, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => new Problem('ENROLL_ANSWER_TOO_LARGE', `It is larger than ${maxBytes} bytes`);
  if (Number(headerOf(response, 'content-length')) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.data as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof Problem ? error : faultOf(error);
  }
  return Buffer.concat(chunks);
}

function headerOf(response: AxiosResponse, name: string): string | undefined {
  const value: unknown = response.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function dateOf(response: AxiosResponse): Date | undefined {
  const date = new Date(headerOf(response, 'date') ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Retry-After in seconds or as an HTTP date (RFC 9110 section 10.2.3). */
function retryAfterOf(response: AxiosResponse): number | undefined {
  const text = headerOf(response, 'retry-after');
  if (text === undefined) return undefined;
  const ms = /^\d+$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
