import type { Browser } from 'playwright-core';
import { codeOf, PASSWORD } from '../auth/browser.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { openBrowser } from '../harness/browser.js';
import { aVisitor, settled, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

const LONG = `${'منى'.repeat(60)} ${'Mona'.repeat(30)}`;

let rollcall: TestApp;
let browser: Browser;
let mona: Visitor;

beforeAll(async () => {
  const env = { ROLLCALL_SEARCHES_PER_MINUTE: '1' };
  [rollcall, browser] = await Promise.all([startApp({ env }), openBrowser()]);
  await rollcall.callback('success', [
    anApplicant({ applicantId: 'A-1001', firstName: LONG, familyName: LONG }),
    { ...anApplicant(), applicantId: '' },
  ]);
  mona = await aVisitor(rollcall, browser);
});
afterAll(async () => {
  await browser.close();
  await rollcall.stop();
});

test('a session that ends in the middle of a form takes nothing of it along', async () => {
  const { page, open, secret, faults } = mona;
  await open('quarantine');
  await page.locator('[data-row-link]').first().press('Enter');
  await page.getByLabel('Value').fill('A-2001');
  await page.context().clearCookies({ name: 'rollcall' });
  await page.getByRole('button', { name: 'Check' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Continue' }).click();
  // the code of now has been used
  await dialog.getByLabel('Code', { exact: true }).fill(codeOf(secret, 1));
  await dialog.getByRole('button', { name: 'Log in' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('It would be taken now').waitFor();
  expect(await page.getByLabel('Value').inputValue()).toBe('A-2001');
  expect(faults.splice(0)).toEqual([]);
});

test('a search too many is told in the palette', async () => {
  const { page, open, faults } = mona;
  await open('');
  await page.keyboard.press('Control+k');
  const says = page.getByRole('status');
  await page.getByPlaceholder(/national id/i).fill('Nobody Known');
  await says.filter({ hasText: 'Nobody was found' }).waitFor();
  await page.getByPlaceholder(/national id/i).fill('Somebody Else');
  await says.filter({ hasText: 'Too many requests. Wait a moment' }).waitFor();
  expect(faults.splice(0)).toEqual([]);
});

test('a page whose file is gone since an upgrade says that there is a new version, and a reload mends it', async () => {
  const { page, open, faults } = mona;
  await page.route(/JobsPage/, (route) => route.fulfill({ status: 404 }));
  await open('');
  await page.getByRole('link', { name: 'Jobs' }).click();
  await page.getByText('There is a new version').waitFor();
  expect(await page.getByRole('link', { name: 'Overview' }).count()).toBe(1);
  await page.unroute(/JobsPage/);
  await page.getByRole('button', { name: 'Reload' }).click();
  await page.getByRole('heading', { name: 'Jobs' }).waitFor();
  // the browser tells of the file, React of the page
  expect(faults.splice(0).filter((one) => !/JobsPage/.test(one))).toEqual([]);
});

test.each(['en', 'ar'] as const)(
  'a name of 300 characters in two directions breaks no page (%s)',
  async (language) => {
    const visitor = await aVisitor(rollcall, browser, {
      roles: ['investigator'],
      language,
      viewport: { width: 320, height: 640 },
    });
    const { page, open, faults, close } = visitor;
    const excess = () => page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    await open('applicants');
    expect(await excess()).toBe(0);
    await open('applicants/A-1001');
    expect(await excess()).toBe(0);
    await page
      .getByRole('button', { name: language === 'en' ? 'Reveal First name' : /كشف الاسم الأول/ })
      .click();
    await page
      .getByLabel(language === 'en' ? 'Reason' : /السبب/, { exact: language === 'en' })
      .fill('case 4711');
    await page.getByRole('button', { name: language === 'en' ? 'Reveal' : 'كشف', exact: true }).click();
    await page.getByText(LONG.slice(0, 60)).first().waitFor();
    await settled(page);
    expect(await excess()).toBe(0);
    expect(faults).toEqual([]);
    await close();
  },
);
