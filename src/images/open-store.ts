import { type Config, ConfigError } from '../config/config.js';
import { DiskStore } from './disk-store.js';
import type { ImageStore } from './image-store.js';
import { type S3Settings, S3Store } from './s3-store.js';

const DEFAULT_REGION = 'us-east-1';
const PARAMETERS = ['endpoint', 'region', 'pathStyle'];

/**
 * The store that the settings name; nothing is opened yet.
 * @param known some objects that should be in it
 * @throws ConfigError naming ROLLCALL_IMAGE_STORE
 */
export async function openStore(config: Config, known?: () => Promise<string[]>): Promise<ImageStore> {
  const { ROLLCALL_IMAGE_STORE } = config.env;
  if (ROLLCALL_IMAGE_STORE === 'disk') return new DiskStore(config.imageDir);
  const { ROLLCALL_S3_ACCESS_KEY_ID: accessKeyId, ROLLCALL_S3_SECRET_ACCESS_KEY: secretAccessKey } =
    config.env;
  const place = readS3Url(ROLLCALL_IMAGE_STORE);
  await loadSdk();
  const hasBoth = accessKeyId !== undefined && secretAccessKey !== undefined;
  const credentials = hasBoth ? { accessKeyId, secretAccessKey } : undefined;
  return new S3Store({ ...place, credentials }, known);
}

/** `s3://bucket/prefix?endpoint=https://minio.local:9000&region=eu-central-1&pathStyle=true` */
function readS3Url(text: string): S3Settings {
  const url = new URL(text);
  const unknown = [...url.searchParams.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined)
    throw fault(`has no parameter "${unknown}"; the parameters are ${PARAMETERS.join(', ')}`);
  const endpoint = url.searchParams.get('endpoint') ?? undefined;
  if (endpoint !== undefined && !/^https?:\/\//.test(endpoint))
    throw fault('endpoint must be an http(s) URL');
  if (url.hostname === '') throw fault('must name a bucket, e.g. s3://bucket/prefix');
  return {
    bucket: url.hostname,
    prefix: decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, ''),
    endpoint,
    region: url.searchParams.get('region') ?? DEFAULT_REGION,
    // private servers seldom have a host name per bucket
    pathStyle: (url.searchParams.get('pathStyle') ?? String(endpoint !== undefined)) === 'true',
  };
}

/** If the optional package is missing, it is better to know at boot than at the first image. */
async function loadSdk(): Promise<void> {
  try {
    await import('@aws-sdk/client-s3');
  } catch {
    throw fault('s3:// needs the optional package @aws-sdk/client-s3: npm install @aws-sdk/client-s3');
  }
}

function fault(message: string): ConfigError {
  return new ConfigError([{ name: 'ROLLCALL_IMAGE_STORE', message }]);
}
