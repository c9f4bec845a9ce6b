import type * as Sdk from '@aws-sdk/client-s3';
import {
  all,
  type ImageStore,
  placeOf,
  type SealedImage,
  StoreFault,
  type StoreFaultReason,
} from './image-store.js';

/** Where the bucket is. Without credentials the SDK looks for them in its usual places. */
export interface S3Settings {
  bucket: string;
  /** Without slashes at its ends; may be empty. */
  prefix: string;
  /** URL of an S3-compatible server; undefined: Amazon's. */
  endpoint?: string | undefined;
  region: string;
  pathStyle: boolean;
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined;
}

interface Opened {
  sdk: typeof Sdk;
  client: Sdk.S3Client;
}

/** Per address of the endpoint. */
const CONNECT_WITHIN_MS = 6000;
const ANSWER_WITHIN_MS = 30_000;
const TRIES = 3;

/** Images as objects of a bucket. A PUT of S3 is atomic and durable when it is answered. */
export class S3Store implements ImageStore {
  readonly kind = 's3';
  private opened: Promise<Opened> | undefined;

  /** @param known some objects that should be there, asked for when another one is refused */
  constructor(
    private readonly settings: S3Settings,
    private readonly known: () => Promise<string[]> = () => Promise.resolve([]),
  ) {}

  async put(images: readonly SealedImage[]): Promise<void> {
    const ContentType = 'application/octet-stream';
    const objects = images.map(({ sha256, sealed: Body }) => ({ ...this.object(sha256), Body, ContentType }));
    await all(
      objects.map((object) => this.ask(({ sdk, client }) => client.send(new sdk.PutObjectCommand(object)))),
    );
  }

  async get(sha256: string): Promise<Buffer> {
    return this.askFor(async ({ sdk, client }) => {
      const { Body } = await client.send(new sdk.GetObjectCommand(this.object(sha256)));
      if (Body === undefined) throw new StoreFault('unreachable');
      return Buffer.from(await Body.transformToByteArray());
    });
  }

  async has(sha256: string): Promise<boolean> {
    try {
      await this.askFor(this.head(sha256));
      return true;
    } catch (error) {
      if (error instanceof StoreFault && error.reason === 'absent') return false;
      throw error;
    }
  }

  async remove(sha256: string): Promise<void> {
    await this.ask(({ sdk, client }) => client.send(new sdk.DeleteObjectCommand(this.object(sha256))));
  }

  close(): void {
    this.opened?.then(({ client }) => client.destroy()).catch(() => undefined);
  }

  private object(sha256: string): { Bucket: string; Key: string } {
    const { bucket, prefix } = this.settings;
    return { Bucket: bucket, Key: prefix === '' ? placeOf(sha256) : `${prefix}/${placeOf(sha256)}` };
  }

  private head(sha256: string): (opened: Opened) => Promise<unknown> {
    return ({ sdk, client }) => client.send(new sdk.HeadObjectCommand(this.object(sha256)));
  }

  /**
   * Without the right s3:ListBucket S3 answers 403 for an object that is not there, as for one that may not be read. If another
   * object, which is there, can be read, the first is not there.
   */
  private async askFor<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
    try {
      return await this.ask(work);
    } catch (error) {
      if (!(error instanceof StoreFault) || error.reason !== 'refused') throw error;
      throw (await this.reads()) ? new StoreFault('absent', error) : error;
    }
  }

  private async reads(): Promise<boolean> {
    for (const sha256 of await this.known().catch(() => [])) {
      try {
        await this.ask(this.head(sha256));
        return true;
      } catch {
        // the next may be readable
      }
    }
    return false;
  }

  private async ask<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
    try {
      return await work(await (this.opened ??= this.open()));
    } catch (error) {
      throw error instanceof StoreFault ? error : new StoreFault(reasonOfS3(error), error);
    }
  }

  /** The SDK is an optional package and slow to load, so it is loaded only where it is used. */
  private async open(): Promise<Opened> {
    const sdk = await import('@aws-sdk/client-s3');
    const { endpoint, region, pathStyle, credentials } = this.settings;
    const client = new sdk.S3Client({
      region,
      forcePathStyle: pathStyle,
      maxAttempts: TRIES,
      requestHandler: { connectionTimeout: CONNECT_WITHIN_MS, requestTimeout: ANSWER_WITHIN_MS },
      // servers other than Amazon's fail on checksums that they did not ask for
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      ...(endpoint !== undefined && { endpoint }),
      ...(credentials !== undefined && { credentials }),
    });
    return { sdk, client };
  }
}

/** What an error of the SDK says about the store, by its name and the status of the answer. */
export function reasonOfS3(error: unknown): StoreFaultReason {
  const { name, $metadata } = (typeof error === 'object' && error !== null ? error : {}) as {
    name?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
  if (name === 'NoSuchKey' || name === 'NotFound') return 'absent';
  if (name === 'QuotaExceeded' || name === 'XMinioStorageFull' || status === 507) return 'full';
  if (status === 401 || status === 403 || name === 'NoSuchBucket') return 'refused';
  return 'unreachable';
}
