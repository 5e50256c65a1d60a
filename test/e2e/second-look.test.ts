import { routes } from '@casebook/contracts';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, newVisitor, open, PATIENCE } from '../support/browser.ts';
import type { TestClient } from '../support/client.ts';
import { eventually } from '../support/collections.ts';
import { LetterCase } from '../support/letter-case.ts';
import { setUp, startProduct, type Product } from '../support/product.ts';

/** A letter of five phrases that two annotated and read “He” in differently; their manager has it judged again. */

let product: Product;
let browser: Browser;
let admin: TestClient;
let letter: LetterCase;
beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  admin = await setUp(product);
  letter = await LetterCase.open(product, admin, 'Looked at again', {
    ...{ people: 2, wanted: 2, conference: { kind: 'none' } },
  });
  await letter.annotate(0, 'inspector');
  await letter.annotate(1, 'new');
}, 4 * PATIENCE);
afterAll(async () => {
  await browser.close();
  await product.stop();
});

async function windowOf(client: TestClient): Promise<Page> {
  const page = await newVisitor(browser, { reducedMotion: 'reduce' });
  const [name, value] = client.cookie?.split('=') ?? [];
  if (name === undefined || value === undefined) throw new Error('nobody is logged in');
  await page.context().addCookies([{ name, value, url: product.address }]);
  return page;
}

/** Judges the letter by the keyboard; both take “He” for the inspector. */
async function judgeAgain(page: Page, taskId: string): Promise<void> {
  const old = async (words: string) => {
    await page.keyboard.press('r');
    await page.getByRole('combobox').pressSequentially(words);
    await page.keyboard.press('Enter');
  };
  await open(page, `${product.address}/work/${letter.projectId}/${taskId}`);
  for (const [phrase, antecedent] of [
    ['Inspector Harrow', null],
    ['his letter', null],
    ['his', 'Harrow'],
    ['He', 'Harrow'],
    ['it', 'letter'],
  ] as const) {
    await page.getByRole('heading', { level: 2, name: `Who or what is ${phrase}?` }).waitFor();
    await (antecedent === null ? page.keyboard.press('n') : old(antecedent));
  }
  await page.getByText('This file is ready to close.').waitFor();
  await page.getByRole('button', { name: /points in this sitting/u }).waitFor();
  await page.keyboard.press('Enter');
}

it(
  'of a manager goes from choosing phrases to which answers changed',
  { timeout: 4 * PATIENCE },
  async () => {
    const { projectId, taskId } = letter;
    const manager = await windowOf(admin);
    await open(manager, `${product.address}/projects/${projectId}/tasks/${taskId}`);
    await manager.getByRole('link', { name: /^A second look/u }).click();
    await manager.getByRole('radio', { name: /^By hand/u }).check();
    await manager.getByLabel('Numbers of units').fill('4');
    await manager.getByText('1 unit chosen').waitFor();
    await manager.getByRole('link', { name: 'He', exact: true }).waitFor();
    await manager.getByText('10 judgements by 2 experts in all.').waitFor();
    await manager.getByLabel('Name').fill('The letter again');
    await manager.getByRole('button', { name: 'Make the draft' }).click();
    await manager.getByRole('heading', { level: 1, name: 'The letter again' }).waitFor();
    const again = manager.url().split('/').at(-1) ?? '';
    await manager.getByRole('link', { name: 'Before and after' }).click();
    await manager.getByRole('heading', { name: 'Nothing in both looks yet' }).waitFor();
    await manager.getByRole('link', { name: 'Progress' }).click();
    await manager.getByRole('button', { name: 'Open', exact: true }).click();
    await eventually(
      async () => (await admin.must(routes.tasks, { params: { projectId } })).find(({ id }) => id === again),
      (task) => task?.state === 'open',
    );

    for (const index of [0, 1]) await judgeAgain(await windowOf(letter.person(index)), again);
    await eventually(
      async () => (await admin.must(routes.tasks, { params: { projectId } })).find(({ id }) => id === again),
      (task) => task?.counts.judgements === 10,
    );

    await manager.getByRole('link', { name: 'Before and after' }).click();
    const changed = manager.getByRole('table', { name: 'Answers that changed' });
    await changed.waitFor();
    expect(await changed.getByRole('row').allInnerTexts()).toHaveLength(2);
    const cells = changed.getByRole('row').last().getByRole('cell');
    // Only the second coder's “He” is another reading than before.
    expect(await changed.getByRole('rowheader').allInnerTexts()).toEqual(['He']);
    expect((await cells.allInnerTexts()).slice(1)).toEqual([
      expect.stringContaining('coder1'),
      'new: not named before',
      expect.stringMatching(/^the same as “/u),
    ]);
    await manager.getByText('1 (10.0 %)').waitFor();
    await manager
      .getByRole('table', { name: /: before and after$/u })
      .first()
      .waitFor();
    const [table] = await Promise.all([
      manager.waitForEvent('download'),
      manager.getByRole('link', { name: /^Take out as CSV/u }).click(),
    ]);
    expect(table.suggestedFilename()).toBe('changed answers.csv');
    await changed.getByRole('link', { name: 'He' }).click();
    await manager.getByText('burned').first().waitFor();
  },
);
