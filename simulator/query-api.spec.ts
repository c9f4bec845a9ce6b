import { toCairo } from './cairo-time.js';
import type { Simulator } from './simulator.js';
import { type DialectName, type SimulatorOptions, startSimulator } from './start.js';

const START = Date.UTC(2026, 9, 1, 9);
const DAY_MS = 86_400_000;
const HELD = 2_500;
const SECRETS = { tenantId: 'org', tenantSecret: 'org-secret' };
type Body = Record<string, unknown>;

let simulator: Simulator;
afterEach(() => simulator.close());

async function start(dialect: DialectName, options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator({ seed: 7, dialect, ...SECRETS, imageBytes: 20_000, ...options });
  simulator.remember(HELD, START, START + 10 * DAY_MS);
}

async function ask(
  path: string,
  headers: Record<string, string>,
  sent?: Body,
): Promise<{ status: number; body: Body }> {
  const response = await fetch(`${simulator.url}${path}`, {
    method: sent === undefined ? 'GET' : 'POST',
    headers: { ...headers, ...(sent !== undefined && { 'content-type': 'application/json' }) },
    ...(sent !== undefined && { body: JSON.stringify(sent) }),
  });
  return { status: response.status, body: (await response.json()) as Body };
}

/** The applicant number `index`, as the simulator says it is. */
function held(index: number) {
  const entry = simulator.applicant(simulator.applicantIds(index, 1)[0] as string);
  if (entry === undefined) throw new Error(`nobody at ${index}`);
  return entry;
}

