import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { endOfFeed } from '../feed/fed.js';
import { openBrowser } from '../harness/browser.js';
import { daysFromNow, type Reconciled, startReconciled } from '../reconciliation/reconciled.js';
import type { ApplicantPageDto } from '../../src/applicants/applicants.dto.js';
import { aVisitor, brokenRules, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

/** Whom eNROLL enrolled and Rollcall has never heard of. */
const FORGOTTEN = 5;
const FROM = daysFromNow(-9).slice(0, 10);
const TO = daysFromNow(-2).slice(0, 10);

let folder: string;
let reconciled: Reconciled;
let browser: Browser;
let mona: Visitor;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-work-'));
  [reconciled, browser] = await Promise.all([
    startReconciled({}, { ROLLCALL_IMAGE_DIR: folder }),
    openBrowser(),
  ]);
  reconciled.simulator.remember(FORGOTTEN, Date.parse(daysFromNow(-7)), Date.parse(daysFromNow(-4)));
  mona = await aVisitor(reconciled.rollcall, browser);
});
afterAll(async () => {
  await browser.close();
  await reconciled.stop();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => expect(mona.faults.splice(0)).toEqual([]));

const rows = (page: Page) => page.locator('tbody tr');

async function fileOf(page: Page, press: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return readFileSync(await download.path(), 'utf8');
}

test('a dry run is started by day and shows whom eNROLL has and Rollcall has not', async () => {
  const { page, open } = mona;
  await open('reconciliation');
  await page.getByRole('heading', { name: 'No difference' }).waitFor();
  await page.getByRole('button', { name: 'Compare with eNROLL' }).click();
  await page.getByLabel('From').fill(FROM);
  await page.getByLabel('To, included').fill(TO);
  await page.getByRole('checkbox', { name: 'Only look' }).check();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await rows(page).getByText('Completed').waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await rows(page).getByRole('link').press('Enter');
  await rows(page)
    .getByText('Missing here')
    .nth(FORGOTTEN - 1)
    .waitFor();
  expect(new URL(page.url()).search).toMatch(/^\?runId=/);
  expect(await rows(page).count()).toBe(FORGOTTEN);
});

test('one difference is ignored with a reason, the others are healed, and the statement says what is left', async () => {
  const { page } = mona;
  await rows(page)
    .first()
    .getByRole('button', { name: /^What to do with/ })
    .click();
  await page.getByRole('menuitem', { name: 'Ignore' }).click();
  await page.getByLabel('Reason').fill('eNROLL ticket 4711');
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole('button', { name: 'Ignore it' }).click();
  await rows(page).getByText('eNROLL ticket 4711').waitFor();
  await page.getByRole('button', { name: 'Heal all open ones' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Ask eNROLL again' }).click();
  await dialog.getByText('Still open').waitFor();
  expect(await dialog.getByRole('definition').allInnerTexts()).toEqual(['4', '4', '0']);
  await page.keyboard.press('Escape');

  await page.getByRole('tab', { name: 'Statement' }).click();
  await page.getByRole('search').getByLabel('From').fill(FROM);
  await page.getByRole('search').getByLabel('To, included').fill(TO);
  await page.getByText('1 applicant is not here').waitFor();
  expect(await brokenRules(page)).toEqual([]);
  const jws = await fileOf(page, () => page.getByRole('button', { name: 'Save signed' }).click());
  expect(jws.split('.')).toHaveLength(3);
});

test('a list of LuminSoft is compared in the browser, and nothing of it is sent', async () => {
  const { body } = await reconciled.ask<ApplicantPageDto>('/api/v1/applicants');
  const [healed = ''] = body.items.map(({ applicantId }) => applicantId);
  const { page, open } = mona;
  await open(`reconciliation?tab=statement&from=${FROM}&to=${daysFromNow(1).slice(0, 10)}`);
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')));
  const lines = ['Line;Applicant ID', `1;${healed.toUpperCase()}`, '2;NOBODY-1', '3;"NOBODY-1"', ''];
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose a file' }).press('Enter'),
  ]);
  const buffer = Buffer.from(`\u{feff}${lines.join('\r\n')}`);
  await chooser.setFiles({ name: 'invoice.csv', mimeType: 'text/csv', buffer });
  await page.getByText('3 lines').waitFor();
  await page.getByRole('button', { name: 'Compare', exact: true }).press('Enter');
  await page.getByText('The list has 2 different ids.').waitFor();
  expect(await brokenRules(page)).toEqual([]);
  const part = (name: string) => page.getByRole('region', { name, exact: true });
  await part('In both').getByRole('link', { name: healed }).waitFor();
  await part('Only here').getByText('3', { exact: true }).waitFor();
  const save = (name: string) => part(name).getByRole('button', { name: /^Save as CSV/ });
  const csv = await fileOf(page, () => save('Only in the list').press('Enter'));
  expect(csv).toBe('\u{feff}applicantId,lines\r\nNOBODY-1,2\r\n');
  await part('Twice in the list').getByText('NOBODY-1').waitFor();
  expect(sent.length).toBeGreaterThan(1);
  expect(sent.filter((one) => /NOBODY/i.test(one))).toEqual([]);
});

test('the list of applicants goes into a file with its filter; sensitive columns are masked; the file is deleted', async () => {
  const { page, open } = mona;
  await open('applicants?outcome=accepted');
  await page.getByRole('link', { name: 'Export' }).last().press('Enter');
  await page.getByRole('heading', { name: 'New export' }).waitFor();
  expect(await page.getByLabel('Outcome', { exact: true }).first().inputValue()).toBe('accepted');
  await page.getByRole('radio', { name: 'CSV' }).check();
  await page.getByRole('checkbox', { name: 'National id', exact: true }).check();
  await page.getByText('Sensitive columns are masked').waitFor();
  expect(await page.getByRole('radio', { name: 'Unmasked' }).count()).toBe(0);
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole('button', { name: 'Write the file' }).click();
  await rows(page).getByText('Ready').waitFor();
  expect(await rows(page).innerText()).toMatch(/CSV\s+Accepted\s+14 columns\s+Masked/);
  expect(await brokenRules(page)).toEqual([]);
  const csv = await fileOf(page, () => page.getByRole('button', { name: 'Download' }).click());
  expect(csv).toContain('applicantId,version,outcome');
  expect(csv).toContain('idNumber');
  expect(csv).not.toMatch(/\b[23]\d{13}\b/);
  await page.getByRole('button', { name: /^What to do with the export/ }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete it' }).click();
  await page.getByRole('heading', { name: 'No export yet' }).waitFor();
});

test('an administrator sees how far a consumer is, moves it and deletes it; others only look', async () => {
  await reconciled.ask('/api/v1/consumers', {
    method: 'POST',
    body: JSON.stringify({ name: 'core-banking', events: ['applicant.created'] }),
  });
  await endOfFeed(reconciled.rollcall);
  await mona.open('consumers');
  await mona.page.getByText('4 events behind').waitFor();
  expect(await mona.page.getByRole('button', { name: /^What to do/ }).count()).toBe(0);

  const admin = await aVisitor(reconciled.rollcall, browser, { roles: ['admin'] });
  const { page } = admin;
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'What to do with core-banking' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await admin.open('consumers');
  await choose('Move');
  await page.getByRole('radio', { name: 'To now' }).check();
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole('button', { name: 'Move it' }).click();
  await page.getByText('Up to date').waitFor();
  await choose('Delete');
  await page.getByRole('button', { name: 'Delete it' }).click();
  await page.getByRole('heading', { name: 'Nobody reads the feed' }).waitFor();
  await admin.open('exports');
  await page.getByText('Not for your role').waitFor();
  expect(admin.faults).toEqual([]);
  await admin.close();
});

test('the pages break no rule of accessibility in Arabic, in the dark', async () => {
  const { page, open, close, faults } = await aVisitor(reconciled.rollcall, browser, {
    language: 'ar',
    colours: 'dark',
  });
  const paths = ['', '?tab=runs', `?tab=statement&from=${FROM}&to=${TO}`].map(
    (tab) => `reconciliation${tab}`,
  );
  for (const path of [...paths, 'exports', 'exports/new?outcome=accepted', 'consumers']) {
    await open(path);
    expect([path, await brokenRules(page)]).toEqual([path, []]);
  }
  expect(faults).toEqual([]);
  await close();
});
