import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A bucket of S3 in memory that can be full, slow or away. */
export class StandInStore {
  readonly objects = new Map<string, Buffer>();
  puts = 0;
  gets = 0;
  /** Status to answer to every PUT instead of keeping it. */
  trouble: number | undefined;
  /** So many more PUTs find room; those after them are answered 507. */
  room = Infinity;
  private server: Server | undefined;
  private held: (() => void)[] | undefined;
  private passing = 0;

  /** @returns what to set, so that an application keeps its images here */
  async start(): Promise<Record<string, string>> {
    this.server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((listening) => this.server?.listen(0, '127.0.0.1', listening));
    const { port } = this.server.address() as AddressInfo;
    return {
      ROLLCALL_IMAGE_STORE: `s3://bucket/kyc?endpoint=http://127.0.0.1:${port}`,
      ROLLCALL_S3_ACCESS_KEY_ID: 'somebody',
      ROLLCALL_S3_SECRET_ACCESS_KEY: 'secret',
    };
  }

  /** A PUT is kept only after `release`: from now on, or after so many more parts of exports. */
  hold(afterParts = 0): void {
    this.held ??= [];
    this.passing = afterParts;
  }

  /** How many parts of exports it keeps. */
  get parts(): number {
    return [...this.objects.values()].filter((bytes) => !isMark(bytes)).length;
  }

  get holding(): number {
    return this.held?.length ?? 0;
  }

  release(): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const go of held) go();
  }

  async stop(): Promise<void> {
    this.release();
    this.server?.closeAllConnections();
    await new Promise((closed) => this.server?.close(closed));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '' } = request;
    const key = new URL(url, 'http://store').pathname;
    if (method === 'PUT') {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      const { held } = this;
      const bytes = Buffer.concat(pieces);
      if (held !== undefined && !isMark(bytes) && this.passing-- <= 0) {
        await new Promise<void>((go) => held.push(go));
      }
      const trouble = this.trouble ?? (this.room > 0 ? undefined : 507);
      if (trouble !== undefined) return void response.writeHead(trouble).end();
      this.room -= 1;
      this.puts += 1;
      this.objects.set(key, bytes);
      return void response.writeHead(200, { etag: '"1"' }).end();
    }
    if (method === 'DELETE') {
      this.objects.delete(key);
      return void response.writeHead(204).end();
    }
    this.gets += 1;
    const found = this.objects.get(key);
    if (found === undefined) {
      return void response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    }
    response.writeHead(200, { 'content-length': found.length }).end(found);
  }
}

/** The mark that every server puts into the image store is no part of an export. */
function isMark(bytes: Buffer): boolean {
  return bytes.toString('utf8').startsWith('Rollcall: ');
}
