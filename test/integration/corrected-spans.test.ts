import { routes, submissionIdSchema } from '@casebook/contracts';
import type { AnswerFile, JudgementRow, Lease, TaskId } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstAdmin, type TestClient } from '../support/client.ts';
import { eventually } from '../support/collections.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { LetterCase } from '../support/letter-case.ts';
import { joinAs } from '../support/people.ts';
import { makeOpenTask } from '../support/tasks.ts';

/** Two annotate “Inspector Harrow read his letter . He burned it”; one says that the first phrase is “Harrow” alone. */

let test: TestInstance;
let admin: TestClient;
let letter: LetterCase;
let manager: TestClient;
let collectionId: string;

const NEW = { kind: 'new' };
const HARROW = { ranges: [[10, 16]], text: 'Harrow' };

beforeAll(async () => {
  test = await startTestInstance();
  admin = await firstAdmin(test);
  letter = await LetterCase.open(test, admin, 'Borders', {
    ...{ people: 2, wanted: 2, conference: { kind: 'none' } },
  });
  manager = await joinAs(test, admin, letter.projectId, 'manager@example.org', 'manager');
  const task = await manager.must(routes.task, {
    params: { projectId: letter.projectId, taskId: letter.taskId },
  });
  ({ collectionId } = task);
}, 120_000);
afterAll(async () => {
  await test.stop();
});

async function lease(index: number): Promise<Lease> {
  const { projectId, taskId } = letter;
  const claimed = await letter.person(index).must(routes.claim, { params: { projectId, taskId } });
  if (claimed.kind !== 'lease') throw new Error('a section was expected');
  return claimed.lease;
}

async function answer(index: number, { units }: Lease, place: number, given: unknown) {
  const { projectId, taskId } = letter;
  const unit = units[place];
  if (unit === undefined) throw new Error('a unit was expected');
  return letter.person(index).call(routes.submit, {
    params: { projectId, taskId },
    body: {
      submissionId: submissionIdSchema.parse(uuidv7()),
      unitId: unit.id,
      act: { kind: 'answer', answer: given as never },
      elapsedMs: 900,
    },
  });
}

async function judgements(
  taskId: TaskId,
  path = 'judgements',
): Promise<{ text: string; rows: JudgementRow[] }> {
  const response = await admin.fetch(`/projects/${letter.projectId}/${path}?task=${taskId}`);
  const text = await response.text();
  return {
    text,
    rows: text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as JudgementRow),
  };
}

function spansOf(rows: readonly JudgementRow[]): unknown[] {
  return rows.flatMap(({ act }) => {
    const span = act.kind === 'answer' ? (act.answer as { span?: unknown }).span : undefined;
    return span === undefined ? [] : [span];
  });
}

async function conll(): Promise<string> {
  const path = `/projects/${letter.projectId}/tasks/${letter.taskId}/export/conll-2012`;
  const response = await admin.fetch(path);
  const text = await response.text();
  return text
    .split('\n')
    .slice(1, 3)
    .map((line) => line.split('\t').at(-1))
    .join(' ');
}

