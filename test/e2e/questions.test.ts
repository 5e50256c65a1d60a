import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, newVisitor, open, PATIENCE } from '../support/browser.ts';
import type { TestClient } from '../support/client.ts';
import { findSample, join, type Sample } from '../support/judged-sample.ts';
import { setUp, startProduct, type Product } from '../support/product.ts';

let product: Product;
let browser: Browser;
let sample: Sample;
let manager: Page;
let bea: Page;
let cy: Page;

async function windowOf({ cookie }: TestClient): Promise<Page> {
  const page = await newVisitor(browser, { reducedMotion: 'reduce' });
  const [name = '', value = ''] = cookie?.split('=') ?? [];
  await page.context().addCookies([{ name, value, url: product.address }]);
  return page;
}

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  const admin = await setUp(product);
  sample = await findSample(admin);
  manager = await windowOf(admin);
  bea = await windowOf(await join(admin, sample.projectId, 'Bea'));
  cy = await windowOf(await join(admin, sample.projectId, 'Cy'));
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

/** Tab until a control with this name has the focus, then Enter. */
async function reach(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    const words = await page.evaluate(() => document.activeElement?.textContent.trim() ?? '');
    if (words.includes(name)) return page.keyboard.press('Enter');
  }
  throw new Error(`the keyboard does not lead to ${name}`);
}

async function typeInto(page: Page, label: string, text: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() =>
      document.activeElement instanceof HTMLTextAreaElement ||
      document.activeElement instanceof HTMLInputElement
        ? (document.activeElement.labels?.[0]?.textContent.trim() ?? '')
        : '',
    );
    if (focused.startsWith(label)) return page.keyboard.type(text);
  }
  throw new Error(`the keyboard does not lead to ${label}`);
}

describe('a question, by the keyboard alone', { timeout: 4 * PATIENCE }, () => {
  const QUESTION = 'Is this the same bench as before?';
  const ANSWER = 'Yes, there is only one bench.';

  it('is asked at work, and the draft outlives a network that is gone', async () => {
    await open(bea, `${product.address}/work/${sample.projectId}/${sample.coreference.id}`);
    await bea.getByText('Who or what is').first().waitFor();
    await bea.context().setOffline(true);
    await bea.keyboard.press('Alt+q');
    const dialog = bea.getByRole('dialog', { name: 'Ask the managers' });
    await dialog.waitFor();
    await bea.keyboard.type(QUESTION);
    await dialog.getByText('What you write is kept here as a draft').waitFor();
    expect(await dialog.getByRole('button', { name: 'Ask' }).isDisabled()).toBe(true);
    await bea.keyboard.press('Escape');
    await bea.context().setOffline(false);
    await bea.reload();
    await bea.getByText('Who or what is').first().waitFor();

    await bea.keyboard.press('Alt+q');
    await dialog.waitFor();
    expect(await dialog.getByLabel('Your question').inputValue()).toBe(QUESTION);
    await bea.keyboard.press('Control+Enter');
    await dialog.getByText('Asked. Only you and the managers see it').waitFor();
    await bea.keyboard.press('Escape');
    // The keys of the work were not touched by what was typed.
    expect(await bea.getByText('Who or what is').first().isVisible()).toBe(true);
  });

  it('waits on the manager’s desk, is answered and published', async () => {
    await open(manager, product.address);
    await reach(manager, '1 question');
    await manager.getByRole('heading', { level: 1, name: 'Questions' }).waitFor();
    await reach(manager, QUESTION);
    await manager.getByRole('heading', { name: 'Where it stands' }).waitFor();
    expect(await manager.locator('main').innerText()).toContain('The asker has not judged it so far.');
    await typeInto(manager, 'Your answer', ANSWER);
    await reach(manager, 'Answer');
    await manager.getByText('It lies on the asker’s desk now').waitFor();
    await reach(manager, 'Make it a decision');
    await reach(manager, 'Publish to everybody');
    await manager.getByText('Decision 1 stands beside the guidelines').waitFor();
  });

  it('is answered for its asker, at work and on the desk, until the answer is read', async () => {
    await bea.reload();
    await bea.getByText('Who or what is').first().waitFor();
    await bea.getByRole('link', { name: '1 answer' }).waitFor();
    await open(bea, product.address);
    await reach(bea, '1 answer');
    await bea.getByText('answered, new for you').waitFor();
    await reach(bea, QUESTION);
    await bea.getByText(ANSWER).waitFor();
    await expect
      .poll(async () => {
        await open(bea, product.address);
        return bea.getByRole('link', { name: '1 answer' }).count();
      })
      .toBe(0);
  });

  it('is nobody’s for other coders, who read the decision', async () => {
    await open(cy, `${product.address}/projects/${sample.projectId}/questions`);
    await cy.getByText('You have asked nothing yet').waitFor();
    await open(cy, `${product.address}/projects/${sample.projectId}/guidelines`);
    const log = cy.locator('#decisions');
    await log.getByText(ANSWER).waitFor();
    expect(await log.innerText()).not.toContain('Bea');
  });
});

describe('guidelines that change', { timeout: 4 * PATIENCE }, () => {
  it('are read by the keyboard before the work goes on, once', async () => {
    await open(manager, `${product.address}/projects/${sample.projectId}/guidelines?edit`);
    const text = manager.getByRole('textbox', { name: 'Text' });
    await text.fill(`${await text.inputValue()}\n\nA bench is a place.`);
    await manager.getByLabel('What changed').fill('Benches are places.');
    await manager.getByRole('button', { name: 'Put it in force' }).click();
    await manager.getByText('Version 2 is in force').waitFor();

    await open(bea, `${product.address}/work/${sample.projectId}/${sample.coreference.id}`);
    const news = bea.getByRole('dialog', { name: 'The guidelines have changed' });
    await news.getByText('Benches are places.').waitFor();
    expect(await news.locator('ins').allInnerTexts()).toEqual(['A bench is a place.']);
    await bea.keyboard.press('Escape');
    expect(await news.isVisible()).toBe(true);
    await reach(bea, 'Read; go on under version 2');
    await news.waitFor({ state: 'detached' });
    await bea.keyboard.press('n');
    await bea
      .getByText(/^1 of \d+$/u)
      .first()
      .waitFor();
    await bea.getByText('Saved', { exact: true }).first().waitFor();

    await open(manager, `${product.address}/projects/${sample.projectId}/guidelines`);
    const use = manager.getByRole('table', { name: 'Judgements under each version' });
    expect(await use.locator('tbody tr').allInnerTexts()).toEqual([expect.stringMatching(/^2\s.*\s1$/su)]);

    await bea.reload();
    await bea
      .getByText(/^1 of \d+$/u)
      .first()
      .waitFor();
    expect(await news.count()).toBe(0);
  });
});
