import type { Browser } from 'playwright-core';
import { codeOf, PASSWORD } from '../auth/browser.js';
import { startApp, type TestApp } from '../harness/app.js';
import { openBrowser } from '../harness/browser.js';
import { brokenRules, invite, openWindow } from './visitor.js';

jest.setTimeout(240_000);

let rollcall: TestApp;
let browser: Browser;

beforeAll(async () => {
  [rollcall, browser] = await Promise.all([startApp({ env: { ROLLCALL_ROLE: 'api' } }), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await rollcall.stop();
});
test('the link of an invitation leads over password, authenticator and recovery codes into the console', async () => {
  const { page, faults, close } = await openWindow(rollcall, browser);
  const token = await invite(rollcall, 'new@bank.example', ['viewer']);
  await page.goto(`${rollcall.url}/invite#${token}`);
  await page.getByLabel('New password').fill(PASSWORD);
  expect(page.url()).toBe(`${rollcall.url}/console/invite`);
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('img', { name: 'QR code' }).waitFor();
  expect(await brokenRules(page)).toEqual([]);
  const secret = await page.locator('.copy bdi').first().innerText();
  await page.getByLabel('Code', { exact: true }).fill(codeOf(secret));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('heading', { name: 'Recovery codes' }).waitFor();
  expect(await page.locator('.codes li').count()).toBe(10);
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Open the console' }).click();
  await page.getByRole('link', { name: 'Applicants' }).waitFor();
  expect(faults).toEqual([]);
  await close();
});
