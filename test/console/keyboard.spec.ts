import type { Browser, Locator, Page } from 'playwright-core';
import { anApplicant } from '../factories/applicant.js';
import { openBrowser } from '../harness/browser.js';
import { eventually } from '../harness/processes.js';
import { HandingOn } from '../webhooks/handing-on.js';
import { Receiver } from '../webhooks/receiver.js';
import { aVisitor, settled, type Visitor } from './visitor.js';

jest.setTimeout(240_000);

const ID_NUMBER = '29703012357788';
/** More than any of these pages has before what is looked for. */
const MOST_TABS = 120;

const receiver = new Receiver();
let handing: HandingOn;
let browser: Browser;
let mona: Visitor;
let endpointId: string;

beforeAll(async () => {
  [handing, browser] = await Promise.all([HandingOn.start(), openBrowser()]);
  const url = `http://127.0.0.1:${await receiver.start()}/hook`;
  endpointId = (await handing.endpoint({ name: 'crm', url })).id;
  await handing.rollcall.callback('success', [
    anApplicant({ applicantId: 'A-1001', idNumber: ID_NUMBER }),
    { ...anApplicant(), isUpdate: 'perhaps' },
  ]);
  await eventually(async () => (await handing.deliveries(endpointId))[0]?.state === 'delivered');
  mona = await aVisitor(handing.rollcall, browser, { roles: ['operator', 'investigator'] });
});
afterAll(async () => {
  await browser.close();
  await handing.rollcall.stop();
  await receiver.stop();
});
afterEach(() => expect(mona.faults.splice(0)).toEqual([]));

/** Somebody without a mouse: Tab until it has the focus. */
async function tabTo(page: Page, what: Locator): Promise<void> {
  await what.waitFor();
  for (let turn = 0; turn < MOST_TABS; turn += 1) {
    if ((await what.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the focus never came to ${String(what)}`);
}

async function press(page: Page, what: Locator): Promise<void> {
  await tabTo(page, what);
  await page.keyboard.press('Enter');
}

describe('by keyboard alone', () => {
  test('an applicant is found by national id', async () => {
    const { page, open } = mona;
    await open('');
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder(/national id/i).waitFor();
    await page.keyboard.insertText(ID_NUMBER);
    await page.getByText('•••88').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/console/applicants/A-1001');
  });

  test('a field is revealed for a reason', async () => {
    const { page, open } = mona;
    await open('applicants/A-1001');
    await press(page, page.getByRole('button', { name: 'Reveal National id' }));
    await tabTo(page, page.getByLabel('Reason', { exact: true }));
    await page.keyboard.type('case 4711');
    await press(page, page.getByRole('button', { name: 'Reveal', exact: true }));
    await page.getByText(ID_NUMBER).waitFor();
  });

  test('it is seen why a callback failed, and the element is mended and sent in', async () => {
    const { page, open } = mona;
    await open('');
    const line = page.getByRole('listitem').filter({ hasText: '1 element waits in quarantine' });
    await press(page, line.getByRole('link', { name: 'Open' }));
    await page.waitForURL('**/console/quarantine');
    await settled(page);
    await press(page, page.getByRole('link', { name: 'isUpdate is neither true nor false' }));
    await page.getByRole('heading', { name: 'Why it was refused' }).waitFor();
    await tabTo(page, page.getByLabel('Value'));
    await page.keyboard.press('ArrowDown'); // yes
    await page.keyboard.press('ArrowDown'); // no
    await press(page, page.getByRole('button', { name: 'Check' }));
    await page.getByText('It would be taken now').waitFor();
    await tabTo(page, page.getByLabel('Reason'));
    await page.keyboard.type('confirmed by branch 12');
    await page.keyboard.press('Enter');
    await page.getByText('The element was taken').waitFor();
  });

  test('what an endpoint was not given is sent again', async () => {
    const { page, open } = mona;
    await handing.rollcall.sql(
      `update deliveries set state = 'dead', attempts = 8, tries = 8, settled_at = now() where endpoint_id = $1`,
      [endpointId],
    );
    const before = receiver.delivered.length;
    await open('endpoints');
    await press(page, page.getByRole('link', { name: 'crm' }));
    await press(page, page.getByRole('button', { name: 'Recover failed' }));
    await tabTo(page, page.getByLabel('Since'));
    await page.keyboard.type('01012026');
    await page.getByText(/[1-9] deliver\w+ would be queued/).waitFor();
    await press(page, page.getByRole('button', { name: /^Queue [1-9]$/ }));
    await eventually(() => receiver.delivered.length > before);
  });
});
