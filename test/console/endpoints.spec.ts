import type { Browser } from 'playwright-core';
import { openBrowser } from '../harness/browser.js';
import { eventually } from '../harness/processes.js';
import { HandingOn } from '../webhooks/handing-on.js';
import { Receiver } from '../webhooks/receiver.js';
import { aVisitor, brokenRules, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

const receiver = new Receiver();
let handing: HandingOn;
let browser: Browser;
let mona: Visitor;
let endpointId: string;
let hook: string;

beforeAll(async () => {
  [handing, browser] = await Promise.all([HandingOn.start(), openBrowser()]);
  hook = `http://127.0.0.1:${await receiver.start()}/hook`;
  endpointId = (await handing.endpoint({ name: 'core-banking', url: hook })).id;
  const [applicantId] = await handing.enroll();
  await eventually(async () => {
    const deliveries = await handing.deliveries(endpointId, `applicantId=${applicantId}`);
    return deliveries[0]?.state === 'delivered';
  });
  mona = await aVisitor(handing.rollcall, browser);
});
afterAll(async () => {
  await browser.close();
  await handing.rollcall.stop();
  await receiver.stop();
});
afterEach(() => expect(mona.faults.splice(0)).toEqual([]));

test('an endpoint shows how it goes, and a delivery its attempts; it is sent again', async () => {
  const { page, open } = mona;
  await open('endpoints');
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole('link', { name: 'core-banking' }).press('Enter');
  await page.getByText('applicant.created').first().waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole('button', { name: '1 attempt' }).first().click();
  await page.getByRole('table', { name: 'Attempts' }).waitFor();
  expect(await brokenRules(page)).toEqual([]);
  const before = receiver.delivered.length;
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('It is queued again').waitFor();
  await eventually(() => receiver.delivered.length > before);
});

test('a test is sent, the endpoint paused and resumed, what was given up counted, the secret rotated', async () => {
  const { page, open } = mona;
  await open(`endpoints/${endpointId}`);
  await page.getByRole('button', { name: 'Send a test' }).click();
  await eventually(() => receiver.delivered.some(({ body }) => body.includes('rollcall.test')));
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.getByRole('button', { name: 'Recover failed' }).click();
  await page.getByLabel('Since').fill('2026-01-01');
  await page.getByText('0 deliveries would be queued').waitFor();
  expect(await page.getByRole('button', { name: 'Queue 0' }).isDisabled()).toBe(true);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Rotate secret' }).click();
  await page.getByRole('button', { name: 'Make a new secret' }).click();
  await page.getByText(/^whsec_/).waitFor();
  expect(await brokenRules(page)).toEqual([]);
});

test('an endpoint is made by keyboard with its secret shown once, edited, and removed', async () => {
  const { page, open } = mona;
  await open('endpoints');
  await page.getByRole('button', { name: 'Create an endpoint' }).press('Enter');
  await page.getByLabel('Name').fill('crm');
  await page.getByLabel('URL').fill(hook);
  await page.getByLabel('applicant.created').press('Space');
  expect(await page.getByLabel('idNumber').count()).toBe(0); // an operator may not read it
  expect(await brokenRules(page)).toEqual([]);
  await page.getByLabel('URL').press('Enter');
  const secret = await page.getByText(/^whsec_/).innerText();
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'crm' }).waitFor();
  expect(await page.content()).not.toContain(secret);
  await page.getByRole('button', { name: 'Edit' }).press('Enter');
  await page.getByRole('checkbox', { name: 'Accepted' }).press('Space');
  await page.getByLabel('Attempts a second').fill('5');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByText('The endpoint is changed').waitFor();
  await page.getByText('accepted', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'What else to do with crm' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.waitForURL('**/console/endpoints');
  await page.getByRole('link', { name: 'core-banking' }).waitFor();
  expect(await page.getByRole('link', { name: 'crm' }).count()).toBe(0);
});

test('whoever only looks changes nothing, in Arabic too', async () => {
  const { page, open, close, faults } = await aVisitor(handing.rollcall, browser, {
    roles: ['viewer'],
    language: 'ar',
    colours: 'dark',
  });
  await open('endpoints');
  expect(await brokenRules(page)).toEqual([]);
  await open(`endpoints/${endpointId}`);
  await page.getByRole('heading', { name: 'سير العمل' }).waitFor();
  expect(await page.getByRole('button', { name: 'تغيير السر' }).count()).toBe(0);
  expect(await brokenRules(page)).toEqual([]);
  expect(faults).toEqual([]);
  await close();
});
