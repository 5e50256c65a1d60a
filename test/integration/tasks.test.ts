import { existsSync, readFileSync } from 'node:fs';
import { memberIdSchema, routes, taskSchema } from '@casebook/contracts';
import type { CollectionId, MakeTask, MemberId, ProjectId, TaskId } from '@casebook/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planTask } from '../../apps/api/src/tasks/planning/plan.ts';
import { firstAdmin } from '../support/client.ts';
import type { TestClient } from '../support/client.ts';
import { CONLL, eventually, importFile, makeCollection, PAIRS } from '../support/collections.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { joinAs, makeProject, memberIdOf } from '../support/people.ts';
import { makeOpenTask, makePlannedTask, taskWish } from '../support/tasks.ts';

const LITBANK = new URL(
  '../../../shared/data/coref/litbank/conll/1064_the_masque_of_the_red_death.conll',
  import.meta.url,
);

let test: TestInstance;
let admin: TestClient;
let anna: TestClient;
let annaId: MemberId;
let projectId: ProjectId;
let documents: CollectionId;
let pairs: CollectionId;
beforeAll(async () => {
  test = await startTestInstance();
  admin = await firstAdmin(test);
  projectId = await makeProject(admin);
  anna = await joinAs(test, admin, projectId, 'anna@example.org', 'annotator');
  annaId = memberIdSchema.parse(await memberIdOf(admin, projectId, 'anna@example.org'));
  documents = await makeCollection(admin, projectId, 'documents');
  await importFile(admin, projectId, documents, 'letters.conll', CONLL);
  pairs = await makeCollection(admin, projectId, 'word-pairs');
  await importFile(admin, projectId, pairs, 'pairs.csv', PAIRS);
});
afterAll(async () => {
  await test.stop();
});

function change(taskId: TaskId, state: 'open' | 'paused' | 'closed' | 'archived') {
  return admin.call(routes.changeTask, { params: { projectId, taskId }, body: { state } });
}

function sectionsOf(taskId: TaskId) {
  return admin.must(routes.sections, { params: { projectId, taskId } });
}

