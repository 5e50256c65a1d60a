import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judgementRowSchema, type JudgementRow } from '@casebook/contracts';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, newVisitor, open, PATIENCE, untilAlive } from '../support/browser.ts';
import { PASSWORD } from '../support/people.ts';
import { startProduct, type Product } from '../support/product.ts';

/** Public data beside the repository where it is there, else the sample project's own. */
function fileOf(shared: string, own: string): string {
  const [wished, kept] = [`../../../shared/data/${shared}`, `../../prisma/sample/${own}`].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  if (wished === undefined || kept === undefined) throw new Error('no file');
  if (existsSync(wished)) return wished;
  process.stdout.write(`${shared} is not here; ${own} of the sample takes its place.\n`);
  return kept;
}

const DOCUMENT = fileOf('coref/litbank/conll/105_persuasion.conll', 'story.conllu');
const PAIRS = fileOf('similarity/ratings/ws353_set1.tsv', 'pairs.tsv');
const BLOCK = 5;

const TASKS = { coreference: 'Who is who', similarity: 'How alike' } as const;

let product: Product;
let browser: Browser;
let admin: Page;
beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  admin = await newVisitor(browser);
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

/** Where the project is, once it is made. */
let project: string;
const links = new Map<string, string>();

async function makeCollection(kind: 'Documents' | 'Word pairs', name: string): Promise<void> {
  await open(admin, `${project}/collections/new`);
  await admin.getByRole('radio', { name: kind }).check();
  await admin.getByLabel('Name').fill(name);
  await admin.getByRole('button', { name: 'Make the collection' }).click();
  await admin.getByRole('heading', { level: 1, name }).waitFor();
}

/** Chooses a file and gives the card of its dry run, when it is read. */
async function chooseFile(path: string) {
  await admin.getByLabel('Choose files').setInputFiles(path);
  const card = admin.getByRole('article', { name: basename(path) });
  await card.getByText('understood', { exact: false }).first().waitFor();
  return card;
}

async function makeTask(collection: string, name: string, protocol: () => Promise<void>): Promise<void> {
  await open(admin, `${project}/tasks/new`);
  const collections = admin.getByRole('combobox', { name: 'Collection' });
  const label = await collections.locator('option', { hasText: collection }).innerText();
  await collections.selectOption({ label });
  await protocol();
  await admin.getByLabel('Name', { exact: true }).fill(name);
  await admin.getByRole('button', { name: 'Make the task' }).click();
  await admin.getByRole('heading', { level: 1, name }).waitFor();
}

async function invite(email: string, role: string): Promise<string> {
  await open(admin, `${project}/people`);
  await admin.getByLabel('E-mail address').fill(email);
  await admin.getByRole('radio', { name: role }).check();
  await admin.getByRole('button', { name: 'Make an invitation' }).click();
  return admin.getByRole('group', { name: 'Invitation link' }).innerText();
}

/** Opens an invitation in a browser of one's own and makes an account. */
async function accept(email: string, name: string): Promise<Page> {
  const page = await newVisitor(browser);
  await open(page, links.get(email) ?? '');
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Choose a password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await page.getByText(`Good to see you, ${name}`).waitFor();
  return page;
}

async function openCase(page: Page, name: string): Promise<void> {
  await open(page, product.address);
  await page.getByRole('link', { name: new RegExp(`(?:Open the case|Continue)\\s?: ${name}`, 'u') }).click();
  await untilJudged(page, 0);
  // The keys answer as soon as something is asked.
  await page.getByRole('heading', { level: 2 }).first().waitFor();
}

async function untilJudged(page: Page, count: number): Promise<void> {
  await page
    .getByText(new RegExp(`^${String(count)} of \\d+$`, 'u'))
    .first()
    .waitFor();
}

const saved = (page: Page) => page.getByText('Saved', { exact: true }).first().waitFor();

/** The phrase in question. */
const phrase = (page: Page): Promise<string> =>
  page.getByRole('heading', { level: 2 }).locator('mark').innerText();

/** Presses a key; after it so many units are judged. */
async function press(page: Page, key: string, judged: number): Promise<void> {
  await page.keyboard.press(key);
  await untilJudged(page, judged);
}

