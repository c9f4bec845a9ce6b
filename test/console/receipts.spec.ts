import type { Browser } from 'playwright-core';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { openBrowser } from '../harness/browser.js';
import { eventually } from '../harness/processes.js';
import { aVisitor, brokenRules, settled, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

let rollcall: TestApp;
let browser: Browser;
let mona: Visitor;

beforeAll(async () => {
  [rollcall, browser] = await Promise.all([startApp(), openBrowser()]);
  await rollcall.callback('success', [
    anApplicant({ applicantId: 'A-1001' }),
    { ...anApplicant(), applicantId: '' },
  ]);
  await rollcall.callback('fail', '{"applicantId": ');
  await rollcall.callback('success', [], { authorization: 'Bearer wrong' });
  mona = await aVisitor(rollcall, browser);
});
afterAll(async () => {
  await browser.close();
  await rollcall.stop();
});
afterEach(() => expect(mona.faults.splice(0)).toEqual([]));

test('receipts are listed, and filtered by what became of them', async () => {
  const { page, open } = mona;
  await open('receipts');
  expect(await page.locator('tbody tr').count()).toBe(2);
  expect(await brokenRules(page)).toEqual([]);
  await page.getByLabel('State', { exact: true }).selectOption('rejected');
  await page.getByText('Fail URL').last().waitFor();
  await settled(page);
  expect(new URL(page.url()).search).toBe('?state=rejected');
  await page.locator('[data-row-link]').first().press('Enter');
  await page.getByText('Body is not JSON').waitFor();
  await page.getByText('It has no elements that could be read.').waitFor();
});

test('a receipt leads from its elements to the applicant, and to the quarantine', async () => {
  const { page, open } = mona;
  await open('receipts?state=applied&applicantId=A-1001');
  await page.locator('[data-row-link]').first().press('Enter');
  const elements = page.getByRole('table', { name: 'Elements' });
  await elements.getByRole('link', { name: 'A-1001' }).waitFor();
  await elements.getByText('Created').waitFor();
  await page.getByText('Kept encrypted, and not shown to people').waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await elements.getByRole('link', { name: 'APPLICANT_ID_MISSING' }).click();
  await page.getByRole('heading', { name: 'Applicant id is missing' }).waitFor();
});

test('refusals say why in words, and what to do', async () => {
  await eventually(async () => {
    const answer = await rollcall.api('/api/v1/refusals');
    const { items } = (await answer.json()) as { items: unknown[] };
    return items.length > 1;
  });
  const { page, open } = mona;
  await open('refusals');
  await page.getByText('Token is not valid').waitFor();
  await page.getByText('check the token URL in eNROLL').waitFor();
  expect(await brokenRules(page)).toEqual([]);
});

test('filters are saved as a view by keyboard, without whom they name, and stay after a log-out', async () => {
  const { page, open, close, faults } = await aVisitor(rollcall, browser);
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Views' }).press('Enter');
    await page.getByRole('menuitem', { name }).press('Enter');
  };
  await open('receipts');
  await choose('Refused as a whole');
  await page.waitForURL(/\?state=rejected$/);
  await open('receipts?state=rejected&applicantId=A-1001');
  await choose('Save these filters');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('It holds: State.').waitFor();
  await dialog.getByText('what may name a person: Applicant id').waitFor();
  await dialog.getByLabel('Name').fill('Mona 0106 828 2888');
  await dialog.getByText('no number or address of a person').waitFor();
  expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await dialog.getByLabel('Name').fill('Every morning');
  expect(await brokenRules(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });

  await open('receipts');
  await choose('Every morning');
  await page.waitForURL(/\?state=rejected$/);
  await choose('Rename or remove');
  await dialog.getByLabel('Name of Every morning').fill('Each morning');
  await dialog.getByRole('button', { name: 'Rename' }).press('Enter');
  expect(await brokenRules(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Remove Each morning' }).press('Enter');
  await dialog.getByText('No view is saved yet').waitFor();
  await page.keyboard.press('Escape');
  await choose('Save these filters');
  await dialog.getByLabel('Name').fill('At noon');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await page.waitForURL(/\/login/);
  const cookies = await page.context().cookies(`${rollcall.url}/console/receipts`);
  const value = encodeURIComponent('{"receipts":[["At noon","state=rejected"]]}');
  expect(cookies.find(({ name }) => name === 'rollcall-views')).toMatchObject({ value, path: '/console/' });
  expect(faults).toEqual([]);
  await close();
});

test('the same in Arabic, in the dark', async () => {
  const { page, open, close, faults } = await aVisitor(rollcall, browser, {
    roles: ['viewer'],
    language: 'ar',
    colours: 'dark',
  });
  await open('receipts');
  await page.getByRole('heading', { name: 'الإيصالات' }).waitFor();
  await page.getByRole('button', { name: 'طرق العرض' }).press('Enter');
  await page.getByRole('menuitem', { name: 'ما رُفض بالكامل' }).waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  expect(await brokenRules(page)).toEqual([]);
  await page.locator('[data-row-link]').last().click();
  await page.getByRole('heading', { name: 'العناصر' }).waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await open('refusals');
  await page.getByText('رمز الدخول غير صالح').waitFor();
  expect(await brokenRules(page)).toEqual([]);
  expect(faults).toEqual([]);
  await close();
});

test('whoever may not read receipts has no way there', async () => {
  const { page, open, close } = await aVisitor(rollcall, browser, { roles: ['auditor'] });
  await open('receipts');
  await page.getByRole('heading', { name: 'Not for your role' }).waitFor();
  expect(await page.getByRole('link', { name: 'Receipts' }).count()).toBe(0);
  await close();
});
