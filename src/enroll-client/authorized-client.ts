import type { Config } from '../config/config.js';
import { Problem } from '../problem/problem.js';
import { textOf } from './applicant-answer.js';
import type { DialectSpec, RequestSpec } from './dialect.js';
import type { Dialect } from './dialect.loader.js';
import { spellRequest, tenantOf } from './enroll-requests.js';
import { EnrollTokens, type IssuedToken } from './enroll-token.js';
import type { EnrollTransport, AnswerReader } from './enroll-transport.js';
import { expiryOf } from './expiry.js';
import { parseJson } from './json-answer.js';
import { valueAt } from './json-place.js';
import type { TemplateValues } from './template.js';
import { toProblem, UpstreamFault } from './upstream-fault.js';

const MAX_JSON_BYTES = 32 * 1024 * 1024;

/** One call of the dialect with the values of its placeholders. */
export interface Question {
  /** The dialect's key, named in errors: `calls.image`. */
  call: string;
  spec: RequestSpec;
  values: TemplateValues;
}

type TokenSpec = RequestSpec & Pick<DialectSpec['token'], 'answer'>;

/** Puts questions to eNROLL with a token that holds, and turns every failure into its `Problem` (M9). */
export class AuthorizedClient {
  private readonly tokens = new EnrollTokens(() => this.mintOwn());

  constructor(
    private readonly config: Config,
    readonly dialect: Dialect,
    private readonly transport: EnrollTransport,
    /** Sees every JSON answer before it is read; for the doctor. */
    private readonly onAnswer: (json: unknown) => void = () => undefined,
  ) {}

  /** Makes sure of a token and tells when it ends. */
  async token(): Promise<{ expiresAt: Date | undefined }> {
    tenantOf(this.config);
    try {
      const { expiresAt } = await this.transport.inSlot(() => this.tokens.current());
      return { expiresAt };
    } catch (error) {
      throw toProblem(error, 'token');
    }
  }

  /** The answer, as `reading` reads it; a 401 refreshes the token once. */
  async ask<T>(question: Question, reading: AnswerReader<T>, signal?: AbortSignal): Promise<T> {
    const { call, spec, values } = question;
    const request = spellRequest(call, spec, tenantOf(this.config).baseUrl, values);
    const { header, prefix } = this.dialect.spec.token;
    const exchangeWith = ({ token }: IssuedToken) => {
      const headers = { ...request.headers, [header.toLowerCase()]: prefix + token };
      return this.transport.exchange({ ...request, headers }, reading, signal);
    };
    const work = async () => {
      const issued = await this.tokens.current().catch(noToken);
      try {
        return await exchangeWith(issued);
      } catch (error) {
        if (!(error instanceof UpstreamFault) || error.status !== 401) throw error;
        return await exchangeWith(await this.tokens.renewed(issued.token).catch(noToken));
      }
    };
    try {
      return await this.transport.inSlot(work, signal);
    } catch (error) {
      throw this.publicOf(error, call);
    }
  }

  /** The answer as JSON of at most 32 MiB. */
  askJson(question: Question, signal?: AbortSignal): Promise<unknown> {
    return this.ask(question, { maxBytes: MAX_JSON_BYTES, read: ({ chunks }) => this.json(chunks) }, signal);
  }

  /** As `askJson`, for calls that may find nobody: undefined where eNROLL says so by a code of `errors.notFound`. */
  async askForAny(question: Question, signal?: AbortSignal): Promise<unknown> {
    try {
      return await this.askJson(question, signal);
    } catch (error) {
      if (error instanceof Problem && this.saysNotFound(error.cause)) return undefined;
      throw error;
    }
  }

  /** A token of one of the session calls, which carry the tenant's secret instead of a token. */
  async mint(call: string, spec: TokenSpec, facts: TemplateValues): Promise<IssuedToken> {
    tenantOf(this.config);
    try {
      return await this.transport.inSlot(() => this.exchangeSecret(call, spec, facts));
    } catch (error) {
      throw this.publicOf(error, call);
    }
  }

  private async mintOwn(): Promise<IssuedToken> {
    try {
      return await this.exchangeSecret('token', this.dialect.spec.token, {});
    } catch (error) {
      // many APIs answer wrong credentials with 400, and the 403 of a token is about them, too
      if (!(error instanceof UpstreamFault) || (error.status !== 400 && error.status !== 403)) throw error;
      const { errorCode } = error;
      throw new UpstreamFault('status', { status: 401, ...(errorCode !== undefined && { errorCode }) });
    }
  }

  private exchangeSecret(call: string, spec: TokenSpec, facts: TemplateValues): Promise<IssuedToken> {
    const { baseUrl, tenantId, tenantSecret } = tenantOf(this.config);
    const { token: tokenAt, expiry } = spec.answer;
    return this.transport.exchange(spellRequest(call, spec, baseUrl, { ...facts, tenantId, tenantSecret }), {
      maxBytes: MAX_JSON_BYTES,
      read: async ({ chunks, date }) => {
        const json = await this.json(chunks);
        const token = textOf(valueAt(json, tokenAt));
        if (token !== undefined) return { token, expiresAt: expiryOf(json, expiry, date) };
        throw new Problem('ENROLL_BAD_ANSWER', `No token at "${tokenAt}" (dialect key ${call}.answer.token)`);
      },
    });
  }

  private async json(chunks: AsyncIterable<Buffer>): Promise<unknown> {
    const json = await parseJson(chunks);
    this.onAnswer(json);
    return json;
  }

  private publicOf(error: unknown, call: string): unknown {
    if (this.saysNotFound(error)) return new Problem('ENROLL_NOT_FOUND', undefined, { cause: error });
    return toProblem(error, call);
  }

  /** eNROLL may say "not found" by an error code of its own (dialect key `errors.notFound`). */
  private saysNotFound(error: unknown): boolean {
    const code = error instanceof UpstreamFault ? error.errorCode : undefined;
    return code !== undefined && this.dialect.spec.errors.notFound.includes(code);
  }
}

const SAYS_LATER: ReadonlySet<string> = new Set(['ENROLL_UNAVAILABLE', 'ENROLL_TIMEOUT', 'ENROLL_BUSY']);

/**
 * What eNROLL says to the question for a token is no answer to the call that needs it: a 404 there does not mean that
 * an image is missing. What is not "later" is a refusal of our credentials.
 */
function noToken(error: unknown): never {
  const problem = toProblem(error, 'token');
  if (!(problem instanceof Problem) || SAYS_LATER.has(problem.code)) throw problem;
  const { options, detail } = problem;
  throw new Problem('ENROLL_AUTH', detail, options);
}
