import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../src/config/root.js';
import type { EnrollClient } from '../../src/enroll-client/enroll-client.service.js';
import type { CallTrial } from '../../src/enroll-client/dialect-trial.js';
import type { Simulator } from '../../simulator/simulator.js';
import { startSimulator } from '../../simulator/start.js';
import { clientOf } from './client.js';

const SHIPPED = readFileSync(join(projectRoot, 'dialects/default.yaml'), 'utf8');
const EXAMPLE = readFileSync(join(projectRoot, 'dialects/alternative.example.yaml'), 'utf8');

const clients: EnrollClient[] = [];
/** They are only read, so one of each kind serves all tests. */
const simulators = new Map<string, Promise<Simulator>>();

function anEnroll(dialect: 'default' | 'alt' = 'default', people = 40): Promise<Simulator> {
  const key = `${dialect} ${people}`;
  const running = simulators.get(key) ?? start(dialect, people);
  simulators.set(key, running);
  return running;
}

async function start(dialect: 'default' | 'alt', people: number): Promise<Simulator> {
  const simulator = await startSimulator({ dialect, imageBytes: 15_000 });
  simulator.remember(people, Date.now() - 3 * 86_400_000, Date.now() - 3_600_000);
  return simulator;
}

/** What the doctor says of each call, with the dialect's text changed. */
async function probed(
  simulator: Simulator,
  text = SHIPPED,
  ...changes: [piece: string, by: string][]
): Promise<Record<string, CallTrial>> {
  let yaml = text;
  for (const [piece, by] of changes) {
    expect(yaml).toContain(piece);
    yaml = yaml.replace(piece, by);
  }
  const file = join(mkdtempSync(join(tmpdir(), 'dialect-')), 'acme.yaml');
  writeFileSync(file, yaml);
  const client = clientOf(simulator, { env: { ENROLL_DIALECT: file } });
  clients.push(client);
  const found: Record<string, CallTrial> = {};
  for await (const probe of client.probe({}, 7)) found[probe.call] = probe;
  return found;
}

const statuses = (probes: Record<string, CallTrial>) =>
  Object.fromEntries(Object.values(probes).map(({ call, status }) => [call, status]));

afterAll(async () => {
  for (const client of clients) client.onApplicationShutdown();
  for (const simulator of simulators.values()) await (await simulator).close();
});

