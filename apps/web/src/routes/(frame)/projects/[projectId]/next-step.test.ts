import { collectionSchema, taskSchema, type Collection, type Task } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { nextStep } from './next-step.ts';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const collection = (items: number): Collection =>
  collectionSchema.parse({
    id: ID,
    name: 'Novels',
    kind: 'documents',
    version: 1,
    items,
    hasGold: false,
    openReviews: 0,
    createdAt: '2026-01-01T00:00:00Z',
  });
const task = (state: Task['state']): Task =>
  taskSchema.parse({
    id: ID,
    name: 'Round one',
    type: 'any',
    collectionId: ID,
    collectionName: 'Novels',
    phase: 'pilot',
    state,
    wanted: 2,
    order: 'reading',
    seed: 1,
    coders: { kind: 'whoever-comes' },
    protocol: {},
    contractVersion: 1,
    trainingTaskId: null,
    hiddenGoldRate: 0,
    trainingLength: 12,
    secondLook: null,
    createdAt: '2026-01-01T00:00:00Z',
    planned: true,
    planFailure: null,
    counts: {
      ...{ sections: 1, units: 1, complete: 0, judgements: 0, validations: 0 },
      stages: { annotation: 1, validation: 0, adjudication: 0, closed: 0 },
    },
  });
const ready = { collections: [collection(3)], tasks: [task('open')], experts: 2, guidelines: 1 };

describe('nextStep', () => {
  it('asks for something to judge first, in the collection that is there', () => {
    expect(nextStep('/p', { ...ready, collections: [] })?.href).toBe('/p/collections/new');
    expect(nextStep('/p', { ...ready, collections: [collection(0)] })?.href).toBe(`/p/collections/${ID}`);
  });

  it('then for a task, then for two experts, then for guidelines', () => {
    expect(nextStep('/p', { ...ready, tasks: [] })?.href).toBe('/p/tasks/new');
    expect(nextStep('/p', { ...ready, experts: 1 })?.href).toBe('/p/people');
    expect(nextStep('/p', { ...ready, guidelines: 0 })?.href).toBe('/p/guidelines');
  });

  it('points at a draft that nobody has opened', () => {
    expect(nextStep('/p', { ...ready, tasks: [task('draft')] })?.href).toBe(`/p/tasks/${ID}`);
  });

  it('says nothing where nothing holds the project up', () => {
    expect(nextStep('/p', ready)).toBeNull();
  });
});