describe('a task', () => {
  it('is told of to those who watch when it is planned', async () => {
    const { prisma } = test.instance.services.database;
    const { id } = await makePlannedTask(admin, projectId, taskWish('coreference', documents));
    await prisma.task.update({ where: { projectId_id: { projectId, id } }, data: { planned: false } });
    const over = new AbortController();
    const response = await admin.fetch(`/projects/${projectId}/events`, { signal: over.signal });
    if (response.body === null) throw new Error('the stream has no body');
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let told = '';
    const until = async (expected: string) => {
      while (!told.includes(expected)) {
        const { done, value } = await reader.read();
        if (done) throw new Error(`the stream ended with ${told}`);
        told += value;
      }
    };
    await until('event: watching\n');
    expect(told).not.toContain('progress');
    await prisma.task.update({ where: { projectId_id: { projectId, id } }, data: { planned: true } });
    const since = performance.now();
    await until(`event: progress\ndata: {"taskId":"${id}"}\n`);
    expect(performance.now() - since).toBeLessThan(5_000);
    over.abort();
  });

  it('is planned over its collection as its type says, with gold where the source has it', async () => {
    const task = await makePlannedTask(admin, projectId, taskWish('coreference', documents));
    expect(taskSchema.parse(task)).toEqual(task);
    expect(task).toMatchObject({
      state: 'draft',
      collectionName: 'documents',
      contractVersion: 3,
      seed: 1,
      coders: { kind: 'whoever-comes' },
      counts: {
        ...{ sections: 2, units: 6, complete: 0, judgements: 0, validations: 0 },
        stages: { annotation: 2, validation: 0, adjudication: 0, closed: 0 },
      },
    });
    const { rows } = await sectionsOf(task.id);
    expect(rows.map(({ name, units, wanted }) => [name, units, wanted])).toEqual([
      ['letter', 5, 2],
      ['note', 1, 2],
    ]);
    const units = await test.instance.services.database.prisma.unit.findMany({
      where: { taskId: task.id },
      include: { gold: true },
      orderBy: [{ section: { position: 'asc' } }, { position: 'asc' }],
    });
    expect(units.map(({ reading, label }) => [reading, label])).toEqual([
      [0, expect.stringContaining('Inspector Harrow')],
      [1, expect.stringContaining('his letter')],
      [2, expect.stringContaining('his')],
      [3, expect.stringContaining('He')],
      [4, expect.stringContaining('it')],
      [0, expect.stringContaining('Nobody')],
    ]);
    expect(units.map(({ gold }) => gold?.answer)).toMatchObject([
      { kind: 'new' },
      { kind: 'new' },
      { kind: 'old', antecedents: [units[0]?.key] },
      { kind: 'old', antecedents: [units[2]?.key] },
      { kind: 'old', antecedents: [units[1]?.key] },
      { kind: 'new' },
    ]);
  });

  it('with the same seed is shuffled the same, and its order is that of the plan', async () => {
    const wish = { order: 'shuffled', seed: 7 } as const;
    const orders: string[][] = [];
    for (const changes of [wish, wish, { ...wish, seed: 8 }]) {
      const { id } = await makePlannedTask(admin, projectId, taskWish('similarity-rating', pairs, changes));
      const units = await test.instance.services.database.prisma.unit.findMany({
        where: { taskId: id },
        orderBy: [{ section: { position: 'asc' } }, { position: 'asc' }],
      });
      orders.push(units.map(({ label }) => label));
    }
    expect(orders[0]).toEqual(orders[1]);
    expect(orders[0]).not.toEqual(orders[2]);
    expect([...(orders[0] ?? [])].sort()).toEqual([...(orders[2] ?? [])].sort());
  });

  it('over tuples says how even its design is, counted from the units that are there', async () => {
    const many = await makeCollection(admin, projectId, 'word-pairs', 'Forty pairs');
    const lines = Array.from({ length: 40 }, (_, pair) => `word${pair},other${pair}`);
    await importFile(admin, projectId, many, 'many.csv', `word1,word2\n${lines.join('\n')}\n`);
    const { id: taskId } = await makePlannedTask(admin, projectId, taskWish('best-worst', many));
    const params = { projectId, taskId };
    expect(await admin.must(routes.taskDesign, { params })).toEqual({
      ...{ units: 80, items: 40, appearances: { fewest: 8, most: 8 } },
      ...{ mostTogether: 1, leastPossible: 1, together: 80 * 6, repeated: 0, alike: 0 },
    });
    const { prisma } = test.instance.services.database;
    await prisma.unit.deleteMany({ where: { taskId, key: 'tuple-1' } });
    expect(await admin.must(routes.taskDesign, { params })).toMatchObject({
      ...{ units: 79, appearances: { fewest: 7, most: 8 }, together: 79 * 6 },
    });
  });

  it('over fewer pairs than stand in a tuple can’t be planned, and says so', async () => {
    const few = await makeCollection(admin, projectId, 'word-pairs', 'Few pairs');
    await importFile(admin, projectId, few, 'few.csv', 'word1,word2\ncoast,shore\nold,new\n');
    const made = await admin.must(routes.makeTask, {
      params: { projectId },
      body: taskWish('best-worst', few),
    });
    const params = { projectId, taskId: made.id };
    const task = await eventually(
      () => admin.must(routes.task, { params }),
      ({ planFailure }) => planFailure !== null,
    );
    expect(task).toMatchObject({ planned: false });
    expect(task.planFailure).toMatch(/^A tuple takes 4 pairs, and there are 2 in this collection/u);
    const opened = await admin.call(routes.changeTask, { params, body: { state: 'open' } });
    expect(opened).toMatchObject({ ok: false, status: 409 });
  });

  it.each([
    ['a type that nobody knows', { type: 'sudoku' }, 'type'],
    ['a collection of the other kind', { type: 'similarity-rating' }, 'collectionId'],
    [
      'a protocol that does not fit',
      { protocol: { section: { kind: 'paragraphs', markables: 1 } } },
      'protocol.section.markables',
    ],
    [
      'somebody who is not of the project',
      {
        coders: {
          kind: 'named',
          named: [{ memberId: '01890000-0000-7000-8000-000000000000', deadline: null }],
        },
      },
      'coders.named.0.memberId',
    ],
  ])('with %s is refused with 422 and the field', async (_name, changes, field) => {
    const wish = { ...taskWish('coreference', documents), ...changes } as MakeTask;
    const answer = await admin.call(routes.makeTask, { params: { projectId }, body: wish });
    if (answer.ok) throw new Error('this should have been refused');
    expect(answer.status).toBe(422);
    expect(answer.problem.fields?.[0]?.path).toBe(field);
    expect(answer.problem.detail.startsWith(`${field}: `)).toBe(true);
  });

  it('over a collection of another project is refused', async () => {
    const elsewhere = await makeProject(admin, 'Elsewhere');
    const answer = await admin.call(routes.makeTask, {
      params: { projectId: elsewhere },
      body: taskWish('coreference', documents),
    });
    expect(answer.status).toBe(422);
  });
});

