import { routes, submissionIdSchema } from '@casebook/contracts';
import type { ProjectId, TaskId } from '@casebook/contracts';
import type { Browser, Page } from 'playwright';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  KillableBrowser,
  launchBrowser,
  newVisitor,
  open,
  ownPage,
  PATIENCE,
  untilPageKept,
} from '../support/browser.ts';
import type { TestClient } from '../support/client.ts';
import { eventually } from '../support/collections.ts';
import { joinAs, makeProject, PASSWORD } from '../support/people.ts';
import { setUp, startProduct, type Product } from '../support/product.ts';
import { makeOpenTask } from '../support/tasks.ts';
import { Wire } from '../support/wire.ts';

/** Three annotate a letter; one of them takes its fourth phrase, “He”, for somebody new. Two others confer. */

let product: Product;
let admin: TestClient;
let projectId: ProjectId;
let taskId: TaskId;
let wire: Wire;
let ownBrowser: KillableBrowser;
let browser: Browser;

beforeAll(async () => {
  product = await startProduct();
  admin = await setUp(product);
  projectId = await makeProject(admin);
  const protocol = {
    conference: { kind: 'conference', validations: 2, cap: 3, certainty: 0.95 },
    section: { kind: 'document' },
    pass: { kind: 'steps' },
  };
  ({ taskId } = await makeOpenTask(admin, projectId, 'coreference', {
    wanted: 3,
    name: 'Letters',
    protocol,
  }));
  // Who is to confer is there before the annotators are done: else there would be nobody to confer.
  for (const name of ['dee', 'eve']) {
    await joinAs(product, admin, projectId, `${name}@example.org`, 'annotator');
  }
  for (const [name, isOfAnotherMind] of [
    ['bea', false],
    ['cy', true],
    ['fay', false],
  ] as const) {
    await annotate(
      await joinAs(product, admin, projectId, `${name}@example.org`, 'annotator'),
      isOfAnotherMind,
    );
  }
  await eventually(stageOfLetter, (stage) => stage === 'validation');
  wire = await Wire.lay();
  ownBrowser = await KillableBrowser.make(wire.browserOptions);
  browser = await launchBrowser();
}, 6 * PATIENCE);
afterAll(async () => {
  await browser.close();
  await ownBrowser.remove();
  await wire.remove();
  await product.stop();
});

async function stageOfLetter(): Promise<string | undefined> {
  const { rows } = await admin.must(routes.sections, { params: { projectId, taskId } });
  return rows[0]?.stage;
}

async function annotate(client: TestClient, isOfAnotherMind: boolean): Promise<void> {
  const params = { projectId, taskId };
  const claimed = await client.must(routes.claim, { params });
  if (claimed.kind !== 'lease') throw new Error(claimed.reason);
  const { units, id: leaseId } = claimed.lease;
  const old = (place: number) => ({ kind: 'old', antecedents: [units[place]?.key ?? ''] });
  const NEW = { kind: 'new' };
  const answers = [NEW, NEW, old(0), isOfAnotherMind ? NEW : old(2), old(1)];
  for (const [place, unit] of units.entries()) {
    const submissionId = submissionIdSchema.parse(uuidv7());
    const act = { kind: 'answer' as const, answer: answers[place] ?? NEW };
    await client.must(routes.submit, {
      params,
      body: { submissionId, unitId: unit.id, act, elapsedMs: 900 },
    });
  }
  await client.must(routes.finishLease, { params: { projectId, leaseId } });
}

/** Somebody logs in, and finds a conference on the desk. */
async function come(page: Page, name: string): Promise<void> {
  await open(page, `${product.address}/login`);
  await page.getByLabel('E-mail address').fill(`${name}@example.org`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText(`Good to see you, ${name}`).waitFor();
}

async function toConference(page: Page): Promise<void> {
  await page.getByText('2 readings wait').waitFor();
  const link = page.getByRole('link', { name: /Confer\s?: conference on Letters/u });
  await link.focus();
  await page.keyboard.press('Enter');
  await question(page).waitFor();
}

const question = (page: Page) => page.getByRole('main').getByRole('group').getByRole('heading', { level: 2 });
const said = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();

async function untilSaid(page: Page, count: number): Promise<void> {
  await page
    .getByText(`${String(count)} of 2 readings`, { exact: true })
    .first()
    .waitFor();
}

/** He is the inspector: agrees with that, and says it instead of anything else. Keyboard only. */
async function judge(page: Page): Promise<void> {
  const sentence = await question(page).innerText();
  expect(sentence).toMatch(/^He (?:is the same as his|is new here: not named before)\.$/u);
  if (sentence.includes('same as')) await page.keyboard.press('a');
  else {
    await page.keyboard.press('d');
    await page.getByText('You disagree.').waitFor();
    await page.keyboard.press('r');
    await page.getByRole('combobox').pressSequentially('Harrow');
    await page.keyboard.press('Enter');
  }
}

async function handIn(page: Page): Promise<void> {
  await said(page, 'This file is ready to close.');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Nothing to confer on' }).waitFor();
}

describe('a conference', { timeout: 6 * PATIENCE }, () => {
  it('keeps a verdict that was given without a network over a reload, and sends it afterwards', async () => {
    const context = await ownBrowser.start();
    const page = await ownPage(context);
    await come(page, 'dee');
    await toConference(page);
    const conference = page.url();
    await untilPageKept(page);
    wire.cut();
    await context.setOffline(true);
    await judge(page);
    await untilSaid(page, 1);
    await said(page, 'Offline · 1 kept here');

    await page.goto(conference);
    await question(page).waitFor();
    await untilSaid(page, 1);
    await said(page, 'Offline · 1 kept here');

    wire.mend();
    await context.setOffline(false);
    await said(page, /^Saved$/u);
    // What was said is still open to be said otherwise.
    await page.keyboard.press('u');
    await said(page, 'You said:');
    await page.keyboard.press('Escape');
    await judge(page);
    await handIn(page);
    await ownBrowser.close();
  });

  it('is over when the second agrees, and its section closed', async () => {
    const page = await newVisitor(browser);
    await come(page, 'eve');
    await toConference(page);
    await judge(page);
    await judge(page);
    await handIn(page);
    await eventually(stageOfLetter, (stage) => stage === 'closed');
  });
});
