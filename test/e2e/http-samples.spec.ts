import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/config/root.js';
import { API_KEY, CLIENT, startApp, type TestApp } from '../harness/app.js';
import { parseSamples, SampleSession } from '../harness/http-samples.js';
import { eventually } from '../harness/processes.js';

const FOLDER = join(projectRoot, 'http');
const FILES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.http'))
  .sort();

let rollcall: TestApp;
beforeAll(async () => {
  rollcall = await startApp();
});
afterAll(() => rollcall.stop());

/** In the order of their numbers: the callbacks come first, and the later files look at what they made. */
describe.each(FILES)('http/%s', (file) => {
  const { variables, samples } = parseSamples(readFileSync(join(FOLDER, file), 'utf8'));
  let session: SampleSession;
  beforeAll(() => {
    session = new SampleSession({
      ...variables,
      host: rollcall.url,
      apiKey: API_KEY,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
    });
  });

  test.each(samples)('$title: $expectedStatus', async (sample) => {
    const asExpected = async () => {
      const answer = await session.send(sample);
      return answer.status === sample.expectedStatus ? answer : undefined;
    };
    if (sample.eventually) await eventually(asExpected);
    const answer = await session.send(sample);
    expect(answer).toEqual({ status: sample.expectedStatus, text: answer.text });
  });
});
