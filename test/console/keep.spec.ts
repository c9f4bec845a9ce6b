import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Browser } from 'playwright-core';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { openBrowser } from '../harness/browser.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';
import { aVisitor, brokenRules } from './visitor.js';

jest.setTimeout(240_000);

const keyOf = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`;

let folder: string;
let database: FreshDatabase;
let rollcall: TestApp;
let browser: Browser;

/** A server with this ring. */
const start = (...ring: string[]) =>
  startApp({ database, env: { ROLLCALL_KEYS: ring.join(','), ROLLCALL_IMAGE_DIR: folder } });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-keep-'));
  database = await freshDatabase();
  const before = await start(keyOf('older', 1));
  await before.callback('success', [anApplicant({ applicantId: 'A-1001' })]);
  await before.stop();
  [rollcall, browser] = await Promise.all([start(keyOf('newer', 2), keyOf('older', 1)), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await rollcall.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('compliance gives a person what is held about them, for a reason; nobody else does', async () => {
  const { page, open, close, faults } = await aVisitor(rollcall, browser, { roles: ['compliance'] });
  await open('subject-access');
  await page.getByRole('textbox', { name: 'Applicant id' }).fill('A-1001');
  await page.getByLabel('Reason').fill('request 2026-118 of the person');
  expect(await brokenRules(page)).toEqual([]);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Make the file' }).press('Enter');
  const files = unzipSync(readFileSync(await (await download).path()));
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['audit.json', 'contents.json']));
  await page.getByText('Look through audit.json').waitFor();
  expect(await brokenRules(page)).toEqual([]);
  expect(faults).toEqual([]);
  await close();

  const operator = await aVisitor(rollcall, browser);
  await operator.open('subject-access');
  await operator.page.getByText('Not for your role').waitFor();
  await operator.close();
});

test('the code of an error leads to what it means', async () => {
  const { page, open, close } = await aVisitor(rollcall, browser, { roles: ['compliance'] });
  await open('subject-access');
  await page.getByRole('textbox', { name: 'Applicant id' }).fill('A-9999');
  await page.getByLabel('Reason').fill('request 2026-119');
  await page.getByRole('button', { name: 'Make the file' }).click();
  const help = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'NOT_FOUND' }).click();
  await (await help).locator('tr#NOT_FOUND:focus').waitFor();
  await close();
});

test('an administrator sees what still uses a key, brings everything over, and is told where a ring of the settings changes', async () => {
  const { page, open, close, faults } = await aVisitor(rollcall, browser, { roles: ['admin'] });
  await open('keys');
  await page.getByText('Opens older ones').waitFor();
  await page.getByRole('button', { name: 'Bring over' }).click();
  await page.getByRole('button', { name: 'Bring everything over' }).click();
  await page.getByRole('cell', { name: 'applicants', exact: true }).waitFor();
  await page.locator('section').last().getByText('Finished', { exact: true }).first().waitFor();
  expect(await brokenRules(page)).toEqual([]);
  // a server that stopped just now may have stored files behind the pass
  await rollcall.sql(`update key_checks set signed_at = now() - interval '1 hour' where key_id = 'older'`);
  await page.getByRole('button', { name: 'Retire older' }).click();
  await page.getByRole('button', { name: 'Retire it for good' }).click();
  // log-ins from before everything went over may hang on it
  await page.getByRole('dialog').getByText('sessions', { exact: true }).waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByRole('button', { name: 'Make a new key' }).click();
  await page.getByText('rollcall keys rotate').waitFor();
  expect(await brokenRules(page)).toEqual([]);
  expect(faults).toEqual([]);
  await close();
});

test.each([
  { language: 'en', colours: 'dark', guide: "Operator's guide", about: 'Help about this page' },
  { language: 'ar', colours: 'light', guide: 'دليل المشغّل', about: 'المساعدة في هذه الصفحة' },
] as const)('every page leads to its help, in $language', async ({ about, guide, ...looks }) => {
  const { page, open, close, faults } = await aVisitor(rollcall, browser, { roles: ['admin'], ...looks });
  await open('keys');
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole('link', { name: about }).press('Enter');
  await page.locator('#keys-from-rotation-to-retirement:focus').waitFor();
  await open('help');
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole('link', { name: guide }).press('Enter');
  await page.locator('.help-text pre').first().waitFor();
  expect(await page.locator('.help').getAttribute('lang')).toBe(looks.language);
  await open('help/erasure');
  expect(await brokenRules(page)).toEqual([]);
  expect(faults).toEqual([]);
  await close();
});
