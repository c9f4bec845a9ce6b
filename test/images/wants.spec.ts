import { FeedFollowers } from '../../src/feed/feed-followers.service.js';
import { ImageWants } from '../../src/images/image-wants.service.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { endOfFeed } from '../feed/fed.js';

let rollcall: TestApp;
beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_ROLE: 'api' }, captureLog: true });
});
afterAll(() => rollcall.stop());

const spoil = (applicantId: string, version: number) =>
  rollcall.sql("update changes set sealed = '\\x00' where applicant_id = $1 and version = $2", [
    applicantId,
    version,
  ]);
const unknown = () => rollcall.log.filter((line) => line.includes('it cannot be opened'));

test('the follower opens only versions that change image fields, and one that does not open holds up no other', async () => {
  await rollcall.callback('success', [
    anApplicant({ applicantId: 'first', livePhotoPath: 'first.jpg' }),
    anApplicant({ applicantId: 'spoiled', livePhotoPath: 'spoiled.jpg' }),
    anApplicant({ applicantId: 'last', livePhotoPath: 'last.jpg' }),
  ]);
  await rollcall.callback('success', [
    { applicantId: 'first', isUpdate: true, address: 'ش الهرم' },
    { applicantId: 'last', isUpdate: true, livePhotoPath: 'newer.jpg' },
  ]);
  await spoil('first', 2);
  await spoil('spoiled', 1);
  await endOfFeed(rollcall);
  const { follower } = rollcall.app.get(ImageWants);
  await rollcall.sql("insert into feed_cursors (follower) values ('images') on conflict do nothing");
  while ((await rollcall.app.get(FeedFollowers).takeNext(follower)) > 0);
  expect(
    await rollcall.sql(
      "select applicant_id, version, path from images where field = 'livePhotoPath' order by applicant_id, version",
    ),
  ).toEqual([
    { applicant_id: 'first', version: 1, path: 'first.jpg' },
    { applicant_id: 'last', version: 1, path: 'last.jpg' },
    { applicant_id: 'last', version: 2, path: 'newer.jpg' },
  ]);
  expect(unknown()).toHaveLength(1);
  expect(unknown()[0]).toContain('spoiled');
});
