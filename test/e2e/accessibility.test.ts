import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join as joinPath } from 'node:path';
import {
  answerFileSchema,
  itemIdSchema,
  memberIdSchema,
  questionIdSchema,
  routes,
  submissionIdSchema,
} from '@casebook/contracts';
import type axe from 'axe-core';
import type { Browser, Page } from 'playwright';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, newVisitor, open, PATIENCE } from '../support/browser.ts';
import type { TestClient } from '../support/client.ts';
import { eventually, importFile, makeCollection, mustUpload } from '../support/collections.ts';
import { byGold, byRating, findSample, join, judge, type Sample } from '../support/judged-sample.ts';
import { LetterCase } from '../support/letter-case.ts';
import { inviteAs, memberIdOf } from '../support/people.ts';
import { setUp, startProduct, type Product } from '../support/product.ts';
import { makeOpenTask } from '../support/tasks.ts';

/** A folder for pictures of every page at both sizes and in both themes; none are taken without it. */
const PICTURES = process.env['CASEBOOK_PICTURES'];

const SIZES = [
  { width: 1280, height: 860 },
  { width: 360, height: 740 },
] as const;
const THEMES = ['light', 'dark'] as const;

/** Thirty pairs by four raters, one of them a copy of another. */
const RATINGS = [
  'word1,word2,gold,ann,ben,cy,dee',
  ...Array.from({ length: 30 }, (_, pair) => {
    const [ann, ben, cy] = [0, 1, 2].map((rater) =>
      Math.min(6, Math.floor(pair / 6 + ((pair * (rater + 3)) % 4) / 2)),
    );
    return [`word${pair}`, `other${pair}`, pair / 5, ann, ben, cy, ann].join(',');
  }),
].join('\n');

/**
 * `dissenter` read “He” otherwise than the bench; `graduate` has passed a training and answered hidden gold;
 * `validator` has readings to validate, `conferred` has annotated them himself.
 */
type Visitor = 'stranger' | 'manager' | 'expert' | 'dissenter' | 'graduate' | 'validator' | 'conferred';

interface Visit {
  readonly name: string;
  readonly visitor: Visitor;
  readonly path: () => string;
  /** What is done on the page before it is looked at. */
  readonly act?: (page: Page) => Promise<unknown>;
}

let product: Product;
let browser: Browser;
let axeSource: string;
const pages = new Map<Visitor, Page>();
const paths = {
  setup: '',
  project: '',
  invitation: '',
  secondInvitation: '',
  collection: '',
  uploads: '',
  item: '',
  coreference: '',
  similarity: '',
  unit: '',
  question: '',
  ownQuestion: '',
  emptyProject: '',
  coreferenceWork: '',
  similarityWork: '',
  bestWorst: '',
  bestWorstWork: '',
  training: '',
  trainedWork: '',
  decidedFile: '',
  contestedBench: '',
  decidedRules: '',
  trainingTask: '',
  trainedTask: '',
  untrainedTask: '',
  proposing: '',
  phraseReview: '',
  conference: '',
  looks: '',
  looksUnchanged: '',
  looksUnbegun: '',
};

async function ownWindow(client: TestClient | null): Promise<Page> {
  const page = await newVisitor(browser, { reducedMotion: 'reduce' });
  const [name, value] = client?.cookie?.split('=') ?? [];
  if (name !== undefined && value !== undefined)
    await page.context().addCookies([{ name, value, url: product.address }]);
  return page;
}

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  pages.set('stranger', await ownWindow(null));
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

async function askOfPairs(page: Page, question: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Collection' }).selectOption({ index: 2 });
  await page.getByRole('radio', { name: question }).check();
}

/** Everything there is to see: judged tasks, a refused upload, an open invitation. */
async function furnish(): Promise<void> {
  const admin = await setUp(product);
  const sample = await findSample(admin);
  const { projectId, coreference, similarity } = sample;
  const expert = await join(admin, projectId, 'Bea');
  const other = await join(admin, projectId, 'Cy');
  const gold = await byGold(admin, sample);
  await judge(expert, projectId, coreference, 24, gold);
  await judge(other, projectId, coreference, 24, (unit, place) =>
    place % 2 === 1 ? { kind: 'answer', answer: { kind: 'new' } } : gold(unit, place),
  );
  await judge(expert, projectId, similarity, 12, byRating(0));
  await judge(other, projectId, similarity, 15, byRating(1));

  const asked = await furnishQuestions(admin, expert, sample);
  const decided = await furnishDecision(admin);
  const conferring = await furnishConference(admin);
  const scaled = await furnishBestWorst(admin, expert, other, sample);
  const taught = await furnishTraining(admin, sample, gold);
  const proposed = await furnishPhrases(admin, sample);
  const compared = await furnishLooks(admin);

  changeGuidelines = async () => {
    const params = { projectId };
    const [{ markdown } = { markdown: '' }] = await admin.must(routes.guidelines, { params });
    const body = { markdown: `${markdown.replace('the', '**every**')}\n\n- And seasons.`, note: 'Seasons.' };
    await admin.must(routes.writeGuideline, { params, body });
  };
  await bringMachine(admin, sample);

  const unfinished = await makeCollection(admin, projectId, 'word-pairs', 'Unfinished');
  await mustUpload(admin, projectId, unfinished, 'pairs.csv', 'word1,word2,gold\ncoast,shore,9.1\nlonely\n');
  const collections = { projectId, collectionId: coreference.collectionId };
  const { rows } = await admin.must(routes.items, { params: collections });
  const { id: emptyProject } = await admin.must(routes.makeProject, { body: { name: 'Letters' } });
  const project = `/projects/${projectId}`;
  Object.assign(paths, {
    project,
    ...asked,
    ...taught,
    ...decided,
    ...conferring,
    ...scaled,
    ...proposed,
    ...compared,
    invitation: `/invitations/${await inviteAs(admin, projectId, 'dee@example.org', 'researcher')}`,
    secondInvitation: `/invitations/${await inviteAs(admin, emptyProject, 'bea@example.org', 'annotator')}`,
    collection: `${project}/collections/${coreference.collectionId}`,
    uploads: `${project}/collections/${unfinished}`,
    item: `${project}/collections/${coreference.collectionId}/items/${rows[0]?.id ?? ''}`,
    coreference: `${project}/tasks/${coreference.id}`,
    similarity: `${project}/tasks/${similarity.id}`,
    emptyProject: `/projects/${emptyProject}`,
    coreferenceWork: `/work/${projectId}/${coreference.id}`,
    similarityWork: `/work/${projectId}/${similarity.id}`,
  });
  pages.set('manager', await ownWindow(admin));
  pages.set('expert', await ownWindow(expert));
}

