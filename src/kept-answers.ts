import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { gzipSync } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { Problem } from './problem/problem.js';
import { pathOf } from './problem/request-url.js';

/** Many times more than there are answers. */
const MAX_KEPT = 64;
/** A route of files in a folder, and the files that the page needs. The rest is megabytes that nobody needs here. */
const FOLDER = /\*$/;
const PARTS_OF_PAGE =
  /\/(swagger-ui(-bundle|-standalone-preset)?\.(css|js)|favicon-\d+x\d+\.png|oauth2-redirect\.html)$/;
/** Only browsers request these. */
const OF_PAGE = /^\/docs\//;

interface Answer {
  type: string;
  bytes: Buffer;
  zipped: Buffer;
}

/**
 * Anybody may request the documents, and they never change. Each answer is kept as bytes, so that no request makes YAML, JSON
 * or a page again, or opens a file. Call it once, before the routes are made.
 */
export function keepAnswers(fastify: FastifyInstance, routes: RegExp): void {
  const kept = new Map<string, Answer>();
  const answerKept = async (request: FastifyRequest, reply: FastifyReply) => {
    const isFile = FOLDER.test(request.routeOptions.url ?? '');
    if (isFile && !PARTS_OF_PAGE.test(pathOf(request.url))) throw new Problem('NOT_FOUND');
    const answer = kept.get(keyOf(request));
    if (answer === undefined) return;
    reply.type(answer.type).header('vary', 'accept-encoding');
    if (!takesGzip(request)) return reply.send(answer.bytes);
    return reply.header('content-encoding', 'gzip').send(answer.zipped);
  };
  const keep = async (request: FastifyRequest, reply: FastifyReply, payload: unknown) => {
    const key = keyOf(request);
    if (reply.statusCode !== 200 || kept.has(key) || kept.size >= MAX_KEPT) return payload;
    const bytes = await bytesOf(payload);
    if (bytes === undefined) return payload;
    const type = withCharset(String(reply.getHeader('content-type') ?? 'text/plain'));
    reply.type(type);
    kept.set(key, { type, bytes, zipped: gzipSync(bytes) });
    return bytes;
  };
  fastify.addHook('onRoute', (route) => {
    if (!routes.test(route.url)) return;
    route.onRequest = [route.onRequest ?? [], answerKept].flat();
    route.onSend = [keep, route.onSend ?? []].flat(); // before the hook that removes the body from the answer to HEAD
  });
}

/** A client that names no coding accepts any (RFC 9110, 12.5.3), but it may be a person with curl. */
function takesGzip({ url, headers }: FastifyRequest): boolean {
  const codings = headers['accept-encoding'];
  return codings === undefined ? OF_PAGE.test(url) : /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(codings);
}

/** A page refers to its parts relative to its own URL, so with a slash at the end it is another page. */
function keyOf({ url, originalUrl }: FastifyRequest): string {
  return pathOf(url) + (pathOf(originalUrl).endsWith('/') ? '/' : '');
}

/** Swagger UI sends its page and its script without one. */
function withCharset(type: string): string {
  return /^text\/|javascript$/.test(type) && !type.includes('charset=') ? `${type}; charset=utf-8` : type;
}

async function bytesOf(payload: unknown): Promise<Buffer | undefined> {
  if (typeof payload === 'string' || Buffer.isBuffer(payload)) return Buffer.from(payload as string);
  return payload instanceof Readable ? buffer(payload) : undefined;
}
