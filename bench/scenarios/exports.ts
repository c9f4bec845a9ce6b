import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { APPLICANT_COLUMNS } from '../../src/applicants/columns.types.js';
import type { ExportDto } from '../../src/exports/exports.dto.js';
import type { ExportFormat } from '../../src/exports/exports.types.js';
import type { Bench, Scenario, Section } from '../bench.types.js';
import { shown } from '../figures.js';
import { fullDatabase } from '../offline/full-database.js';
import { memoryOf } from '../processes.js';
import { API_KEY, ServerProcess } from '../server-process.js';

const ROWS_PER_SECOND = 50_000;
const RESIDENT_MB = 300;
const LOOK_EVERY_MS = 50;

const KINDS: { what: string; format: ExportFormat; columns?: readonly string[] }[] = [
  { what: 'CSV, default columns', format: 'csv' },
  { what: 'NDJSON, default columns', format: 'ndjson' },
  { what: 'Parquet, default columns', format: 'parquet' },
  { what: 'XLSX, default columns', format: 'xlsx' },
  { what: 'CSV, every column, opened and not masked', format: 'csv', columns: APPLICANT_COLUMNS },
];

interface Measured {
  rows: number;
  megabytes: number;
  seconds: number;
  downloadSeconds: number;
  peakMb: number;
}

/** Each kind is written by the worker of a server process of its own, so that its peak of memory is its own. */
export const exports: Scenario = {
  name: 'exports',
  fullOnly: true,
  summary: 'applicants a second that are written to a file, and what it takes of memory',
  async run(bench: Bench): Promise<Section> {
    const { database } = await fullDatabase(bench);
    const measured: [what: string, result: Measured][] = [];
    for (const { what, ...body } of KINDS) {
      const result = await measure(database.url, join(bench.cluster.folder, 'exports'), body);
      measured.push([what, result]);
      bench.progress(
        `  ${what}: ${shown(result.rows / result.seconds)} rows/s, at most ${shown(result.peakMb)} MB`,
      );
    }
    return sectionOf(measured);
  },
};

function sectionOf(measured: [what: string, result: Measured][]): Section {
  const [[, first] = []] = measured;
  if (first === undefined) throw new Error('nothing was measured');
  return {
    title: `Exports of ${shown(first.rows)} applicants`,
    columns: ['file', 'rows/s', 'seconds', 'MB', 'peak RSS of the server, MB', 'seconds to download it'],
    rows: measured.map(([what, { rows, seconds, megabytes, peakMb, downloadSeconds }]) => [
      what,
      shown(rows / seconds),
      shown(seconds),
      shown(megabytes),
      shown(peakMb),
      shown(downloadSeconds),
    ]),
    notes: [
      'From the beginning of the snapshot until the last part is sealed and durable on disk, as the export itself tells. The server answers ' +
        'HTTP and runs all jobs in the same process; its memory is that of the whole process, the download included.',
    ],
    goals: [
      {
        text: 'applicants exported per second as CSV, default columns',
        measured: first.rows / first.seconds,
        unit: '/s',
        atLeast: ROWS_PER_SECOND,
      },
      {
        text: 'peak RSS of the server that exports them',
        measured: first.peakMb,
        unit: 'MB',
        atMost: RESIDENT_MB,
      },
    ],
  };
}

async function measure(databaseUrl: string, folder: string, body: object): Promise<Measured> {
  const server = await ServerProcess.rollcall(databaseUrl, folder);
  try {
    const created = await ask<ExportDto>(server, '', {
      method: 'POST',
      body: JSON.stringify({ what: 'applicants', ...body }),
    });
    const { startedAt, finishedAt, rows, bytes } = await untilReady(server, created.id);
    const seconds = (Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')) / 1000;
    const downloadSeconds = await download(server, created.id, bytes);
    const { peakMb } = memoryOf(server.pid);
    await ask(server, `/${created.id}`, { method: 'DELETE' });
    return { rows, megabytes: bytes / 1_000_000, seconds, downloadSeconds, peakMb };
  } finally {
    await server.stop();
  }
}

async function untilReady(server: ServerProcess, id: string): Promise<ExportDto> {
  for (;;) {
    const now = await ask<ExportDto>(server, `/${id}`);
    if (now.state === 'ready') return now;
    if (now.errorCode !== null) throw new Error(`the export is ${now.state}: ${now.errorCode}`);
    await pause(LOOK_EVERY_MS);
  }
}

async function download(server: ServerProcess, id: string, expected: number): Promise<number> {
  const startedMs = performance.now();
  const response = await request(server, `/${id}/file`);
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) bytes += chunk.length;
  if (bytes !== expected) throw new Error(`${bytes} of ${expected} bytes came`);
  return (performance.now() - startedMs) / 1000;
}

async function ask<T>(server: ServerProcess, path: string, init: RequestInit = {}): Promise<T> {
  const response = await request(server, path, init);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function request(server: ServerProcess, path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/v1/exports${path}`, {
    ...init,
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
  });
  if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
  return response;
}
