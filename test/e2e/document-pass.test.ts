import type { Browser, Page } from 'playwright';
import { routes } from '@casebook/contracts';
import type { ProjectId, TaskId } from '@casebook/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, newVisitor, open, PATIENCE } from '../support/browser.ts';
import { TestClient } from '../support/client.ts';
import { inviteAs, makeProject, PASSWORD } from '../support/people.ts';
import { startProduct, type Product } from '../support/product.ts';
import { makeOpenTask } from '../support/tasks.ts';

let product: Product;
let browser: Browser;
let admin: TestClient;
let projectId: ProjectId;
let taskId: TaskId;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  admin = new TestClient(product.address);
  const secret = product.setupLink.split('/').at(-1) ?? '';
  await admin.must(routes.setUp, {
    body: { secret, name: 'Ada', email: 'ada@example.org', password: PASSWORD },
  });
  projectId = await makeProject(admin);
  const protocol = { section: { kind: 'document' }, pass: { kind: 'document', start: { kind: 'text' } } };
  ({ taskId } = await makeOpenTask(admin, projectId, 'coreference', { protocol, name: 'Letters' }));
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

async function coder(name: string): Promise<Page> {
  const secret = await inviteAs(admin, projectId, `${name.toLowerCase()}@example.org`, 'annotator');
  const page = await newVisitor(browser);
  await open(page, `${product.address}/invitations/${secret}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Choose a password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await page.getByText(`Good to see you, ${name}`).waitFor();
  await page.getByRole('link', { name: /Open the case\s?: Letters/u }).click();
  await page.getByRole('button', { name: 'Hand in' }).waitFor();
  return page;
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Inspector Harrow read his letter . He burned it . */
async function markHarrowAndHe(page: Page): Promise<void> {
  await press(page, 'm', 'Shift+ArrowRight', 'n');
  await press(page, 'Escape', 'ArrowDown', 'm');
}

async function handIn(page: Page): Promise<void> {
  await press(page, 'Control+Enter');
  await page.getByText('This file is ready to close.').waitFor();
  await press(page, 'Enter');
  // The second document.
  await page.getByRole('button', { name: 'Hand in' }).waitFor();
}

describe('whole documents, by the keyboard alone', { timeout: 8 * PATIENCE }, () => {
  it('are annotated, are there again after the page was loaded anew, and are handed in', async () => {
    const bea = await coder('Bea');
    await markHarrowAndHe(bea);
    await press(bea, '1');
    await bea.getByText('All that you did is kept.').waitFor();
    await bea.getByText('Saved', { exact: true }).first().waitFor();
    await bea.reload();
    await bea.getByRole('button', { name: 'Hand in' }).waitFor();
    // The log goes on: the first mention is the one that was made.
    await press(bea, 'j');
    await bea.getByText('mention 1 of 2').first().waitFor();
    await handIn(bea);

    const cy = await coder('Cy');
    await markHarrowAndHe(cy);
    await press(cy, 'n');
    await handIn(cy);
  });

  it('give agreement and chains', async () => {
    await expect
      .poll(
        async () => {
          const { latest } = await admin.must(routes.agreement, { params: { projectId, taskId } });
          const view = latest?.views.find(({ id }) => id === 'decision-class');
          return view?.measures.find(({ id }) => id === 'percent-agreement')?.estimate;
        },
        { timeout: PATIENCE },
      )
      .toMatchObject({ kind: 'value', value: 0.5 });
    const response = await admin.fetch(`/projects/${projectId}/tasks/${taskId}/export/conll-2012`);
    const rows = (await response.text()).split('\n').filter((line) => /^letter\s/u.test(line));
    const columns = rows.map((row) => row.split(/\s+/u).at(-1) ?? '');
    expect(columns.filter((column) => column !== '-')).toHaveLength(3);
  });
});
