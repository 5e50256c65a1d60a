import { routes } from '@casebook/contracts';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, newVisitor, open } from '../support/browser.ts';
import type { TestClient } from '../support/client.ts';
import { importFile, makeCollection } from '../support/collections.ts';
import { makeProject } from '../support/people.ts';
import { setUp, startProduct, type Product } from '../support/product.ts';
import { makePlannedTask, taskWish } from '../support/tasks.ts';

let product: Product;
let browser: Browser;
let page: Page;
let manager: TestClient;
beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  manager = await setUp(product);
  page = await newVisitor(browser, { reducedMotion: 'reduce' });
  const [name, value] = manager.cookie?.split('=') ?? [];
  if (name === undefined || value === undefined) throw new Error('nobody is logged in');
  await page.context().addCookies([{ name, value, url: product.address }]);
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

it('phrases of a plain text are proposed, reviewed from the keyboard, confirmed, and asked about', async () => {
  const projectId = await makeProject(manager, 'Phrases');
  const collectionId = await makeCollection(manager, projectId, 'documents', 'Watch');
  const text = 'The sergeant filled his pipe. He watched the gate with great care.\n';
  await importFile(manager, projectId, collectionId, 'watch.txt', text);

  await open(page, `${product.address}/projects/${projectId}/collections/${collectionId}`);
  await page.getByRole('button', { name: 'Propose phrases' }).press('Enter');
  const link = page.getByRole('link', { name: 'watch' }).first();
  await page.getByRole('cell', { name: 'to be reviewed' }).waitFor();
  await link.press('Enter');

  await page.getByRole('heading', { name: 'Can The sergeant refer?' }).waitFor();
  for (const key of ['a', 'a', 'a', 'a']) await page.keyboard.press(key);
  await page.getByRole('heading', { name: 'Can the gate refer?' }).waitFor();
  // A border that is moved and moved back is a border that was looked at.
  for (const key of ['Shift+ArrowRight', 'Shift+ArrowLeft', 'a', 'r']) await page.keyboard.press(key);
  await page.getByRole('heading', { name: 'Everything is looked at.' }).waitFor();
  await page.keyboard.press('u');
  await page.getByRole('heading', { name: 'Can great care refer?' }).waitFor();
  await page.keyboard.press('r');
  await page.getByText('0 open, 5 accepted, 1 rejected · stored').waitFor();
  // What is stored is there again after the page was left.
  await open(page, page.url());
  await page.getByText('0 open, 5 accepted, 1 rejected · stored').waitFor();
  await page.getByRole('button', { name: 'Confirm 5 markables' }).press('Enter');
  await page.getByRole('cell', { name: 'confirmed' }).waitFor();

  const task = await makePlannedTask(manager, projectId, taskWish('coreference', collectionId));
  const { rows } = await manager.must(routes.sections, { params: { projectId, taskId: task.id }, query: {} });
  expect(rows.map(({ name, units }) => [name, units])).toEqual([['watch', 5]]);
});
