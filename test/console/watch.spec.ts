import type { Browser } from 'playwright-core';
import { EntityManager } from 'typeorm';
import { notePublicUrl } from '../../src/db/installation.repository.js';
import { anApplicant } from '../factories/applicant.js';
import { CLIENT, startApp, type TestApp } from '../harness/app.js';
import { openBrowser } from '../harness/browser.js';
import { aVisitor, brokenRules, type Language, settled, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

let rollcall: TestApp;
let browser: Browser;
let mona: Visitor;

beforeAll(async () => {
  [rollcall, browser] = await Promise.all([startApp(), openBrowser()]);
  await rollcall.callback('success', [anApplicant(), { ...anApplicant(), applicantId: '' }]);
  await notePublicUrl(rollcall.app.get(EntityManager, { strict: false }), rollcall.url);
  mona = await aVisitor(rollcall, browser);
});
afterAll(async () => {
  await browser.close();
  await rollcall.stop();
});
afterEach(() => expect(mona.faults.splice(0)).toEqual([]));

/** What axe finds in both languages, and in dark colours. */
async function expectNoBrokenRule(path: string): Promise<void> {
  await mona.page.goto('about:blank'); // it refreshes itself, and would take its share of a slow machine
  for (const language of ['en', 'ar'] satisfies Language[]) {
    const visitor = await aVisitor(rollcall, browser, {
      language,
      colours: language === 'en' ? 'light' : 'dark',
    });
    await visitor.open(path);
    expect(await brokenRules(visitor.page)).toEqual([]);
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  }
}

describe('the overview', () => {
  test('says what needs somebody, and leads to the page that goes on', async () => {
    const { page, open } = mona;
    await open('');
    const line = page.getByRole('listitem').filter({ hasText: '1 element waits in quarantine' });
    await line.getByRole('link', { name: 'Open' }).click();
    await page.waitForURL('**/console/quarantine');
  });

  test('a chart tells its values by the arrow keys and as a table, and leads to the list', async () => {
    const { page, open } = mona;
    await open('?range=24h');
    const chart = page.getByRole('group', { name: 'Applicants by outcome' });
    await chart.locator('canvas').waitFor();
    await chart.focus();
    await page.keyboard.press('End');
    await chart.locator('b').first().waitFor();
    const section = page.getByRole('region', { name: 'Applicants by outcome' });
    await section.getByRole('button', { name: 'Show as table' }).click();
    expect(await section.getByRole('rowheader').count()).toBeGreaterThan(23);
    await section.getByRole('button', { name: 'Show as chart' }).click();
    await chart.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/console\/applicants\?from=\d{4}-\d\d-\d\d&to=/);
  });

  test('draws its charts in a browser whose language tag is none', async () => {
    const { page, faults, open, close } = await aVisitor(rollcall, browser);
    await page.addInitScript(
      `Object.defineProperty(navigator, 'language', { get: () => 'en-US@posix', configurable: true })`,
    );
    await open('');
    await page.getByRole('group', { name: 'Applicants by outcome' }).locator('canvas').waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test('shows an auditor the way to the audit, and no number', async () => {
    const auditor = await aVisitor(rollcall, browser, { roles: ['auditor'] });
    await auditor.open('');
    await auditor.page.getByRole('main').getByRole('link', { name: 'Audit' }).waitFor();
    expect(await auditor.page.getByText('Needs attention').count()).toBe(0);
    expect(auditor.faults).toEqual([]);
    await auditor.close();
  });

  test('breaks no rule of WCAG', () => expectNoBrokenRule(''));
});

describe('the integration page', () => {
  test('shows the URLs in the words of the panel, and a call that is refused as it comes', async () => {
    const { page, open } = mona;
    await open('integration');
    await page.getByRole('button', { name: 'Copy Success Callback URL' }).waitFor();
    await page.getByText('credentials in').waitFor(); // the token of the callback above
    await rollcall.callback('success', [], { authorization: 'Bearer nonsense' });
    await page.getByText('Token is not valid').first().waitFor();
    expect(await page.getByRole('button', { name: 'Give a new secret' }).count()).toBe(0);
  });

  test('gives an administrator a new secret once, and it works', async () => {
    const admin = await aVisitor(rollcall, browser, { roles: ['admin'] });
    const { page } = admin;
    await admin.open('integration');
    await page.getByRole('button', { name: 'Give a new secret' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Give a new secret' }).click();
    await dialog.getByText('It is shown this once').waitFor();
    const secret = await dialog.locator('.shown-once bdi').innerText();
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: CLIENT.id,
      client_secret: secret,
    });
    const { status } = await fetch(`${rollcall.url}/oauth/token`, { method: 'POST', body });
    expect(status).toBe(200);
    expect(await brokenRules(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect((await page.content()).includes(secret)).toBe(false);
    expect(admin.faults).toEqual([]);
    await admin.close();
  });

  test('plays eNROLL for an administrator, says that it was Rollcall, and forgets the secret', async () => {
    for (const language of ['en', 'ar'] satisfies Language[]) {
      const admin = await aVisitor(rollcall, browser, { roles: ['admin'], language });
      const { page } = admin;
      await admin.open('integration');
      const isArabic = language === 'ar';
      const run = page.getByRole('button', { name: isArabic ? 'اختبر الآن' : 'Test now' });
      const field = page.getByLabel('Client Secret (');
      const secret = isArabic ? 'not-the-secret-of-the-panel' : CLIENT.secret;
      await field.fill(secret);
      await run.click();
      await page
        .getByText(isArabic ? 'أجراه Rollcall لا eNROLL' : 'Played by Rollcall, not by eNROLL')
        .waitFor();
      const findings = page.getByRole('list', { name: isArabic ? 'نتائج الاختبار' : 'What the test found' });
      const last = findings.getByRole('listitem').last();
      if (isArabic) await last.getByText('فشل').waitFor();
      else await last.getByText('Works').waitFor();
      expect(await last.innerText()).toContain(isArabic ? 'client id or secret is wrong' : '/callbacks/fail');
      expect(await field.inputValue()).toBe('');
      expect((await page.content()).includes(secret)).toBe(false);
      expect(await brokenRules(page)).toEqual([]);
      expect(admin.faults).toEqual([]);
      await admin.close();
    }
    await mona.open('integration');
    const fail = mona.page.getByRole('listitem').filter({ hasText: 'Real callback on the fail URL' });
    await fail.getByText('Only empty lists came').waitFor();
    expect(await mona.page.getByRole('button', { name: 'Test now' }).count()).toBe(0);
  });

  test('breaks no rule of WCAG', () => expectNoBrokenRule('integration'));
});

describe('live', () => {
  test('the list says how many are new, and moves no row before somebody asks', async () => {
    const { page, open } = mona;
    await open('applicants');
    const rows = page.locator('[data-row-link]');
    const before = await rows.count();
    await rollcall.callback('success', [anApplicant({ idNumber: '29703012357788' })]);
    const fresh = page.getByRole('button', { name: '1 new' });
    await fresh.waitFor();
    expect(await rows.count()).toBe(before);
    await fresh.click();
    await fresh.waitFor({ state: 'detached' });
    expect(await rows.count()).toBe(before + 1);
  });

  test('a screen that is paused asks for nothing until it is resumed', async () => {
    const { page, open } = mona;
    await open('');
    await page.getByRole('button', { name: 'Pause live' }).click();
    await page.waitForLoadState('networkidle');
    const asked: string[] = [];
    // its own files it may still fetch
    const note = (request: { url: () => string }) =>
      void (request.url().includes('/api/') && asked.push(request.url()));
    page.on('request', note);
    await page.waitForTimeout(6_000);
    page.off('request', note);
    expect(asked).toEqual([]);
    await page.getByRole('button', { name: 'Resume live' }).click();
    await page.waitForRequest('**/api/v1/status');
  });

  test('a bar says that the server is away, and goes when it is back', async () => {
    const { page, open } = mona;
    await open('integration');
    await settled(page);
    await page.route('**/api/**', (route) => route.abort());
    await page.getByText('Live paused, trying again').waitFor();
    await page.unroute('**/api/**');
    await page.getByText('Live paused, trying again').waitFor({ state: 'detached' });
  });
});
