import type { Browser, Page } from 'playwright-core';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { openBrowser } from '../harness/browser.js';
import { eventually } from '../harness/processes.js';
import { aVisitor, brokenRules, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

let rollcall: TestApp;
let browser: Browser;
let mona: Visitor;

beforeAll(async () => {
  [rollcall, browser] = await Promise.all([startApp(), openBrowser()]);
  await rollcall.callback('success', [
    anApplicant(),
    { ...anApplicant(), applicantId: '' },
    { ...anApplicant(), applicantId: null },
    { ...anApplicant(), isUpdate: 'perhaps' },
    'no applicant',
  ]);
  mona = await aVisitor(rollcall, browser);
});
afterAll(async () => {
  await browser.close();
  await rollcall.stop();
});
afterEach(() => expect(mona.faults.splice(0)).toEqual([]));

const cause = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) });

test('the list shows what is open by cause, and a cause shows its elements', async () => {
  const { page, open } = mona;
  await open('quarantine');
  expect(await cause(page, 'Applicant id is missing').innerText()).toMatch(/\b2\b/);
  expect(await page.locator('tbody tr').count()).toBe(4);
  await cause(page, 'Applicant id is missing').press('Enter');
  await page.getByRole('button', { name: 'Replay all of these' }).waitFor();
  await page.locator('tbody tr').nth(2).waitFor({ state: 'detached' });
  expect(new URL(page.url()).search).toBe('?code=APPLICANT_ID_MISSING');
  expect(await page.locator('tbody tr').count()).toBe(2);
  expect(await brokenRules(page)).toEqual([]);
});

test('a replay tells first how many would be taken', async () => {
  const { page, open } = mona;
  await open('quarantine');
  await page.getByRole('button', { name: 'Replay all' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('0 would be taken').waitFor();
  await dialog.getByText('4 would still be refused').waitFor();
  expect(await dialog.getByRole('button', { name: 'Replay 0' }).isDisabled()).toBe(true);
  expect(await brokenRules(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('a fix is checked, shown as a difference, explained, and sent in; the original is not changed', async () => {
  const { page, open } = mona;
  await open('quarantine?code=IS_UPDATE_WRONG_TYPE');
  await page.getByRole('link', { name: 'isUpdate is neither true nor false' }).press('Enter');
  await page.getByRole('heading', { name: 'Mend it' }).waitFor();
  const received = page.getByRole('table', { name: 'As it was received' });
  expect(await received.getByRole('row', { name: 'isUpdate Refused' }).innerText()).toContain('perhaps');
  expect(await received.getByRole('row', { name: 'idNumber' }).innerText()).toContain('•••');
  expect(await page.getByRole('button', { name: 'Check' }).isDisabled()).toBe(true);
  await page.getByLabel('Value').selectOption('false');
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByText('It would be taken now').waitFor();
  expect(await page.getByRole('table', { name: 'What the fix changes' }).innerText()).toContain('− perhaps');
  expect(await page.getByRole('button', { name: 'Send in' }).isDisabled()).toBe(true);
  expect(await brokenRules(page)).toEqual([]);
  await page.getByLabel('Reason').fill('confirmed by branch 12');
  await page.getByLabel('Reason').press('Enter');
  await page.getByText('The element was taken').waitFor();
  await page.getByText('fixed: isUpdate (confirmed by branch 12)').waitFor();
  expect(await page.getByRole('heading', { name: 'Mend it' }).count()).toBe(0);
  const { element } = await theElement('IS_UPDATE_WRONG_TYPE');
  expect(element).toContain('"isUpdate":"perhaps"');
});

test('a check that fails says why, and an id that is known needs no second applicant', async () => {
  const { page, open } = mona;
  const { id } = await theElement('APPLICANT_ID_MISSING');
  await open(`quarantine/${id}`);
  await page.getByLabel('Value').fill('x'.repeat(300));
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByText('It would still be refused').waitFor();
  await page.getByText('Applicant id is too long').waitFor();
  await page.getByLabel('Value').fill('A-2001');
  await page.getByText('It would still be refused').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByText('It would be taken now').waitFor();
});

test('what cannot be mended is discarded with a reason', async () => {
  const { page, open } = mona;
  const { id } = await theElement('NOT_AN_OBJECT');
  await open(`quarantine/${id}`);
  expect(await page.getByRole('heading', { name: 'Mend it' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Discard' }).click();
  const act = page.getByRole('button', { name: 'Discard for good' });
  expect(await act.isDisabled()).toBe(true);
  await page.getByLabel('Reason').fill('a test of the branch');
  expect(await brokenRules(page)).toEqual([]);
  await act.click();
  await page.getByText('a test of the branch').waitFor();
  await eventually(async () => (await theElement('NOT_AN_OBJECT')).state === 'discarded');
});

test('an investigator sees the element itself for a reason, for as long as somebody looks', async () => {
  const { page, open, close, faults } = await aVisitor(rollcall, browser, { roles: ['investigator'] });
  const { id, element } = await theElement('APPLICANT_ID_MISSING');
  const { idNumber = '' } = JSON.parse(element) as { idNumber?: string };
  await open(`quarantine/${id}`);
  expect(await page.getByText(idNumber).count()).toBe(0);
  await page.getByRole('button', { name: 'Reveal the element' }).click();
  await page.getByLabel('Reason', { exact: true }).fill('case 4711');
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole('button', { name: 'Reveal', exact: true }).click();
  await page.getByText(idNumber).waitFor();
  expect(await brokenRules(page)).toEqual([]);
  const entries = await rollcall.sql(`select subject, reason from audit where action = 'quarantine.reveal'`);
  expect(entries).toContainEqual({ subject: `quarantine:${id}`, reason: 'case 4711' });
  await page.getByRole('button', { name: 'Mask it again' }).click();
  await page.getByText(idNumber).waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
  await close();
});

test('whoever only looks sees the causes and no way to change anything, in Arabic too', async () => {
  const { page, open, close, faults } = await aVisitor(rollcall, browser, {
    roles: ['viewer'],
    language: 'ar',
    colours: 'dark',
  });
  await open('quarantine');
  await page.getByRole('heading', { name: 'العزل' }).waitFor();
  expect(await page.getByRole('button', { name: /إعادة إرسال/ }).count()).toBe(0);
  expect(await brokenRules(page)).toEqual([]);
  await page.locator('[data-row-link]').first().click();
  await page.getByRole('heading', { name: 'سبب الرفض' }).waitFor();
  expect(await page.getByRole('heading', { name: 'الإصلاح' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: /استبعاد|كشف/ }).count()).toBe(0);
  expect(await brokenRules(page)).toEqual([]);
  expect(faults).toEqual([]);
  await close();
});

/** The newest element refused for this cause, as a system may read it. */
async function theElement(code: string): Promise<{ id: string; element: string; state: string }> {
  const list = await rollcall.api(`/api/v1/quarantine?limit=1&code=${code}`);
  const { items } = (await list.json()) as { items: { id: string }[] };
  const one = await rollcall.api(`/api/v1/quarantine/${items[0]?.id ?? ''}`);
  return (await one.json()) as { id: string; element: string; state: string };
}
