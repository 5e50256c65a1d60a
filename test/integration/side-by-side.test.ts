import { itemIdSchema, routes } from '@casebook/contracts';
import type { ItemId, ProjectId, SideBySide, TaskId } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/collections.ts';
import { firstAdmin, type TestClient } from '../support/client.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { LetterCase } from '../support/letter-case.ts';
import { joinAs } from '../support/people.ts';

let test: TestInstance;
let admin: TestClient;
let letter: LetterCase;
let projectId: ProjectId;
let taskId: TaskId;
let itemId: ItemId;

beforeAll(async () => {
  test = await startTestInstance();
  admin = await firstAdmin(test);
  letter = await LetterCase.open(test, admin, 'Side by side', {
    ...{ people: 2, wanted: 2 },
    conference: { kind: 'none' },
  });
  ({ projectId, taskId } = letter);
}, 120_000);
afterAll(async () => {
  await test.stop();
});

const documents = () => admin.must(routes.documentsSideBySide, { params: { projectId, taskId } });
const together = (query: { a?: string; b?: string } = {}): Promise<SideBySide> =>
  admin.must(routes.sideBySide, { params: { projectId, taskId, itemId }, query: query });

describe('two annotations side by side', () => {
  it('lists no document before somebody has annotated it', async () => {
    expect(await documents()).toEqual({ rows: [], next: null });
  });

  it('puts the first coder beside what the document brought', async () => {
    await letter.annotate(0, 'inspector');
    const { rows } = await documents();
    expect(rows).toEqual([{ itemId: expect.any(String) as string, name: 'letter', coders: 1 }]);
    itemId = itemIdSchema.parse(rows[0]?.itemId);
    const { sides, compared } = await together();
    expect(sides.map(({ kind }) => kind)).toEqual(['coder', 'reference']);
    expect(compared?.b).toBe('reference');
    expect(compared?.comparison.differences.map(({ kind, phrase }) => [kind, phrase])).toEqual([]);
  });

  it('shows where two coders differ, by their names, without the document’s own chains', async () => {
    await letter.annotate(1, 'new');
    const { content, sides, compared, taskType } = await together();
    expect(taskType).toBe('coreference');
    expect(content).toMatchObject({ kind: 'document', document: { chains: [] } });
    expect(sides.map(({ name }) => name)).toEqual([
      'side-by-side-coder0',
      'side-by-side-coder1',
      'The reference',
    ]);
    expect(compared).toMatchObject({ a: sides[0]?.id, b: sides[1]?.id });
    expect(compared?.comparison.differences.map(({ kind, phrase }) => [kind, phrase])).toEqual([
      ['split-b', 'Inspector Harrow'],
      ['link-a', 'He'],
    ]);
    const turned = await together({ a: sides[1]?.id ?? '', b: sides[0]?.id ?? '' });
    expect(turned.compared?.comparison.differences.map(({ kind }) => kind)).toEqual(['split-a', 'link-b']);
  });

  it('takes what an adjudicator decided for right', async () => {
    const params = { projectId, unitId: letter.he };
    await eventually(
      () => admin.must(routes.unitToAdjudicate, { params }),
      ({ stage }) => stage === 'adjudication',
    );
    const body = { kind: 'decide', answer: { kind: 'new' }, asGold: false, supersedes: null } as const;
    await admin.must(routes.adjudicate, { params, body });
    const { sides } = await together();
    const found = async (a: string | undefined) =>
      (await together({ a: a ?? '', b: 'reference' })).compared?.comparison.differences.map(
        ({ kind }) => kind,
      );
    expect(await found(sides[0]?.id)).toEqual(['split-b', 'link-a']);
    expect(await found(sides[1]?.id)).toEqual([]);
  });

  it('is not for coders, nor for researchers, and not of somebody who is no side', async () => {
    const researcher = await joinAs(test, admin, projectId, 'rita@example.org', 'researcher');
    const path = `/projects/${projectId}/tasks/${taskId}/side-by-side/${itemId}`;
    for (const client of [letter.person(0), researcher]) expect((await client.fetch(path)).status).toBe(404);
    expect((await admin.fetch(`${path}?a=${uuidv7()}`)).status).toBe(404);
    expect((await admin.fetch(path.replace(itemId, uuidv7()))).status).toBe(404);
  });
});
