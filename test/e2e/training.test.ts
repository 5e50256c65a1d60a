import { routes, type ProjectId, type TaskId } from '@casebook/contracts';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, newVisitor, open, PATIENCE } from '../support/browser.ts';
import type { TestClient } from '../support/client.ts';
import { joinAs, makeProject } from '../support/people.ts';
import { setUp, startProduct, type Product } from '../support/product.ts';
import { makeOpenTask } from '../support/tasks.ts';

/** A letter of five phrases: Inspector Harrow, his letter, his, He, it. No pointer is used. */

let product: Product;
let browser: Browser;
let page: Page;
let admin: TestClient;
let projectId: ProjectId;
let taskId: TaskId;
let school: TaskId;
beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  admin = await setUp(product);
  projectId = await makeProject(admin, 'Letters');
  ({ taskId: school } = await makeOpenTask(admin, projectId, 'coreference', {
    ...{ name: 'School', phase: 'training', trainingLength: 5 },
  }));
  ({ taskId } = await makeOpenTask(admin, projectId, 'coreference', {
    ...{ name: 'The letters', trainingTaskId: school },
  }));
  const anna = await joinAs(product, admin, projectId, 'anna@example.org', 'annotator');
  const { units } = await anna.must(routes.training, { params: { projectId, taskId: school } });
  const he = units[3]?.id;
  if (he === undefined) throw new Error('there is no fourth phrase');
  await admin.must(routes.explainGold, {
    params: { projectId, unitId: he },
    body: { explanation: 'Letters don’t burn letters.' },
  });
  page = await newVisitor(browser);
  const [name, value] = anna.cookie?.split('=') ?? [];
  if (name === undefined || value === undefined) throw new Error('nobody is logged in');
  await page.context().addCookies([{ name, value, url: product.address }]);
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

/** Goes by Tab to what has this name, and presses Enter. */
async function follow(name: RegExp): Promise<void> {
  const focused = () =>
    page.evaluate(
      () => (document.activeElement as HTMLElement | null)?.innerText.replaceAll(/\s+/gu, ' ') ?? '',
    );
  for (let tabs = 0; tabs < 40; tabs += 1) {
    await page.keyboard.press('Tab');
    if (name.test(await focused())) {
      await page.keyboard.press('Enter');
      return;
    }
  }
  throw new Error(`no way by the keyboard to ${String(name)}`);
}

const asked = (phrase: string) =>
  page.getByRole('heading', { level: 2, name: `Who or what is ${phrase}?` }).waitFor();
const verdict = (words: string) => page.getByRole('region', { name: words }).waitFor();

/** Answers the question by keys, and reads what gold says. */
async function answer(phrase: string, keys: readonly string[], right: boolean): Promise<void> {
  await asked(phrase);
  for (const key of keys) await page.keyboard.press(key);
  await verdict(right ? 'Right' : 'Not what gold says');
}

describe('training by the keyboard alone', { timeout: 4 * PATIENCE }, () => {
  it('stands before the case, on the desk and in the case itself', async () => {
    await open(page, `${product.address}/work/${projectId}/${taskId}`);
    await page.getByRole('heading', { name: 'First, the training' }).waitFor();
    await open(page, product.address);
    await page.getByText('First, the training: 5 questions with known answers').waitFor();
    expect(await page.getByText('School').count()).toBe(0);
    await follow(/^Begin the training/u);
    await asked('Inspector Harrow');
  });

  it('says after each answer whether it is right, and why', async () => {
    await answer('Inspector Harrow', ['n'], true);
    await page.keyboard.press('Enter');
    await answer('his letter', ['n'], true);
    await page.keyboard.press('Space');
    await answer('his', ['1'], true);
    await page.getByText('3 of 5, 3 right').first().waitFor();
    await page.keyboard.press('Enter');
    await answer('He', ['2'], false);
    await page.getByText('Letters don’t burn letters.').first().waitFor();
    await page
      .locator('[aria-live="polite"]')
      .filter({ hasText: 'Letters don’t burn letters. Enter for the next.' })
      .waitFor({ state: 'attached' });
  });

  it('neither skips nor undoes, and goes on after a reload where it was', async () => {
    await page.keyboard.press('u');
    await page.keyboard.press('s');
    await page.reload();
    await asked('it');
    for (const key of ['s', 'u', 'l', 'c']) await page.keyboard.press(key);
    await asked('it');
    expect(await page.getByRole('button', { name: /Skip|Undo|Later|Comment|Unsure/u }).count()).toBe(0);
  });

  it('keeps an answer that found no network, and sends it when there is one', async () => {
    await page.context().setOffline(true);
    await asked('it');
    await page.keyboard.press('x');
    await verdict('No network');
    await page.context().setOffline(false);
    await verdict('Not what gold says');
  });

  it('that was not passed tells what was wrong, and is gone through once more', async () => {
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Not yet: 3 of 5 right' }).waitFor();
    expect(await page.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual(['“He”', '“it”']);
    expect(await page.getByRole('link', { name: /To your case/u }).count()).toBe(0);
    await open(page, product.address);
    await page.getByText('Best so far: 3 of 5 right').waitFor();
    await follow(/^Train once more/u);
    await page.getByRole('heading', { level: 1, name: 'Not yet' }).waitFor();
    await follow(/^Once more$/u);
    for (const [phrase, key, right] of [
      ['Inspector Harrow', 'n', true],
      ['his letter', 'n', true],
      ['his', '1', true],
      ['He', '1', true],
      ['it', 'x', false],
    ] as const) {
      await answer(phrase, [key], right);
      await page.keyboard.press('Enter');
    }
    await page.getByRole('heading', { level: 1, name: 'Passed: 4 of 5 right' }).waitFor();
  });

  it('that was passed opens the case', async () => {
    await follow(/^To your case/u);
    await page.getByText('0 of 5').first().waitFor();
    await asked('Inspector Harrow');
    const { leases } = (await admin.must(routes.sections, { params: { projectId, taskId }, query: {} }))
      .rows[0] ?? {
      leases: [],
    };
    expect(leases.map(({ state }) => state)).toEqual(['active']);
  });
});
