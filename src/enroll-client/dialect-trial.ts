import { CATALOGUE } from '../problem/catalogue.js';
import { Problem } from '../problem/problem.js';
import { applicantsOf, textOf } from './applicant-answer.js';
import { askDatePage } from './date-pages.js';
import type { CallName, DialectSpec, RequestSpec } from './dialect.js';
import type { AuthorizedClient, Question } from './authorized-client.js';
import type { EnrolledApplicant } from './enroll-client.types.js';
import { askImage, askImages } from './image-calls.js';
import { valueAt } from './json-place.js';
import { placesOf, shapeOf } from './shape.js';
import type { TemplateValues } from './template.js';

/** What a call came to. `unproven`: it answered, but with nobody in it, so its fields were not seen. */
export type ProbeStatus = 'ok' | 'unproven' | 'failed';

/** One call, tried. Holds shapes and keys, never values. */
export interface CallTrial {
  call: string;
  status: ProbeStatus;
  /** Method and path of the dialect. */
  tried: string;
  found: string;
  /** What to change, where something is to be. */
  fix?: string;
}

/** Something that eNROLL knows; what is missing is taken from the applicants of the last days. */
export interface TrialSamples {
  requestId?: string | undefined;
  correlationId?: string | undefined;
  applicantId?: string | undefined;
  imagePath?: string | undefined;
  photoPath?: string | undefined;
}

/** Nobody has this id; asked for where no sample is known, to see at least how a call answers. */
const NOBODY = 'rollcall-doctor';
const DAY_MS = 86_400_000;
const IMAGE_FIELDS = ['livePhotoPath', 'idFrontScanPath', 'idBackScanPath', 'passportScanPath'];

interface Verdict {
  status: ProbeStatus;
  found: string;
  fix?: string;
}

/**
 * Tries each call of the dialect once, in an order in which one finds samples for the next.
 * @param authorizedWith makes an authorized that shows every JSON answer to `look`
 * @param days how far back to look for samples
 */
export async function* tryCalls(
  authorizedWith: (onAnswer: (json: unknown) => void) => AuthorizedClient,
  given: TrialSamples,
  days: number,
): AsyncGenerator<CallTrial> {
  const trial = new DialectTrial(authorizedWith, given);
  yield await trial.token();
  yield await trial.byDate(days);
  yield await trial.byIds();
  yield await trial.applicantId();
  yield await trial.applicants('requestId');
  yield await trial.applicants('correlationId');
  yield await trial.image('image');
  if (trial.spec.calls.photo !== undefined) yield await trial.image('photo');
  yield await trial.images();
}

class DialectTrial {
  readonly spec: DialectSpec;
  private readonly authorized: AuthorizedClient;
  private readonly samples: TrialSamples;
  private seen: unknown;

  constructor(authorizedWith: (onAnswer: (json: unknown) => void) => AuthorizedClient, given: TrialSamples) {
    this.authorized = authorizedWith((json) => (this.seen = json));
    this.spec = this.authorized.dialect.spec;
    this.samples = { ...given };
  }

  token(): Promise<CallTrial> {
    return this.tried('token', this.spec.token, async () => {
      const { expiresAt } = await this.authorized.token();
      if (expiresAt !== undefined && expiresAt > new Date()) {
        return { status: 'ok', found: `a token until ${expiresAt.toISOString()}` };
      }
      const found = `a token without an end that can be read, in ${shapeOf(this.seen)}`;
      return { status: 'unproven', found, fix: 'token.answer.expiry' };
    });
  }

  byDate(days: number): Promise<CallTrial> {
    const call = 'applicantsByDate';
    return this.tried(`calls.${call}`, this.spec.calls[call], async () => {
      const to = new Date();
      const range = { from: new Date(to.getTime() - days * DAY_MS), to };
      const { items } = await this.firstFilledPage(range);
      this.learn(items);
      return this.verdict(items, `in the last ${days} days`, `calls.${call}`);
    });
  }

  byIds(): Promise<CallTrial> {
    const spec = this.spec.calls.applicantsByIds;
    return this.tried('calls.applicantsByIds', spec, async () => {
      const { applicantId = NOBODY } = this.samples;
      const items = await this.list('applicantsByIds', { applicantIds: [applicantId] });
      return this.verdict(items, 'with the id asked for', 'calls.applicantsByIds');
    });
  }

