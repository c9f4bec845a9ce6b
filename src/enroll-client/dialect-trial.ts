import { CATALOGUE } from '../problem/catalogue.js';
import { Problem } from '../problem/problem.js';
import { applicantsOf, textOf } from './applicant-answer.js';
import type { AuthorizedClient } from './authorized-client.js';
import { askDatePage } from './date-pages.js';
import type { CallName, DialectSpec } from './dialect.js';
import type { EnrolledApplicant, EnrollImage } from './enroll-client.types.js';
import { askImage, askImages } from './image-calls.js';
import { valueAt } from './json-place.js';
import { placesOf, shapeOf } from './shape.js';

/** The result of a call. `unproven`: it answered, but with nobody, so we did not see its fields. */
type ProbeStatus = 'ok' | 'unproven' | 'failed';

interface Verdict {
  status: ProbeStatus;
  found: string;
  /** What to change, if anything. */
  fix?: string;
}

/** One call that was tried. Holds shapes and keys, never values. */
export interface CallTrial extends Verdict {
  call: string;
  /** Method and path of the dialect. */
  tried: string;
}

/** Something that eNROLL knows. What is missing comes from the applicants of the last days. */
export interface TrialSamples {
  requestId?: string | undefined;
  correlationId?: string | undefined;
  applicantId?: string | undefined;
  imagePath?: string | undefined;
  photoPath?: string | undefined;
}

/** Nobody has this id. We ask for it without a sample, to see at least how a call answers. */
const NOBODY = 'rollcall-doctor';
const DAY_MS = 86_400_000;
const IMAGE_FIELDS = ['livePhotoPath', 'idFrontScanPath', 'idBackScanPath', 'passportScanPath'];

type Tried = CallName | 'token';

/** The samples that each call needs. */
const SAMPLES_OF: Partial<Record<Tried, (keyof TrialSamples)[]>> = {
  applicantIdByRequestId: ['requestId'],
  applicants: ['requestId', 'correlationId'],
  applicantsByIds: ['applicantId'],
  image: ['imagePath'],
  images: ['imagePath'],
  photo: ['photoPath'],
};

/** Tries the calls of a dialect. */
export class DialectTrial {
  private readonly spec: DialectSpec;
  private readonly samples: TrialSamples;
  private seen: unknown;

  constructor(
    private readonly authorized: AuthorizedClient,
    given: TrialSamples,
  ) {
    authorized.onAnswer = (json) => (this.seen = json);
    this.spec = authorized.dialect.spec;
    this.samples = { ...given };
  }

  /**
   * Each call once. A call may find the samples for those after it.
   * @param days How far back to look for samples
   */
  async *calls(days: number): AsyncGenerator<CallTrial> {
    const { samples } = this;
    yield this.tried('token', () => this.token());
    yield this.tried('applicantsByDate', () => this.byDate(days));
    yield this.tried('applicantsByIds', async () => {
      const values = { applicantIds: [samples.applicantId ?? NOBODY] };
      const json = await this.authorized.askJson('applicantsByIds', values);
      return verdictOn(applicantsOf(json, 'applicantsByIds', this.spec), 'with the id asked for');
    });
    yield this.tried('applicantIdByRequestId', () => this.applicantId());
    for (const by of ['requestId', 'correlationId'] as const) {
      const { call, ...trial } = await this.tried('applicants', async () => {
        const json = await this.authorized.askJson('applicants', { [by]: samples[by] ?? NOBODY });
        return verdictOn(applicantsOf(json, 'applicants', this.spec), `with this ${by}`);
      });
      yield { call: `${call} (${by})`, ...trial };
    }
    yield this.tried('image', () => this.image('image', samples.imagePath));
    if (this.spec.calls.photo !== undefined) {
      yield this.tried('photo', () => this.image('photo', samples.photoPath));
    }
    yield this.tried('images', () => this.images());
  }

  private async token(): Promise<Verdict> {
    const { expiresAt } = await this.authorized.token();
    if (expiresAt !== undefined && expiresAt > new Date()) {
      return { status: 'ok', found: `a token until ${expiresAt.toISOString()}` };
    }
    const found = `a token without an end that can be read, in ${shapeOf(this.seen)}`;
    return { status: 'unproven', found, fix: 'token.answer.expiry' };
  }

  private async byDate(days: number): Promise<Verdict> {
    const items = await this.latest(days);
    this.learn(items);
    const verdict = verdictOn(items, `in the last ${days} days`);
    if (verdict.status !== 'ok' || items[0]?.enrolledAt !== undefined) return verdict;
    const found = `${verdict.found}, without a time of enrollment`;
    return { status: 'unproven', found, fix: 'applicant.enrolledAt' };
  }

