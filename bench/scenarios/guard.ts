import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import type { FastifyRequest } from 'fastify';
import pino from 'pino';
import { ApplicantsController } from '../../src/applicants/applicants.controller.js';
import { ApiKeyGuard } from '../../src/auth/api-key.guard.js';
import type { ActorRequest } from '../../src/auth/auth.types.js';
import { BootCredentials } from '../../src/auth/boot-credentials.service.js';
import { ProvidedUsers } from '../../src/auth/people/provided-users.service.js';
import { Sessions } from '../../src/auth/people/sessions.service.js';
import { loadConfig } from '../../src/config/config.js';
import { createServer } from '../../src/server.js';
import type { Bench, Scenario, Section } from '../bench.types.js';
import { percentile, shown, sum } from '../figures.js';
import { API_KEY, KEYS } from '../server-process.js';

/** As many as the limits of one minute let through, which count here as in production. */
const CALLS = 20_000;
const CALLS_QUICK = 3_000;
const MOST_MS = 0.3;

/** What a read pays for being allowed, in the process that answers it. */
export const guard: Scenario = {
  name: 'guard',
  summary: 'what the guard of the management API takes of a read, by API key and by session',
  async run({ cluster, quick, progress }: Bench): Promise<Section> {
    const database = await cluster.database('guard');
    const app = await appOn(database.url, join(cluster.folder, 'guard'));
    const requests = seenBy(app);
    await app.init();
    try {
      await app.get(BootCredentials).ensure();
      const headers = {
        'an API key': { authorization: `Bearer ${API_KEY}` },
        'a session': { cookie: `rollcall=${await sessionOf(app)}` },
      };
      const figures: Figures[] = [];
      for (const [by, shownAs] of Object.entries(headers)) {
        const answer = await app.inject({ path: '/api/v1/applicants/nobody', headers: shownAs });
        if (answer.statusCode !== 404) throw new Error(`${by} was answered ${answer.statusCode}`);
        const figure = { by, ...(await timed(app, requests.at(-1)!, quick ? CALLS_QUICK : CALLS)) };
        progress(`  ${by}: ${shown(figure.meanMs)} ms`);
        figures.push(figure);
      }
      return sectionOf(figures);
    } finally {
      await app.close();
      await database.drop();
    }
  },
};

interface Figures {
  by: string;
  meanMs: number;
  medianMs: number;
  p99Ms: number;
}

function sectionOf(figures: Figures[]): Section {
  return {
    title: 'The guard',
    columns: ['by', 'ms mean', 'ms median', 'ms p99'],
    rows: figures.map((one) => [one.by, shown(one.meanMs), shown(one.medianMs), shown(one.p99Ms)]),
    notes: [
      'The guard alone, in one process, on a request that Fastify made: who it is, limits over all replicas, CSRF, scopes. The mean ' +
        'includes the shares of the limits that it takes from Postgres.',
    ],
    goals: figures.map((one) => ({
      text: `authorization by ${one.by} adds to a read`,
      measured: one.meanMs,
      unit: 'ms',
      atMost: MOST_MS,
    })),
  };
}

async function appOn(databaseUrl: string, folder: string): Promise<NestFastifyApplication> {
  const config = loadConfig({
    DATABASE_URL: databaseUrl,
    ROLLCALL_DATA_DIR: folder,
    ROLLCALL_ROLE: 'api',
    ROLLCALL_KEYS: KEYS,
    ROLLCALL_API_KEY: API_KEY,
  });
  return createServer(config, databaseUrl, pino({ level: 'silent' }));
}

/** Requests as the guard gets them. */
function seenBy(app: NestFastifyApplication): FastifyRequest[] {
  const seen: FastifyRequest[] = [];
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('preHandler', (request, _reply, done) => {
      seen.push(request);
      done();
    });
  return seen;
}

async function sessionOf(app: NestFastifyApplication): Promise<string> {
  const { id, login } = await app.get(ProvidedUsers, { strict: false }).update({
    subject: 'bench|1',
    username: 'mona',
    name: 'Mona',
    roles: ['viewer'],
    session: undefined,
  });
  const where = { address: '127.0.0.1', browser: null, providerSession: null };
  const secret = await app.get(Sessions, { strict: false }).open({ id, login, ...where }, 'provider');
  if (secret === undefined) throw new Error('no session was opened');
  return secret;
}

async function timed(
  app: NestFastifyApplication,
  request: FastifyRequest & Partial<ActorRequest>,
  calls: number,
): Promise<Omit<Figures, 'by'>> {
  const judge = app.get(ApiKeyGuard, { strict: false });
  // what it is about to call, as Nest tells a guard
  const read = Object.getOwnPropertyDescriptor(ApplicantsController.prototype, 'readApplicant')
    ?.value as () => void;
  const context = new ExecutionContextHost([request], ApplicantsController, read);
  const ms: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    delete request.actor;
    const startedMs = performance.now();
    await judge.canActivate(context);
    ms.push(performance.now() - startedMs);
  }
  const meanMs = sum(ms) / calls;
  ms.sort((a, b) => a - b);
  return { meanMs, medianMs: percentile(ms, 0.5), p99Ms: percentile(ms, 0.99) };
}