describe('the states of a task', () => {
  it('lead from draft over open, paused and closed to the archive, each step in the audit', async () => {
    const { taskId } = await makeOpenTask(admin, projectId, 'coreference', { collectionId: documents });
    const statuses: number[] = [];
    for (const state of ['paused', 'open', 'open', 'archived', 'closed', 'open', 'archived'] as const)
      statuses.push((await change(taskId, state)).status);
    expect(statuses).toEqual([200, 200, 200, 409, 200, 409, 200]);
    const { rows } = await admin.must(routes.audit, { params: { projectId } });
    const steps = rows
      .filter(({ action, subject }) => action === 'task.changed' && subject['taskId'] === taskId)
      .map(({ subject }) => subject['to']);
    expect(steps.reverse()).toEqual(['open', 'paused', 'open', 'closed', 'archived']);
  });

  it('do not begin with nothing to judge', async () => {
    const empty = await makeCollection(admin, projectId, 'documents', 'empty');
    const task = await makePlannedTask(admin, projectId, taskWish('coreference', empty));
    const answer = await change(task.id, 'open');
    expect(answer.ok ? '' : answer.problem.type).toBe('urn:casebook:no-units');
  });

  it('are the manager’s to change; annotators don’t see tasks, researchers do', async () => {
    const { taskId } = await makeOpenTask(admin, projectId, 'coreference', { collectionId: documents });
    const ruth = await joinAs(test, admin, projectId, 'ruth@example.org', 'researcher');
    const params = { projectId, taskId };
    expect((await anna.call(routes.task, { params })).status).toBe(404);
    expect((await anna.call(routes.sections, { params })).status).toBe(404);
    expect((await ruth.call(routes.task, { params })).status).toBe(200);
    expect((await ruth.call(routes.changeTask, { params, body: { state: 'closed' } })).status).toBe(403);
  });
});

describe('a section given to a coder', () => {
  it('is theirs with its deadline, and names them in a task for named coders', async () => {
    const ben = await joinAs(test, admin, projectId, 'ben@example.org', 'annotator');
    const benId = memberIdSchema.parse(await memberIdOf(admin, projectId, 'ben@example.org'));
    const { taskId } = await makeOpenTask(admin, projectId, 'coreference', {
      collectionId: documents,
      wanted: 1,
      coders: { kind: 'named', named: [{ memberId: annaId, deadline: null }] },
    });
    expect((await ben.call(routes.claim, { params: { projectId, taskId } })).status).toBe(404);
    const [, note] = (await sectionsOf(taskId)).rows;
    if (note === undefined) throw new Error('two sections were expected');
    const deadline = new Date(Date.now() + 5 * 86_400_000).toISOString();
    const gift = { sectionId: note.id, memberId: benId, deadline };
    await admin.must(routes.giveLease, { params: { projectId, taskId }, body: gift });
    const claim = await ben.must(routes.claim, { params: { projectId, taskId } });
    expect(claim).toMatchObject({ kind: 'lease', lease: { section: { name: 'note' }, deadline } });
    const again = await admin.call(routes.giveLease, {
      params: { projectId, taskId },
      body: { ...gift, memberId: annaId },
    });
    expect(again.status).toBe(409);
    const task = await admin.must(routes.task, { params: { projectId, taskId } });
    expect(task.coders).toEqual({
      kind: 'named',
      named: [
        { memberId: annaId, deadline: null },
        { memberId: benId, deadline },
      ],
    });
  });

  it('can be taken back once, and is then free for others', async () => {
    const { taskId } = await makeOpenTask(admin, projectId, 'similarity-rating', {
      collectionId: pairs,
      wanted: 1,
    });
    const claim = await anna.must(routes.claim, { params: { projectId, taskId } });
    if (claim.kind !== 'lease') throw new Error('a section was expected');
    const [before] = (await sectionsOf(taskId)).rows;
    expect(before?.leases).toMatchObject([{ coder: 'anna', state: 'active', judged: 0 }]);
    const params = { projectId, leaseId: claim.lease.id };
    expect((await anna.call(routes.reclaimLease, { params })).status).toBe(403);
    await admin.must(routes.reclaimLease, { params });
    expect((await admin.call(routes.reclaimLease, { params })).status).toBe(409);
    const [after] = (await sectionsOf(taskId)).rows;
    expect(after?.leases).toMatchObject([{ coder: 'anna', state: 'reclaimed' }]);
  });

  it('is refused for a past deadline, a stranger, and a section of another task', async () => {
    const { taskId } = await makeOpenTask(admin, projectId, 'coreference', { collectionId: documents });
    const other = await makeOpenTask(admin, projectId, 'coreference', { collectionId: documents });
    const [section] = (await sectionsOf(taskId)).rows;
    const [foreign] = (await sectionsOf(other.taskId)).rows;
    if (section === undefined || foreign === undefined) throw new Error('sections were expected');
    const params = { projectId, taskId };
    const gift = { sectionId: section.id, memberId: annaId, deadline: null };
    const statuses = await Promise.all(
      [
        { ...gift, deadline: '2020-01-01T00:00:00.000Z' },
        { ...gift, memberId: memberIdSchema.parse('01890000-0000-7000-8000-000000000000') },
        { ...gift, sectionId: foreign.id },
      ].map(async (body) => (await admin.call(routes.giveLease, { params, body })).status),
    );
    expect(statuses).toEqual([422, 422, 404]);
  });
});

