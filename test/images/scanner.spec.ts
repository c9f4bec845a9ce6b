import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { eventually } from '../harness/processes.js';
import { type Mirrored, startMirrored } from './mirrored.js';

jest.setTimeout(120_000);

/** Speaks as a clamd does (clamd(8), INSTREAM), and answers what a test wants. */
class Clamd {
  answer = 'stream: OK\0';
  scanned: Buffer[] = [];
  readonly server: Server = createServer((socket) => this.talk(socket));

  private talk(socket: Socket): void {
    let received = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const streamed = streamIn(received);
      if (streamed === undefined) return;
      this.scanned.push(streamed);
      socket.end(this.answer);
    });
  }
}

/** The bytes of a stream that is complete. */
function streamIn(received: Buffer): Buffer | undefined {
  const command = 'zINSTREAM\0';
  if (received.length < command.length) return undefined;
  expect(received.toString('latin1', 0, command.length)).toBe(command);
  const chunks: Buffer[] = [];
  for (let at = command.length; at + 4 <= received.length;) {
    const length = received.readUInt32BE(at);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(received.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}

let clamd: Clamd;
let mirrored: Mirrored;
let paths: string[];

beforeAll(async () => {
  clamd = new Clamd();
  clamd.server.listen(0, '127.0.0.1');
  await once(clamd.server, 'listening');
  const { port } = clamd.server.address() as AddressInfo;
  mirrored = await startMirrored({}, { ROLLCALL_CLAMD: `127.0.0.1:${port}` });
  mirrored.simulator.remember(30);
  paths = mirrored.simulator
    .applicantIds()
    .flatMap((id) => mirrored.simulator.applicant(id)?.enrollment.livePhotoPath ?? [])
    .filter((path) => path.endsWith('.jpg'));
});
beforeEach(() => {
  clamd.answer = 'stream: OK\0';
  clamd.scanned = [];
});
afterAll(async () => {
  await mirrored.stop();
  clamd.server.close();
});

const kept = () =>
  readdirSync(mirrored.imageDir, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /[0-9a-f]{64}$/.test(name),
  );
const show = async (path: string) =>
  mirrored.rollcall.api(`/api/v1/enroll/image?path=${encodeURIComponent(path)}`);
const aPath = () => paths.pop() ?? '';

describe('ROLLCALL_CLAMD', () => {
  it('is asked about each image, whole, before it is kept', async () => {
    const id = await mirrored.named({ livePhotoPath: aPath(), idFrontScanPath: aPath() });
    await mirrored.untilState(id, 'fetched');
    await mirrored.until(({ counts }) => counts.wanted === 0);
    expect(clamd.scanned).toHaveLength(2);
    const answer = await mirrored.rollcall.api(`/api/v1/applicants/${id}/images/livePhotoPath`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(clamd.scanned.some((one) => one.equals(bytes))).toBe(true);
  });

  it('keeps and shows nothing that is harmful; its name is not told', async () => {
    clamd.answer = 'stream: Eicar-Test-Signature FOUND\0';
    const before = kept();
    const path = aPath();
    const id = await mirrored.named({ livePhotoPath: path });
    expect(await mirrored.untilState(id, 'failed')).toMatchObject({
      errorCode: 'ENROLL_IMAGE_HARMFUL',
      nextAttemptAt: null,
    });
    expect(kept()).toEqual(before);
    const shown = await show(path);
    expect([shown.status, await shown.text()]).toEqual([502, expect.not.stringContaining('Eicar')]);
    const several = await mirrored.rollcall.api('/api/v1/enroll/images', {
      method: 'POST',
      body: JSON.stringify({ paths: [path] }),
    });
    expect(await several.json()).toMatchObject({ items: [{ fault: 'ENROLL_IMAGE_HARMFUL' }] });
  });

  it.each([['INSTREAM size limit exceeded. ERROR\0'], ['']])(
    'that answers %j lets no image pass, and all once it answers again',
    async (answer) => {
      clamd.answer = answer;
      const path = aPath();
      const id = await mirrored.named({ livePhotoPath: path });
      await mirrored.until(({ fault }) => fault?.code === 'SCANNER_UNAVAILABLE');
      expect((await mirrored.images(id))[0]?.state).toBe('wanted');
      const shown = await show(path);
      expect([shown.status, shown.headers.get('retry-after')]).toEqual([503, '10']);
      clamd.answer = 'stream: OK\0';
      await mirrored.retry();
      await mirrored.untilState(id, 'fetched');
      await eventually(() => clamd.scanned.length > 1 || undefined);
    },
  );
});