describe('from an empty instance to figures and files', { timeout: 8 * PATIENCE }, () => {
  it('the set-up link makes the first admin, who makes a project', async () => {
    await open(admin, product.setupLink);
    await admin.getByLabel('Your name').fill('Ada');
    await admin.getByLabel('E-mail address').fill('ada@example.org');
    await admin.getByLabel('Password').fill(PASSWORD);
    await admin.getByRole('button', { name: 'Make the admin account' }).click();
    await admin.getByText('Good to see you, Ada').waitFor();

    await open(admin, `${product.address}/projects/new`);
    await admin.getByLabel('Name').fill('Novels and pairs');
    await admin.getByRole('button', { name: 'Make the project' }).click();
    await admin.getByRole('heading', { level: 1, name: 'Novels and pairs' }).waitFor();
    project = admin.url();
    expect(project).toMatch(/\/projects\/[\da-f-]{36}$/u);
  });

  it('a document is shown before it is added', async () => {
    await makeCollection('Documents', 'Novels');
    const card = await chooseFile(DOCUMENT);
    expect(await card.innerText()).toMatch(/1\s+documents? understood|documents? understood\s+1/iu);
    expect(await card.innerText()).toMatch(/gold chains/iu);
    expect(await card.locator('details').first().innerText()).not.toBe('');
    await admin.getByText('Empty so far').waitFor();

    await card.getByRole('button', { name: 'Add 1 document' }).click();
    await admin.getByRole('table', { name: 'Items of Novels' }).waitFor();
    expect(await admin.getByRole('table', { name: 'Items of Novels' }).getByRole('row').count()).toBe(2);
  });

  it('so are pairs; a second time there is nothing to add', async () => {
    await makeCollection('Word pairs', 'Pairs');
    const card = await chooseFile(PAIRS);
    await card.getByRole('table', { name: 'The first pairs' }).waitFor();
    await card.getByRole('button', { name: /^Add \d+ pairs$/u }).click();
    await admin.getByRole('table', { name: 'Items of Pairs' }).waitFor();

    const again = await chooseFile(PAIRS);
    await again.getByText('Nothing new in this file').waitFor();
    expect(await again.getByRole('button', { name: /^Add/u }).count()).toBe(0);
    await again.getByRole('button', { name: 'Put it away' }).click();
  });

  it('two tasks are made and opened', async () => {
    await makeTask('Novels', TASKS.coreference, async () => {
      await admin.getByRole('radio', { name: 'A whole document at a time' }).check();
    });
    await makeTask('Pairs', TASKS.similarity, async () => {
      await admin.getByRole('radio', { name: 'Similarity rating' }).check();
      await admin.getByLabel('Pairs in a block').fill(String(BLOCK));
    });
    for (const name of Object.values(TASKS)) {
      await open(admin, project);
      await admin.getByRole('link', { name, exact: true }).click();
      await admin.getByRole('heading', { level: 1, name }).waitFor();
      await admin.locator('button[value="open"]:enabled').click();
      await admin.getByText('It lies on the desks of its experts.').waitFor();
    }
  });

  it('people are invited by links that the page shows once', async () => {
    for (const [email, role] of [
      ['bea@example.org', 'Expert'],
      ['cy@example.org', 'Expert'],
      ['rosa@example.org', 'Researcher'],
    ] as const) {
      const link = await invite(email, role);
      expect(link).toMatch(/^http:\/\/\S+\/invitations\/\S{40,}$/u);
      links.set(email, link);
    }
    expect(new Set(links.values()).size).toBe(3);
  });

  let bea: Page;
  let cy: Page;

  it('an expert goes through a text by the keyboard alone', async () => {
    bea = await accept('bea@example.org', 'Bea');
    await openCase(bea, TASKS.coreference);

    await press(bea, 'n', 1);
    const second = await phrase(bea);
    await press(bea, 'n', 2);
    // A number that can only mean one entity answers at once.
    await press(bea, '1', 3);

    await bea.keyboard.press('r');
    await bea.getByRole('combobox').waitFor();
    await bea.keyboard.type(second.slice(0, 6));
    await press(bea, 'Enter', 4);

    await bea.keyboard.press('p');
    await bea.getByRole('combobox').waitFor();
    await press(bea, 'Enter', 5);

    await press(bea, 'x', 6);

    await bea.keyboard.press('s');
    await bea.getByText('Why skip').waitFor();
    await press(bea, '1', 7);

    // Two entities together.
    await bea.keyboard.press('r');
    await bea.getByRole('combobox').waitFor();
    await bea.keyboard.press('Space');
    await bea.keyboard.press('ArrowDown');
    await bea.keyboard.press('Space');
    await bea.getByRole('button', { name: 'These 2 together' }).waitFor();
    await press(bea, 'Enter', 8);

    const ninth = await phrase(bea);
    await press(bea, 'n', 9);
    await press(bea, 'u', 8);
    expect(await phrase(bea)).toBe(ninth);
    await press(bea, 'x', 9);
    await saved(bea);
  });

  it('and through a block of pairs', async () => {
    await openCase(bea, TASKS.similarity);
    for (const [index, key] of ['0', '3', '6', 'k', '2'].entries()) await press(bea, key, index + 1);
    await bea.getByText('This file is ready to close.').waitFor();
    await bea.keyboard.press('Enter');
    // The next block.
    await untilJudged(bea, 0);
    await saved(bea);
  });

  it('agreement appears on a page that lay open, when a second expert has judged', async () => {
    cy = await accept('cy@example.org', 'Cy');
    await open(admin, project);
    await admin.getByRole('link', { name: TASKS.similarity, exact: true }).click();
    await admin.getByRole('link', { name: 'Agreement', exact: true }).click();
    await admin.waitForURL(/\/agreement$/u);
    await untilAlive(admin);
    expect(await admin.getByText("Krippendorff's alpha").count()).toBe(0);

    await openCase(cy, TASKS.similarity);
    for (const [index, key] of ['1', '3', '5', '4', '2'].entries()) await press(cy, key, index + 1);
    await saved(cy);
    await admin.getByText(/On 10 judgements, computed/u).waitFor();
    await admin
      .getByText(/Krippendorff.s alpha/u)
      .first()
      .waitFor();
    expect(await admin.locator('main').innerText()).toMatch(/0\.\d\d/u);
  });

  it('and disagreements on a text lead to the phrase, with what each said', async () => {
    await openCase(cy, TASKS.coreference);
    for (let judged = 1; judged <= 6; judged += 1) await press(cy, 'n', judged);
    await saved(cy);

    await open(admin, project);
    await admin.getByRole('link', { name: TASKS.coreference, exact: true }).click();
    await admin.getByRole('link', { name: 'Agreement', exact: true }).click();
    await admin.waitForURL(/\/agreement$/u);
    await admin.getByText(/On 1\d judgements, computed/u).waitFor();
    await admin.getByRole('link', { name: /units? on which coders differ/u }).click();
    const table = admin.getByRole('table', { name: `Disagreements in ${TASKS.coreference}` });
    await table.waitFor();
    await table.getByRole('link').first().click();
    await admin.waitForURL(/\/units\//u);
    const judgements = admin.getByRole('table', { name: /^Judgements on/u });
    await judgements.waitFor();
    expect(await judgements.innerText()).toMatch(/Bea[\s\S]*Cy/u);
  });

  it('a researcher takes out every judgement with a token', async () => {
    const rosa = await accept('rosa@example.org', 'Rosa');
    await open(rosa, `${project}/tokens`);
    await rosa.getByLabel('Name').fill('notebook');
    await rosa.getByRole('button', { name: 'Make the token' }).click();
    const token = await rosa.getByRole('group', { name: 'Token', exact: true }).innerText();
    const command = await rosa.getByRole('group', { name: 'All judgements, as JSON lines' }).innerText();
    expect(command).toContain(token);
    const address = /"(http[^"]+)"/u.exec(command)?.[1] ?? '';

    const counted = async (query: string): Promise<JudgementRow[]> => {
      const response = await fetch(`${address}${query}`, { headers: { authorization: `Bearer ${token}` } });
      expect(response.status).toBe(200);
      const lines = (await response.text()).split('\n').filter((line) => line !== '');
      return lines.map((line) => judgementRowSchema.parse(JSON.parse(line)));
    };
    // Bea: nine phrases and five pairs; Cy: six and five.
    const latest = await counted('');
    expect(latest.filter(({ act }) => act.kind !== 'withdrawal')).toHaveLength(9 + 5 + 6 + 5);
    expect(new Set(latest.map(({ unitId, coder }) => unitId + coder)).size).toBe(latest.length);
    // What was undone stays: the answer, and that it was taken back.
    const all = await counted('&include=superseded');
    expect(all).toHaveLength(9 + 2 + 5 + 6 + 5);
    expect(all.filter(({ act }) => act.kind === 'withdrawal')).toHaveLength(1);

    const without = await fetch(address);
    expect(without.status).toBe(401);
  });
});
