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
} from './enroll-client.types.js';
import { checkId, missingSettings } from './enroll-requests.js';
import type { IssuedToken } from './enroll-token.js';
import { EnrollTransport, type TransportOptions } from './enroll-transport.js';
import { askImage, askImages } from './image-calls.js';
import { ImageScanner } from './image-scanner.js';
import { valueAt } from './json-place.js';
import { type CallTrial, DialectTrial, type TrialSamples } from './dialect-trial.js';
import type { MintSessionBody } from './session-tokens.dto.js';
import { dialectOf } from './settings-faults.js';

/**
 * eNROLL's query API: the seven calls and the two session tokens, as the dialect spells them.
 *
 * Each method throws `Problem`: ENROLL_NOT_CONFIGURED, ENROLL_AUTH, ENROLL_FORBIDDEN, ENROLL_NOT_FOUND, ENROLL_TIMEOUT,
 * ENROLL_BUSY, ENROLL_UNAVAILABLE, ENROLL_REFUSED, ENROLL_BAD_ANSWER, ENROLL_ANSWER_TOO_LARGE (M9), and the codes in its
 * own comment. An aborted `signal` ends a call with ENROLL_BUSY.
 */
export class EnrollClient implements OnApplicationShutdown {
  private readonly authorized: AuthorizedClient;
  private readonly scanner: ImageScanner;

  /** For `connect`. */
  constructor(
    private readonly config: Config,
    readonly dialect: Dialect,
    private readonly transport: EnrollTransport,
  ) {
    this.authorized = new AuthorizedClient(config, dialect, transport);
    this.scanner = new ImageScanner(config);
  }

  /**
   * The client for these settings. It asks nothing yet. Without the tenant's settings its calls are ENROLL_NOT_CONFIGURED.
   * @throws ConfigError naming ENROLL_DIALECT or ENROLL_CA_FILE
   */
  static connect(
    config: Config,
    http = new HttpService(axios.create()),
    options: TransportOptions = {},
  ): EnrollClient {
    const dialect = dialectOf(config);
    const transport = new EnrollTransport(http, config, dialect.spec.errors.code, options);
    return new EnrollClient(config, dialect, transport);
  }

  /** Whether the tenant's settings are there. Without them each call is ENROLL_NOT_CONFIGURED. */
  get configured(): boolean {
    return missingSettings(this.config).length === 0;
  }

  /** How far eNROLL's clock is ahead of ours, to about a second. Undefined before its first answer. */
  get clockAheadMs(): number | undefined {
    return this.transport.clockAheadMs;
  }

  /** Makes sure that there is a token and returns its end. The token itself stays inside. */
  token(): Promise<{ expiresAt: Date | undefined }> {
    return this.authorized.token();
  }

  /** @throws Problem ENROLL_NOT_FOUND also if the answer names nobody */
  async applicantIdByRequestId(requestId: string, signal?: AbortSignal): Promise<string> {
    const values = { requestId: checkId(requestId, 'requestId') };
    const json = await this.authorized.askJson('applicantIdByRequestId', values, signal);
    const { applicantId: place } = this.dialect.spec.calls.applicantIdByRequestId.answer;
    const applicantId = textOf(valueAt(json, place));
    if (applicantId !== undefined) return applicantId;
    const key = 'calls.applicantIdByRequestId.answer.applicantId';
    throw new Problem('ENROLL_NOT_FOUND', `Nobody at "${place}" (dialect key ${key})`);
  }

  /** The applicants of one request, or of one customer of the organization. The list may be empty. */
  async applicants(
    by: { requestId: string } | { correlationId: string },
    signal?: AbortSignal,
  ): Promise<EnrolledApplicant[]> {
    for (const [name, id] of Object.entries(by)) checkId(id, name);
    const json = await this.authorized.askJson('applicants', by, signal);
    return applicantsOf(json, 'applicants', this.dialect.spec);
  }

  /**
   * The applicants of a date range, page by page, so that a year needs no more memory than a day. We ask in slices of the
   * dialect's `sliceHours`. An applicant on the border of two slices may come twice.
   */
  async *applicantsByDate(range: DateRange, signal?: AbortSignal): AsyncGenerator<EnrolledApplicant[]> {
    let position: DatePosition | undefined;
    do {
      const { items, next } = await this.datePage(range, position, signal);
      if (items.length > 0) yield items;
      position = next;
    } while (position !== undefined);
  }

  /** One page of a date range and the position of the next. @throws Problem BAD_REQUEST if `from` is not before `to` */
  datePage(range: DateRange, position?: DatePosition, signal?: AbortSignal): Promise<DatePage> {
    return askDatePage(this.authorized, range, position, signal);
  }

  /** Each id is asked once, in chunks. Ids that eNROLL does not know or refuses are left out. */
  applicantsByIds(ids: Iterable<string>, signal?: AbortSignal): AsyncGenerator<EnrolledApplicant[]> {
    return askByIds(this.authorized, ids, signal);
  }

  /**
   * @throws Problem ENROLL_IMAGE_PATH, ENROLL_IMAGE_DAMAGED, ENROLL_IMAGE_TOO_LARGE (M10), ENROLL_IMAGE_HARMFUL,
   *   SCANNER_UNAVAILABLE
   */
  async image(path: string, signal?: AbortSignal): Promise<EnrollImage> {
    return this.scanner.pass(await askImage(this.authorized, 'image', path, signal));
  }

  /** The picture cut from the document (field `photo`). Some tenants serve it by a separate call. */
  async photo(path: string, signal?: AbortSignal): Promise<EnrollImage> {
    const call = this.dialect.spec.calls.photo === undefined ? 'image' : 'photo';
    return this.scanner.pass(await askImage(this.authorized, call, path, signal));
  }

  /**
   * Many images, in chunks, with one result for each distinct path. A fault of one image is in its result. Only a fault
   * of a whole chunk is thrown. Ask `image` for images that the batch did not have.
   */
  async *images(paths: Iterable<string>, signal?: AbortSignal): AsyncGenerator<ImageResult[]> {
    const { chunk } = this.dialect.spec.calls.images;
    const wanted = [...new Set(paths)];
    for (let at = 0; at < wanted.length; at += chunk) {
      yield await this.scanner.passAll(
        await askImages(this.authorized, wanted.slice(at, at + chunk), signal),
      );
    }
  }

  /** Mints a session token for eNROLL's app or web page. `tenantSecret` stays here. */
  sessionToken({ kind, ...facts }: MintSessionBody): Promise<IssuedToken> {
    return this.authorized.mint(kind, facts);
  }

  /** Tries each call once, with given samples or samples from the last `days`. For `rollcall doctor`. */
  probe(samples: TrialSamples, days: number): AsyncGenerator<CallTrial> {
    const authorized = new AuthorizedClient(this.config, this.dialect, this.transport);
    return new DialectTrial(authorized, samples).calls(days);
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}