  applicantId(): Promise<CallTrial> {
    const spec = this.spec.calls.applicantIdByRequestId;
    return this.tried('calls.applicantIdByRequestId', spec, async () => {
      const { requestId = NOBODY, applicantId } = this.samples;
      const question = { call: 'calls.applicantIdByRequestId', spec, values: { requestId } };
      const json = await this.authorized.askJson(question);
      const found = textOf(valueAt(json, spec.answer.applicantId));
      const fix = 'calls.applicantIdByRequestId.answer.applicantId';
      if (found === undefined) return { status: 'failed', found: `no id, in ${shapeOf(json)}`, fix };
      if (applicantId === undefined || found === applicantId)
        return { status: 'ok', found: 'the applicant id' };
      return { status: 'failed', found: 'an id that is not the applicant of this request', fix };
    });
  }

  applicants(by: 'requestId' | 'correlationId'): Promise<CallTrial> {
    return this.tried(`calls.applicants (${by})`, this.spec.calls.applicants, async () => {
      const items = await this.list('applicants', { [by]: this.samples[by] ?? NOBODY });
      return this.verdict(items, `with this ${by}`, 'calls.applicants');
    });
  }

  image(name: 'image' | 'photo'): Promise<CallTrial> {
    const { image, photo } = this.spec.calls;
    const spec = name === 'photo' ? (photo ?? image) : image;
    return this.tried(`calls.${name}`, spec, async () => {
      const path = (name === 'photo' ? this.samples.photoPath : this.samples.imagePath) ?? NOBODY;
      const call = `calls.${name}`;
      const asking = askImage(this.authorized, call, spec, path);
      const { bytes, mediaType } = await this.lookedAt(asking, { call, spec, values: { imagePath: path } });
      const found = `${bytes.length} bytes of ${mediaType ?? 'no image type that we know'}`;
      return { status: mediaType === undefined ? 'unproven' : 'ok', found };
    });
  }

  images(): Promise<CallTrial> {
    return this.tried('calls.images', this.spec.calls.images, async () => {
      const spec = this.spec.calls.images;
      const imagePaths = [this.samples.imagePath ?? NOBODY];
      const asking = askImages(this.authorized, imagePaths);
      const [result] = await this.lookedAt(asking, { call: 'calls.images', spec, values: { imagePaths } });
      if (result !== undefined && 'image' in result) {
        return {
          status: 'ok',
          found: `${result.image.bytes.length} bytes of ${result.image.mediaType ?? 'unknown type'}`,
        };
      }
      const fault = result?.fault ?? 'ENROLL_NOT_FOUND';
      const found = `a list without the image: ${CATALOGUE[fault][1]}`;
      if (this.samples.imagePath === undefined) return { status: 'unproven', found };
      return { status: 'failed', found, fix: 'calls.images.answer.path, calls.images.answer.image' };
    });
  }

  /** The first page of the range that holds anybody, slice by slice from the newest. */
  private async firstFilledPage(range: { from: Date; to: Date }): Promise<{ items: EnrolledApplicant[] }> {
    const sliceMs = this.spec.calls.applicantsByDate.sliceHours * 3_600_000;
    for (let to = range.to; to > range.from; to = new Date(to.getTime() - sliceMs)) {
      const from = new Date(Math.max(to.getTime() - sliceMs, range.from.getTime()));
      const page = await askDatePage(this.authorized, { from, to });
      if (page.items.length > 0) return page;
    }
    return { items: [] };
  }

  private async list(
    name: 'applicants' | 'applicantsByIds',
    values: TemplateValues,
  ): Promise<EnrolledApplicant[]> {
    const spec = this.spec.calls[name];
    const json = await this.authorized.askJson({ call: `calls.${name}`, spec, values });
    return applicantsOf(json, spec.answer.list, `calls.${name}.answer.list`, this.spec);
  }

  /** Images are read as they arrive and seen by nobody: what fits no dialect is asked for again, to be looked at. */
  private async lookedAt<T>(asking: Promise<T>, question: Question): Promise<T> {
    try {
      return await asking;
    } catch (error) {
      const strange = error instanceof Problem && error.code === 'ENROLL_BAD_ANSWER';
      if (strange) await this.authorized.askJson(question).catch(() => undefined);
      throw error;
    }
  }

