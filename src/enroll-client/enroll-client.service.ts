import { HttpService } from '@nestjs/axios';
import type { OnApplicationShutdown } from '@nestjs/common';
import axios from 'axios';
import type { Config } from '../config/config.js';
import { Problem } from '../problem/problem.js';
import { applicantsOf, textOf } from './applicant-answer.js';
import { askByIds } from './by-ids.js';
import { askDatePage } from './date-pages.js';
import type { DateRange } from './date-slices.js';
import type { Dialect } from './dialect.loader.js';
import { AuthorizedClient } from './authorized-client.js';
import type {
  DatePage,
  DatePosition,
  EnrolledApplicant,
  EnrollImage,
  ImageResult,
  OnTried,
  SessionRequest,
  SessionToken,
} from './enroll-client.types.js';
import { checkId } from './enroll-requests.js';
import { EnrollTransport } from './enroll-transport.js';
import { askImage, askImages } from './image-calls.js';
import { valueAt } from './json-place.js';
import { type CallTrial, tryCalls, type TrialSamples } from './dialect-trial.js';
import { dialectOf } from './settings-faults.js';
import type { ResilienceOptions } from './resilience-policy.js';

interface ConnectOptions {
  resilience?: Partial<ResilienceOptions>;
  onTried?: OnTried;
}

/**
 * eNROLL's query API: the seven calls and the two session tokens, spelled by the dialect.
 *
 * Every method throws `Problem`: ENROLL_NOT_CONFIGURED, ENROLL_AUTH, ENROLL_FORBIDDEN, ENROLL_NOT_FOUND, ENROLL_TIMEOUT, ENROLL_BUSY,
 * ENROLL_UNAVAILABLE, ENROLL_REFUSED, ENROLL_BAD_ANSWER, ENROLL_ANSWER_TOO_LARGE (M9), and what it names itself. An
 * aborted `signal` ends it with ENROLL_BUSY.
 */
export class EnrollClient implements OnApplicationShutdown {
  private readonly authorized: AuthorizedClient;

  /** For `connect`. */
  constructor(
    private readonly config: Config,
    readonly dialect: Dialect,
    private readonly transport: EnrollTransport,
  ) {
    this.authorized = new AuthorizedClient(config, dialect, transport);
  }

  /**
   * The client for these settings; asks nothing yet, and works unconfigured up to ENROLL_NOT_CONFIGURED.
   * @throws ConfigError naming ENROLL_DIALECT or ENROLL_CA_FILE
   */
  static connect(
    config: Config,
    http = new HttpService(axios.create()),
    options: ConnectOptions = {},
  ): EnrollClient {
    const dialect = dialectOf(config);
    const transport = new EnrollTransport(http, config, {
      ...options,
      errorCodeAt: dialect.spec.errors.code,
    });
    return new EnrollClient(config, dialect, transport);
  }

  /** Whether the tenant's settings are there; without them every call is ENROLL_NOT_CONFIGURED. */
  get configured(): boolean {
    const { ENROLL_BASE_URL, ENROLL_TENANT_ID, ENROLL_TENANT_SECRET } = this.config.env;
    return [ENROLL_BASE_URL, ENROLL_TENANT_ID, ENROLL_TENANT_SECRET].every((value) => value !== undefined);
  }

  /** How far eNROLL's clock is ahead of ours, to about a second; undefined before it has told. */
  get clockAheadMs(): number | undefined {
    return this.transport.clockAheadMs;
  }

  /** Makes sure of a token and tells when it ends; the token itself stays inside. */
  token(): Promise<{ expiresAt: Date | undefined }> {
    return this.authorized.token();
  }

  /** @throws Problem ENROLL_NOT_FOUND also where the answer names nobody */
  async applicantIdByRequestId(requestId: string, signal?: AbortSignal): Promise<string> {
    const spec = this.dialect.spec.calls.applicantIdByRequestId;
    const values = { requestId: checkId(requestId, 'requestId') };
    const json = await this.authorized.askJson(
      { call: 'calls.applicantIdByRequestId', spec, values },
      signal,
    );
    const applicantId = textOf(valueAt(json, spec.answer.applicantId));
    if (applicantId !== undefined) return applicantId;
    const key = 'calls.applicantIdByRequestId.answer.applicantId';
    throw new Problem('ENROLL_NOT_FOUND', `Nobody at "${spec.answer.applicantId}" (dialect key ${key})`);
  }

