import { routes } from '@casebook/contracts';
import pg from 'pg';
import type { BrowserContext, Page } from 'playwright';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KillableBrowser, open, ownPage, PATIENCE, untilPageKept } from '../support/browser.ts';
import { TestClient } from '../support/client.ts';
import { PASSWORD } from '../support/people.ts';
import { plantTask, type PlantedTask } from '../support/planting.ts';
import { setUp, startProduct, type Product } from '../support/product.ts';
import { Wire } from '../support/wire.ts';

const EMAIL = 'bea@example.org';

let product: Product;
let database: pg.Client;
let task: PlantedTask;
let wire: Wire;
let browser: KillableBrowser;
let work: string;
beforeAll(async () => {
  product = await startProduct();
  const admin = await setUp(product);
  task = await plantTask(product.databaseUrl, { units: 60, blockSize: 60, wanted: 1, coders: 0 });
  const { link } = await admin.must(routes.invite, {
    params: { projectId: task.projectId },
    body: { email: EMAIL, role: 'annotator' },
  });
  database = new pg.Client({ connectionString: product.databaseUrl });
  await database.connect();
  work = `${product.address}/work/${task.projectId}/${task.taskId}`;

  // Bea opened the case on a day with a network, and closed the browser as one does.
  wire = await Wire.lay();
  browser = await KillableBrowser.make(wire.browserOptions);
  const page = await ownPage(await browser.start());
  await open(page, link);
  await page.getByLabel('Your name').fill('Bea');
  await page.getByLabel('Choose a password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await page.getByText('Good to see you, Bea').waitFor();
  await open(page, work);
  await untilJudged(page, 0);
  await untilPageKept(page);
  await browser.close();
});
afterAll(async () => {
  await browser.remove();
  await wire.remove();
  await database.end();
  await product.stop();
});

async function untilJudged(page: Page, count: number): Promise<void> {
  await page
    .getByText(`${String(count)} of 60`, { exact: true })
    .first()
    .waitFor();
}

/** Until a pair is asked about and its keys answer. */
async function untilAsked(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 2 }).waitFor();
}

/** Nothing gets through, and the browser is told so. */
async function goOffline(context: BrowserContext): Promise<void> {
  wire.cut();
  await context.setOffline(true);
}

async function goOnline(context: BrowserContext): Promise<void> {
  wire.mend();
  await context.setOffline(false);
}

const said = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();

/** What is rated as the nth, told apart from its neighbours. */
const ratingOf = (position: number): number => (position * 3) % 7;

async function rate(page: Page, from: number, to: number): Promise<void> {
  for (let position = from; position < to; position += 1) {
    await page.keyboard.press(String(ratingOf(position)));
    await untilJudged(page, position + 1);
  }
}

/** The stored ratings in the order in which they arrived, with the places of their pairs. */
async function stored(): Promise<{ position: number; value: number }[]> {
  const { rows } = await database.query<{ position: number; value: number }>(
    `SELECT u."position", (j."answer"->>'value')::int AS "value"
     FROM "Judgement" j JOIN "Unit" u ON u."projectId" = j."projectId" AND u."id" = j."unitId"
     WHERE j."projectId" = $1 ORDER BY j."receivedAt", j."id"`,
    [task.projectId],
  );
  return rows;
}

const rated = (count: number) =>
  Array.from({ length: count }, (_, position) => ({ position, value: ratingOf(position) }));

describe('what was judged without a network', { timeout: 6 * PATIENCE }, () => {
  let context: BrowserContext;
  let page: Page;

  it('lies on the disk', async () => {
    context = await browser.start();
    page = await ownPage(context);
    await open(page, work);
    await untilAsked(page);
    const guidelines = page.getByRole('link', { name: 'Guidelines (opens in a new tab)' });
    expect(await guidelines.getAttribute('href')).toBe(`/projects/${task.projectId}/guidelines`);
    await goOffline(context);
    await rate(page, 0, 50);
    await said(page, 'Offline · 50 kept here');
    expect(await stored()).toEqual([]);
  });

  it('outlives a killed browser, and is shown again without a network', async () => {
    await browser.kill();
    context = await browser.start();
    await goOffline(context);
    page = await ownPage(context);
    await page.goto(work);
    await untilAsked(page);
    await untilJudged(page, 50);
    await said(page, 'Offline · 50 kept here');
    expect(await stored()).toEqual([]);
  });

  it('is led back to from the page that says that there is no network', async () => {
    await page.getByRole('link', { name: 'Casebook' }).click();
    await page.getByRole('heading', { name: 'There is no network' }).waitFor();
    await page.getByRole('link', { name: 'Back to your case' }).click();
    await untilAsked(page);
    await untilJudged(page, 50);
  });

  it('is sent in order, each once, when the network is back', async () => {
    await goOnline(context);
    await said(page, /^Saved$/u);
    expect(await stored()).toEqual(rated(50));
  });

  it('goes on where it stood; what is judged after the session has ended is kept', async () => {
    await database.query(
      'DELETE FROM "Session" WHERE "userId" = (SELECT "id" FROM "User" WHERE "email" = $1)',
      [EMAIL],
    );
    await rate(page, 50, 55);
    await said(page, 'Log in again to send 5');
    expect(await stored()).toEqual(rated(50));
  });

  it('and is sent after the next log-in', async () => {
    await page.getByRole('link', { name: 'Log in again to send 5' }).click();
    await page.getByLabel('E-mail address').fill(EMAIL);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Log in' }).click();
    await untilJudged(page, 55);
    await said(page, /^Saved$/u);
    expect(await stored()).toEqual(rated(55));
  });

  it('and changed meanwhile on another device is shown in both versions, to choose from', async () => {
    await goOffline(context);
    await page.keyboard.press('u');
    await untilJudged(page, 54);
    await page.keyboard.press('0');
    await untilJudged(page, 55);
    await said(page, 'Offline · 2 kept here');

    const phone = new TestClient(product.address);
    await phone.must(routes.logIn, { body: { email: EMAIL, password: PASSWORD } });
    const params = { projectId: task.projectId, taskId: task.taskId };
    const claim = await phone.must(routes.claim, { params });
    if (claim.kind !== 'lease') throw new Error(claim.reason);
    const last = claim.lease.judgements.find(({ unitId }) => unitId === claim.lease.units[54]?.id);
    if (last === undefined) throw new Error('the last pair is not judged');
    await phone.must(routes.submit, {
      params,
      body: {
        submissionId: uuidv7(),
        unitId: last.unitId,
        act: { kind: 'answer', answer: { kind: 'rating', value: 6 } },
        elapsedMs: 800,
        supersedes: last.submissionId,
      },
    });

    await goOnline(context);
    await said(page, 'One answer was not taken');
    const versions = page.locator('dl.versions');
    await versions.getByText('Given here').waitFor();
    // The act of taking back is refused first, and what was rated after it a moment later.
    await expect
      .poll(() => versions.locator('dd').allInnerTexts(), { timeout: PATIENCE })
      .toEqual([expect.stringMatching(/\b0\b/u), expect.stringMatching(/\b6\b/u)]);
    await page.getByRole('button', { name: 'Use the one given here' }).click();
    await page.getByText('One answer was not taken').waitFor({ state: 'detached' });
    await said(page, /^Saved$/u);
    const history = (await stored()).filter(({ position }) => position === 54);
    expect(history.map(({ value }) => value)).toEqual([ratingOf(54), 6, 0]);
  });
});
