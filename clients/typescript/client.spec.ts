import { anApplicant } from '../../test/factories/applicant.js';
import { API_KEY, startApp, type TestApp } from '../../test/harness/app.js';
import { createRollcallClient, type RollcallClient } from './src/client.js';

let rollcall: TestApp;
let client: RollcallClient;

beforeAll(async () => {
  rollcall = await startApp();
  client = createRollcallClient({ baseUrl: rollcall.url, apiKey: API_KEY });
});
afterAll(() => rollcall.stop());

describe('createRollcallClient', () => {
  it('reads what callbacks brought, and the compiler knows its shape', async () => {
    await rollcall.callback('success', [
      anApplicant({ applicantId: 'typed', status: 1, nationality: 'EGY' }),
    ]);
    const { data, error, response } = await client.GET('/api/v1/applicants/{applicantId}', {
      params: { path: { applicantId: 'typed' } },
    });
    expect(response.status).toBe(200);
    expect(error).toBeUndefined();
    const outcome: 'accepted' | 'rejected' | 'conflict' | 'unknown' | undefined = data?.outcome;
    const version: number | undefined = data?.version;
    expect({ outcome, version }).toEqual({ outcome: 'accepted', version: 1 });
    // @ts-expect-error: no such field
    expect(data?.colour).toBeUndefined();
  });

  it('sends bodies and queries as the API wants them', async () => {
    const { data: page } = await client.GET('/api/v1/applicants', {
      params: { query: { limit: 1, outcome: 'accepted' } },
    });
    expect(page?.items).toHaveLength(1);
    const { data: found } = await client.POST('/api/v1/applicants/search', {
      body: { phone: '01000000000' },
    });
    expect(found?.items).toEqual([]);
  });

  it('gives a refusal as the problem that it is', async () => {
    const { data, error, response } = await client.GET('/api/v1/applicants/{applicantId}', {
      params: { path: { applicantId: 'nobody' } },
    });
    expect(data).toBeUndefined();
    expect(response.status).toBe(404);
    const code: string | undefined = error?.code;
    expect(code).toBe('NOT_FOUND');
  });

  it('does not compile where a path, a query or a body is wrong', async () => {
    // @ts-expect-error: no such path
    await client.GET('/api/v1/applicant');
    // @ts-expect-error: the id is missing
    await client.GET('/api/v1/applicants/{applicantId}', {}).catch(() => undefined);
    // @ts-expect-error: no such filter
    await client.GET('/api/v1/applicants', { params: { query: { colour: 'green' } } });
    // @ts-expect-error: no such outcome
    await client.GET('/api/v1/applicants', { params: { query: { outcome: 'maybe' } } });
    // @ts-expect-error: it is read, not written
    await client.PUT('/api/v1/applicants/{applicantId}', { params: { path: { applicantId: 'typed' } } });
  });

  it('goes by a fetch of its caller, with the key', async () => {
    const seen: Request[] = [];
    const own = createRollcallClient({
      baseUrl: `${rollcall.url}/`,
      apiKey: API_KEY,
      fetch: (request) => {
        seen.push(request);
        return fetch(request);
      },
    });
    const { response } = await own.GET('/api/v1/probes');
    expect(response.status).toBe(200);
    expect(seen[0]?.url).toBe(`${rollcall.url}/api/v1/probes`);
    expect(seen[0]?.headers.get('authorization')).toBe(`Bearer ${API_KEY}`);
  });

  it('refuses an address that is none at once', () => {
    expect(() => createRollcallClient({ baseUrl: 'rollcall', apiKey: API_KEY })).toThrow('Invalid URL');
  });
});
