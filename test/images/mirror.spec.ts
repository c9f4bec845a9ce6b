import { isSettled, type Mirrored, startMirrored } from './mirrored.js';

let mirrored: Mirrored;
beforeAll(async () => {
  mirrored = await startMirrored();
});
afterAll(() => mirrored.stop());

describe('the image mirror', () => {
  it('fetches every image that a callback names, soon after it', async () => {
    const [id] = await mirrored.enroll(5);
    const { counts } = await mirrored.until(isSettled);
    expect(counts).toEqual({ wanted: 0, fetched: 20, missing: 0, notImage: 0, failed: 0 });
    expect((await mirrored.images(id!)).map(({ field }) => field)).toEqual([
      'idBackScanPath',
      'idFrontScanPath',
      'livePhotoPath',
      'photo',
    ]);
  });
});
