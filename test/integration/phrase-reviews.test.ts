import { routes } from '@casebook/contracts';
import type { CollectionId, ItemId, PhraseReview, ProjectId } from '@casebook/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstAdmin } from '../support/client.ts';
import type { TestClient } from '../support/client.ts';
import { CONLL, eventually, importFile, makeCollection } from '../support/collections.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { joinAs, makeProject } from '../support/people.ts';
import { makePlannedTask, taskWish } from '../support/tasks.ts';

const TEXT = 'The sergeant filled his pipe. He 😀 watched the gate of the house.\n';
const RULES = ['pronoun', 'possessive pronoun', 'noun phrase', 'proper name', 'date'] as const;

let test: TestInstance;
let manager: TestClient;
let projectId: ProjectId;
let collectionId: CollectionId;
beforeAll(async () => {
  test = await startTestInstance();
  manager = await firstAdmin(test);
  projectId = await makeProject(manager);
  collectionId = await makeCollection(manager, projectId, 'documents');
  await importFile(manager, projectId, collectionId, 'watch.txt', TEXT);
  await importFile(manager, projectId, collectionId, 'letters.conll', CONLL);
});
afterAll(async () => {
  await test.stop();
});

const inCollection = () => ({ params: { projectId, collectionId } });
const of = (itemId: ItemId) => ({ params: { projectId, collectionId, itemId } });
const phrase = (review: PhraseReview, id: string) => {
  const found = review.phrases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`${id} is not proposed`);
  return found;
};
const inWords = ({ document, phrases }: PhraseReview) =>
  phrases.map(({ ranges, proposed }) => {
    const words = ranges.flatMap(([start, end]) => document.tokens.slice(start, end).map(({ text }) => text));
    return [words.join(' '), proposed?.rule ?? null];
  });

async function proposed(): Promise<PhraseReview> {
  const { reviews } = await eventually(
    () => manager.must(routes.phraseReviews, inCollection()),
    ({ reviews: rows }) => rows.length > 0 && rows.every(({ state }) => state !== 'waiting'),
  );
  const [row] = reviews;
  if (row === undefined) throw new Error('nothing is proposed');
  return manager.must(routes.phraseReview, of(row.itemId));
}

describe('phrases proposed for a collection', () => {
  it('are so for documents without markables alone', async () => {
    expect(await manager.must(routes.phraseReviews, inCollection())).toEqual({
      english: 0,
      unnamed: 1,
      others: [],
      reviews: [],
    });
    await manager.must(routes.proposePhrases, { ...inCollection(), body: { rules: [...RULES] } });
    const review = await proposed();
    expect(review).toMatchObject({ name: 'watch', state: 'open', revision: 0 });
    expect(review.chunker).toMatch(/^wink-nlp \d/u);
    expect(inWords(review)).toEqual([
      ['The sergeant', 'noun phrase'],
      ['his pipe', 'noun phrase'],
      ['his', 'possessive pronoun'],
      ['He', 'pronoun'],
      ['the gate of the house', 'noun phrase'],
      ['the house', 'noun phrase'],
    ]);
    expect(review.phrases.every(({ verdict }) => verdict === 'open')).toBe(true);
    const reviewed = await manager.must(routes.collection, inCollection());
    expect(reviewed.openReviews).toBe(1);
  });

  it('are not asked about before they are confirmed', async () => {
    const task = await makePlannedTask(manager, projectId, taskWish('coreference', collectionId));
    const { rows } = await manager.must(routes.sections, {
      params: { projectId, taskId: task.id },
      query: {},
    });
    expect(rows.map(({ name }) => name)).toEqual(['letter', 'note']);
  });

  it('are proposed once', async () => {
    expect(
      await manager.call(routes.proposePhrases, { ...inCollection(), body: { rules: ['pronoun'] } }),
    ).toMatchObject({ ok: false, status: 409, problem: { type: 'urn:casebook:nothing-to-propose-for' } });
  });

  it('are for managers', async () => {
    const annotator = await joinAs(test, manager, projectId, 'bea@example.org', 'annotator');
    expect(await annotator.call(routes.phraseReviews, inCollection())).toMatchObject({ status: 404 });
  });

  it('are not proposed where the document names another language', async () => {
    const foreign = await makeCollection(manager, projectId, 'documents', 'Foreign');
    const content = { tokens: [{ text: 'Er' }], sentences: [[0, 1]], paragraphs: [[0, 1]], language: 'de' };
    const line = { casebook: 1, key: 'k', name: 'k', content: { ...content, mentions: [], chains: [] } };
    await importFile(manager, projectId, foreign, 'k.jsonl', `${JSON.stringify(line)}\n`);
    const params = { params: { projectId, collectionId: foreign } };
    expect(await manager.must(routes.phraseReviews, params)).toMatchObject({
      english: 0,
      others: [{ language: 'de', documents: 1 }],
    });
    const refused = await manager.call(routes.proposePhrases, { ...params, body: { rules: ['pronoun'] } });
    expect(refused).toMatchObject({ ok: false, status: 409 });
  });
});

