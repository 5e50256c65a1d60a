import { leaseSchema } from '@casebook/contracts';
import { taskTypeContracts } from '@casebook/task-types/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetDrafts } from './drafts.ts';
import { Outbox } from './outbox.svelte.ts';
import { LeasedSection } from './section.svelte.ts';
import { entry, leaseId, rated, unitId, userId } from './specimen.ts';
import { MemoryStore } from './store.ts';

const contract = taskTypeContracts.get('similarity-rating');
if (contract === undefined) throw new Error('similarity is not rated');
const { projectId, taskId } = entry(rated(1, 1, 3));
const rating = (value: number) => ({ kind: 'rating', value });

const lease = leaseSchema.parse({
  id: leaseId(1),
  taskId,
  taskName: 'Pairs',
  taskType: contract.name,
  contractVersion: contract.version,
  guidelineVersion: null,
  protocol: contract.exampleProtocol,
  section: { id: unitId(9), position: 0, of: 1, name: 'Pairs' },
  expiresAt: '2027-01-01T00:00:00Z',
  deadline: null,
  items: [],
  units: [1, 2].map((n) => ({
    id: unitId(n),
    itemId: unitId(n),
    key: 'pair',
    content: { word1: 'fog', word2: 'mist' },
  })),
  judgements: [],
  earlierUnits: [],
});

let outbox: Outbox;
const opened = () => new LeasedSection(lease, contract, outbox, { projectId, taskId });

beforeEach(async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
  outbox = await Outbox.open(userId(1), new MemoryStore());
});
afterEach(() => {
  outbox.close();
  forgetDrafts();
  vi.unstubAllGlobals();
});

describe('a comment', () => {
  it('is there again after a reload, with its own unit only', () => {
    opened().comment = 'mist is thinner';
    const again = opened();
    expect(again.comment).toBe('mist is thinner');
    again.goTo(unitId(2));
    expect(again.comment).toBe('');
    again.goTo(unitId(1));
    expect(again.comment).toBe('mist is thinner');
  });

  it('is no draft any more once its unit is judged', () => {
    const section = opened();
    section.comment = ' mist is thinner ';
    section.answer(rating(4));
    expect(section.current?.id).toBe(unitId(2));
    expect(section.comment).toBe('');
    expect(localStorage).toHaveLength(0);
    section.goTo(unitId(1));
    expect(section.comment).toBe('mist is thinner');
  });

  it('comes back with undo, and outlives a reload from there; the answer does not come back', () => {
    const section = opened();
    section.comment = 'mist is thinner';
    section.answer(rating(4));
    section.undo();
    expect(section.comment).toBe('mist is thinner');
    expect(section.judgementOf(unitId(1))).toBeNull();
    const again = opened();
    expect(again.comment).toBe('mist is thinner');
    again.answer(rating(5));
    expect(outbox.entries.map(({ submission }) => submission.comment)).toEqual([
      'mist is thinner',
      undefined,
      'mist is thinner',
    ]);
  });

  it('that was emptied stays so; one put back as it was given is no draft', () => {
    const section = opened();
    section.comment = 'rash';
    section.answer(rating(4));
    section.goTo(unitId(1));
    section.comment = '';
    const again = opened();
    again.goTo(unitId(1));
    expect(again.comment).toBe('');
    again.comment = 'rash';
    expect(localStorage).toHaveLength(0);
  });

  it('is forgotten with everything else at log-out', () => {
    opened().comment = 'mist is thinner';
    forgetDrafts();
    expect(opened().comment).toBe('');
  });
});

describe('what stands beside a comment', () => {
  it('is kept and forgotten with it: what it is about, and doubt', () => {
    const section = opened();
    section.commentKind = 'bad-pair';
    section.unsure = true;
    const again = opened();
    expect([again.commentKind, again.unsure]).toEqual(['bad-pair', true]);
    again.answer(rating(4));
    expect([again.commentKind, again.unsure]).toEqual([null, false]);
    expect(localStorage).toHaveLength(0);
    expect(outbox.entries.at(-1)?.submission).toMatchObject({
      confidence: 'unsure',
      commentKind: 'bad-pair',
    });
    again.undo();
    expect([again.commentKind, again.unsure]).toEqual(['bad-pair', true]);
    expect(outbox.entries.at(-1)?.submission).not.toHaveProperty('confidence');
  });

  it('is nothing in a comment kept before it could be said', () => {
    opened();
    localStorage.setItem(`casebook-draft/${outbox.userId}/${taskId}/${unitId(1)}`, 'mist is {"thinner"}');
    const section = opened();
    expect([section.comment, section.commentKind, section.unsure]).toEqual([
      'mist is {"thinner"}',
      null,
      false,
    ]);
  });
});

describe('doubt', () => {
  it('is said of answers, not of skips; an answer without it is sure', () => {
    const section = opened();
    section.answer(rating(4));
    section.unsure = true;
    section.skip('unsure');
    expect(outbox.judgements.map(({ submission }) => submission.confidence)).toEqual(['sure', undefined]);
  });

  it('afterwards replaces the answer before by the same one, and leaves the question where it is', () => {
    const section = opened();
    section.comment = 'rash';
    section.answer(rating(4));
    expect(section.reconsider()).toMatchObject({ unit: { id: unitId(1) }, confidence: 'unsure' });
    expect(section.current?.id).toBe(unitId(2));
    const [first, second] = outbox.entries.map(({ submission }) => submission);
    expect(second).toEqual({
      ...first,
      submissionId: second?.submissionId,
      confidence: 'unsure',
      supersedes: first?.submissionId,
    });
    expect(section.reconsider()).toMatchObject({ confidence: 'sure' });
  });

  it('afterwards is of nothing where the last act was a skip or there is none', () => {
    const section = opened();
    expect(section.reconsider()).toBeNull();
    section.skip('unsure');
    expect(section.reconsider()).toBeNull();
    expect(outbox.entries).toHaveLength(1);
  });
});

describe('a unit left for later', () => {
  it('comes again when nothing else is open, on this device also after a reload', () => {
    const section = opened();
    section.postpone();
    expect(section.current?.id).toBe(unitId(2));
    const again = opened();
    expect(again.current?.id).toBe(unitId(2));
    expect(again.postponed.map(({ id }) => id)).toEqual([unitId(1)]);
    again.answer(rating(4));
    expect(again.current?.id).toBe(unitId(1));
    again.answer(rating(3));
    expect(again.current).toBeNull();
    expect(again.postponed).toEqual([]);
    expect(localStorage).toHaveLength(0);
    expect(outbox.entries).toHaveLength(2);
  });

  it('is no judgement, and an answered unit is not left', () => {
    const section = opened();
    section.answer(rating(4));
    section.goTo(unitId(1));
    section.postpone();
    expect(section.current?.id).toBe(unitId(1));
    expect(section.postponed).toEqual([]);
    expect(outbox.entries).toHaveLength(1);
  });
});
