import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { Users } from '../../src/auth/people/users.service.js';
import type { Role } from '../../src/auth/roles.js';
import { codeOf, PASSWORD, tokenOf } from '../auth/browser.js';
import type { TestApp } from '../harness/app.js';

/** Every rule of WCAG 2.2, levels A and AA, that a program can check. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

export type Language = 'en' | 'ar';
export type Colours = 'light' | 'dark';

/** A browser window of one person, and what went wrong in it. */
export interface Visitor {
  page: Page;
  login: string;
  /** Secret of their authenticator. */
  secret: string;
  /** Refusals by the policy of the page, errors of scripts, requests to another origin: none of them may be. */
  faults: string[];
  /** Opens a page of the console and waits until its data is there. @param path as in `app/pages.ts` */
  open(path: string): Promise<void>;
  close(): Promise<void>;
}

let people = 0;

/** Somebody with these roles, who is logged in to the console of `rollcall`. */
export async function aVisitor(
  rollcall: TestApp,
  browser: Browser,
  { roles = ['operator'], language = 'en', colours = 'light', ...options }: VisitorOptions = {},
): Promise<Visitor> {
  const window = await openWindow(rollcall, browser, { language, colours, ...options });
  const login = `person-${(people += 1)}@bank.example`;
  const token = await invite(rollcall, login, roles);
  const ask = async (path: string, data: object) => {
    const { request } = window.page.context();
    const answer = await request.post(`${rollcall.url}/api/v1/session/invitation${path}`, {
      data,
      headers: { origin: rollcall.url },
    });
    return (await answer.json()) as { secret: string };
  };
  const { secret } = await ask('', { token, password: PASSWORD });
  await ask('/confirmation', { token, code: codeOf(secret) });
  return { ...window, login, secret };
}

interface VisitorOptions extends BrowserContextOptions {
  roles?: Role[];
  language?: Language;
  colours?: Colours;
}

/** A window of somebody who is not logged in. */
export async function openWindow(
  rollcall: TestApp,
  browser: Browser,
  { language = 'en', colours = 'light', ...options }: Omit<VisitorOptions, 'roles'> = {},
): Promise<Omit<Visitor, 'login' | 'secret'>> {
  const context = await browser.newContext({
    colorScheme: colours,
    locale: language === 'ar' ? 'ar-EG' : 'en-GB',
    timezoneId: 'Africa/Cairo',
    reducedMotion: 'reduce',
    viewport: { width: 1366, height: 768 },
    ...options,
  });
  const page = await context.newPage();
  const faults = watch(page, rollcall.url);
  return {
    page,
    faults,
    open: async (path) => {
      await page.goto(`${rollcall.url}/console/${path}`);
      await settled(page);
    },
    close: () => context.close(),
  };
}

/** The token of an invitation's link. */
export async function invite({ app }: TestApp, login: string, roles: Role[]): Promise<string> {
  const users = app.get(Users, { strict: false });
  const { link } = await users.invite('test', { login, name: 'Mona Adel', roles });
  return tokenOf(link);
}

/** Once something is shown and nothing is being loaded. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}

/** What breaks a rule of WCAG 2.2, as lines to read. */
export async function brokenRules(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults, string[]>(
    (values) => (globalThis as unknown as { axe: typeof axe }).axe.run({ runOnly: { type: 'tag', values } }),
    RULES,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html}\n${failureSummary}`),
  );
}

function watch(page: Page, origin: string): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // an answer that is no success is told as an error, too, and may be what is tested
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('blob:')) faults.push(`request: ${url}`);
  });
  return faults;
}
