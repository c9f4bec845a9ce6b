import axe from 'axe-core';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** Every rule of WCAG 2.2, levels A and AA, that a program can check. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const LOOKS = [
  { language: 'en', colours: 'light' },
  { language: 'en', colours: 'dark' },
  { language: 'ar', colours: 'light' },
  { language: 'ar', colours: 'dark' },
];
/** Lists whose first row has a page of its own. */
const LISTS = ['applicants', 'receipts', 'quarantine', 'endpoints'];
const SIX_PAGES = ['', 'integration', 'applicants', 'receipts', 'quarantine', 'people'];
const REPEATS = 3;
/** So long after its first row nothing of a page is still to come. */
const SETTLED_MS = 1_000;

/** What axe finds on every page of the navigation and on one of each list, in both languages and colours. */
export async function axeViolations(session) {
  const found = [];
  for (const look of LOOKS) {
    const page = await pageFor(session, look);
    for (const path of await pathsOf(page, session)) {
      await open(page, session.base + path);
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(
        (values) => globalThis.axe.run({ runOnly: { type: 'tag', values } }),
        RULES,
      );
      const lines = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      found.push({
        name: `${look.language} ${look.colours} /${path.replace(/[\w-]{30,}/, '…')}`,
        violations: lines,
      });
    }
    await page.context().close();
  }
  return found;
}

async function pathsOf(page, { base }) {
  await open(page, base);
  const links = await page.locator('nav a').evaluateAll((all) => all.map(({ href }) => href));
  const paths = links.map((link) => link.slice(base.length));
  for (const list of LISTS.filter((one) => paths.includes(one))) {
    const [first] = await rowsOf(page, { base }, list);
    if (first !== undefined) paths.push(first);
  }
  return [...new Set(paths)];
}

/** Paths of the pages that a list leads to. */
async function rowsOf(page, { base }, list) {
  await open(page, base + list);
  const links = await page.locator('[data-row-link]').evaluateAll((all) => all.map(({ href }) => href));
  return links.map((link) => link.slice(base.length));
}

/** From the click until the page has turned about and is drawn, as the page sees it; the median of some. */
export async function languageSwitchMs(session) {
  const page = await pageFor(session, LOOKS[0]);
  await open(page, `${session.base}applicants`);
  const times = [];
  for (let turn = 0; turn < 2 * REPEATS; turn += 1) {
    const name = turn % 2 === 0 ? 'العربية' : 'English';
    const drawn = page.evaluate(drawnAfterClick, turn % 2 === 0 ? 'rtl' : 'ltr');
    await page.getByText(name, { exact: true }).first().click();
    times.push(await drawn);
    await page.locator('h1').waitFor();
  }
  await page.context().close();
  return median(times);
}

/** In the page. @returns milliseconds from the next click until it has this direction, and a frame of it is drawn */
function drawnAfterClick(direction) {
  return new Promise((resolve) => {
    let fromMs;
    addEventListener('click', () => (fromMs = performance.now()), { capture: true, once: true });
    const { documentElement } = document;
    const watch = new MutationObserver(() => {
      if (documentElement.dir !== direction) return;
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - fromMs)));
    });
    watch.observe(documentElement, { attributes: true });
  });
}

/** Of the list of applicants: in a window that has nothing of the console yet, and with another filter. */
export async function listMs(session) {
  const cold = [];
  const filtered = [];
  for (let turn = 0; turn < REPEATS; turn += 1) {
    const page = await pageFor(session, LOOKS[0]);
    const from = performance.now();
    await page.goto(`${session.base}applicants`);
    await page.locator('[data-row-link]').first().waitFor();
    cold.push(performance.now() - from);
    await page.waitForTimeout(SETTLED_MS);
    const asked = performance.now();
    await page.locator('select').first().selectOption('accepted');
    await page.waitForResponse((answer) => answer.url().includes('outcome=accepted'));
    await page.locator('.data-table[data-stale="false"]').waitFor();
    filtered.push(performance.now() - asked);
    await page.context().close();
  }
  return { coldMs: median(cold), filterMs: median(filtered) };
}

/** From a callback without a token, as a stranger sends it, until it stands on the screen; the median of some. */
export async function liveMs(session) {
  const page = await pageFor(session, LOOKS[0]);
  await open(page, `${session.base}integration`);
  await page.waitForTimeout(SETTLED_MS);
  const times = [];
  for (let turn = 0; turn < REPEATS; turn += 1) {
    // spelled in a way of its own, as the list shows it
    const path = `/callbacks/${spelled('success', turn + 1)}`;
    const from = performance.now();
    await fetch(new URL(path, session.base), { method: 'POST', body: '[]' });
    await page.getByText(path).waitFor();
    times.push(performance.now() - from);
  }
  await page.context().close();
  return median(times);
}

/** With its first letters percent-encoded. */
function spelled(word, letters) {
  const code = (letter) => `%${letter.charCodeAt(0).toString(16)}`;
  return [...word].map((letter, at) => (at < letters ? code(letter) : letter)).join('');
}

/** Of six pages in both languages, from 0 to 100. @returns undefined where Lighthouse is not installed */
export async function lighthouseScores({ browser, base, port, cookies }) {
  const { default: lighthouse, desktopConfig } = await import('lighthouse').catch(() => ({}));
  if (lighthouse === undefined) return undefined;
  const scores = [];
  const tool = await browser.newBrowserCDPSession();
  for (const language of ['en', 'ar']) {
    const preference = { ...cookies[0], name: 'rollcall-language', value: language, httpOnly: false };
    await tool.send('Storage.setCookies', { cookies: [...cookies, preference] });
    for (const path of SIX_PAGES) {
      const { lhr } = await lighthouse(
        base + path,
        {
          port,
          disableStorageReset: true,
          onlyCategories: ['performance', 'accessibility', 'best-practices'],
        },
        desktopConfig,
      );
      const scoreOf = (category) => 100 * (lhr.categories[category].score ?? 0);
      scores.push({
        name: `${language} /${path}`,
        performance: scoreOf('performance'),
        accessibility: scoreOf('accessibility'),
        bestPractices: scoreOf('best-practices'),
      });
    }
  }
  return scores;
}

/** The pictures of README.md, in few colours: a picture of a page needs no more. */
export async function takePictures(session, folder) {
  mkdirSync(folder, { recursive: true });
  const page = await pageFor(session, LOOKS[0]);
  await page.setViewportSize({ width: 1366, height: 900 });
  const [, applicant] = await rowsOf(page, session, 'applicants');
  for (const [name, path] of Object.entries({ overview: '', applicant, integration: 'integration' })) {
    await open(page, session.base + path);
    await page.waitForTimeout(1000); // charts draw themselves
    const picture = await page.screenshot();
    await sharp(picture)
      .png({ palette: true, colours: 96, effort: 10 })
      .toFile(join(folder, `${name}.png`));
  }
  await page.context().close();
}

/** A window of the person who is logged in. */
async function pageFor({ browser, cookies, base }, { language, colours }) {
  const context = await browser.newContext({
    colorScheme: colours,
    locale: language === 'ar' ? 'ar-EG' : 'en-GB',
    timezoneId: 'Africa/Cairo',
    reducedMotion: 'reduce',
    viewport: { width: 1366, height: 768 },
    baseURL: base,
  });
  await context.addCookies(cookies);
  return context.newPage();
}

async function open(page, url) {
  await page.goto(url);
  await page.locator('h1').first().waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}

function median(times) {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}