  /** Judges a list of applicants by its first one. */
  private verdict(items: EnrolledApplicant[], where: string, call: string): Verdict {
    const [first] = items;
    if (first === undefined) return { status: 'unproven', found: `an empty list: nobody ${where}` };
    const found = `${items.length} applicant(s): ${shapeOf(first.element)}`;
    if (first.applicantId === undefined) {
      return {
        status: 'failed',
        found: `${found}, without an applicantId`,
        fix: 'applicant.fields.applicantId',
      };
    }
    if (call === 'calls.applicantsByDate' && first.enrolledAt === undefined) {
      return {
        status: 'unproven',
        found: `${found}, without a time of enrollment`,
        fix: 'applicant.enrolledAt',
      };
    }
    return { status: 'ok', found };
  }

  private learn(items: EnrolledApplicant[]): void {
    for (const { applicantId, requestId, correlationId, element } of items) {
      const at = (name: string) => textOf(valueAt(element, name));
      const imagePath = IMAGE_FIELDS.map(at).find((path) => path !== undefined);
      if (this.samples.applicantId === undefined || this.samples.applicantId === applicantId) {
        this.samples.applicantId ??= applicantId;
        this.samples.requestId ??= requestId;
        this.samples.correlationId ??= correlationId;
      }
      this.samples.imagePath ??= imagePath;
      this.samples.photoPath ??= at('photo');
    }
  }

  private async tried(call: string, spec: RequestSpec, attempt: () => Promise<Verdict>): Promise<CallTrial> {
    this.seen = undefined;
    const head = { call, tried: `${spec.method} ${spec.path}` };
    try {
      return { ...head, ...(await attempt()) };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { ...head, ...this.failure(call.split(' ')[0] ?? call, error) };
    }
  }

  private failure(call: string, problem: Problem): Verdict {
    const status = problem.options.extra?.['upstreamStatus'];
    const said = `${problem.code}: ${problem.detail ?? problem.title}`;
    const found = this.seen === undefined ? said : `${said}, in ${shapeOf(this.seen)}`;
    if (problem.code === 'ENROLL_NOT_FOUND' && call !== 'token' && this.askedForNobody(call)) {
      return { status: 'unproven', found: 'not found, as it should be: no sample was known to ask for' };
    }
    return { status: 'failed', found, fix: this.fixFor(call, problem, Number(status)) };
  }

  private askedForNobody(call: string): boolean {
    const { requestId, correlationId, applicantId, imagePath, photoPath } = this.samples;
    const samples: Partial<Record<string, (string | undefined)[]>> = {
      'calls.applicantIdByRequestId': [requestId],
      'calls.applicants': [requestId, correlationId],
      'calls.applicantsByIds': [applicantId],
      'calls.image': [imagePath],
      'calls.images': [imagePath],
      'calls.photo': [photoPath],
    } satisfies Partial<Record<`calls.${CallName}`, (string | undefined)[]>>;
    return samples[call]?.includes(undefined) ?? false;
  }

  private fixFor(call: string, problem: Problem, status: number): string {
    switch (problem.code) {
      case 'ENROLL_AUTH':
        return call === 'token'
          ? 'ENROLL_TENANT_ID, ENROLL_TENANT_SECRET, or token.body'
          : 'token.header, token.prefix';
      case 'ENROLL_FORBIDDEN':
        return `the rights of the tenant at eNROLL, or ${call}.path, token.header, token.prefix`;
      case 'ENROLL_NOT_FOUND':
        return `${call}.path, or ENROLL_BASE_URL`;
      case 'ENROLL_REFUSED':
        if (status === 404 || status === 405) return `${call}.method, ${call}.path`;
        return `${call}.method, ${call}.query, ${call}.body`;
      case 'ENROLL_BAD_ANSWER':
        return this.placeFor(call);
      case 'ENROLL_UNAVAILABLE':
      case 'ENROLL_TIMEOUT':
        return 'ENROLL_BASE_URL, ENROLL_PROXY_URL, ENROLL_CA_FILE, or eNROLL itself';
      default:
        return call;
    }
  }

  /** The key whose place is wrong, and the places in the answer that it could name. */
  private placeFor(call: string): string {
    if (this.seen === undefined) return `${call}.path, or ENROLL_BASE_URL: the answer was no JSON`;
    const wantsText = call === 'token' || call === 'calls.image' || call === 'calls.photo';
    const places = placesOf(this.seen, wantsText ? (value) => typeof value === 'string' : Array.isArray);
    const key = call === 'token' ? 'token.answer.token' : `${call}.answer.${wantsText ? 'image' : 'list'}`;
    return places.length === 0 ? key : `${key}: try ${places.join(' or ')}`;
  }
}