describe('the default dialect', () => {
  const applicants = '/Integration/api/v1/Applicants';
  const images = '/Integration/api/v1/Images';

  async function bearer(): Promise<Record<string, string>> {
    const { body } = await ask('/Auth/api/v1/Auth/GenerateToken', {}, SECRETS);
    return { authorization: `Bearer ${String(body.token)}` };
  }

  it('gives a token with its expiry for the tenant and 401 for others', async () => {
    await start('default', { tokenTtlSeconds: 60 });
    const { status, body } = await ask('/Auth/api/v1/Auth/GenerateToken', {}, SECRETS);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['token', 'expirationDate']);
    const lifeMs = Date.parse(body.expirationDate as string) - Date.now();
    expect(lifeMs).toBeGreaterThan(50_000);
    expect(lifeMs).toBeLessThanOrEqual(60_000);
    const wrong = await ask('/Auth/api/v1/Auth/GenerateToken', {}, { ...SECRETS, tenantSecret: 'guess' });
    expect(wrong).toEqual({ status: 401, body: { errorCode: 401, message: expect.any(String) } });
  });

  it('refuses calls without a good token', async () => {
    await start('default');
    const path = `${applicants}/GetApplicants?requestId=1`;
    expect((await ask(path, {})).status).toBe(401);
    expect((await ask(path, { authorization: 'Bearer made-up' })).status).toBe(401);
    const good = await bearer();
    expect((await ask(path, good)).status).toBe(404);
    simulator.expireTokens();
    expect((await ask(path, good)).status).toBe(401);
  });

  it('refuses a token that has expired', async () => {
    await start('default', { tokenTtlSeconds: 0 });
    expect((await ask(`${applicants}/GetApplicants?requestId=1`, await bearer())).status).toBe(401);
  });

  it('finds an applicant by request id and by correlation id', async () => {
    await start('default');
    const token = await bearer();
    const { enrollment, requestId, correlationId, enrolledAtMs } = held(40);
    const expected = {
      ...enrollment,
      requestId,
      correlationId,
      createdDate: new Date(enrolledAtMs).toISOString(),
    };
    const id = await ask(`${applicants}/GetApplicantIdByRequestId?requestId=${requestId}`, token);
    expect(id).toEqual({ status: 200, body: { applicantId: enrollment.applicantId } });
    const byRequest = await ask(`${applicants}/GetApplicants?requestId=${requestId}`, token);
    expect(byRequest.body).toEqual({ applicants: [expected] });
    const byCorrelation = await ask(`${applicants}/GetApplicants?correlationId=${correlationId}`, token);
    expect(byCorrelation.body.applicants).toContainEqual(expected);
    expect(byCorrelation.body.applicants).not.toContainEqual(
      expect.objectContaining({ isUpdate: expect.anything() }),
    );
    expect(await ask(`${applicants}/GetApplicants?correlationId=nobody`, token)).toEqual({
      status: 200,
      body: { applicants: [] },
    });
    expect((await ask(`${applicants}/GetApplicants`, token)).status).toBe(400);
  });

  it("pages through a range of Cairo's time without a gap or a repeat", async () => {
    await start('default');
    const token = await bearer();
    const from = toCairo(START);
    const found: string[] = [];
    for (let pageNumber = 1; ; pageNumber += 1) {
      const range = { from, to: toCairo(START + 11 * DAY_MS), pageNumber, pageSize: 1000 };
      const { body } = await ask(`${applicants}/GetApplicantsByDate`, token, range);
      const page = body.applicants as { applicantId: string }[];
      expect(body.totalCount).toBe(HELD);
      if (page.length === 0) break;
      found.push(...page.map(({ applicantId }) => applicantId));
    }
    expect(found).toEqual(simulator.applicantIds());
    const oneDay = { from, to: toCairo(START + DAY_MS), pageNumber: 1, pageSize: 1000 };
    expect((await ask(`${applicants}/GetApplicantsByDate`, token, oneDay)).body.totalCount).toBe(HELD / 10);
    const utc = { ...oneDay, from: new Date(START).toISOString() };
    expect((await ask(`${applicants}/GetApplicantsByDate`, token, utc)).status).toBe(400);
    expect(
      (await ask(`${applicants}/GetApplicantsByDate`, token, { ...oneDay, pageSize: 1001 })).status,
    ).toBe(400);
  });

  it('takes in both of the hours that autumn shows twice', async () => {
    simulator = await startSimulator({ ...SECRETS });
    const moments = [Date.UTC(2026, 9, 29, 20, 30), Date.UTC(2026, 9, 29, 21, 30)] as const;
    simulator.remember(2, moments[0], moments[1] + 3_600_000);
    const range = { from: toCairo(moments[0]), to: '2026-10-29T23:45:00', pageNumber: 1, pageSize: 10 };
    expect(toCairo(moments[1])).toBe(range.from);
    const { body } = await ask(`${applicants}/GetApplicantsByDate`, await bearer(), range);
    expect(body.totalCount).toBe(2);
  });

  it('finds applicants by ids and leaves out those it does not know', async () => {
    await start('default');
    const [first, second] = simulator.applicantIds(7, 2) as [string, string];
    const { body } = await ask(`${applicants}/GetApplicantsByIds`, await bearer(), {
      applicantIds: [second, 'nobody', first],
    });
    expect(body.applicants).toEqual([
      expect.objectContaining({ applicantId: second }),
      expect.objectContaining({ applicantId: first }),
    ]);
  });

  it('gives images one by one and in lists, the photo like any other', async () => {
    await start('default');
    const token = await bearer();
    const { livePhotoPath, photo } = held(0).enrollment;
    const one = await ask(`${images}/GetImage`, token, { imagePath: photo });
    const bytes = Buffer.from(one.body.image as string, 'base64');
    expect(bytes.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    const many = await ask(`${images}/GetImages`, token, {
      imagePaths: [livePhotoPath, 'nothing.jpg', photo],
    });
    expect(many.body.images).toEqual([
      { imagePath: livePhotoPath, image: expect.any(String) },
      { imagePath: photo, image: one.body.image },
    ]);
    expect((await ask(`${images}/GetImage`, token, { imagePath: '../../etc/passwd' })).status).toBe(404);
  });

  it('begins sessions as eNROLL publishes them, and finds the enrollment under their ids once it came', async () => {
    await start('default');
    const path = '/Onboarding/api/v1/Auth/GenerateOnboardingSessionToken';
    const session = await ask(path, {}, { ...SECRETS, correlationId: 'customer 9', requestId: 'r9' });
    expect(session).toEqual({
      status: 200,
      body: { token: expect.any(String), expirationDate: expect.any(String) },
    });
    expect(simulator.state().openSessions).toBe(1);
    const reused = { authorization: `Bearer ${String(session.body.token)}` };
    expect((await ask(`${applicants}/GetApplicants?requestId=r9`, reused)).status).toBe(401);
    const who = { ...SECRETS, applicantId: simulator.applicantIds(3, 1)[0], levelOfTrutToken: 'high' };
    const proof = '/api/v1/Auth/GenerateAuthRequestSessionToken';
    expect((await ask(proof, {}, who)).status).toBe(200);
    expect((await ask(proof, {}, { ...who, applicantId: 'nobody' })).status).toBe(404);
    expect((await ask(proof, {}, { ...who, tenantSecret: 'guess' })).status).toBe(401);
  });

  it('answers what it cannot read in its own error shape', async () => {
    await start('default');
    const response = await fetch(`${simulator.url}/Auth/api/v1/Auth/GenerateToken`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"tenantId":',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ errorCode: 400, message: expect.any(String) });
    expect(await ask('/nowhere', {})).toEqual({
      status: 404,
      body: { errorCode: 404, message: 'no such call' },
    });
  });

  it('counts what was asked and how much of it at once', async () => {
    await start('default', { faults: [{ kind: 'slow', call: 'image', delayMs: 50 }] });
    const token = await bearer();
    const imagePath = held(0).enrollment.photo;
    await Promise.all(Array.from({ length: 5 }, () => ask(`${images}/GetImage`, token, { imagePath })));
    expect(simulator.state().calls).toMatchObject({
      token: { requests: 1, peakInFlight: 1 },
      image: { requests: 5, byStatus: { 200: 5 }, inFlight: 0, peakInFlight: 5 },
      any: { requests: 6 },
    });
    simulator.resetCounts();
    expect(simulator.state().calls.image).toMatchObject({ requests: 0, peakInFlight: 0, byStatus: {} });
  });
});

describe('the alternative dialect', () => {
  async function token(): Promise<Record<string, string>> {
    const { body } = await ask('/v2/token', {}, { tenant_id: 'org', tenant_secret: 'org-secret' });
    return { 'x-api-token': (body.data as Body).access_token as string };
  }

  async function itemsOf(path: string): Promise<Body[]> {
    const { status, body } = await ask(path, await token());
    expect(status).toBe(200);
    return (body.data as { items: Body[] }).items;
  }

  it('spells the token, its header and errors its own way', async () => {
    await start('alt', { tokenTtlSeconds: 60 });
    const { body } = await ask('/v2/token', {}, { tenant_id: 'org', tenant_secret: 'org-secret' });
    expect(body).toEqual({ data: { access_token: expect.any(String), expires_in: expect.any(Number) } });
    const bearer = { authorization: `Bearer ${(body.data as Body).access_token as string}` };
    expect(await ask('/v2/requests/1', bearer)).toEqual({
      status: 401,
      body: { error: { code: 'E401', message: expect.any(String) } },
    });
    expect((await ask('/v2/requests/1', await token())).status).toBe(404);
  });

  it('finds applicants by request, correlation and a comma list of ids, in snake_case without nulls', async () => {
    await start('alt');
    const { enrollment, requestId, correlationId } = held(40);
    const { body } = await ask(`/v2/requests/${requestId}`, await token());
    expect(body).toEqual({ data: { applicant_id: enrollment.applicantId } });
    const [item] = await itemsOf(`/v2/applicants?request_id=${requestId}`);
    expect(item).toMatchObject({
      applicant_id: enrollment.applicantId,
      first_name: enrollment.firstName,
      live_photo: enrollment.livePhotoPath,
      correlation_id: correlationId,
      // on the clock of Cairo, without saying so
      enrolled_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/),
    });
    expect(Object.values(item as Body)).not.toContain(null);
    expect(item?.status).toMatch(/^(Manually)?(Accepted|Rejected)$/);
    expect(await itemsOf(`/v2/applicants?correlation_id=${correlationId}`)).toContainEqual(item);
    expect(await itemsOf('/v2/applicants?request_id=1')).toEqual([]);
    expect(await itemsOf(`/v2/applicants/batch?ids=nobody,${enrollment.applicantId}`)).toEqual([item]);
  });

  it('pages by offset through epoch milliseconds, both ends included, until a page is short', async () => {
    await start('alt');
    const found: unknown[] = [];
    const range = `/v2/applicants/range?from_ms=${START}&to_ms=${START + 11 * DAY_MS}&limit=500`;
    for (let offset = 0; ; offset += 500) {
      const page = await itemsOf(`${range}&offset=${offset}`);
      found.push(...page.map(({ applicant_id }) => applicant_id));
      if (page.length < 500) break;
    }
    expect(found).toEqual(simulator.applicantIds());
    const { enrolledAtMs } = held(3);
    expect(
      await itemsOf(`/v2/applicants/range?from_ms=${enrolledAtMs}&to_ms=${enrolledAtMs}&offset=0&limit=5`),
    ).toHaveLength(1);
    const tooMany = await ask(range.replace('500', '501') + '&offset=0', await token());
    expect(tooMany.status).toBe(400);
  });

  it('gives images as data URLs and photos by a call of their own', async () => {
    await start('alt');
    const headers = await token();
    const { livePhotoPath, photo } = held(0).enrollment as { livePhotoPath: string; photo: string };
    const content = async (path: string) => ((await ask(path, headers)).body.data as Body).content as string;
    expect(await content(`/v2/images/one?path=${encodeURIComponent(livePhotoPath)}`)).toMatch(
      /^data:image\/jpeg;base64,/,
    );
    expect(await content(`/v2/photos?path=${encodeURIComponent(photo)}`)).toMatch(
      /^data:image\/jpeg;base64,/,
    );
    expect((await ask(`/v2/images/one?path=${encodeURIComponent(photo)}`, headers)).status).toBe(404);
    expect((await ask(`/v2/photos?path=${encodeURIComponent(livePhotoPath)}`, headers)).status).toBe(404);
    const list = await itemsOf(`/v2/images?paths=${encodeURIComponent(`${livePhotoPath},${photo},nothing`)}`);
    expect(list).toEqual([{ path: livePhotoPath, content: expect.any(String) }]);
  });
});
