import type { Bench } from '../bench.types.js';
import type { Cluster, Database } from '../cluster.js';
import { shown } from '../figures.js';
import { Applicants } from '../load/applicants.js';
import { seed } from './seed.js';

const ROWS = 1_000_000;
const ROWS_QUICK = 16_000;
const PEOPLE = 50_000;
const PEOPLE_QUICK = 5_000;

/** A database with a million applicants; a small one where only a look is wanted. */
export interface FullDatabase {
  database: Database;
  rows: number;
  /** Different names among them. */
  people: number;
  /** Who is in it, numbered from 0. */
  applicants: Applicants;
}

const made = new WeakMap<Cluster, Promise<FullDatabase>>();

/** Made once a run, since it takes minutes; whoever changes it comes last. */
export function fullDatabase(bench: Bench): Promise<FullDatabase> {
  const known = made.get(bench.cluster);
  if (known !== undefined) return known;
  const making = make(bench);
  made.set(bench.cluster, making);
  return making;
}

async function make({ cluster, quick, progress }: Bench): Promise<FullDatabase> {
  const rows = quick ? ROWS_QUICK : ROWS;
  const people = quick ? PEOPLE_QUICK : PEOPLE;
  const applicants = new Applicants(1, people);
  const database = await cluster.database('full');
  const startedMs = performance.now();
  await seed(database.url, applicants, rows);
  progress(`  ${shown(rows)} rows made in ${shown((performance.now() - startedMs) / 1000)} s`);
  return { database, rows, people, applicants };
}
