import type { Config } from '../config/config.js';
import { Problem } from '../problem/problem.js';
import { textOf } from './applicant-answer.js';
import type { CallName, DialectSpec, RequestSpec } from './dialect.js';
import type { Dialect } from './dialect.loader.js';
import { spellRequest, tenantOf } from './enroll-requests.js';
import { EnrollTokens, type IssuedToken } from './enroll-token.js';
import type { EnrollTransport, AnswerReader } from './enroll-transport.js';
import { expiryOf } from './expiry.js';
import { parseJson } from './json-answer.js';
import { valueAt } from './json-place.js';
import type { SessionKind } from './session-tokens.types.js';
import type { TemplateValues } from './template.js';
import { toProblem, UpstreamFault } from './upstream-fault.js';

const MAX_JSON_BYTES = 32 * 1024 * 1024;

type TokenSpec = RequestSpec & Pick<DialectSpec['token'], 'answer'>;

/** Asks eNROLL with a valid token, and turns each failure into its `Problem` (M9). */
export class AuthorizedClient {
  /** Gets each answer before it is read. For the doctor. */
  onAnswer: (json: unknown) => void = () => undefined;
  private readonly tokens = new EnrollTokens(() => this.mintOwn());

  constructor(
    private readonly config: Config,
    readonly dialect: Dialect,
    private readonly transport: EnrollTransport,
  ) {}

  /** Makes sure that there is a token. Returns its end. */
  async token(): Promise<{ expiresAt: Date | undefined }> {
    try {
      const { expiresAt } = await this.transport.inSlot(() => this.tokens.current());
      return { expiresAt };
    } catch (error) {
      throw toProblem(error, 'token');
    }
  }

  /** Asks one call of the dialect and returns what `reading` makes of the answer. A 401 refreshes the token once. */
  async ask<T>(
    name: CallName,
    values: TemplateValues,
    reading: AnswerReader<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const { token, calls } = this.dialect.spec;
    const call = `calls.${name}`;
    const request = spellRequest(call, calls[name] ?? calls.image, tenantOf(this.config).baseUrl, values);
    const exchangeWith = (issued: IssuedToken) => {
      const headers = { ...request.headers, [token.header.toLowerCase()]: token.prefix + issued.token };
      return this.transport.exchange({ ...request, headers }, reading, signal);
    };
    const ask = async () => {
      const issued = await this.tokens.current().catch(noToken);
      try {
        return await exchangeWith(issued);
      } catch (error) {
        if (!(error instanceof UpstreamFault) || error.facts.status !== 401) throw error;
        return await exchangeWith(await this.tokens.renewed(issued.token).catch(noToken));
      }
    };
    return this.inSlot(call, ask, signal);
  }

  /** The answer as JSON of at most 32 MiB. */
  askJson(name: CallName, values: TemplateValues, signal?: AbortSignal): Promise<unknown> {
    return this.ask(name, values, { maxBytes: MAX_JSON_BYTES, read: (body) => this.json(body) }, signal);
  }

  /** `askJson` for calls that may find nobody. Undefined if eNROLL says so by a code of `errors.notFound`. */
  async askForAny(name: CallName, values: TemplateValues, signal?: AbortSignal): Promise<unknown> {
    try {
      return await this.askJson(name, values, signal);
    } catch (error) {
      if (error instanceof Problem && this.saysNotFound(error.cause)) return undefined;
      throw error;
    }
  }

  /** @throws Problem ENROLL_BAD_ANSWER */
  json(body: Buffer, parse = parseJson): unknown {
    const json = parse(body);
    this.onAnswer(json);
    return json;
  }

  /** A token of a session call. These calls carry the tenant's secret instead of a token. */
  mint(kind: SessionKind, facts: TemplateValues): Promise<IssuedToken> {
    const call = `sessions.${kind}`;
    return this.inSlot(call, () => this.exchangeSecret(call, this.dialect.spec.sessions[kind], facts));
  }

  private async mintOwn(): Promise<IssuedToken> {
    try {
      return await this.exchangeSecret('token', this.dialect.spec.token, {});
    } catch (error) {
      // many APIs answer wrong credentials with 400, and a 403 for a token is about credentials, too
      if (!(error instanceof UpstreamFault) || ![400, 403].includes(error.facts.status ?? 0)) throw error;
      throw new UpstreamFault('status', { status: 401, errorCode: error.facts.errorCode });
    }
  }

  private exchangeSecret(call: string, spec: TokenSpec, facts: TemplateValues): Promise<IssuedToken> {
    const { baseUrl, tenantId, tenantSecret } = tenantOf(this.config);
    const { token: tokenAt, expiry } = spec.answer;
    return this.transport.exchange(spellRequest(call, spec, baseUrl, { ...facts, tenantId, tenantSecret }), {
      maxBytes: MAX_JSON_BYTES,
      read: (body, date) => {
        const json = this.json(body);
        const token = textOf(valueAt(json, tokenAt));
        if (token !== undefined) return { token, expiresAt: expiryOf(json, expiry, date) };
        throw new Problem('ENROLL_BAD_ANSWER', `No token at "${tokenAt}" (dialect key ${call}.answer.token)`);
      },
    });
  }

  private async inSlot<T>(call: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await this.transport.inSlot(work, signal);
    } catch (error) {
      if (this.saysNotFound(error)) throw new Problem('ENROLL_NOT_FOUND', undefined, { cause: error });
      throw toProblem(error, call);
    }
  }

  /** eNROLL may say "not found" by its own error code (dialect key `errors.notFound`). */
  private saysNotFound(error: unknown): boolean {
    const code = error instanceof UpstreamFault ? error.facts.errorCode : undefined;
    return code !== undefined && this.dialect.spec.errors.notFound.includes(code);
  }
}

const SAYS_LATER: ReadonlySet<string> = new Set(['ENROLL_UNAVAILABLE', 'ENROLL_TIMEOUT', 'ENROLL_BUSY']);

/**
 * The answer to the token call is not an answer to the call that needs the token: a 404 there does not mean that an
 * image is missing. Unless it says "later", it is a refusal of our credentials.
 */
function noToken(error: unknown): never {
  const problem = toProblem(error, 'token');
  if (!(problem instanceof Problem) || SAYS_LATER.has(problem.code)) throw problem;
  const { options, detail } = problem;
  throw new Problem('ENROLL_AUTH', detail, options);
}