describe('a review', () => {
  it('takes verdicts, mended borders and phrases of the reviewer’s own', async () => {
    const review = await proposed();
    const changes = [
      { ...phrase(review, 'p1'), verdict: 'accepted' as const },
      { ...phrase(review, 'p2'), verdict: 'accepted' as const },
      { ...phrase(review, 'p4'), verdict: 'rejected' as const },
      { ...phrase(review, 'p5'), ranges: [[9, 11] as [number, number]], verdict: 'accepted' as const },
      { id: 'own-1', ranges: [[7, 8] as [number, number]], verdict: 'accepted' as const },
    ].map(({ id, ranges, verdict }) => ({ id, ranges, verdict }));
    const { revision } = await manager.must(routes.changePhrases, {
      ...of(review.itemId),
      body: { revision: 0, changes },
    });
    expect(revision).toBe(1);
    const later = await manager.must(routes.phraseReview, of(review.itemId));
    expect(phrase(later, 'p5')).toEqual({
      id: 'p5',
      proposed: { rule: 'noun phrase', ranges: phrase(review, 'p5').ranges },
      ranges: [[9, 11]],
      verdict: 'accepted',
    });
    expect(phrase(later, 'own-1').proposed).toBeNull();
  });

  it('refuses what was changed on an older state, and ranges that are none', async () => {
    const { itemId, revision } = await proposed();
    const change = (body: { revision: number; changes: { ranges: [number, number][] }[] }) =>
      manager.call(routes.changePhrases, {
        ...of(itemId),
        body: {
          ...body,
          changes: body.changes.map(({ ranges }) => ({ id: 'p3', ranges, verdict: 'accepted' as const })),
        },
      });
    expect(await change({ revision: 0, changes: [{ ranges: [[3, 4]] }] })).toMatchObject({
      problem: { type: 'urn:casebook:changed-meanwhile' },
    });
    expect(await change({ revision, changes: [{ ranges: [[3, 400]] }] })).toMatchObject({ status: 422 });
    expect(
      await change({
        revision,
        changes: [
          {
            ranges: [
              [3, 4],
              [4, 5],
            ],
          },
        ],
      }),
    ).toMatchObject({ status: 422 });
    expect(await change({ revision, changes: [{ ranges: [[0, 2]] }] })).toMatchObject({
      problem: { type: 'urn:casebook:same-words' },
    });
  });

  it('is not confirmed with phrases that nobody looked at, unless that is said', async () => {
    const { itemId, revision } = await proposed();
    const confirm = (unreviewed: 'refuse' | 'take') =>
      manager.call(routes.confirmPhrases, { ...of(itemId), body: { revision, unreviewed } });
    expect(await confirm('refuse')).toMatchObject({
      status: 422,
      problem: { detail: '2 phrases are neither accepted nor rejected.' },
    });
    expect(await confirm('take')).toMatchObject({ ok: true, status: 201, body: { version: 2 } });
    expect(await confirm('take')).toMatchObject({ status: 409, problem: { type: 'urn:casebook:not-open' } });
  });

  it('gives the document a new version whose markables say where they come from', async () => {
    const { itemId } = await proposed();
    const item = await manager.must(routes.item, of(itemId));
    expect(item).toMatchObject({ version: 2, summary: '15 tokens, 6 markables' });
    if (item.content.kind !== 'document') throw new Error('a document was expected');
    const { session } = { session: await manager.must(routes.session, {}) };
    const reviewer = session.user.id;
    const by = (await proposed()).chunker;
    expect(item.content.document.mentions.map(({ id, ranges, origin }) => [id, ranges[0], origin])).toEqual([
      ['m1', [0, 2], { kind: 'proposed', by, rule: 'noun phrase', reviewer }],
      ['m2', [3, 5], { kind: 'proposed', by, rule: 'noun phrase', reviewer }],
      ['m3', [3, 4], { kind: 'proposed', by, rule: 'possessive pronoun', reviewer: null }],
      ['m4', [7, 8], { kind: 'made', reviewer }],
      ['m5', [9, 11], { kind: 'proposed', by, rule: 'noun phrase', mended: true, reviewer }],
      ['m6', [12, 14], { kind: 'proposed', by, rule: 'noun phrase', reviewer: null }],
    ]);
    const collection = await manager.must(routes.collection, inCollection());
    expect(collection.version).toBe(3);
    const { entries } = { entries: await manager.must(routes.audit, { params: { projectId }, query: {} }) };
    expect(JSON.stringify(entries)).toContain('phrases.confirmed');
  });

  it('is what a task asks about from then on', async () => {
    const task = await makePlannedTask(manager, projectId, taskWish('coreference', collectionId));
    const { rows } = await manager.must(routes.sections, {
      params: { projectId, taskId: task.id },
      query: {},
    });
    expect(rows.map(({ name, units }) => [name, units])).toEqual([
      ['watch', 6],
      ['letter', 5],
      ['note', 1],
    ]);
  });

  it('does not make the same file a stranger to its collection', async () => {
    const again = await importFile(manager, projectId, collectionId, 'watch.txt', TEXT);
    expect(again).toMatchObject({ state: 'committed', counts: { known: 1, refused: 0 } });
  });

  it('can be forgotten before it is confirmed, and proposed anew', async () => {
    const other = await makeCollection(manager, projectId, 'documents', 'Other');
    await importFile(manager, projectId, other, 'watch.txt', TEXT);
    const params = { projectId, collectionId: other };
    const propose = () => manager.must(routes.proposePhrases, { params, body: { rules: ['pronoun'] } });
    const open = () =>
      eventually(
        () => manager.must(routes.phraseReviews, { params }),
        ({ reviews }) => reviews[0]?.state === 'open',
      );
    await propose();
    const [row] = (await open()).reviews;
    if (row === undefined) throw new Error('nothing is proposed');
    expect(row).toMatchObject({ phrases: 1, open: 1, unreviewed: null });
    await manager.must(routes.dropPhrases, { params: { ...params, itemId: row.itemId } });
    expect((await manager.must(routes.phraseReviews, { params })).reviews).toEqual([]);
    await propose();
    await open();
  });
});
