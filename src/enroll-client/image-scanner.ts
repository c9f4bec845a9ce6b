import { Logger } from '@nestjs/common';
import { connect, type NetConnectOpts } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Config } from '../config/config.js';
import { Problem } from '../problem/problem.js';
import { printable } from '../problem/printable.js';
import type { EnrollImage, ImageResult } from './enroll-client.types.js';

const ANSWER_WITHIN_MS = 30_000;
const RETRY_SECONDS = 10;
/** Control characters end and separate the answers of clamd. */
const SOUND = /^stream: OK\0?$/;
const HARMFUL = /^stream: (.+) FOUND\0?$/;

/**
 * Asks a clamd (ClamAV) about each image, before anybody sees or keeps it. Without a setting nobody is asked. Where clamd does not
 * answer, no image passes.
 */
export class ImageScanner {
  private readonly log = new Logger('ImageScanner');
  private readonly place: NetConnectOpts | undefined;

  constructor({ env: { ROLLCALL_CLAMD: setting } }: Config) {
    this.place = setting === undefined ? undefined : placeOf(setting);
  }

  /** @throws Problem ENROLL_IMAGE_HARMFUL, SCANNER_UNAVAILABLE */
  async pass(image: EnrollImage): Promise<EnrollImage> {
    if (this.place === undefined) return image;
    const answer = await this.ask(this.place, image.bytes);
    if (SOUND.test(answer)) return image;
    const [, finding] = HARMFUL.exec(answer) ?? [];
    if (finding === undefined) throw this.unavailable(new Error(`clamd says: ${printable(answer)}`));
    this.log.warn({ code: 'ENROLL_IMAGE_HARMFUL', finding }, 'An image was refused');
    throw new Problem('ENROLL_IMAGE_HARMFUL');
  }

  /** The same for each of several. What is refused costs its neighbours nothing. */
  async passAll(results: readonly ImageResult[]): Promise<ImageResult[]> {
    const passed: ImageResult[] = [];
    for (const result of results) passed.push(await this.passOne(result));
    return passed;
  }

  private async passOne(result: ImageResult): Promise<ImageResult> {
    if (!('image' in result)) return result;
    try {
      await this.pass(result.image);
      return result;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { path: result.path, fault: error.code };
    }
  }

  /** The command INSTREAM: chunks of a 32-bit length and so many bytes, and a length of zero. @throws Problem SCANNER_UNAVAILABLE */
  private async ask(place: NetConnectOpts, bytes: Buffer): Promise<string> {
    const socket = connect(place);
    socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy(new Error('clamd does not answer')));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    try {
      socket.write('zINSTREAM\0');
      if (bytes.length > 0) socket.write(Buffer.concat([length, bytes]));
      socket.write(Buffer.alloc(4));
      return await text(socket);
    } catch (cause) {
      throw this.unavailable(cause);
    } finally {
      socket.destroy();
    }
  }

  private unavailable(cause: unknown): Problem {
    this.log.warn(
      { code: 'SCANNER_UNAVAILABLE', err: cause },
      'Images are held up: clamd could not be asked',
    );
    return new Problem('SCANNER_UNAVAILABLE', undefined, { cause, retryAfterSeconds: RETRY_SECONDS });
  }
}

/** A path is a socket of this machine. */
function placeOf(setting: string): NetConnectOpts {
  if (setting.startsWith('/')) return { path: setting };
  const at = setting.lastIndexOf(':');
  return { host: setting.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(setting.slice(at + 1)) };
}