/** Texts without markables: in one collection to propose for, in another to review. */
async function furnishPhrases(
  admin: TestClient,
  { projectId }: Sample,
): Promise<{ proposing: string; phraseReview: string }> {
  const text = (await readFile(new URL('../../prisma/sample/guidelines.md', import.meta.url), 'utf8')).slice(
    0,
    1500,
  );
  const collection = async (name: string) => {
    const collectionId = await makeCollection(admin, projectId, 'documents', name);
    await importFile(admin, projectId, collectionId, 'watch.txt', text);
    return collectionId;
  };
  const bare = await collection('To propose for');
  const params = { projectId, collectionId: await collection('To review') };
  const rules = ['pronoun', 'possessive pronoun', 'noun phrase', 'proper name'] as const;
  await admin.must(routes.proposePhrases, { params, body: { rules: [...rules] } });
  const { reviews } = await eventually(
    () => admin.must(routes.phraseReviews, { params }),
    (found) => found.reviews[0]?.state === 'open',
  );
  const collections = `/projects/${projectId}/collections`;
  return {
    proposing: `${collections}/${bare}`,
    phraseReview: `${collections}/${params.collectionId}/items/${reviews[0]?.itemId ?? ''}/phrases`,
  };
}

/** Tuples over the sample's pairs, some of them chosen from. */
async function furnishBestWorst(
  admin: TestClient,
  expert: TestClient,
  other: TestClient,
  { projectId, similarity: { collectionId } }: Sample,
): Promise<{ bestWorst: string; bestWorstWork: string }> {
  const changes = { name: 'Four at a time', collectionId } as const;
  const { taskId } = await makeOpenTask(admin, projectId, 'best-worst', changes);
  const task = { id: taskId };
  for (const [coder, worst] of [
    [expert, 4],
    [other, 3],
  ] as const) {
    await judge(coder, projectId, task, 8, () => ({
      kind: 'answer',
      answer: { kind: 'best-worst', best: 1, worst },
    }));
  }
  return {
    bestWorst: `/projects/${projectId}/tasks/${taskId}`,
    bestWorstWork: `/work/${projectId}/${taskId}`,
  };
}

/** A case that asks for training; one coder has been through it twice and answered hidden gold in the case. */
async function furnishTraining(
  admin: TestClient,
  sample: Sample,
  gold: Awaited<ReturnType<typeof byGold>>,
): Promise<Partial<typeof paths>> {
  const { projectId } = sample;
  const { collectionId, protocol } = sample.coreference;
  const school = await makeOpenTask(admin, projectId, 'coreference', {
    ...{ name: 'School', phase: 'training', collectionId, protocol },
  });
  const trained = await makeOpenTask(admin, projectId, 'coreference', {
    ...{ name: 'After school', trainingTaskId: school.taskId, hiddenGoldRate: 0.5, collectionId, protocol },
  });
  const empty = await makeOpenTask(admin, projectId, 'coreference', {
    ...{ name: 'Nobody’s school', phase: 'training', collectionId, protocol },
  });
  const graduate = await join(admin, projectId, 'Flora');
  const params = { projectId, taskId: school.taskId };
  for (const wrong of [5, 1]) {
    const { units } = await graduate.must(routes.training, { params });
    for (const [place, { id: unitId, itemId, key, content }] of units.entries()) {
      const act = gold({ id: unitId, itemId, key, content }, place);
      const right = act.kind === 'answer' ? act.answer : null;
      const answer = place < wrong ? { kind: 'non-referring' } : right;
      const submissionId = submissionIdSchema.parse(uuidv7());
      await graduate.must(routes.answerTraining, {
        params,
        body: { submissionId, unitId, answer, elapsedMs: 900 },
      });
    }
  }
  const task = await admin.must(routes.task, { params: { projectId, taskId: trained.taskId } });
  await judge(graduate, projectId, task, 30, (unit, place) =>
    place % 5 === 4 ? { kind: 'answer', answer: { kind: 'non-referring' } } : gold(unit, place),
  );
  pages.set('graduate', await ownWindow(graduate));
  return {
    training: `/training/${projectId}/${school.taskId}`,
    trainedWork: `/work/${projectId}/${trained.taskId}`,
    trainingTask: `/projects/${projectId}/tasks/${school.taskId}`,
    trainedTask: `/projects/${projectId}/tasks/${trained.taskId}`,
    untrainedTask: `/projects/${projectId}/tasks/${empty.taskId}`,
  };
}

