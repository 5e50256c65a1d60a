import { routes } from '@casebook/contracts';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, newVisitor, open, PATIENCE } from '../support/browser.ts';
import type { TestClient } from '../support/client.ts';
import { eventually } from '../support/collections.ts';
import { LetterCase } from '../support/letter-case.ts';
import { setUp, startProduct, type Product } from '../support/product.ts';

/** One of two coders says that “Inspector Harrow” should be “Harrow”; the bench adopts it; the file has it. */

let product: Product;
let browser: Browser;
let admin: TestClient;
let letter: LetterCase;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  admin = await setUp(product);
  letter = await LetterCase.open(product, admin, 'Borders', {
    ...{ people: 2, wanted: 2, conference: { kind: 'none' } },
  });
  await letter.annotate(0, 'inspector');
}, 8 * PATIENCE);
afterAll(async () => {
  await browser.close();
  await product.stop();
});

async function windowOf(client: TestClient, path: string): Promise<Page> {
  const page = await newVisitor(browser, { reducedMotion: 'reduce' });
  const [name, value] = client.cookie?.split('=') ?? [];
  if (name === undefined || value === undefined) throw new Error('nobody is logged in');
  await page.context().addCookies([{ name, value, url: product.address }]);
  await open(page, `${product.address}${path}`);
  return page;
}

const asked = (page: Page, phrase: string) =>
  page.getByRole('heading', { level: 2, name: `Who or what is ${phrase}?` }).waitFor();

it('borders go from the coder’s keys over the bench into the file', { timeout: 8 * PATIENCE }, async () => {
  const { projectId, taskId } = letter;
  const page = await windowOf(letter.person(1), `/work/${projectId}/${taskId}`);
  await asked(page, 'Inspector Harrow');
  await page.keyboard.press('b');
  await page.getByRole('heading', { name: 'Where does Inspector Harrow begin and end?' }).waitFor();
  await page.keyboard.press('Control+ArrowRight');
  await page.keyboard.press('Enter');
  await asked(page, 'Harrow');
  await page.keyboard.press('n');
  for (const [phrase, key] of [
    ['his letter', 'n'],
    ['his', '1'],
    ['He', '1'],
    ['it', '2'],
  ] as const) {
    await asked(page, phrase);
    await page.keyboard.press(key);
  }
  await page.getByText('This file is ready to close.').waitFor();
  await page.keyboard.press('Enter');

  const corrected = async () =>
    (await admin.must(routes.bench, { params: { projectId, taskId }, query: { filter: 'corrected' } })).rows;
  await eventually(corrected, ({ length }) => length === 1);
  const bench = await windowOf(admin, `/projects/${projectId}/tasks/${taskId}/adjudication?filter=corrected`);
  await bench.getByRole('radio', { name: /“Harrow”/u }).check();
  await bench.keyboard.press('1');
  await bench.getByLabel('Reason').fill('A title is no part of the name.');
  await bench.getByRole('button', { name: 'Decide' }).press('Enter');
  await bench.getByText('is decided').waitFor();

  const response = await admin.fetch(`/projects/${projectId}/tasks/${taskId}/export/conll-2012`);
  const rows = (await response.text()).split('\n').map((line) => line.split('\t'));
  expect(rows.find((row) => row[3] === 'Inspector')?.at(-1)).toBe('-');
  expect(rows.find((row) => row[3] === 'Harrow')?.at(-1)).toBe('(0)');
});
