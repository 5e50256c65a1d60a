import { memberIdSchema, routes, submissionIdSchema } from '@casebook/contracts';
import type { Lease, MemberId, ProjectId, TaskId } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstAdmin, type TestClient } from '../support/client.ts';
import { eventually } from '../support/collections.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { joinAs, makeProject, memberIdOf } from '../support/people.ts';
import { makeOpenTask } from '../support/tasks.ts';

let test: TestInstance;
let admin: TestClient;
let anna: TestClient;
let ben: TestClient;
let annaId: MemberId;
let projectId: ProjectId;
let taskId: TaskId;
/** Anna’s latest save. */
let latest: string | undefined;
let letters: ReadonlyMap<TestClient, Lease['units'][number]>;

const START = { kind: 'text' };

async function leaseOf(client: TestClient): Promise<Lease> {
  const claim = await client.must(routes.claim, { params: { projectId, taskId } });
  if (claim.kind !== 'lease') throw new Error('a section was expected');
  return claim.lease;
}

/** Gives an answer; the server’s own. */
async function give(
  client: TestClient,
  answer: unknown,
  supersedes?: string,
): Promise<{ submissionId: string; status: number; body: { detail?: string } }> {
  const submissionId = uuidv7();
  const response = await client.fetch(`/projects/${projectId}/tasks/${taskId}/judgements`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      submissionId: submissionIdSchema.parse(submissionId),
      unitId: letters.get(client)?.id,
      act: { kind: 'answer', answer },
      elapsedMs: 2000,
      ...(supersedes === undefined ? {} : { supersedes }),
    }),
  });
  const body = (await response.json()) as { detail?: string };
  return { submissionId, status: response.status, body };
}

const pass = (entries: readonly unknown[]) => ({ kind: 'document', start: START, entries });
const make = (mention: string, ...ranges: readonly (readonly [number, number])[]) => ({
  kind: 'make-mention',
  mention,
  ranges,
});
const open = (entity: string, ...mentions: string[]) => ({
  kind: 'open-entity',
  entity,
  mentions,
  antecedents: [],
});

/** Inspector Harrow read his letter . He burned it . */
const HARROW = [
  make('a', [0, 2]),
  open('A', 'a'),
  make('b', [6, 7]),
  { kind: 'link', mention: 'b', entity: 'A' },
];
const LETTER = [make('c', [3, 5]), make('d', [8, 9]), open('C', 'c', 'd')];

beforeAll(async () => {
  test = await startTestInstance();
  admin = await firstAdmin(test);
  projectId = await makeProject(admin);
  anna = await joinAs(test, admin, projectId, 'anna@example.org', 'annotator');
  annaId = memberIdSchema.parse(await memberIdOf(admin, projectId, 'anna@example.org'));
  ben = await joinAs(test, admin, projectId, 'ben@example.org', 'annotator');
  const protocol = { section: { kind: 'document' }, pass: { kind: 'document', start: START } };
  ({ taskId } = await makeOpenTask(admin, projectId, 'coreference', { protocol }));
}, 120_000);
afterAll(async () => {
  await test.stop();
});