/** A second look at ratings of which one changed, one in which none did, and one that nobody has begun. */
async function furnishLooks(
  admin: TestClient,
): Promise<{ looks: string; looksUnchanged: string; looksUnbegun: string }> {
  const { id: projectId } = await admin.must(routes.makeProject, { body: { name: 'Looked at again' } });
  const coders = [await join(admin, projectId, 'Gil'), await join(admin, projectId, 'Hal')];
  const { taskId } = await makeOpenTask(admin, projectId, 'similarity-rating');
  for (const [shift, coder] of coders.entries())
    await judge(coder, projectId, { id: taskId }, 4, byRating(shift));
  const members = await Promise.all(
    ['gil@example.org', 'hal@example.org'].map(async (email) =>
      memberIdSchema.parse(await memberIdOf(admin, projectId, email)),
    ),
  );
  const again = async (name: string) => {
    const { id } = await admin.must(routes.makeSecondLook, {
      params: { projectId, taskId },
      body: { name, rule: { kind: 'by-hand', unitIds: [], numbers: '1-4' }, coders: members },
    });
    const params = { projectId, taskId: id };
    await eventually(
      () => admin.must(routes.task, { params }),
      ({ planned }) => planned,
    );
    await admin.must(routes.changeTask, { params, body: { state: 'open' } });
    return id;
  };
  const [changed, unchanged, unbegun] = [
    await again('Changed'),
    await again('As before'),
    await again('Unbegun'),
  ];
  for (const [shift, coder] of coders.entries()) {
    await judge(coder, projectId, { id: unchanged }, 4, byRating(shift));
    await judge(coder, projectId, { id: changed }, 4, (unit, place) =>
      byRating(place === 2 ? 0 : shift)(unit, place),
    );
  }
  const at = (id: string) => `/projects/${projectId}/tasks/${id}/looks`;
  return { looks: at(changed), looksUnchanged: at(unchanged), looksUnbegun: at(unbegun) };
}

/** A letter of whose “He” the bench decided, and one who read it otherwise. */
async function furnishDecision(
  admin: TestClient,
): Promise<{ decidedFile: string; contestedBench: string; decidedRules: string }> {
  const letter = await LetterCase.open(product, admin, 'Decided', {
    ...{ people: 3, wanted: 3, conference: { kind: 'none' } },
  });
  await letter.annotate(0, 'inspector');
  await letter.annotate(1, 'new', 'The postman, I think.');
  await letter.annotate(2, 'inspector');
  const { projectId, taskId, he: unitId } = letter;
  const section = await eventually(
    async () => (await admin.must(routes.sections, { params: { projectId, taskId }, query: {} })).rows[0],
    (found) => found?.stage === 'adjudication',
  );
  const answer = { kind: 'old', antecedents: [letter.key(2)] };
  await admin.must(routes.adjudicate, {
    params: { projectId, unitId },
    body: { kind: 'decide', answer, asGold: false, reason: 'He has just been named.', supersedes: null },
  });
  pages.set('dissenter', await ownWindow(letter.person(1)));
  return {
    decidedFile: `/cases/${projectId}/${section?.id ?? ''}`,
    contestedBench: `/projects/${projectId}/tasks/${taskId}/adjudication`,
    decidedRules: `/projects/${projectId}/board/rules`,
  };
}

/** A letter of whose “He” a conference is held, under guidelines that may change. */
async function furnishConference(admin: TestClient): Promise<{ conference: string }> {
  const letter = await LetterCase.open(product, admin, 'Conferred on', {
    ...{ people: 5, wanted: 3 },
    conference: { kind: 'conference', validations: 2, cap: 3, certainty: 0.95 },
  });
  const { projectId, taskId } = letter;
  const write = async (markdown: string): Promise<void> => {
    await admin.must(routes.writeGuideline, { params: { projectId }, body: { markdown, note: 'Names.' } });
  };
  await write('# Aim\n\nSay who is meant.');
  await letter.annotate(0, 'inspector');
  await letter.annotate(1, 'new');
  await letter.annotate(2, 'inspector');
  await eventually(
    async () => (await admin.must(routes.sections, { params: { projectId, taskId }, query: {} })).rows[0],
    (found) => found?.stage === 'validation',
  );
  pages.set('validator', await ownWindow(letter.person(3)));
  pages.set('conferred', await ownWindow(letter.person(0)));
  changeConferenceGuidelines = () => write('# Aim\n\nSay who is meant, also by a name.');
  return { conference: `/conference/${projectId}/${taskId}` };
}