describe('the doctor tries each of the seven calls', () => {
  it('and finds all of them well where the dialect fits, with samples of its own', async () => {
    const probes = await probed(await anEnroll());
    expect(statuses(probes)).toEqual({
      token: 'ok',
      'calls.applicantsByDate': 'ok',
      'calls.applicantsByIds': 'ok',
      'calls.applicantIdByRequestId': 'ok',
      'calls.applicants (requestId)': 'ok',
      'calls.applicants (correlationId)': 'ok',
      'calls.image': 'ok',
      'calls.images': 'ok',
    });
    expect(probes['calls.image']?.tried).toBe('POST /Integration/api/v1/Images/GetImage');
  });

  it('also in a dialect that serves photos by a call of their own', async () => {
    const probes = await probed(await anEnroll('alt'), EXAMPLE);
    expect(new Set(Object.values(statuses(probes)))).toEqual(new Set(['ok']));
    expect(probes).toHaveProperty(['calls.photo']);
  });

  it('and shows shapes, never a value', async () => {
    const simulator = await anEnroll();
    const text = JSON.stringify(await probed(simulator));
    expect(text).toContain('firstName: text');
    for (const id of simulator.applicantIds()) {
      const { firstName, familyName, idNumber, livePhotoPath } = simulator.applicant(id)?.enrollment ?? {};
      for (const value of [id, firstName, familyName, idNumber, livePhotoPath]) {
        if (typeof value === 'string' && value !== '') expect(text).not.toContain(value);
      }
    }
  });

  it('and calls unproven what answers with nobody in it', async () => {
    const probes = await probed(await anEnroll('default', 0));
    expect(statuses(probes)).toEqual({
      token: 'ok',
      'calls.applicantsByDate': 'unproven',
      'calls.applicantsByIds': 'unproven',
      'calls.applicantIdByRequestId': 'unproven',
      'calls.applicants (requestId)': 'unproven',
      'calls.applicants (correlationId)': 'unproven',
      'calls.image': 'unproven',
      'calls.images': 'unproven',
    });
  });

  it.each<[string, [string, string], string, RegExp]>([
    [
      'a path that is not there',
      ['Applicants/GetApplicantsByDate', 'Applicants/ByDate'],
      'calls.applicantsByDate',
      /^calls\.applicantsByDate\.path, or ENROLL_BASE_URL$/,
    ],
    [
      'a list elsewhere',
      ['{ list: applicants, total: totalCount }', '{ list: items }'],
      'calls.applicantsByDate',
      /^calls\.applicantsByDate\.answer\.list: try applicants$/,
    ],
    [
      'a token elsewhere',
      ['{ token: token,', '{ token: accessToken,'],
      'token',
      /^token\.answer\.token: try token or expirationDate$/,
    ],
    [
      'an end of the token elsewhere',
      ['at: expirationDate', 'at: expires'],
      'token',
      /^token\.answer\.expiry$/,
    ],
    [
      'another header for the token',
      ['header: Authorization', 'header: x-token'],
      'calls.applicantsByIds',
      /^token\.header, token\.prefix$/,
    ],
    [
      'another method',
      [
        'method: POST\n    path: /Integration/api/v1/Images/GetImages',
        'method: PUT\n    path: /Integration/api/v1/Images/GetImages',
      ],
      'calls.images',
      /^calls\.images\.path/,
    ],
    [
      'a body of other keys',
      ["{ imagePath: '{{imagePath}}' }", "{ path: '{{imagePath}}' }"],
      'calls.image',
      /^calls\.image\.method, calls\.image\.query, calls\.image\.body$/,
    ],
    ['an image elsewhere', ['answer: { image: image }', 'answer: { image: file.text }'], 'calls.image', /^$/],
    [
      'images under another key',
      ['path: imagePath, image: image', 'path: imagePath, image: base64'],
      'calls.images',
      /^calls\.images\.answer\.path, calls\.images\.answer\.image$/,
    ],
    [
      'a list of images elsewhere',
      ['list: images', 'list: data'],
      'calls.images',
      /^calls\.images\.answer\.list: try images$/,
    ],
    [
      'the id of the request elsewhere',
      ['answer: { applicantId: applicantId }', 'answer: { applicantId: id }'],
      'calls.applicantIdByRequestId',
      /^calls\.applicantIdByRequestId\.answer\.applicantId$/,
    ],
    [
      'another secret',
      ["tenantSecret: '{{tenantSecret}}' }", "tenantSecret: '{{tenantSecret}}!' }"],
      'token',
      /^ENROLL_TENANT_ID, ENROLL_TENANT_SECRET, or token\.body$/,
    ],
  ])('with %s it names the key to change', async (_name, change, call, fix) => {
    const probe = (await probed(await anEnroll(), SHIPPED, change))[call];
    expect(probe?.fix ?? '').toMatch(fix);
    // where an image sits is tolerated under its usual names (M10)
    expect(probe?.status).toBe(
      fix.source === '^$' ? 'ok' : call === 'token' && fix.source.includes('expiry') ? 'unproven' : 'failed',
    );
  });

  it('with the id of an applicant elsewhere it names the key to change', async () => {
    const change: [string, string] = ['applicantId: applicant_id', 'applicantId: id'];
    const probes = await probed(await anEnroll('alt'), EXAMPLE, change);
    expect(probes['calls.applicantsByDate']).toMatchObject({
      status: 'failed',
      found: expect.stringMatching(/applicant_id: text/),
      fix: 'applicant.fields.applicantId',
    });
  });

  it('and says what to look at where nobody answers', async () => {
    const probes = await probed({ url: 'http://127.0.0.1:1', tenantId: 't', tenantSecret: 's' } as Simulator);
    expect(probes['token']).toMatchObject({
      status: 'failed',
      found: expect.stringMatching(/^ENROLL_UNAVAILABLE: .*ECONNREFUSED/),
      fix: 'ENROLL_BASE_URL, ENROLL_PROXY_URL, ENROLL_CA_FILE, or eNROLL itself',
    });
  });
});
