import { routes } from '@casebook/contracts';
import type { ProjectId, TaskId } from '@casebook/contracts';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, newVisitor, open, PATIENCE } from '../support/browser.ts';
import type { TestClient } from '../support/client.ts';
import { eventually } from '../support/collections.ts';
import { joinAs, makeProject } from '../support/people.ts';
import { setUp, startProduct, type Product } from '../support/product.ts';
import { makeOpenTask } from '../support/tasks.ts';

/** A letter of five phrases: Inspector Harrow, his letter, his, He, it. Three train and annotate it, one confers. */

let product: Product;
let browser: Browser;
let admin: TestClient;
let projectId: ProjectId;
let taskId: TaskId;
let people: TestClient[];
beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  admin = await setUp(product);
  projectId = await makeProject(admin, 'Letters');
  const { taskId: school } = await makeOpenTask(admin, projectId, 'coreference', {
    ...{ name: 'School', phase: 'training', trainingLength: 5 },
  });
  const protocol = {
    conference: { kind: 'conference', validations: 1, cap: 1, certainty: 0.95 },
    section: { kind: 'document' },
    pass: { kind: 'steps' },
  };
  ({ taskId } = await makeOpenTask(admin, projectId, 'coreference', {
    ...{ name: 'The letters', wanted: 3, trainingTaskId: school, protocol },
  }));
  people = [];
  for (const name of ['ann', 'bea', 'cy', 'dee'])
    people.push(await joinAs(product, admin, projectId, `${name}@example.org`, 'annotator'));
}, 6 * PATIENCE);
afterAll(async () => {
  await browser.close();
  await product.stop();
});

async function windowOf(client: TestClient | undefined): Promise<Page> {
  const page = await newVisitor(browser, { reducedMotion: 'reduce' });
  const [name, value] = client?.cookie?.split('=') ?? [];
  if (name === undefined || value === undefined) throw new Error('nobody is logged in');
  await page.context().addCookies([{ name, value, url: product.address }]);
  await open(page, product.address);
  return page;
}

const asked = (page: Page, phrase: string) =>
  page.getByRole('heading', { level: 2, name: `Who or what is ${phrase}?` }).waitFor();

async function train(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Begin the training/u }).press('Enter');
  for (const [phrase, key] of [
    ['Inspector Harrow', 'n'],
    ['his letter', 'n'],
    ['his', '1'],
    ['He', '1'],
    ['it', 'x'],
  ] as const) {
    await asked(page, phrase);
    await page.keyboard.press(key);
    await page.getByRole('region', { name: /Right|Not what gold says/u }).waitFor();
    await page.keyboard.press('Enter');
  }
  await page.getByRole('heading', { level: 1, name: 'Passed: 4 of 5 right' }).waitFor();
}

async function annotate(page: Page, he: 'inspector' | 'new'): Promise<void> {
  const old = async (words: string) => {
    await page.keyboard.press('r');
    await page.getByRole('combobox').pressSequentially(words);
    await page.keyboard.press('Enter');
  };
  await page.getByRole('link', { name: /^To your case/u }).press('Enter');
  await asked(page, 'Inspector Harrow');
  await page.keyboard.press('n');
  await asked(page, 'his letter');
  await page.keyboard.press('n');
  await asked(page, 'his');
  await old('Harrow');
  await asked(page, 'He');
  await (he === 'new' ? page.keyboard.press('n') : old('Harrow'));
  await asked(page, 'it');
  await old('letter');
  await page.getByText('This file is ready to close.').waitFor();
  await page.getByRole('button', { name: /points in this sitting/u }).waitFor();
  await page.keyboard.press('Enter');
}

const stage = async () => {
  const { rows } = await admin.must(routes.sections, { params: { projectId, taskId }, query: {} });
  return rows[0];
};
const pointsOf = async (client: TestClient | undefined) =>
  (await client?.must(routes.cases))?.find((board) => board.projectId === projectId)?.points ?? 0;

it(
  'goes from training to a decision of the bench, and points and files follow',
  { timeout: 8 * PATIENCE },
  async () => {
    const [ann, bea, cy, dee] = people;
    // Whoever is to judge what others read has passed the training too.
    const validator = await windowOf(dee);
    await train(validator);
    let dissenter: Page | undefined;
    for (const client of [ann, bea, cy]) {
      const page = await windowOf(client);
      await train(page);
      await annotate(page, client === cy ? 'new' : 'inspector');
      if (client === cy) dissenter = page;
      else
        await eventually(
          () => pointsOf(client),
          (points) => points === 100,
        );
    }
    await eventually(stage, (section) => section?.stage === 'validation');
    await open(validator, `${product.address}/conference/${projectId}/${taskId}`);
    for (let reading = 0; reading < 2; reading += 1) {
      const question = validator.getByRole('main').getByRole('group').getByRole('heading', { level: 2 });
      await question.waitFor();
      if ((await question.innerText()).includes('same as')) await validator.keyboard.press('a');
      else {
        await validator.keyboard.press('d');
        await validator.keyboard.press('r');
        await validator.getByRole('combobox').pressSequentially('Harrow');
        await validator.keyboard.press('Enter');
      }
    }
    await validator.getByText('This file is ready to close.').waitFor();
    await validator.keyboard.press('Enter');
    const section = await eventually(stage, (found) => found?.stage === 'closed');
    const before = await eventually(
      () => pointsOf(cy),
      (points) => points > 100,
    );

    if (dissenter === undefined) throw new Error('nobody dissents');
    await open(dissenter, `${product.address}/cases/${projectId}/${section?.id ?? ''}`);
    await dissenter.locator('summary', { hasText: '“He”' }).press('Enter');
    await dissenter.getByRole('button', { name: /^Contest this/u }).press('Enter');
    await dissenter.keyboard.type('The postman burned it.');
    await dissenter.keyboard.press('Tab');
    await dissenter.keyboard.press('Enter');
    await dissenter.getByText('Contested: it lies with the bench').waitFor();

    const manager = await windowOf(admin);
    await open(manager, `${product.address}/projects/${projectId}/tasks/${taskId}/adjudication`);
    await manager.getByText('The postman burned it.').waitFor();
    await manager.getByRole('checkbox', { name: /new: not named before/u }).press('Space');
    await manager.getByLabel('Reason').fill('So he does.');
    await manager.getByRole('button', { name: 'Decide' }).press('Enter');
    await manager.getByText('is decided').waitFor();

    const after = await eventually(
      () => pointsOf(cy),
      (points) => points > before,
    );
    expect(after - before).toBeGreaterThan(50);
    await dissenter.reload();
    await dissenter
      .getByText(/the bench took “He” so: new: not named before, because “So he does.”/u)
      .first()
      .waitFor();
    const response = await admin.fetch(`/projects/${projectId}/tasks/${taskId}/export/conll-2012`);
    const cells = (await response.text())
      .split('\n')
      .flatMap((line) => (line.startsWith('#') ? [] : [line.split(/\s+/u).at(-1) ?? '']));
    // The inspector, his letter, and whoever burned it.
    expect(new Set(cells.join(' ').match(/\d+/gu)).size).toBe(3);
  },
);
