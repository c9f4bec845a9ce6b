import { migrate } from './db/migrations.js';
import { checkRights, explainedRights } from './db/rights.js';
import { checkServer } from './db/server-check.js';
import { installJobs } from './jobs/job-schema.js';

/**
 * Looks at the server, brings the schema and that of the jobs up to date, and sees that this role may serve with it.
 * @param tell is told in one line what is waited for
 * @throws DatabaseCheckError, RightsError, DATABASE_NEWER, what a migration throws
 */
export async function prepareDatabase(url: string, tell: (message: string) => void): Promise<void> {
  await installSchema(url, tell);
  await checkRights(url);
}

/** @returns the names of the migrations that it applied */
export async function installSchema(url: string, tell: (message: string) => void): Promise<string[]> {
  await checkServer(url);
  try {
    const applied = await migrate(url, { tell });
    await installJobs(url);
    return applied;
  } catch (error) {
    throw await explainedRights(url, error);
  }
}
