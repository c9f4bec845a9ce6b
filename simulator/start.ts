import { Book } from './book.js';
import { registerControl } from './control-api.js';
import { altDialect } from './dialect-alt.js';
import { defaultDialect } from './dialect-default.js';
import { Images } from './images.js';
import { type FaultRequest, Misbehaviour } from './misbehaviour.js';
import type { Organization } from './organization.js';
import { QueryApi } from './query-api.js';
import { Simulator } from './simulator.js';
import { Tenant } from './tenant.js';

export const DIALECTS = { default: defaultDialect, alt: altDialect } as const;
export type DialectName = keyof typeof DIALECTS;

export interface SimulatorOptions {
  /** Any 32-bit whole number; the same seed gives the same people, pictures and order of callbacks. Default 1. */
  seed?: number;
  /** Default `127.0.0.1`. */
  host?: string;
  /** Default 0: any free port. */
  port?: number;
  dialect?: DialectName;
  /** Default `simulated-tenant`. */
  tenantId?: string;
  /** Default `simulated-tenant-secret`. */
  tenantSecret?: string;
  /** Life of a token of the query API. Default 3600. */
  tokenTtlSeconds?: number;
  /** Size of each JPEG. Default 120,000. */
  imageBytes?: number;
  /** Share of images that are missing or broken for ever. Default 0. */
  brokenImageShare?: number;
  /** Whom to call; may also be told later by `register`. */
  organization?: Organization;
  faults?: FaultRequest[];
}

/** Starts the query API and its control endpoints; calls nobody until told to. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const seed = options.seed ?? 1;
  const book = new Book(seed);
  const misbehaviour = new Misbehaviour(seed);
  misbehaviour.set(options.faults ?? []);
  const images = new Images(seed, {
    imageBytes: options.imageBytes ?? 120_000,
    brokenShare: options.brokenImageShare ?? 0,
  });
  const tenant = new Tenant(
    options.tenantId ?? 'simulated-tenant',
    options.tenantSecret ?? 'simulated-tenant-secret',
    options.tokenTtlSeconds ?? 3600,
  );
  const dialect = options.dialect ?? 'default';
  const api = new QueryApi({ dialect: DIALECTS[dialect], book, images, tenant, misbehaviour });
  const simulator = new Simulator({
    api,
    book,
    misbehaviour,
    tenant,
    dialect,
    organization: options.organization,
  });
  registerControl(api.server, simulator);
  await api.server.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
  return simulator;
}
