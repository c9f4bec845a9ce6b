import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { Browser } from 'playwright-core';
import { anApplicant } from '../factories/applicant.js';
import type { TestApp } from '../harness/app.js';
import { openBrowser } from '../harness/browser.js';
import { eventually } from '../harness/processes.js';
import { type Mirrored, startMirrored } from '../images/mirrored.js';
import { aVisitor, brokenRules, settled, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

const ID_NUMBER = '29703012357788';
const PERSON = anApplicant({ applicantId: 'A-1001', idNumber: ID_NUMBER, gender: 'M', firstName: 'منى' });

let mirrored: Mirrored;
let rollcall: TestApp;
/** Somebody whose live photo is there. */
let pictured: string;
let browser: Browser;
let investigator: Visitor;
let compliance: Visitor;

beforeAll(async () => {
  [mirrored, browser] = await Promise.all([startMirrored(), openBrowser()]);
  rollcall = mirrored.rollcall;
  mirrored.simulator.remember(20);
  const path = mirrored.simulator
    .applicantIds()
    .map((known) => mirrored.simulator.applicant(known)?.enrollment.livePhotoPath)
    .find((one) => one?.endsWith('.jpg'));
  pictured = await mirrored.named({ livePhotoPath: path ?? '' });
  await rollcall.callback('success', [PERSON, anApplicant({ applicantId: 'A-1002' })]);
  await rollcall.callback('success', [{ ...PERSON, isUpdate: true, documentTypeCode: 'EG', status: 4 }]);
  investigator = await aVisitor(rollcall, browser, { roles: ['investigator'] });
  compliance = await aVisitor(rollcall, browser, { roles: ['compliance'] });
});
afterAll(async () => {
  await browser.close();
  await mirrored.stop();
});
afterEach(() => {
  for (const { faults } of [investigator, compliance]) expect(faults.splice(0)).toEqual([]);
});

test('an investigator reveals a field for a reason, which is asked for once; a hidden tab masks it again', async () => {
  const { page, open } = investigator;
  await open('applicants/A-1001');
  await page.getByRole('button', { name: 'Reveal National id' }).click();
  const submit = page.getByRole('button', { name: 'Reveal', exact: true });
  expect(await submit.isDisabled()).toBe(true);
  await page.getByLabel('Reason', { exact: true }).fill('case 4711');
  expect(await brokenRules(page)).toEqual([]);
  await page.keyboard.press('Tab');
  await submit.press('Enter');
  await page.getByText(ID_NUMBER).waitFor();
  await page.getByRole('button', { name: 'Reveal Phone numbers' }).click();
  await page.getByText(PERSON.phoneNumbers![0]!).waitFor();
  const recorded = await rollcall.sql<{ reason: string }>(
    `select reason from audit where action = 'applicant.reveal'`,
  );
  expect(recorded.map(({ reason }) => reason)).toEqual(['case 4711', 'case 4711']);
  await leaveTab(investigator);
  await page.getByText(ID_NUMBER).waitFor({ state: 'detached' });
});

test('an investigator reveals a picture, enlarges it and hides it; nothing of it was loaded before', async () => {
  const { page, open } = investigator;
  await mirrored.untilState(pictured, 'fetched');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`));
  const pictures = () => asked.filter((one) => /images\/|blob:/.test(one));
  await open(`applicants/${pictured}`);
  await page.getByText('Present').waitFor();
  expect([await page.locator('.image-shown').count(), pictures()]).toEqual([0, []]);
  await page.getByRole('button', { name: 'Reveal Live photo' }).click();
  await page.getByLabel('Reason', { exact: true }).fill('case 4712');
  await page.getByRole('button', { name: 'Reveal', exact: true }).click();
  const picture = page.getByRole('img', { name: 'Live photo' });
  await picture.waitFor();
  await eventually(
    async () =>
      (await page.evaluate<number>(`document.querySelector('.image-shown img').naturalWidth`)) > 0 ||
      undefined,
  );
  expect(pictures()).toContain(
    `POST ${rollcall.url}/api/v1/applicants/${pictured}/images/livePhotoPath/reveal`,
  );
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole('button', { name: 'Enlarge: Live photo' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Larger' }).click();
  expect(await brokenRules(page)).toEqual([]);
  expect(await rollcall.sql(`select reason, detail from audit where action = 'image.reveal'`)).toEqual([
    { reason: 'case 4712', detail: { image: 'livePhotoPath', version: 1 } },
  ]);
  await leaveTab(investigator);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await page.locator('.image-shown').count()).toBe(0);
});

test('shows what is doubtful in words beside its field, and how versions differ', async () => {
  const { page, open } = investigator;
  await open('applicants/A-1001');
  await page.locator('.doubt', { hasText: 'national id' }).first().waitFor();
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('heading', { name: 'Version 2' }).waitFor();
  expect(await page.locator('del').allInnerTexts()).toContainEqual(expect.stringContaining('−'));
  expect(await page.locator('ins').allInnerTexts()).toContainEqual(expect.stringContaining('+'));
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await page.getByRole('cell', { name: /^Enrolled/ }).waitFor();
  await page.getByRole('tab', { name: 'Receipts' }).click();
  await settled(page);
  await eventually(async () => (await page.getByRole('row').count()) === 3);
});

test('who may not reveal, hold or erase sees no button for it', async () => {
  const viewer = await aVisitor(rollcall, browser, { roles: ['viewer'] });
  await viewer.open('applicants/A-1001');
  expect(await viewer.page.getByRole('button', { name: /Reveal|Privacy/ }).count()).toBe(0);
  expect(await viewer.page.getByText(ID_NUMBER).count()).toBe(0);
  expect(viewer.faults).toEqual([]);
  await viewer.close();
});

test('compliance holds an applicant, lifts the hold, takes the file of everything, and erases', async () => {
  const { page, open } = compliance;
  const act = async (action: string, submit: string, id?: string) => {
    await page.getByRole('button', { name: 'Privacy' }).click();
    await page.getByRole('menuitem', { name: action }).click();
    await page.getByLabel('Reason', { exact: true }).fill('case 12');
    if (id !== undefined) await page.getByLabel('Type the applicant id').fill(id);
    await page.getByRole('button', { name: submit, exact: true }).click();
  };
  await open('applicants/A-1002');
  await act('Place a hold', 'Place the hold');
  await page.getByRole('button', { name: 'Lift the hold' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Lift the hold' }).click();
  await page.getByText('No hold.').waitFor();
  const download = page.waitForEvent('download');
  await act('Subject access file', 'Download the file');
  const files = unzipSync(readFileSync(await (await download).path()));
  expect(
    Object.values(files)
      .map((bytes) => strFromU8(bytes))
      .join(''),
  ).toContain('A-1002');
  await act('Erase', 'Erase for good', 'A-1002');
  await page.getByRole('heading', { name: /(is under erasure|was erased)$/ }).waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await open('applicants/nobody');
  await page.getByRole('heading', { name: 'There is no such applicant' }).waitFor();
});

test.each(['en', 'ar'] as const)('breaks no rule of WCAG 2.2 in %s', async (language) => {
  const colours = language === 'en' ? 'light' : 'dark';
  const visitor = await aVisitor(rollcall, browser, {
    roles: ['investigator', 'compliance', 'auditor'],
    language,
    colours,
  });
  for (const tab of ['', '?tab=history', '?tab=timeline', '?tab=receipts']) {
    await visitor.open(`applicants/A-1001${tab}`);
    expect(await brokenRules(visitor.page)).toEqual([]);
    await visitor.page.setViewportSize({ width: 320, height: 700 });
    const width = () => visitor.page.evaluate<number>('document.documentElement.scrollWidth');
    await eventually(async () => (await width()) <= 320 || undefined);
    await visitor.page.setViewportSize({ width: 1366, height: 768 });
  }
  expect(visitor.faults).toEqual([]);
  await visitor.close();
});

/** As if another tab were in front. */
async function leaveTab({ page }: Visitor): Promise<void> {
  await page.evaluate(`Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));`);
}