/** An open question about a phrase, an answered one about the guidelines, a decision that holds and one that does not. */
async function furnishQuestions(
  admin: TestClient,
  expert: TestClient,
  { projectId, coreference }: Sample,
): Promise<{ question: string; ownQuestion: string }> {
  const params = { projectId };
  const claimed = await expert.must(routes.claim, { params: { projectId, taskId: coreference.id } });
  const unitId = claimed.kind === 'lease' ? (claimed.lease.units[2]?.id ?? null) : null;
  const ask = async (text: string, about: typeof unitId): Promise<string> => {
    const questionId = questionIdSchema.parse(uuidv7());
    await expert.must(routes.ask, { params, body: { questionId, unitId: about, text } });
    return questionId;
  };
  const open = await ask('Does the title belong to the phrase, or is it a description of him?', unitId);
  const questionId = await ask('Are seasons somebody?', null);
  const answered = { projectId, questionId: questionIdSchema.parse(questionId) };
  await admin.must(routes.answerQuestion, {
    params: answered,
    body: { text: 'No. They are new each time.' },
  });
  for (const [question, answer] of [
    ['Are seasons somebody?', 'No: they do not refer.'],
    ['Are seasons somebody?', 'Only where they are spoken to.'],
  ] as const) {
    const body = { question, answer, phrase: 'the spring', questionId: answered.questionId };
    await admin.must(routes.publishDecision, { params, body });
  }
  await admin.must(routes.withdrawDecision, {
    params: { ...params, number: 1 },
    body: { reason: 'It forgot those that are spoken to.' },
  });
  return {
    question: `/projects/${projectId}/questions/${open}`,
    ownQuestion: `/projects/${projectId}/questions/${questionId}`,
  };
}

/** The text's own chains as a machine's: once added, once read and not decided about. */
async function bringMachine(admin: TestClient, { projectId, coreference }: Sample): Promise<void> {
  const collection = { projectId, collectionId: coreference.collectionId };
  const { rows } = await admin.must(routes.items, { params: collection });
  const params = { ...collection, itemId: itemIdSchema.parse(rows[0]?.id) };
  const { name, content } = await admin.must(routes.item, { params });
  if (content.kind !== 'document') throw new Error('the sample is a text');
  const { tokens, mentions, chains } = content.document;
  const places = new Map(mentions.map(({ id, ranges: [range = [0, 1]] }) => [id, [range[0], range[1] - 1]]));
  const clusters = chains.map((chain) => chain.mentions.map((id) => places.get(id)));
  const line = { doc_key: name, sentences: [tokens.map(({ text }) => text)], clusters };
  for (const [file, more] of [
    ['system.jsonl', {}],
    ['another-system.jsonl', { clusters: [...clusters, [[0, 7]]] }],
  ] as const) {
    const body = new FormData();
    body.append('file', new File([JSON.stringify({ ...line, ...more })], file));
    const path = `/projects/${projectId}/tasks/${coreference.id}/answer-files`;
    const response = await admin.fetch(`${path}?kind=machine&name=Chains`, { method: 'POST', body });
    const read = answerFileSchema.parse(await response.json());
    if (file === 'system.jsonl')
      await admin.must(routes.commitAnswerFile, {
        params: { projectId, taskId: coreference.id, answerFileId: read.id },
      });
  }
}

