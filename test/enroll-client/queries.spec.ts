import { join } from 'node:path';
import type { EnrolledApplicant, EnrollImage } from '../../src/enroll-client/enroll-client.types.js';
import { projectRoot } from '../../src/config/root.js';
import type { Simulator } from '../../simulator/simulator.js';
import { startSimulator } from '../../simulator/start.js';
import { clientOf } from './client.js';

const FROM = Date.UTC(2026, 2, 1);
const TO = Date.UTC(2026, 2, 4);

const DIALECTS = [
  ['default', undefined],
  ['alt', join(projectRoot, 'dialects/alternative.example.yaml')],
] as const;

async function collected<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

const idsOf = (applicants: EnrolledApplicant[]) => applicants.map(({ applicantId }) => applicantId);

describe.each(DIALECTS)('the seven calls in the dialect "%s"', (dialect, file) => {
  let simulator: Simulator;
  let client: ReturnType<typeof clientOf>;
  let ids: string[];

  beforeAll(async () => {
    simulator = await startSimulator({ dialect, imageBytes: 30_000 });
    simulator.remember(1234, FROM, TO);
    ids = simulator.applicantIds();
    client = clientOf(simulator, { env: { ENROLL_DIALECT: file } });
  });
  afterAll(async () => {
    client.onApplicationShutdown();
    await simulator.close();
  });

  /** A field of the enrollment as the simulator holds it. */
  const held = (at: number) => {
    const entry = simulator.applicant(ids[at] ?? '');
    if (entry === undefined) throw new Error('not held');
    return entry;
  };

  it('asks for one token and keeps it', async () => {
    const { expiresAt } = await client.token();
    await client.token();
    expect(expiresAt?.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
    expect(simulator.state().calls.token?.requests).toBe(1);
  });

  it('finds the applicant id of a request', async () => {
    expect(await client.applicantIdByRequestId(held(7).requestId)).toBe(ids[7]);
    await expect(client.applicantIdByRequestId('0')).rejects.toMatchObject({
      code: 'ENROLL_NOT_FOUND',
      status: 404,
    });
  });

  it('finds the applicants of a request and of a customer, in the names of the contract', async () => {
    const { enrollment, requestId, correlationId, enrolledAtMs } = held(7);
    const [found] = await client.applicants({ requestId });
    expect(found).toMatchObject({ applicantId: ids[7], requestId, correlationId });
    expect(found?.enrolledAt?.getTime()).toBe(enrolledAtMs);
    const { status, ...rest } = enrollment;
    const present = Object.entries(rest).filter(([, value]) => value !== null);
    expect(found?.element).toMatchObject(Object.fromEntries(present));
    expect(found?.element).toHaveProperty('status', dialect === 'alt' ? expect.any(String) : status);
    expect(Object.keys(found?.element as object)).not.toContain('createdDate');
    expect(idsOf(await client.applicants({ correlationId }))).toContain(ids[7]);
    expect(await client.applicants({ correlationId: 'nobody' })).toEqual([]);
  });

  it('reads a date range in slices and pages, everyone once and in order', async () => {
    simulator.resetCounts();
    const range = { from: new Date(FROM), to: new Date(TO) };
    const found = idsOf(await collected(client.applicantsByDate(range)));
    expect(found).toEqual(ids);
    expect(simulator.state().calls.applicantsByDate?.requests).toBe(dialect === 'alt' ? 9 : 3);
  });

  it('stops at the edges of a date range', async () => {
    const range = { from: new Date(FROM + 86_400_000), to: new Date(FROM + 2 * 86_400_000) };
    const found = idsOf(await collected(client.applicantsByDate(range)));
    expect(found).toEqual(
      ids.filter((_id, at) => {
        const time = held(at).enrolledAtMs;
        // the alternative dialect takes its upper edge in
        return time >= range.from.getTime() && time < range.to.getTime() + (dialect === 'alt' ? 1 : 0);
      }),
    );
  });

  it('continues a date range from a stored position', async () => {
    const range = { from: new Date(FROM), to: new Date(TO) };
    const first = await client.datePage(range);
    const rest: EnrolledApplicant[] = [];
    let next = first.next;
    while (next !== undefined) {
      const page = await client.datePage(range, JSON.parse(JSON.stringify(next)) as typeof next);
      rest.push(...page.items);
      next = page.next;
    }
    expect([...idsOf(first.items), ...idsOf(rest)]).toEqual(ids);
  });

  it('dedupes ids and asks in chunks, leaving out whom eNROLL does not know', async () => {
    simulator.resetCounts();
    const asked = [...ids.slice(0, 450), ...ids.slice(0, 100), 'nobody'];
    expect(idsOf(await collected(client.applicantsByIds(asked)))).toEqual(ids.slice(0, 450));
    expect(simulator.state().calls.applicantsByIds?.requests).toBe(dialect === 'alt' ? 5 : 3);
  });

  it('fetches an image by its path', async () => {
    const path = held(3).enrollment.livePhotoPath ?? '';
    const image = await client.image(path);
    expect(image.mediaType).toMatch(/^image\/(jpeg|png|webp)$/);
    expect(image.bytes.length).toBeGreaterThan(1000);
    await expect(client.image('no/such/image.jpg')).rejects.toMatchObject({ code: 'ENROLL_NOT_FOUND' });
  });

  it('fetches a photo by the call that serves it', async () => {
    const at = ids.findIndex((_id, index) => (held(index).enrollment.photo ?? '') !== '');
    const photo: EnrollImage = await client.photo(held(at).enrollment.photo ?? '');
    expect(photo.bytes.length).toBeGreaterThan(1000);
    expect(simulator.state().calls.photo?.requests ?? 0).toBe(dialect === 'alt' ? 1 : 0);
  });

  it('fetches many images in chunks, with one result for each distinct path', async () => {
    simulator.resetCounts();
    const paths = ids.slice(0, 45).map((_id, at) => held(at).enrollment.livePhotoPath ?? `none-${at}`);
    const asked = [...paths, ...paths.slice(0, 5), 'missing.jpg', '../climbs.jpg'];
    const results = await collected(client.images(asked));
    expect(results.map(({ path }) => path).sort()).toEqual([...new Set(asked)].sort());
    expect(results.filter((result) => 'image' in result).length).toBe(
      paths.filter((path) => !path.startsWith('none')).length,
    );
    expect(results).toContainEqual({ path: 'missing.jpg', fault: 'ENROLL_NOT_FOUND' });
    expect(results).toContainEqual({ path: '../climbs.jpg', fault: 'ENROLL_IMAGE_PATH' });
    expect(simulator.state().calls.images?.requests).toBe(3);
  });

  it('mints session tokens of both kinds', async () => {
    const onboarding = await client.sessionToken({ kind: 'onboarding', correlationId: 'customer-17' });
    expect(onboarding.token).toEqual(expect.any(String));
    expect(onboarding.expiresAt?.getTime()).toBeGreaterThan(Date.now());
    expect(simulator.state().openSessions).toBe(1);
    const proof = await client.sessionToken({
      kind: 'authentication',
      applicantId: ids[0] ?? '',
      levelOfTrust: '1',
    });
    expect(proof.token).not.toBe(onboarding.token);
  });

  it.each([
    ['a blank request id', () => client.applicantIdByRequestId(' ')],
    ['a request id that is ..', () => client.applicantIdByRequestId('..')],
    ['a correlation id of 129 characters', () => client.applicants({ correlationId: 'x'.repeat(129) })],
    ['an empty date range', () => client.datePage({ from: new Date(TO), to: new Date(TO) })],
    ['an invalid date', () => client.datePage({ from: new Date('x'), to: new Date(TO) })],
  ])('M9 refuses %s with 400 and asks nobody', async (_name, call) => {
    simulator.resetCounts();
    await expect(call()).rejects.toMatchObject({ code: 'BAD_REQUEST', status: 400 });
    expect(simulator.state().calls.any?.requests ?? 0).toBe(0);
  });
});