  /** The applicants of one request or of one customer of the organization; none is an empty list. */
  async applicants(
    by: { requestId: string } | { correlationId: string },
    signal?: AbortSignal,
  ): Promise<EnrolledApplicant[]> {
    const spec = this.dialect.spec.calls.applicants;
    const values =
      'requestId' in by
        ? { requestId: checkId(by.requestId, 'requestId') }
        : { correlationId: checkId(by.correlationId, 'correlationId') };
    const json = await this.authorized.askJson({ call: 'calls.applicants', spec, values }, signal);
    return applicantsOf(json, spec.answer.list, 'calls.applicants.answer.list', this.dialect.spec);
  }

  /**
   * The applicants of a date range, page by page, so that a year costs no more memory than a day. Asked in slices of
   * the dialect's `sliceHours`; one on the border of two slices may come twice.
   */
  async *applicantsByDate(range: DateRange, signal?: AbortSignal): AsyncGenerator<EnrolledApplicant[]> {
    let position: DatePosition | undefined;
    do {
      const { items, next } = await this.datePage(range, position, signal);
      if (items.length > 0) yield items;
      position = next;
    } while (position !== undefined);
  }

  /** One page of a date range and where to go on. @throws Problem BAD_REQUEST where `from` is not before `to` */
  datePage(range: DateRange, position?: DatePosition, signal?: AbortSignal): Promise<DatePage> {
    return askDatePage(this.authorized, range, position, signal);
  }

  /** Ids are deduped and asked in chunks; those that eNROLL does not know, or will not be asked about, are left out. */
  applicantsByIds(ids: Iterable<string>, signal?: AbortSignal): AsyncGenerator<EnrolledApplicant[]> {
    return askByIds(this.authorized, ids, signal);
  }

  /** @throws Problem ENROLL_IMAGE_PATH, ENROLL_IMAGE_DAMAGED, ENROLL_IMAGE_TOO_LARGE (M10) */
  image(path: string, signal?: AbortSignal): Promise<EnrollImage> {
    return askImage(this.authorized, 'calls.image', this.dialect.spec.calls.image, path, signal);
  }

  /** The picture cut from the document (field `photo`), which some tenants serve by a call of its own. */
  photo(path: string, signal?: AbortSignal): Promise<EnrollImage> {
    const { photo, image } = this.dialect.spec.calls;
    const call = photo === undefined ? 'calls.image' : 'calls.photo';
    return askImage(this.authorized, call, photo ?? image, path, signal);
  }

  /**
   * Many images, in chunks: one result for each distinct path. What is wrong with one image is its own `fault`; only
   * what is wrong with a whole chunk is thrown. Ask `image` for one that the batch did not have.
   */
  async *images(paths: Iterable<string>, signal?: AbortSignal): AsyncGenerator<ImageResult[]> {
    const { chunk } = this.dialect.spec.calls.images;
    const wanted = [...new Set(paths)];
    for (let at = 0; at < wanted.length; at += chunk) {
      yield await askImages(this.authorized, wanted.slice(at, at + chunk), signal);
    }
  }

  /** Mints a session token for eNROLL's app or web page; `tenantSecret` stays here. */
  sessionToken({ kind, ...facts }: SessionRequest): Promise<SessionToken> {
    return this.authorized.mint(`sessions.${kind}`, this.dialect.spec.sessions[kind], facts);
  }

  /** Tries each call once, with samples given or found in the last `days`; for `rollcall doctor`. */
  probe(samples: TrialSamples, days: number): AsyncGenerator<CallTrial> {
    const authorizedWith = (onAnswer: (json: unknown) => void) =>
      new AuthorizedClient(this.config, this.dialect, this.transport, onAnswer);
    return tryCalls(authorizedWith, samples, days);
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}
