import { routes } from '@casebook/contracts';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, newVisitor, open, untilAlive } from '../support/browser.ts';
import type { TestClient } from '../support/client.ts';
import { setUp, startProduct, type Product } from '../support/product.ts';
import { ScoredLetter } from '../support/scored-letter.ts';
import { eventually } from '../support/collections.ts';

/** A coder hands a file in, sees points for it, and later, by the keyboard alone, what became of it. */

let product: Product;
let browser: Browser;
let letter: ScoredLetter;
let admin: TestClient;
let page: Page;
beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  admin = await setUp(product);
  letter = await ScoredLetter.open(admin, admin, 'walk-', { people: 5, wanted: 3 });
  page = await newVisitor(browser);
  const [name, value] = letter.person(0).cookie?.split('=') ?? [];
  if (name === undefined || value === undefined) throw new Error('the coder is not logged in');
  await page.context().addCookies([{ name, value, url: product.address }]);
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

/** Goes on with Tab until what has the focus is called so. */
async function tabTo(name: RegExp): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(
      () => document.activeElement?.textContent.replaceAll(/\s+/gu, ' ').trim() ?? '',
    );
    if (name.test(focused)) return;
  }
  throw new Error(`nothing called ${String(name)} can be reached`);
}

async function follow(name: RegExp, heading: string): Promise<void> {
  await tabTo(name);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await untilAlive(page);
}

const pointsOf = async (): Promise<number> =>
  (await letter.person(0).must(routes.cases)).find(({ projectId }) => projectId === letter.projectId)
    ?.points ?? 0;

it('leads from the desk to the points and their reasons, and to the board', async () => {
  await letter.annotate(0, 'inspector');
  await eventually(pointsOf, (points) => points === 100);
  await open(page, product.address);
  await follow(/^Case board$/u, 'Case board');
  await page.getByText('handed in, others are at it').waitFor();
  expect(await page.getByText('What became of it').count()).toBe(0);

  await letter.annotate(1, 'new');
  await letter.annotate(2, 'inspector');
  await eventually(
    () => letter.person(3).must(routes.claimValidation, { params: letter.place }),
    ({ kind }) => kind === 'lease',
  );
  await letter.validate(3, 'old');
  await letter.validate(4, 'old');
  await eventually(pointsOf, (points) => points > 500);
  await page.reload();
  await untilAlive(page);
  await page.getByText('Witness', { exact: true }).waitFor();

  await follow(/^What became of it/u, letter.lease?.section.name ?? '');
  await tabTo(/“He”/u);
  await page.keyboard.press('Enter');
  const readings = page.getByRole('table', { name: 'Readings of “He”' });
  await readings.waitFor();
  expect(await readings.textContent()).toContain(
    'two of three who annotated it, two of two agreed on seeing it; upheld',
  );
  await page.getByText('Reading 1, yours').first().waitFor();

  await page.goto(`${product.address}/projects/${letter.projectId}/board`);
  await untilAlive(page);
  const board = page.getByRole('table', { name: /^Points/u });
  expect(await board.getByRole('row').count()).toBe(2);
  await admin.must(routes.changeBoard, { params: { projectId: letter.projectId }, body: { board: 'open' } });
  await page.reload();
  await untilAlive(page);
  expect(await board.getByRole('row').count()).toBe(6);
  await tabTo(/^Stay off the board$/u);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Come back to the board' }).waitFor();
  await page.getByText('stays off the board').waitFor();
});