  /** The first page with anybody in it, slice by slice from the newest. */
  private async latest(days: number): Promise<EnrolledApplicant[]> {
    const sliceMs = this.spec.calls.applicantsByDate.sliceHours * 3_600_000;
    const now = Date.now();
    const start = now - days * DAY_MS;
    for (let to = now; to > start; to -= sliceMs) {
      const range = { from: new Date(Math.max(to - sliceMs, start)), to: new Date(to) };
      const { items } = await askDatePage(this.authorized, range);
      if (items.length > 0) return items;
    }
    return [];
  }

  private async applicantId(): Promise<Verdict> {
    const { requestId = NOBODY, applicantId } = this.samples;
    const json = await this.authorized.askJson('applicantIdByRequestId', { requestId });
    const found = textOf(valueAt(json, this.spec.calls.applicantIdByRequestId.answer.applicantId));
    const fix = 'calls.applicantIdByRequestId.answer.applicantId';
    if (found === undefined) return { status: 'failed', found: `no id, in ${shapeOf(json)}`, fix };
    if (applicantId === undefined || found === applicantId)
      return { status: 'ok', found: 'the applicant id' };
    return { status: 'failed', found: 'an id that is not the applicant of this request', fix };
  }

  private async image(call: 'image' | 'photo', path = NOBODY): Promise<Verdict> {
    const image = await askImage(this.authorized, call, path);
    return { status: image.mediaType === undefined ? 'unproven' : 'ok', found: described(image) };
  }

  private async images(): Promise<Verdict> {
    const [result] = await askImages(this.authorized, [this.samples.imagePath ?? NOBODY]);
    if (result !== undefined && 'image' in result) return { status: 'ok', found: described(result.image) };
    const found = `a list without the image: ${CATALOGUE[result?.fault ?? 'ENROLL_NOT_FOUND'][1]}`;
    if (this.samples.imagePath === undefined) return { status: 'unproven', found };
    return { status: 'failed', found, fix: 'calls.images.answer.path, calls.images.answer.image' };
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

  private async tried(name: Tried, attempt: () => Promise<Verdict>): Promise<CallTrial> {
    this.seen = undefined;
    const { method, path } =
      name === 'token' ? this.spec.token : (this.spec.calls[name] ?? this.spec.calls.image);
    const call = name === 'token' ? name : `calls.${name}`;
    const verdict = await attempt().catch((error: unknown) => this.failure(name, call, error));
    return { call, tried: `${method} ${path}`, ...verdict };
  }

  private failure(name: Tried, call: string, error: unknown): Verdict {
    if (!(error instanceof Problem)) throw error;
    if (
      error.code === 'ENROLL_NOT_FOUND' &&
      SAMPLES_OF[name]?.some((key) => this.samples[key] === undefined)
    ) {
      return { status: 'unproven', found: 'not found, as it should be: no sample was known to ask for' };
    }
    const said = `${error.code}: ${error.detail ?? error.title}`;
    const found = this.seen === undefined ? said : `${said}, in ${shapeOf(this.seen)}`;
    return { status: 'failed', found, fix: this.fixFor(call, error) };
  }

  private fixFor(call: string, { code, options }: Problem): string {
    switch (code) {
      case 'ENROLL_AUTH':
        return call === 'token'
          ? 'ENROLL_TENANT_ID, ENROLL_TENANT_SECRET, or token.body'
          : 'token.header, token.prefix';
      case 'ENROLL_FORBIDDEN':
        return `the rights of the tenant at eNROLL, or ${call}.path, token.header, token.prefix`;
      case 'ENROLL_NOT_FOUND':
        return `${call}.path, or ENROLL_BASE_URL`;
      case 'ENROLL_REFUSED':
        if (options.extra?.['upstreamStatus'] === 405) return `${call}.method, ${call}.path`;
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

  /** The key with the wrong place, and the places in the answer that it could name. */
  private placeFor(call: string): string {
    if (this.seen === undefined) return `${call}.path, or ENROLL_BASE_URL: the answer was no JSON`;
    const wantsText = call === 'token' || call === 'calls.image' || call === 'calls.photo';
    const places = placesOf(this.seen, wantsText ? (value) => typeof value === 'string' : Array.isArray);
    const key = call === 'token' ? 'token.answer.token' : `${call}.answer.${wantsText ? 'image' : 'list'}`;
    return places.length === 0 ? key : `${key}: try ${places.join(' or ')}`;
  }
}

/** Judges a list of applicants by its first one. */
function verdictOn(items: EnrolledApplicant[], where: string): Verdict {
  const [first] = items;
  if (first === undefined) return { status: 'unproven', found: `an empty list: nobody ${where}` };
  const found = `${items.length} applicant(s): ${shapeOf(first.element)}`;
  if (first.applicantId !== undefined) return { status: 'ok', found };
  return {
    status: 'failed',
    found: `${found}, without an applicantId`,
    fix: 'applicant.fields.applicantId',
  };
}

function described({ bytes, mediaType }: EnrollImage): string {
  return `${bytes.length} bytes of ${mediaType ?? 'no image type that we know'}`;
}