const FURNISHED: readonly Visit[] = [
  { name: 'log-in', visitor: 'stranger', path: () => '/login' },
  { name: 'forgotten password', visitor: 'stranger', path: () => '/reset' },
  { name: 'new password', visitor: 'stranger', path: () => `/reset/${'x'.repeat(43)}` },
  { name: 'invitation', visitor: 'stranger', path: () => paths.invitation },
  { name: 'second invitation', visitor: 'stranger', path: () => paths.secondInvitation },
  { name: 'nothing there', visitor: 'stranger', path: () => '/nowhere' },
  { name: 'desk of a manager', visitor: 'manager', path: () => '/' },
  { name: 'desk of an expert', visitor: 'expert', path: () => '/' },
  { name: 'check of a dataset', visitor: 'manager', path: () => '/similarity' },
  {
    name: 'checked dataset',
    visitor: 'manager',
    path: () => '/similarity',
    act: async (page) => {
      await page.locator('input[type="file"]').setInputFiles({
        name: 'ratings.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(RATINGS),
      });
      await page.getByRole('heading', { name: 'If raters were left out' }).waitFor();
    },
  },
  {
    name: 'help',
    visitor: 'expert',
    path: () => '/',
    act: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'case board', visitor: 'expert', path: () => '/cases' },
  {
    name: 'file with a decision of the bench',
    visitor: 'dissenter',
    path: () => paths.decidedFile,
    act: (page) => page.locator('summary', { hasText: '“He”' }).click(),
  },
  {
    name: 'file, contesting',
    visitor: 'dissenter',
    path: () => paths.decidedFile,
    act: async (page) => {
      await page.locator('summary', { hasText: '“He”' }).click();
      await page.getByRole('button', { name: /^Contest this/u }).click();
      await page.getByRole('textbox', { name: /should be read otherwise/u }).waitFor();
    },
  },
  {
    name: 'file, contested',
    visitor: 'dissenter',
    path: () => paths.decidedFile,
    act: async (page) => {
      await page.locator('summary', { hasText: '“He”' }).click();
      await page.getByRole('button', { name: /^Contest this/u }).click();
      await page.keyboard.type('The postman brought it.');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByText('Contested: it lies with the bench').waitFor();
    },
  },
  {
    name: 'bench with a contest',
    visitor: 'manager',
    path: () => paths.contestedBench,
    act: (page) => page.getByText('The postman brought it.').waitFor(),
  },
  { name: 'board of an expert', visitor: 'expert', path: () => `${paths.project}/board` },
  { name: 'scoring rules', visitor: 'manager', path: () => `${paths.project}/board/rules` },
  {
    name: 'scoring rules that were refused',
    visitor: 'manager',
    path: () => `${paths.project}/board/rules`,
    act: async (page) => {
      await page.getByLabel('Sure, and wrong', { exact: true }).fill('95');
      await page.getByRole('button', { name: 'Preview the board' }).click();
      await page.getByText(/must earn most/u).waitFor();
    },
  },
  {
    name: 'scoring rules, previewed',
    visitor: 'manager',
    path: () => paths.decidedRules,
    act: async (page) => {
      await page.getByLabel('A file handed in').fill('80');
      await page.getByRole('button', { name: 'Preview the board' }).click();
      await page.getByRole('table', { name: 'The board by these rules' }).waitFor();
    },
  },
  { name: 'board of a manager', visitor: 'manager', path: () => `${paths.project}/board` },
  { name: 'account', visitor: 'expert', path: () => '/account' },
  { name: 'new project', visitor: 'manager', path: () => '/projects/new' },
  { name: 'project', visitor: 'manager', path: () => paths.project },
  { name: 'project of an expert', visitor: 'expert', path: () => paths.project },
  { name: 'empty project', visitor: 'manager', path: () => paths.emptyProject },
  { name: 'collections', visitor: 'manager', path: () => `${paths.project}/collections` },
  { name: 'new collection', visitor: 'manager', path: () => `${paths.project}/collections/new` },
  { name: 'collection', visitor: 'manager', path: () => paths.collection },
  { name: 'upload with refused lines', visitor: 'manager', path: () => paths.uploads },
  { name: 'item', visitor: 'manager', path: () => paths.item },
  { name: 'collection to propose phrases for', visitor: 'manager', path: () => paths.proposing },
  {
    name: 'collection with a review to do',
    visitor: 'manager',
    path: () => paths.phraseReview.replace(/\/items\/.*/u, ''),
  },
  {
    name: 'review of phrases',
    visitor: 'manager',
    path: () => paths.phraseReview,
    act: async (page) => {
      for (const key of ['a', 'r', 'a', 'Shift+ArrowRight', 'a']) await page.keyboard.press(key);
      await page.getByText(/\d rejected · stored/u).waitFor();
    },
  },
  { name: 'guidelines', visitor: 'manager', path: () => `${paths.project}/guidelines` },
  {
    name: 'guidelines, withdrawing a decision',
    visitor: 'manager',
    path: () => `${paths.project}/guidelines`,
    act: async (page) => {
      await page.getByRole('button', { name: 'Withdraw … decision 2' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'questions', visitor: 'manager', path: () => `${paths.project}/questions` },
  { name: 'no questions', visitor: 'manager', path: () => `${paths.emptyProject}/questions` },
  { name: 'questions of an expert', visitor: 'expert', path: () => `${paths.project}/questions` },
  {
    name: 'asking about the guidelines',
    visitor: 'expert',
    path: () => `${paths.project}/guidelines`,
    act: async (page) => {
      await page.getByRole('button', { name: 'Ask about them' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'question about a phrase',
    visitor: 'manager',
    path: () => paths.question,
    act: (page) => page.getByRole('heading', { name: 'Where it stands' }).waitFor(),
  },
  {
    name: 'question to publish',
    visitor: 'manager',
    path: () => paths.ownQuestion,
    act: (page) => page.getByRole('button', { name: 'Make it a decision' }).click(),
  },
  { name: 'people', visitor: 'manager', path: () => `${paths.project}/people` },
  { name: 'tokens', visitor: 'manager', path: () => `${paths.project}/tokens` },
  { name: 'no releases', visitor: 'manager', path: () => `${paths.emptyProject}/releases` },
  {
    name: 'release just made',
    visitor: 'manager',
    path: () => `${paths.project}/releases`,
    act: async (page) => {
      await page.getByRole('button', { name: 'Make release 1' }).click();
      await page.getByRole('link', { name: 'Download release 1' }).waitFor();
      await page.getByText('Withdraw it').click();
    },
  },
  {
    name: 'releases',
    visitor: 'manager',
    path: () => `${paths.project}/releases`,
    act: (page) => page.getByRole('table', { name: 'Releases' }).waitFor(),
  },
  { name: 'no webhooks', visitor: 'manager', path: () => `${paths.emptyProject}/webhooks` },
  {
    name: 'webhook just made',
    visitor: 'manager',
    path: () => `${paths.project}/webhooks`,
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Address' }).fill('https://localhost:1/casebook');
      await page.getByRole('checkbox', { name: 'a task closes' }).check();
      await page.getByRole('button', { name: 'Make the webhook' }).click();
      await page.getByText('The webhook is made').waitFor();
    },
  },
  {
    name: 'webhook with a message that was refused',
    visitor: 'manager',
    path: () => `${paths.project}/webhooks`,
    act: async (page) => {
      await page.getByRole('link', { name: 'https://localhost:1/casebook' }).click();
      await page.getByRole('button', { name: 'Send a test' }).click();
      await page.getByText('A test is on its way.').waitFor();
      await eventually(
        async () => {
          await page.reload();
          return page.getByText('not on the public internet').count();
        },
        (count) => count > 0,
      );
      await page.getByText('Remove it').click();
    },
  },
  { name: 'audit', visitor: 'manager', path: () => `${paths.project}/audit` },
  { name: 'new task', visitor: 'manager', path: () => `${paths.project}/tasks/new` },
  {
    name: 'new task with its question',
    visitor: 'manager',
    path: () => `${paths.project}/tasks/new`,
    act: (page) => askOfPairs(page, 'Similarity rating'),
  },
  {
    name: 'new task of best and worst',
    visitor: 'manager',
    path: () => `${paths.project}/tasks/new`,
    act: (page) => askOfPairs(page, 'Best–worst scaling'),
  },
  {
    name: 'new task over texts without gold whose phrases are under review',
    visitor: 'manager',
    path: () =>
      `${paths.project}/tasks/new?collection=${/collections\/([^/]+)\/items/u.exec(paths.phraseReview)?.[1] ?? ''}`,
    act: async (page) => {
      await page.getByText('for a review of proposed phrases').waitFor();
      await page.getByText('Nothing in this collection brings chains').waitFor();
    },
  },
  {
    name: 'new task that trains',
    visitor: 'manager',
    path: () => `${paths.project}/tasks/new`,
    act: async (page) => {
      const collections = page.getByLabel('Collection', { exact: true });
      const stories = collections.locator('option', { hasText: 'The clock' }).first();
      await collections.selectOption((await stories.getAttribute('value')) ?? '');
      await page.getByRole('radio', { name: 'Training' }).check();
    },
  },
  { name: 'task', visitor: 'manager', path: () => paths.coreference },
  {
    name: 'agreement on entities',
    visitor: 'manager',
    path: () => `${paths.coreference}/agreement`,
    act: (page) => page.getByText(/judgements, computed/u).waitFor(),
  },
  {
    name: 'agreement on ratings',
    visitor: 'manager',
    path: () => `${paths.similarity}/agreement`,
    act: (page) => page.getByText(/judgements, computed/u).waitFor(),
  },
  { name: 'task of best and worst', visitor: 'manager', path: () => paths.bestWorst },
  {
    name: 'design of best and worst',
    visitor: 'manager',
    path: () => `${paths.bestWorst}/design`,
  },
  {
    name: 'agreement on best and worst',
    visitor: 'manager',
    path: () => `${paths.bestWorst}/agreement`,
    act: (page) => page.getByText(/judgements, computed/u).waitFor(),
  },
  {
    name: 'a tuple that coders differ on',
    visitor: 'manager',
    path: () => `${paths.bestWorst}/disagreements`,
    act: async (page) => {
      await page
        .getByRole('link', { name: /1 .* · 2 /u })
        .first()
        .click();
      await page.getByRole('columnheader', { name: 'Most similar' }).waitFor();
    },
  },
  { name: 'disagreements', visitor: 'manager', path: () => `${paths.coreference}/disagreements` },
  {
    name: 'second look at phrases',
    visitor: 'manager',
    path: () => `${paths.coreference}/second-look?rule=differing&most=3`,
  },
  {
    name: 'second look by hand, nothing chosen',
    visitor: 'manager',
    path: () => `${paths.similarity}/second-look?rule=by-hand`,
  },
  {
    name: 'second look with a number that is not there',
    visitor: 'manager',
    path: () => `${paths.similarity}/second-look?rule=by-hand&numbers=999`,
  },
  {
    name: 'before and after',
    visitor: 'manager',
    path: () => paths.looks,
    act: (page) => page.getByRole('table', { name: 'Answers that changed' }).waitFor(),
  },
  {
    name: 'before and after, nothing changed',
    visitor: 'manager',
    path: () => paths.looksUnchanged,
    act: (page) => page.getByText('No answer changed').waitFor(),
  },
  {
    name: 'before and after, nothing judged again',
    visitor: 'manager',
    path: () => paths.looksUnbegun,
    act: (page) => page.getByRole('heading', { name: 'Nothing in both looks yet' }).waitFor(),
  },
  { name: 'outside coders', visitor: 'manager', path: () => `${paths.coreference}/answer-files` },
  {
    name: 'outside coders of a task without any',
    visitor: 'manager',
    path: () => `${paths.similarity}/answer-files`,
  },
  { name: 'clear bench', visitor: 'manager', path: () => `${paths.coreference}/adjudication` },
  {
    name: 'side by side, documents to choose among',
    visitor: 'manager',
    path: () => `${paths.coreference}/side-by-side`,
  },
  {
    name: 'side by side, two coders',
    visitor: 'manager',
    path: () => `${paths.coreference}/side-by-side`,
    act: async (page) => {
      await page.getByRole('table').getByRole('link').first().click();
      await page.getByRole('region', { name: /^The text, as/u }).waitFor();
      await page.keyboard.press('n');
      await page.getByRole('status').filter({ hasText: /^1 of/u }).waitFor({ state: 'attached' });
    },
  },
  {
    name: 'exceptions among readings',
    visitor: 'manager',
    path: () => `${paths.coreference}/readings`,
    act: (page) => page.getByText(/Mention-pair model, fitted/u).waitFor(),
  },
  {
    name: 'all readings',
    visitor: 'manager',
    path: () => `${paths.coreference}/readings?of=all`,
    act: (page) => page.getByRole('table', { name: /^Units of/u }).waitFor(),
  },
  {
    name: 'unit of a text',
    visitor: 'manager',
    path: () => `${paths.coreference}/disagreements`,
    act: followFirstUnit,
  },
  {
    name: 'unit of two words',
    visitor: 'manager',
    path: () => `${paths.similarity}/disagreements`,
    act: followFirstUnit,
  },
  {
    name: 'coreference',
    visitor: 'expert',
    path: () => paths.coreferenceWork,
    act: (page) => page.getByText('Who or what is').first().waitFor(),
  },
  {
    name: 'coreference, points',
    visitor: 'expert',
    path: () => paths.coreferenceWork,
    act: async (page) => {
      await page.getByText('Who or what is').first().waitFor();
      await page.getByRole('button', { name: /^\d+ points in this sitting/u }).click();
      await page.getByRole('dialog', { name: 'Points of this sitting' }).waitFor();
    },
  },
  {
    name: 'coreference, choosing',
    visitor: 'expert',
    path: () => paths.coreferenceWork,
    act: async (page) => {
      await page.getByText('Who or what is').first().waitFor();
      await page.keyboard.press('r');
      await page.getByRole('combobox').waitFor();
    },
  },
  {
    name: 'coreference, describing two',
    visitor: 'expert',
    path: () => paths.coreferenceWork,
    act: async (page) => {
      await page.getByText('Who or what is').first().waitFor();
      await page.keyboard.press('p');
      await page.getByRole('combobox').waitFor();
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Space');
    },
  },
  {
    name: 'coreference, skipping',
    visitor: 'expert',
    path: () => paths.coreferenceWork,
    act: async (page) => {
      await page.getByText('Who or what is').first().waitFor();
      await page.keyboard.press('s');
      await page.getByText('Why skip').waitFor();
    },
  },
  {
    name: 'coreference, keys',
    visitor: 'expert',
    path: () => paths.coreferenceWork,
    act: async (page) => {
      await page.getByText('Who or what is').first().waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'coreference, asking',
    visitor: 'expert',
    path: () => paths.coreferenceWork,
    act: async (page) => {
      await page.getByText('Who or what is').first().waitFor();
      await page.keyboard.press('Alt+q');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'training of coders, for managers',
    visitor: 'manager',
    path: () => `${paths.trainingTask}/training`,
    act: (page) => page.getByRole('table', { name: 'Questions answered wrongly' }).waitFor(),
  },
  {
    name: 'training, another time allowed',
    visitor: 'manager',
    path: () => `${paths.trainingTask}/training`,
    act: async (page) => {
      const allow = page.getByRole('button', { name: /^Allow another time/u });
      await allow.click();
      await allow.waitFor({ state: 'detached' });
    },
  },
  {
    name: 'training that nobody has begun, for managers',
    visitor: 'manager',
    path: () => `${paths.untrainedTask}/training`,
    act: (page) => page.getByRole('heading', { name: 'Nobody has been here yet' }).waitFor(),
  },
  {
    name: 'ratings of coders, for managers',
    visitor: 'manager',
    path: () => `${paths.trainedTask}/ratings`,
    act: (page) => page.getByRole('table', { name: 'Hidden gold by coder and day' }).waitFor(),
  },
  {
    name: 'training, passed',
    visitor: 'graduate',
    path: () => paths.training,
    act: (page) => page.getByRole('heading', { level: 1, name: 'Passed' }).waitFor(),
  },
  {
    name: 'case before its training',
    visitor: 'expert',
    path: () => paths.trainedWork,
    act: (page) => page.getByRole('heading', { name: 'First, the training' }).waitFor(),
  },
  {
    name: 'training',
    visitor: 'expert',
    path: () => paths.training,
    act: (page) => page.getByText('Who or what is').first().waitFor(),
  },
  {
    name: 'training, told that gold says otherwise',
    visitor: 'expert',
    path: () => paths.training,
    act: async (page) => {
      await page.getByText('Who or what is').first().waitFor();
      await page.keyboard.press('x');
      await page.getByRole('region', { name: 'Not what gold says' }).waitFor();
    },
  },
  {
    name: 'training, its result',
    visitor: 'expert',
    path: () => paths.training,
    act: async (page) => {
      await page.getByText('Who or what is').first().waitFor();
      const result = page.getByRole('heading', { level: 1, name: 'Not yet' });
      while (!(await result.isVisible())) {
        await page.keyboard.press('x');
        await page
          .getByRole('region', { name: /Right|Not what gold says/u })
          .or(result)
          .first()
          .waitFor();
        await page.keyboard.press('Enter');
        await page.getByText('Who or what is').or(result).first().waitFor();
      }
    },
  },
  { name: 'question of an expert', visitor: 'expert', path: () => paths.ownQuestion },
  {
    name: 'similarity',
    visitor: 'expert',
    path: () => paths.similarityWork,
    act: (page) => page.getByRole('heading', { level: 2 }).first().waitFor(),
  },
  {
    name: 'similarity, skipping',
    visitor: 'expert',
    path: () => paths.similarityWork,
    act: async (page) => {
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      await page.keyboard.press('s');
      await page.getByText('Why skip it?').waitFor();
    },
  },
  {
    name: 'similarity, commenting',
    visitor: 'expert',
    path: () => paths.similarityWork,
    act: async (page) => {
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      await page.keyboard.press('c');
      await page.getByRole('textbox').waitFor();
    },
  },
  {
    name: 'best and worst, one chosen',
    visitor: 'expert',
    path: () => paths.bestWorstWork,
    act: async (page) => {
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      await page.keyboard.press('2');
      await page.getByRole('button', { name: /^most similar/u, pressed: true }).waitFor();
    },
  },
  {
    name: 'conference',
    visitor: 'validator',
    path: () => paths.conference,
    act: (page) => conferenceQuestion(page).waitFor(),
  },
  {
    name: 'conference, guidelines changed',
    visitor: 'validator',
    path: () => paths.conference,
    act: async (page) => {
      await conferenceQuestion(page).waitFor();
      await changeConferenceGuidelines();
      await page.reload();
      await page.getByRole('dialog', { name: 'The guidelines have changed' }).waitFor();
    },
  },
  {
    name: 'conference, nothing to confer on',
    visitor: 'conferred',
    path: () => paths.conference,
    act: (page) => page.getByRole('heading', { name: 'Nothing to confer on' }).waitFor(),
  },
  // From here on the expert is asked to read before going on.
  {
    name: 'coreference, guidelines changed',
    visitor: 'expert',
    path: () => paths.coreferenceWork,
    act: async (page) => {
      await changeGuidelines();
      await page.reload();
      await page.getByRole('dialog', { name: 'The guidelines have changed' }).waitFor();
    },
  },
  {
    name: 'guidelines compared',
    visitor: 'manager',
    path: () => `${paths.project}/guidelines?from=1&to=2`,
    act: (page) => page.getByRole('heading', { name: 'What changed' }).waitFor(),
  },
];

let changeGuidelines: () => Promise<void>;
let changeConferenceGuidelines: () => Promise<void>;

/** What a validator is asked of the reading shown. */
const conferenceQuestion = (page: Page) =>
  page.getByRole('main').getByRole('group').getByRole('heading', { level: 2 });

async function followFirstUnit(page: Page): Promise<void> {
  await page.locator('tbody').getByRole('link').first().click();
  await page.getByRole('table', { name: /^Judgements on/u }).waitFor();
}

/** Violations in words: which rule, why, and which elements. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: typeof axe };
    return (await checker.run(document, { resultTypes: ['violations'] })).violations;
  });
  return found.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map(({ target, failureSummary }) => `  ${target.join(' ')} – ${failureSummary ?? ''}`).join('\n')}`,
  );
}

/** How far the page reaches beyond the window, in pixels, and by what. */
async function overhang(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`.slice(0, 80))
      .slice(-6);
  });
}

async function look({ name, visitor, path, act }: Visit): Promise<void> {
  const page = pages.get(visitor);
  if (page === undefined) throw new Error(`no ${visitor} has come`);
  await page.setViewportSize(SIZES[0]);
  await open(page, `${product.address}${path()}`);
  await act?.(page);
  for (const size of SIZES) {
    for (const colorScheme of THEMES) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(
        () =>
          new Promise((resolve) => {
            requestAnimationFrame(() => requestAnimationFrame(resolve));
          }),
      );
      if (PICTURES !== undefined) {
        await mkdir(PICTURES, { recursive: true });
        const file = `${name.replaceAll(/\W+/gu, '-')}-${String(size.width)}-${colorScheme}.png`;
        await page.screenshot({
          path: joinPath(PICTURES, file),
          fullPage: !/^\/(?:work|training|conference)\//u.test(path()),
        });
      }
      const found = await violations(page);
      expect.soft(found, `${name}, ${String(size.width)} px, ${colorScheme}`).toEqual([]);
    }
  }
  await page.setViewportSize({ width: 320, height: 640 });
  expect.soft(await overhang(page), `${name} can be scrolled sideways at 320 px`).toEqual([]);
}

describe('axe finds nothing at 1280 and 360 px, light or dark, and nothing scrolls sideways at 320 px', () => {
  it('on the set-up page', { timeout: 4 * PATIENCE }, async () => {
    const path = new URL(product.setupLink).pathname;
    await look({ name: 'set-up', visitor: 'stranger', path: () => path });
    await furnish();
  });

  it.each(FURNISHED)('on the page: $name', { timeout: 4 * PATIENCE }, look);
});