describe('borders that an annotator corrects', () => {
  it('are checked in the text that the phrase stands in', async () => {
    const held = await lease(0);
    letter.units = held.units;
    const refused = async (ranges: number[][], text: string): Promise<unknown> => {
      const told = await answer(0, held, 0, { ...NEW, span: { ranges, text } });
      return told.ok ? 'taken' : told.problem.detail;
    };
    expect(await refused([[0, 16]], 'Inspector Harrow')).toContain('has already');
    expect(await refused([[12, 16]], 'rrow')).toContain('inside one');
    expect(await refused([[10, 16]], 'Watson')).toContain('“Harrow”');
    expect(await refused([[10, 9000]], 'Harrow')).toContain('leave the paragraph');
  });

  it('are kept with the answer, and make no two coders differ who name one entity', async () => {
    for (const index of [0, 1]) {
      const held = await lease(index);
      const old = (place: number) => ({ kind: 'old', antecedents: [held.units[place]?.key ?? ''] });
      const first = index === 0 ? { ...NEW, span: HARROW } : NEW;
      for (const [place, given] of [first, NEW, old(0), old(2), old(1)].entries())
        expect((await answer(index, held, place, given)).ok).toBe(true);
      await letter.person(index).must(routes.finishLease, {
        params: { projectId: letter.projectId, leaseId: held.id },
      });
    }
    const { rows } = await judgements(letter.taskId);
    expect(spansOf(rows)).toEqual([HARROW]);
    const unit = await eventually(
      () =>
        manager.must(routes.unitToAdjudicate, {
          params: { projectId: letter.projectId, unitId: letter.unitId(0) },
        }),
      ({ state }) => state !== null,
    );
    expect(unit.state).toBe('agreed');
    expect(unit.readings).toHaveLength(1);
  });

  it('are in an export of the majority once the bench adopts them, and no longer when it is reopened', async () => {
    expect(await conll()).toBe('(0 0)');
    const params = { projectId: letter.projectId, unitId: letter.unitId(0) };
    const bench = async (filter: 'corrected' | 'disputed') =>
      (
        await manager.must(routes.bench, {
          params: { projectId: letter.projectId, taskId: letter.taskId },
          query: { filter, limit: 10 },
        })
      ).rows.map(({ unitId }) => unitId);
    expect(await bench('disputed')).toEqual([]);
    expect(await bench('corrected')).toEqual([letter.unitId(0)]);
    const undecided = await manager.must(routes.unitToAdjudicate, { params });
    expect(undecided.corrections).toEqual({
      ...{ left: 1, property: 'span' },
      proposed: [{ correction: HARROW, words: '“Harrow”', coders: 1, supporters: null }],
    });
    const { id } = await manager.must(routes.adjudicate, {
      params,
      body: {
        ...{ kind: 'decide', asGold: false, supersedes: null, reason: 'A title is no part of the name.' },
        answer: { ...NEW, span: HARROW } as never,
      },
    });
    expect(await conll()).toBe('- (0)');
    expect(await bench('corrected')).toEqual([]);
    const { history, corrections } = await manager.must(routes.unitToAdjudicate, { params });
    expect(history[0]).toMatchObject({ reason: 'A title is no part of the name.' });
    expect(corrections?.proposed[0]?.supporters).toHaveLength(1);
    expect(history[0]?.answers[0]?.words).toContain('“Harrow”');
    await manager.must(routes.adjudicate, { params, body: { kind: 'reopen', supersedes: id } });
    expect(await conll()).toBe('(0 0)');
  });

  it('come back by import of the judgements, and are left out where the task takes none', async () => {
    const { text } = await judgements(letter.taskId);
    const protocol = { section: { kind: 'document' }, pass: { kind: 'steps' }, conference: { kind: 'none' } };
    const brought = async (corrections: string): Promise<{ file: AnswerFile; rows: JudgementRow[] }> => {
      const { taskId } = await makeOpenTask(admin, letter.projectId, 'coreference', {
        ...{ name: corrections, collectionId: collectionId as never },
        protocol: { ...protocol, corrections },
      });
      const form = new FormData();
      form.append('file', new File([text], 'judgements.jsonl'));
      const response = await admin.fetch(`/projects/${letter.projectId}/tasks/${taskId}/answer-files`, {
        ...{ method: 'POST', body: form },
      });
      const file = (await response.json()) as AnswerFile;
      await admin.must(routes.commitAnswerFile, {
        params: { projectId: letter.projectId, taskId, answerFileId: file.id },
      });
      return { file, rows: (await judgements(taskId)).rows };
    };
    const taken = await brought('tokens');
    expect(taken.file.report).toMatchObject({ answers: 10, left: 0 });
    expect(spansOf(taken.rows)).toEqual([HARROW]);
    const without = await brought('none');
    expect(without.file.report).toMatchObject({ answers: 9, left: 1 });
    expect(without.file.report.refusals[0]?.reason).toContain('not corrected');
  });
});