describe('planning', () => {
  it('that was cut off leaves nothing, and is done from the beginning by whoever comes next', async () => {
    const task = await makePlannedTask(admin, projectId, taskWish('coreference', documents));
    const { prisma } = test.instance.services.database;
    // As if the process that made it had died before it planned: nothing of a plan, and no mark of one.
    await prisma.gold.deleteMany({ where: { unit: { taskId: task.id } } });
    await prisma.unit.deleteMany({ where: { taskId: task.id } });
    await prisma.section.deleteMany({ where: { taskId: task.id } });
    await prisma.task.update({
      where: { projectId_id: { projectId, id: task.id } },
      data: { planned: false },
    });
    const key = { projectId, taskId: task.id };
    await Promise.all([planTask(test.instance.services, key), planTask(test.instance.services, key)]);
    await planTask(test.instance.services, key);
    const planned = await admin.must(routes.task, { params: key });
    expect(planned).toMatchObject({ planned: true, counts: { sections: 2, units: 6 } });
  });

  it.skipIf(!existsSync(LITBANK))(
    'cuts a novel at its paragraphs (skipped without the corpora)',
    async () => {
      const novels = await makeCollection(admin, projectId, 'documents', 'novels');
      const content = new Uint8Array(readFileSync(LITBANK));
      const { counts } = await importFile(admin, projectId, novels, 'masque.conll', content);
      const task = await makePlannedTask(admin, projectId, taskWish('coreference', novels));
      expect(task.counts).toMatchObject({ sections: 1, units: counts.markables });
      const gold = await test.instance.services.database.prisma.gold.count({
        where: { unit: { taskId: task.id } },
      });
      expect(gold).toBe(counts.markables);
    },
  );

  it('of 20,000 pairs takes seconds', async () => {
    const many = await makeCollection(admin, projectId, 'word-pairs', 'many');
    const rows = Array.from({ length: 20_000 }, (_, index) => `left${index},right${index},${index % 10}\n`);
    await importFile(admin, projectId, many, 'many.csv', `word1,word2,gold\n${rows.join('')}`);
    const begun = performance.now();
    const wish = taskWish('similarity-rating', many, { order: 'shuffled' });
    const task = await makePlannedTask(admin, projectId, wish);
    const took = performance.now() - begun;
    console.info(`20,000 units: planned in ${Math.round(took)} ms`);
    expect(task.counts).toMatchObject({ units: 20_000, sections: 1_000 });
    const page = await admin.must(routes.sections, {
      params: { projectId, taskId: task.id },
      query: { limit: 2, cursor: '997' },
    });
    expect(page).toMatchObject({ rows: [{ position: 998 }, { position: 999 }], next: null });
    // Seconds on an idle machine; what must not come back is a plan that reads all rows for each.
    expect(took).toBeLessThan(120_000);
  }, 300_000);
});
