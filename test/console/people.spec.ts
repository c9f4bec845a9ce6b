import type { Browser } from 'playwright-core';
import { AuditChain } from '../../src/audit-trail/chain.service.js';
import { Jobs } from '../../src/jobs/jobs.service.js';
import { codeOf, PASSWORD } from '../auth/browser.js';
import { openBrowser } from '../harness/browser.js';
import { startApp, type TestApp } from '../harness/app.js';
import { aVisitor, brokenRules, settled, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

let rollcall: TestApp;
let browser: Browser;
let admin: Visitor;

beforeAll(async () => {
  [rollcall, browser] = await Promise.all([startApp(), openBrowser()]);
  admin = await aVisitor(rollcall, browser, { roles: ['admin'] });
});
afterAll(async () => {
  await browser.close();
  await rollcall.stop();
});

const shownOnce = () => admin.page.locator('.shown-once .ltr').innerText();

test('an administrator invites somebody and gets the link once', async () => {
  const { page } = admin;
  await admin.open('people');
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Karim Hassan');
  await page.getByLabel('Login', { exact: true }).fill('karim@bank.example');
  await page.getByRole('checkbox', { name: 'Viewer' }).check();
  await page.getByRole('button', { name: 'Create the link' }).click();
  await page.locator('.shown-once').waitFor();
  expect(await shownOnce()).toContain('/invite#');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('cell', { name: 'karim@bank.example' }).waitFor();
});

test('gives another role, disables and enables again', async () => {
  const { page } = admin;
  const row = page.getByRole('row').filter({ hasText: 'karim@bank.example' });
  const choose = async (name: string) => {
    await row.getByRole('button', { name: 'What to do with Karim Hassan' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await choose('Change name or roles');
  await page.getByRole('checkbox', { name: 'Auditor' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await row.getByText('Auditor').waitFor();
  await choose('Disable');
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await row.getByText('Disabled').waitFor();
  await choose('Enable');
  await page.getByRole('dialog').getByRole('button', { name: 'Enable' }).click();
  await row.getByText('Disabled').waitFor({ state: 'detached' });
});

test('makes an API key with one of their own scopes, and sees it once', async () => {
  const { page } = admin;
  await admin.open('api-keys');
  await page.getByRole('button', { name: 'Create a key' }).click();
  await page.getByLabel('Name', { exact: true }).fill('core-banking');
  await page.getByRole('checkbox', { name: 'stats:read' }).check();
  expect(await page.getByRole('checkbox', { name: 'applicants:read' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.locator('.shown-once').waitFor();
  const key = await shownOnce();
  const answer = await fetch(`${rollcall.url}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } });
  expect(await answer.json()).toMatchObject({ name: 'core-banking', scopes: ['stats:read'] });
});

test('gives a client a new secret', async () => {
  const { page } = admin;
  await admin.open('clients');
  await page.getByRole('button', { name: 'What to do with enroll' }).click();
  await page.getByRole('menuitem', { name: 'New secret' }).click();
  await page.getByRole('button', { name: 'Give a new secret' }).click();
  await page.locator('.shown-once').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await page.getByText('2 secrets').waitFor();
});

test('sees their own session, which is this one', async () => {
  const { page } = admin;
  await admin.open('account');
  await page.getByText('This one').waitFor();
  expect(await page.getByRole('row').count()).toBe(2);
});

test('gets new recovery codes for a password and a code, and sees them once', async () => {
  const { page } = admin;
  // the code of the invitation has been used
  await rollcall.sql('update users set totp_step = 0 where login = $1', [admin.login]);
  await page.getByRole('button', { name: 'Get new codes' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Password of now', { exact: true }).fill(PASSWORD);
  await dialog.getByLabel('Code of the authenticator').fill('000000');
  await dialog.getByRole('button', { name: 'Get new codes' }).click();
  await dialog.getByText('Login, password or code is wrong').waitFor();
  await dialog.getByLabel('Code of the authenticator').fill(codeOf(admin.secret));
  expect(await brokenRules(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Get new codes' }).click();
  await dialog.getByRole('listitem').nth(9).waitFor();
  expect(await dialog.getByRole('listitem').first().innerText()).toMatch(/^[0-9a-z]{4}(-[0-9a-z]{4}){5}$/);
  expect(await brokenRules(page)).toEqual([]);
  const entries = await rollcall.sql(`select from audit where action = 'user.renew-recovery-codes'`);
  expect(entries).toHaveLength(1);
});

test('an auditor verifies the newest entries of the audit, and sees which one was changed', async () => {
  const auditor = await aVisitor(rollcall, browser, { roles: ['auditor'] });
  const { page } = auditor;
  await rollcall.app.get(AuditChain).linkAll();
  await auditor.open('audit');
  const verify = page.getByRole('button', { name: 'Verify the newest entries' });
  await verify.click();
  await page.getByText('as they were written').waitFor();
  expect(await brokenRules(page)).toEqual([]);
  const change = `update audit set actor = actor || $1 where id = (select entry from audit_links where n = 2)`;
  await rollcall.sql(change, ['x']);
  await verify.click();
  await page.getByText('Entry 2 was changed.').waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await rollcall.sql(change.replace('actor || $1', 'rtrim(actor, $1)'), ['x']);
  expect(auditor.faults).toEqual([]);
  await auditor.close();
});

test('an auditor filters the audit, and reads one entry', async () => {
  const auditor = await aVisitor(rollcall, browser, { roles: ['auditor'] });
  const { page } = auditor;
  await auditor.open('audit?action=apikey.create');
  await page
    .getByRole('button', { name: /^Show apikey.create/ })
    .first()
    .click();
  await page.getByRole('dialog').getByText(admin.login).first().waitFor();
  await auditor.close();
});

test.each(['people', 'api-keys', 'clients', 'audit'])(
  'who is no administrator does not see %s',
  async (path) => {
    const viewer = await aVisitor(rollcall, browser, { roles: ['viewer'] });
    await viewer.open(path);
    await viewer.page.getByText('Not for your role').waitFor();
    await viewer.close();
  },
);

test('an administrator sees what a setting is and where it came from, and no secret', async () => {
  const { page } = admin;
  await admin.open('settings');
  const row = (name: string) => page.getByRole('row').filter({ hasText: name });
  await row('ROLLCALL_API_KEY').filter({ hasText: 'Set, not shown' }).first().waitFor();
  await page.getByLabel('Name', { exact: true }).fill('token_ttl');
  await page.getByLabel('Name', { exact: true }).press('Enter');
  await row('ROLLCALL_API_KEY').first().waitFor({ state: 'detached' });
  await row('ROLLCALL_TOKEN_TTL_SECONDS')
    .filter({ hasText: '3600' })
    .filter({ hasText: 'Default' })
    .waitFor();
});

test('an operator sees the job that was given up first, and no settings', async () => {
  await rollcall.app.get(Jobs).ready();
  await rollcall.sql(`insert into pgboss.job (name) values ('webhooks.purge.dead')`);
  const operator = await aVisitor(rollcall, browser, { roles: ['operator'] });
  const { page } = operator;
  await operator.open('jobs');
  const first = page.getByRole('row').nth(1);
  await first.filter({ hasText: 'webhooks.purge' }).filter({ hasText: 'Jobs were given up' }).waitFor();
  await first.filter({ hasText: 'Every day at 02:41' }).waitFor();
  expect(await page.getByRole('link', { name: 'Settings' }).count()).toBe(0);
  await operator.open('settings');
  expect(await page.getByRole('table').count()).toBe(0);
  expect(operator.faults).toEqual([]);
  await operator.close();
});

describe.each([
  { language: 'en', colours: 'light' },
  { language: 'ar', colours: 'dark' },
] as const)('in $language, $colours', (looks) => {
  test('the pages break no rule of accessibility, and load nothing from elsewhere', async () => {
    const visitor = await aVisitor(rollcall, browser, {
      roles: ['admin', 'auditor', 'compliance'],
      ...looks,
    });
    for (const path of [
      'people',
      'api-keys',
      'clients',
      'account',
      'audit',
      'alerts',
      'images',
      'holds',
      'erasures',
      'jobs',
      'settings',
    ]) {
      await visitor.open(path);
      const broken = await brokenRules(visitor.page);
      expect([path, broken]).toEqual([path, []]);
    }
    await settled(visitor.page);
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });
});