describe('a task over whole documents', () => {
  it('makes one unit of each document, and gives nothing of its chains', async () => {
    const leases = [await leaseOf(anna), await leaseOf(ben)] as const;
    for (const { units, items } of leases) {
      expect(units.map(({ key, content }) => [key, content])).toEqual([
        [
          'the whole document',
          { kind: 'document', name: 'letter', tokens: 10, start: START, mentions: [], chains: [] },
        ],
      ]);
      expect(items[0]?.content).toMatchObject({ document: { chains: [] } });
    }
    letters = new Map(
      leases.flatMap(({ units: [unit] }, place) =>
        unit === undefined ? [] : [[place === 0 ? anna : ben, unit] as const],
      ),
    );
  });

  it('refuses a log that cannot be replayed, and says which entry and why', async () => {
    const { status, body } = await give(anna, pass([...HARROW, make('z', [8, 12])]));
    expect(status).toBe(422);
    expect(body.detail).toContain('entry 5 of its log cannot be done');
    expect(body.detail).toContain('the text ends after token 10');
  });

  it('refuses answers to phrases, and a log that begins elsewhere', async () => {
    expect((await give(anna, { kind: 'new' })).status).toBe(422);
    const elsewhere = await give(anna, { ...pass(HARROW), start: { kind: 'mentions' } });
    expect(elsewhere.body.detail).toContain('begins from something else');
  });

  it('keeps a log of several days, and of two windows that go on from one log only the first', async () => {
    const to = { kind: 'set-head', mention: 'a', head: 1 };
    const days = [...HARROW, ...Array.from({ length: 30_000 }, () => [to, { kind: 'undo' }]).flat()];
    expect(JSON.stringify(days).length).toBeGreaterThan(1_700_000);
    const began = await give(anna, pass(days));
    expect(began.status).toBe(200);
    const one = await give(anna, pass([...days, to]), began.submissionId);
    const other = await give(anna, pass([...days, make('z', [9, 10])]), began.submissionId);
    expect([one.status, other.status]).toEqual([200, 409]);
    const { judgements } = await leaseOf(anna);
    expect(judgements.map(({ act }) => act)).toEqual([{ kind: 'answer', answer: pass([...days, to]) }]);
    latest = one.submissionId;
  });

  it('keeps the log as it grows, each save in the place of the one before', async () => {
    const first = await give(anna, pass(HARROW), latest);
    expect(first.status).toBe(200);
    const second = await give(anna, pass([...HARROW, ...LETTER]), first.submissionId);
    expect(second.status).toBe(200);
    const lease = await leaseOf(anna);
    expect(lease.judgements.map(({ act }) => act)).toEqual([
      { kind: 'answer', answer: pass([...HARROW, ...LETTER]) },
    ]);
    await anna.must(routes.finishLease, { params: { projectId, leaseId: lease.id } });
    // Ben has the same under other names, but takes “it” for nothing.
    const he = [make('x', [0, 2]), make('y', [6, 7]), open('X', 'x', 'y')];
    const it = [
      make('l', [3, 5]),
      open('L', 'l'),
      make('i', [8, 9]),
      { kind: 'mark-non-referring', mention: 'i' },
    ];
    expect((await give(ben, pass([...he, ...it]))).status).toBe(200);
  });

  it('is compared phrase by phrase', async () => {
    const { latest } = await eventually(
      () => admin.must(routes.agreement, { params: { projectId, taskId } }),
      (answer) => answer.latest !== null && !answer.pending,
    );
    const kinds = latest?.views.find(({ id }) => id === 'decision-class');
    expect(kinds).toMatchObject({ units: 4, ratings: 8 });
    expect(kinds?.coders).toContain(annaId);
    // Three of four phrases are said to be of the same kind.
    expect(kinds?.measures.find(({ id }) => id === 'percent-agreement')?.estimate).toMatchObject({
      kind: 'value',
      value: 0.75,
    });
    expect(kinds?.confusion?.counts).toEqual([
      [2, 0, 0, 0],
      [0, 1, 0, 1],
      [0, 0, 0, 0],
      [0, 1, 0, 0],
    ]);
    // Both marked the same four phrases; Ben’s three of them name something, and so do Anna’s four.
    const figure = (view: string, measure: string) =>
      latest?.views.find(({ id }) => id === view)?.measures.find(({ id }) => id === measure)?.estimate;
    expect(figure('spans', 'span-f1')).toMatchObject({ value: 1, units: 4, ratings: 8, interval: null });
    expect(figure('spans', 'alpha-u')).toMatchObject({ value: 1 });
    expect(figure('scores', 'mentions')).toMatchObject({ kind: 'value', value: 6 / 7 });
    // Anna’s links are two, Ben’s one of these.
    expect(figure('scores', 'muc')).toMatchObject({
      value: 2 / 3,
      whyNoInterval: expect.stringContaining('only one document') as string,
    });
    const { rows } = await admin.must(routes.disagreements, { params: { projectId, taskId } });
    expect(rows).toMatchObject([{ label: 'letter', disagreement: 0.25 }]);
    expect(rows[0]?.answers.map(({ answer }) => answer).sort()).toEqual([
      'annotated the whole document in 7 steps',
      'annotated the whole document in 7 steps',
    ]);
  });

  it('is exported as chains, over the phrases that the coders made', async () => {
    const response = await admin.fetch(`/projects/${projectId}/tasks/${taskId}/export/conll-2012`);
    expect(response.status).toBe(200);
    // Of two readings with one supporter each the first by key counts: “it” names nothing.
    const columns = (await response.text())
      .split('\n')
      .slice(0, 13)
      .filter((line) => /^letter\s/u.test(line))
      .map((line) => line.split(/\s+/u).at(-1));
    expect(columns.map((column) => column?.replaceAll(/\d+/gu, ''))).toEqual([
      '(',
      ')',
      '-',
      '(',
      ')',
      '-',
      '()',
      '-',
      '-',
      '-',
    ]);
    const [harrow, letter, he] = [columns[0], columns[3], columns[6]].map(
      (column) => /\d+/u.exec(column ?? '')?.[0],
    );
    expect(he).toBe(harrow);
    expect(letter).not.toBe(harrow);
  });
});
