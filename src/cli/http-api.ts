import { type IncomingMessage, request as plain } from 'node:http';
import { request as encrypted } from 'node:https';
import { text } from 'node:stream/consumers';
import { errnoOf } from '../db/errors.js';
import { CommandError } from './faults.js';

/** Healing asks eNROLL, and a statement reads a whole period. */
const ANSWER_WITHIN_MS = 120_000;
const API = '/api/v1';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
/** What is undefined is left out. */
export type Given = Record<string, unknown>;

/** Where a Rollcall is, and what opens its management API. */
export interface Door {
  /** Without a trailing slash. */
  url: string;
  key: string;
}

/** A refusal of the API: its code, and what the problem document (RFC 9457) says. */
export class ApiError extends CommandError {
  constructor(
    readonly status: number,
    code: string,
    message: string,
  ) {
    super(code, message);
  }
}

/** The management API of one installation, over HTTP. */
export class HttpApi {
  /** @param isBeside the way leads through this machine alone, where no name of a certificate is right */
  constructor(
    readonly door: Door,
    private readonly isBeside = false,
  ) {}

  /**
   * @param path below `/api/v1`
   * @param given the parameters of a GET, the body of anything else
   * @throws ApiError, CommandError UNREACHABLE
   */
  async ask<Answer>(method: Method, path: string, given: Given = {}): Promise<Answer | undefined> {
    const body = await text(await this.open(method, path, given));
    return body === '' ? undefined : (parsed(body, this.door.url) as Answer);
  }

  /** An answer that is no JSON, such as an image. @throws as `ask` */
  async open(method: Method, path: string, given: Given = {}): Promise<IncomingMessage> {
    const target = `${API}${path}${method === 'GET' ? queryOf(given) : ''}`;
    const body = method === 'GET' || Object.keys(given).length === 0 ? undefined : JSON.stringify(given);
    const answer = await this.send(method, target, body);
    const { statusCode: status = 0 } = answer;
    if (status >= 200 && status < 300) return answer;
    throw refusalOf(status, await text(answer), this.door.url);
  }

  /** Id of the installation that answers; undefined where it does not say. @throws CommandError UNREACHABLE, NOT_ROLLCALL */
  async installation(): Promise<string | undefined> {
    const answer = parsed(await text(await this.send('GET', '/health/live')), this.door.url);
    if (isRecord(answer) && answer.status === 'live')
      return typeof answer.installation === 'string' ? answer.installation : undefined;
    throw notRollcall(this.door.url);
  }

  private send(method: Method, target: string, body?: string): Promise<IncomingMessage> {
    const url = new URL(this.door.url + target);
    const options = {
      method,
      // whoever asks without a key leaves the header out: its empty value would count as a wrong one
      headers: {
        accept: '*/*',
        ...(this.door.key !== '' && { authorization: `Bearer ${this.door.key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      // not kept: nothing follows the command
      agent: false as const,
      timeout: ANSWER_WITHIN_MS,
      rejectUnauthorized: !this.isBeside,
    };
    return new Promise((resolve, reject) => {
      const sent = (url.protocol === 'https:' ? encrypted : plain)(url, options, resolve);
      sent.on('timeout', () => sent.destroy(new Error(`no answer within ${ANSWER_WITHIN_MS / 1000} s`)));
      sent.on('error', (error) =>
        reject(
          new CommandError(
            'UNREACHABLE',
            `${this.door.url} does not answer: ${errnoOf(error) ?? error.message}`,
          ),
        ),
      );
      sent.end(body);
    });
  }
}

function queryOf(given: Given): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(given))
    if (value !== undefined) query.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  return query.size === 0 ? '' : `?${query.toString()}`;
}

function refusalOf(status: number, body: string, url: string): CommandError {
  const problem = status < 400 ? undefined : parsed(body, url);
  if (!isRecord(problem) || typeof problem.code !== 'string') return notRollcall(url);
  const { code, title, detail } = problem;
  return new ApiError(status, code, [detail, title].find((text) => typeof text === 'string') ?? code);
}

function parsed(body: string, url: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw notRollcall(url);
  }
}

function notRollcall(url: string): CommandError {
  return new CommandError('NOT_ROLLCALL', `What answers at ${url} is not the management API of a Rollcall`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
