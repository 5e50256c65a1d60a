import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { routes } from '@casebook/contracts';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, newVisitor, open, PATIENCE } from '../support/browser.ts';
import type { TestClient } from '../support/client.ts';
import { eventually } from '../support/collections.ts';
import { LetterCase } from '../support/letter-case.ts';
import { setUp, startProduct, type Product } from '../support/product.ts';

/** A folder for pictures of the bench at both sizes and in both themes; none are taken without it. */
const PICTURES = process.env['CASEBOOK_PICTURES'];

let product: Product;
let browser: Browser;
let admin: TestClient;
let letter: LetterCase;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  admin = await setUp(product);
  letter = await LetterCase.open(product, admin, 'Letters', {
    ...{ people: 3, wanted: 3, conference: { kind: 'none' } },
  });
  await letter.annotate(0, 'inspector');
  await letter.annotate(1, 'new', 'The postman, I think.');
  await letter.annotate(2, 'inspector');
  await eventually(bench, (rows) => rows === 1);
}, 8 * PATIENCE);
afterAll(async () => {
  await browser.close();
  await product.stop();
});

async function bench(): Promise<number> {
  const { projectId, taskId } = letter;
  const page = await admin.must(routes.bench, {
    params: { projectId, taskId },
    query: { filter: 'disputed' },
  });
  return page.rows.length;
}

const lastDecision = async () =>
  (
    await admin.must(routes.unitToAdjudicate, {
      params: { projectId: letter.projectId, unitId: letter.he },
    })
  ).history[0];

async function adjudicator(): Promise<Page> {
  const page = await newVisitor(browser, { reducedMotion: 'reduce' });
  const [name, value] = admin.cookie?.split('=') ?? [];
  if (name === undefined || value === undefined) throw new Error('the admin is not logged in');
  await page.context().addCookies([{ name, value, url: product.address }]);
  await open(page, `${product.address}/projects/${letter.projectId}/tasks/${letter.taskId}/adjudication`);
  return page;
}

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  await mkdir(PICTURES, { recursive: true });
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 860 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(PICTURES, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1280, height: 860 });
  await page.emulateMedia({ colorScheme: null });
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

describe('the bench, by the keyboard alone', { timeout: 8 * PATIENCE }, () => {
  it('decides with a reason, undoes, keeps several, and decides otherwise', async () => {
    const page = await adjudicator();
    await page.getByRole('heading', { name: '“He”' }).waitFor();
    await page.getByText('The postman, I think.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Decide' }).isDisabled()).toBe(true);
    await picture(page, 'bench');

    await press(page, '2', 'r');
    await page.keyboard.type('The postman brought it.');
    await page.getByLabel('Reason').blur();
    await press(page, 'd');
    await page.getByText('is decided').waitFor();
    await page
      .getByText('Nothing else is disputed')
      .or(page.getByText('The bench is clear'))
      .first()
      .waitFor();
    expect(await lastDecision()).toMatchObject({
      ...{ kind: 'decide', reason: 'The postman brought it.', answers: [{ answer: { kind: 'new' } }] },
    });

    await press(page, 'u');
    await page.getByRole('button', { name: /Send back/u }).waitFor();
    expect(await bench()).toBe(1);

    await press(page, '1', '2');
    await expect.poll(() => page.getByRole('button', { name: 'Keep 2' }).isEnabled()).toBe(true);
    await press(page, 'k');
    await page.getByText('kept with several readings').waitFor();
    expect((await lastDecision())?.answers).toHaveLength(2);

    await press(page, 'u');
    await page.getByRole('button', { name: /Send back/u }).waitFor();
    await press(page, 'o');
    await page.getByRole('radio', { name: 'Does not refer' }).focus();
    await press(page, 'Space', 'd');
    await page.getByText('is decided').waitFor();
    expect(await lastDecision()).toMatchObject({ answers: [{ answer: { kind: 'non-referring' } }] });
  });

  it('names the coders of what is decided, and says what to do where nobody is left', async () => {
    const page = await adjudicator();
    await page.getByRole('link', { name: 'Decided' }).click();
    await page.getByText('What was decided').waitFor();
    await page.getByText('letters-coder1').first().waitFor();
    await picture(page, 'decided');
    await page.getByRole('button', { name: 'Reopen' }).click();
    await page.getByRole('button', { name: /Send back/u }).waitFor();
    await press(page, 'b');
    await page.getByText(/Invite somebody/u).waitFor();
  });
});
