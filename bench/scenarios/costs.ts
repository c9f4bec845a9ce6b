import { type Bound, sealContent } from '../../src/applicants/content.js';
import { decide } from '../../src/applicants/decide.js';
import { currentOf } from '../../src/applicants/fold.js';
import { keyerOf } from '../../src/applicants/known-hashes.js';
import { writeVersionsParameters } from '../../src/applicants/versions.repository.js';
import type { CurrentRow } from '../../src/applicants/versions.types.js';
import { canonicalJson } from '../../src/enroll-contract/canonical.js';
import { deriveFacts } from '../../src/enroll-contract/facts.js';
import type { Element } from '../../src/enroll-contract/types.js';
import type { Bench, Scenario, Section } from '../bench.types.js';
import { percentile, shown } from '../figures.js';
import { Applicants } from '../load/applicants.js';
import { cut, listOf, MainJob, read } from '../offline/main-job.js';
import { PEOPLE, UPDATE_SHARE } from './callbacks.js';

const PER_BODY = 100;
const BODIES = 40;
const BLIND_INDEXES = 4;
const ORIGIN = { receiptId: '019aaf6e-2c11-7d52-8d59-2f0a5c6f1b11', receivedAt: new Date('2026-01-01') };
const BOUND = {
  rules: 1,
  outcome: 'accepted',
  status: 1,
  previousOutcome: null,
  flags: [],
  changedFields: null,
  revertsTo: null,
  kind: 'success',
  source: 'callback',
  receiptId: ORIGIN.receiptId,
  elementIndex: 0,
  receivedAtMs: ORIGIN.receivedAt.getTime(),
  firstReceivedAtMs: ORIGIN.receivedAt.getTime(),
  lastReceivedAtMs: ORIGIN.receivedAt.getTime(),
} as const satisfies Bound;
const ORIGIN_BEFORE = { ...ORIGIN, receivedAt: new Date('2025-01-01') };

/** The split of what an applicant costs in the server's one thread, on its real functions. */
export const costs: Scenario = {
  name: 'costs',
  summary: 'what parse, validate, decide, seal and write cost per applicant, in one process',
  run({ quick }: Bench): Promise<Section> {
    const job = new MainJob();
    const samples = samplesOf(job);
    const rows = stepsOf(job).map(([name, what, step]) => {
      const { undisturbedUs, medianUs } = timed(step, samples, quick ? 5 : 20);
      return [name, what, shown(undisturbedUs), shown(medianUs)];
    });
    return Promise.resolve({
      title: 'Cost per applicant in the server',
      columns: ['step', 'what', 'µs undisturbed', 'µs median'],
      rows,
      notes: [
        `Bodies of ${PER_BODY} applicants, ${UPDATE_SHARE * 100} % of them updates. "Undisturbed" is the tenth percentile. What ` +
          "the server's CPU time per applicant has beyond the whole is HTTP, node-postgres, garbage and the kernel.",
      ],
      goals: [],
    });
  },
};

/** One body and what each step of the main job makes of it. */
interface Sample {
  body: Buffer;
  raws: ReturnType<typeof cut>;
  elements: Element[];
  /** What is stored of each element's applicant. */
  current: CurrentRow[];
  canonical: string[];
  rows: ReturnType<MainJob['decide']>[];
}

type Step = (sample: Sample) => unknown;

function samplesOf(job: MainJob): Sample[] {
  const applicants = new Applicants(1, PEOPLE);
  const updates = PER_BODY * UPDATE_SHARE;
  return Array.from({ length: BODIES }, (_, at) => {
    const from = at * PER_BODY;
    const body = listOf(applicants, from, from + PER_BODY, (place) => (place < updates ? 1 : 0));
    const before = read(cut(listOf(applicants, from, from + PER_BODY)));
    const current = before.map((element, place) =>
      place < updates ? stored(job, element) : job.unknown(element),
    );
    const raws = cut(body);
    const elements = read(raws);
    return {
      body,
      raws,
      elements,
      current,
      canonical: elements.map(canonicalJson),
      rows: decideAll(job, elements, current),
    };
  });
}

function stored(job: MainJob, element: Element): CurrentRow {
  const unknown = job.unknown(element);
  const row = job.decide(unknown, element, ORIGIN_BEFORE);
  return {
    ...unknown,
    stored: {
      ...row,
      knownHashes: row.known.toString(),
      firstReceivedAt: row.receivedAt,
      lastReceivedAt: row.receivedAt,
      isErased: false,
    },
  };
}

function decideAll(job: MainJob, elements: Element[], current: CurrentRow[]): Sample['rows'] {
  return elements.map((element, at) => job.decide(current[at] ?? job.unknown(element), element, ORIGIN));
}

function stepsOf(job: MainJob): [name: string, what: string, step: Step][] {
  const { sealer, blindIndex } = job;
  const places = Array.from({ length: BLIND_INDEXES });
  return [
    ['parse', 'bytes to elements', ({ body }) => cut(body)],
    ['validate', 'coercion, flags, DTO', ({ raws }) => read(raws)],
    [
      'decide',
      'merge and hash, opening what is updated',
      ({ elements, current }) => elements.map((element, at) => decideAlone(job, element, current[at])),
    ],
    [
      'derive',
      'name key, dates, ids, phones, flags',
      ({ elements }) => elements.map((element) => deriveFacts(element)),
    ],
    [
      'index',
      `${BLIND_INDEXES} blind indexes`,
      ({ elements }) =>
        elements.map(({ applicantId }) => places.map(() => blindIndex.of('phone', applicantId))),
    ],
    [
      'seal',
      'the state, and its share of the receipt',
      ({ body, canonical, elements }) => [
        sealer.seal(body, `receipt|${ORIGIN.receiptId}`),
        ...canonical.map((text, at) => sealContent(sealer, elements[at]?.applicantId ?? '', 1, text, BOUND)),
      ],
    ],
    ['write', 'binary parameters of the statement', ({ rows }) => writeVersionsParameters(rows)],
    ['whole', 'all of these, one after the other', (sample) => wholeJob(job, sample)],
  ];
}

function decideAlone(job: MainJob, element: Element, row: CurrentRow | undefined): unknown {
  const stored = row?.stored ?? null;
  const current = stored && currentOf(element.applicantId, stored, job);
  const nullsClear = new Set<never>();
  return decide(current, element, {
    kind: 'success',
    receivedAt: ORIGIN.receivedAt,
    samePerson: false,
    asOf: null,
    nullsClear,
    keyer: keyerOf(job.keyedHash, element.applicantId),
  });
}

function wholeJob(job: MainJob, { body, current }: Sample): unknown {
  const elements = read(cut(body));
  for (const element of elements) job.unknown(element); // the read asks by the idNumber's index
  job.sealer.seal(body, `receipt|${ORIGIN.receiptId}`);
  return writeVersionsParameters(decideAll(job, elements, current));
}

function timed(step: Step, samples: Sample[], repeats: number): { undisturbedUs: number; medianUs: number } {
  const times: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const sample of samples) {
      const startedMs = performance.now();
      step(sample);
      times.push(((performance.now() - startedMs) * 1000) / PER_BODY);
    }
  }
  times.sort((a, b) => a - b);
  return { undisturbedUs: percentile(times, 0.1), medianUs: percentile(times, 0.5) };
}
