import { existsSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { routes } from '@casebook/contracts';
import type { AnswerFile, CoderAnswer, JudgementRow, ProjectId, TaskId } from '@casebook/contracts';
import { readDocuments, readEzCoref } from '@casebook/corpora';
import type { ReadDocument } from '@casebook/corpora';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recompute } from '../../apps/api/src/agreement/worker.ts';
import { firstAdmin } from '../support/client.ts';
import type { TestClient } from '../support/client.ts';
import { CONLL, importFile, makeCollection } from '../support/collections.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { joinAs, makeProject } from '../support/people.ts';
import { makeOpenTask } from '../support/tasks.ts';

const EZCOREF = new URL('../../../shared/data/coref/ezcoref/', import.meta.url);
const CHUNK = 'lb_105_persuasion_brat_0/lb_105_persuasion_brat_0_1.json';

let test: TestInstance;
let admin: TestClient;
let anna: TestClient;
let researcher: TestClient;
let projectId: ProjectId;
let taskId: TaskId;
let letter: ReadDocument;

/** A document with answers as our own JSONL holds them. */
function ownLine({ key, name, content }: ReadDocument, answers: readonly CoderAnswer[]): string {
  return `${JSON.stringify({ casebook: 1, key, name, content, answers })}\n`;
}

async function bring(
  task: TaskId,
  fileName: string,
  content: string | Uint8Array<ArrayBuffer>,
  query = '',
): Promise<AnswerFile> {
  const form = new FormData();
  form.append('file', new File([content], fileName));
  const response = await admin.fetch(`/projects/${projectId}/tasks/${task}/answer-files${query}`, {
    method: 'POST',
    body: form,
  });
  const body = (await response.json()) as AnswerFile;
  expect([response.status, response.ok ? '' : JSON.stringify(body)]).toEqual([201, '']);
  return body;
}

const commit = (task: TaskId, file: AnswerFile): Promise<AnswerFile> =>
  admin.must(routes.commitAnswerFile, { params: { projectId, taskId: task, answerFileId: file.id } });

async function rows(query: string): Promise<JudgementRow[]> {
  const text = await (await researcher.fetch(`/projects/${projectId}/judgements?${query}`)).text();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JudgementRow);
}

/** The figures as they are now; the worker would rest between two computations. */
async function figures(task: TaskId) {
  const params = { projectId, taskId: task };
  await recompute(test.instance.services, params);
  const { latest, pending } = await admin.must(routes.agreement, { params });
  expect(pending).toBe(false);
  if (latest === null) throw new Error('there are no figures');
  return latest;
}

beforeAll(async () => {
  test = await startTestInstance();
  admin = await firstAdmin(test);
  projectId = await makeProject(admin);
  anna = await joinAs(test, admin, projectId, 'anna@example.org', 'annotator');
  researcher = await joinAs(test, admin, projectId, 'ruth@example.org', 'researcher');
  ({ taskId } = await makeOpenTask(admin, projectId, 'coreference'));
  for await (const event of readDocuments(Readable.from([Buffer.from(CONLL)]), { fileName: 'letters.conll' }))
    if (event.kind === 'document' && event.document.name.startsWith('letter')) letter = event.document;
}, 120_000);
afterAll(async () => {
  await test.stop();
});

const fresh = { kind: 'new' } as const;
const old = (...antecedents: string[]) => ({ kind: 'old' as const, antecedents });

/** “Inspector Harrow”, “his letter”, “his”, “He”, “it”. */
function answersOf(coder: string, last: CoderAnswer['answer']): CoderAnswer[] {
  const [harrow = '', book = '', his = '', he = '', it = ''] = letter.content.mentions.map(({ id }) => id);
  return [
    { coder, mention: harrow, answer: fresh },
    { coder, mention: book, answer: fresh },
    { coder, mention: his, answer: old(harrow) },
    { coder, mention: he, answer: old(his) },
    { coder, mention: it, answer: last },
  ];
}

describe('people outside the project', () => {
  let file: AnswerFile;
  let line = '';

  it('are read from a file as a dry run, each with what found a unit', async () => {
    const book = letter.content.mentions[1]?.id ?? '';
    line = ownLine(letter, [
      ...answersOf('14', old(book)),
      ...answersOf('3', { kind: 'non-referring' }),
      { coder: '3', mention: book, answer: fresh, validation: 'agrees' },
    ]);
    file = await bring(taskId, 'letters.jsonl', line, '?name=Archive');
    expect(file).toMatchObject({ state: 'understood', format: 'casebook-jsonl', kind: 'human' });
    expect(file.report).toMatchObject({
      coders: [
        { name: 'Archive 3', answers: 5, left: 1 },
        { name: 'Archive 14', answers: 5, left: 0 },
      ],
      answers: 10,
      left: 1,
      refused: 0,
      refusals: [{ file: 'letters.jsonl', line: 1, column: 1 }],
    });
    expect(file.report.refusals[0]?.reason).toContain('agreed or disagreed');
    expect(await rows('')).toEqual([]);
  });

  it('count in agreement, readings and exports once the file is added, and take no place', async () => {
    expect((await commit(taskId, file)).state).toBe('committed');
    expect((await commit(taskId, file)).state).toBe('committed');
    const latest = await figures(taskId);
    expect(latest.judgements).toBe(10);
    expect(latest.views.find(({ id }) => id === 'decision-class')).toMatchObject({ units: 5, ratings: 10 });
    expect(latest.disagreements).toBe(1);

    const coders = await researcher.must(routes.outsideCoders, { params: { projectId } });
    expect(coders.map(({ name, kind }) => [name, kind])).toEqual([
      ['Archive 14', 'human'],
      ['Archive 3', 'human'],
    ]);
    const params = { projectId, taskId };
    const { rows: differing } = await admin.must(routes.disagreements, { params });
    expect(differing[0]?.answers.map(({ coderName }) => coderName)).toEqual(['Archive 14', 'Archive 3']);
    const unit = await admin.must(routes.unit, {
      params: { projectId, unitId: differing[0]?.unitId as never },
    });
    expect(unit.judgements).toHaveLength(2);

    const exported = await rows(`task=${taskId}`);
    expect(exported).toHaveLength(10);
    expect(new Set(exported.map(({ source }) => source))).toEqual(new Set(['outside']));
    const page = await researcher.fetch(`/projects/${projectId}/judgements?limit=4`);
    const next = page.headers.get('x-casebook-next');
    expect(next).toBe(exported[3]?.id);
    expect((await rows(`after=${next ?? ''}`)).map(({ id }) => id)).toEqual(
      exported.slice(4).map(({ id }) => id),
    );
    const conll = await researcher.fetch(`/projects/${projectId}/tasks/${taskId}/export/conll-2012`);
    expect(await conll.text()).toMatch(/He\t.*\(0\)/u);

    const { rows: sections } = await admin.must(routes.sections, { params });
    expect(sections.flatMap(({ leases }) => leases)).toEqual([]);
    expect(await rows(`task=${taskId}&include=superseded`)).toEqual(exported);
  });

  it('are nothing that annotators hear of', async () => {
    const asked = await anna.call(routes.outsideCoders, { params: { projectId } });
    expect(asked.status).toBe(404);
    const claim = await anna.must(routes.claim, { params: { projectId, taskId } });
    expect(JSON.stringify(claim)).not.toContain('Archive');
    expect((await anna.must(routes.project, { params: { projectId } })).counts.judgements).toBe(0);
  });

  it('count once for one file', async () => {
    const again = await bring(taskId, 'the same.jsonl', line, '?name=Archive');
    expect(again.report.remarks[0]).toMatch(/^This very file was added on/u);
    const answer = await admin.call(routes.commitAnswerFile, {
      params: { projectId, taskId, answerFileId: again.id },
    });
    expect(answer.status).toBe(409);
    const params = { projectId, taskId, answerFileId: again.id };
    await admin.must(routes.removeAnswerFile, { params });
  });

  it('are replaced where a later file brings another answer of theirs', async () => {
    const later = await bring(
      taskId,
      'later.jsonl',
      ownLine(letter, answersOf('14', { kind: 'non-referring' }).slice(4)),
      '?name=Archive',
    );
    await commit(taskId, later);
    expect((await figures(taskId)).disagreements).toBe(0);
    expect(await rows(`task=${taskId}`)).toHaveLength(10);
    const all = await rows(`task=${taskId}&include=superseded`);
    expect(all.filter(({ superseded }) => superseded)).toHaveLength(1);
    await admin.must(routes.removeAnswerFile, { params: { projectId, taskId, answerFileId: later.id } });
    expect((await figures(taskId)).disagreements).toBe(1);
  });

  it('give answers that nothing changes or deletes', async () => {
    const database = new pg.Client({ connectionString: test.databaseUrl });
    await database.connect();
    for (const sql of ['DELETE FROM "OutsideJudgement"', `UPDATE "OutsideJudgement" SET "comment" = 'x'`])
      await expect(database.query(sql)).rejects.toThrow('append-only');
    await database.end();
  });

  it('are refused with the place and the reason where text, name or phrase do not fit', async () => {
    const { content } = letter;
    const other = {
      ...letter,
      content: {
        ...content,
        tokens: content.tokens.map((token, at) => (at === 2 ? { ...token, text: 'wrote' } : token)),
      },
    };
    const wrongText = await bring(taskId, 'other.jsonl', ownLine(other, answersOf('14', fresh)));
    expect(wrongText.report.refusals).toMatchObject([
      {
        line: 1,
        reason: `the text is not that of “${letter.name}”: token 3 is “wrote” where the project has “read”`,
      },
    ]);
    const unknown = await bring(
      taskId,
      'x.jsonl',
      ownLine({ ...letter, key: 'x', name: 'x' }, answersOf('14', fresh)),
    );
    expect(unknown.report).toMatchObject({ answers: 0, refused: 1 });
    expect(unknown.report.refusals[0]?.reason).toBe('no document of this task is called “x”');
    const [first] = content.mentions;
    const wider = {
      ...letter,
      content: {
        ...content,
        mentions: [...content.mentions, { id: 'wide', ranges: [[0, 3] as [number, number]] }],
      },
    };
    const widened = await bring(
      taskId,
      'wide.jsonl',
      ownLine(wider, [
        { coder: '5', mention: first?.id ?? '', answer: fresh },
        { coder: '5', mention: 'wide', answer: fresh },
      ]),
    );
    expect(widened.report).toMatchObject({ answers: 1, left: 1 });
    expect(widened.report.refusals[0]?.reason).toContain(
      '“Inspector Harrow read” (tokens 1–3) is no phrase of this task',
    );
    const nothing = await admin.call(routes.commitAnswerFile, {
      params: { projectId, taskId, answerFileId: unknown.id },
    });
    expect(nothing.status).toBe(409);
  });
});

describe('exported judgements', () => {
  it.each(['jsonl', 'csv'] as const)('come into another task as %s', async (format) => {
    const { collectionId } = await admin.must(routes.task, { params: { projectId, taskId } });
    const { taskId: second } = await makeOpenTask(admin, projectId, 'coreference', {
      collectionId,
      name: `Again from ${format}`,
    });
    const text = await (
      await researcher.fetch(`/projects/${projectId}/judgements?task=${taskId}&format=${format}`)
    ).text();
    const file = await bring(second, `judgements.${format}`, text);
    expect(file.report).toMatchObject({ answers: 10, left: 0, refused: 0 });
    await commit(second, file);
    expect((await rows(`task=${second}`)).map(({ act, unitKey }) => [unitKey, act])).toEqual(
      (await rows(`task=${taskId}`)).map(({ act, unitKey }) => [unitKey, act]),
    );
    const own = await bring(taskId, `judgements.${format}`, text);
    expect(own.report).toMatchObject({ answers: 0, refused: 10 });
  });
});

describe('a machine', () => {
  it('is compared with every person and counts nowhere', async () => {
    const params = { projectId, taskId };
    const { latest: before } = await admin.must(routes.agreement, { params });
    if (before === null) throw new Error('there are no figures');
    const clusters = CONLL.replace('He\t(1)', 'He\t(2)');
    const file = await bring(taskId, 'system.conll', clusters, '?kind=machine&name=Rules');
    expect(file.report).toMatchObject({ coders: [{ name: 'Rules', answers: 6 }], refused: 0 });
    await commit(taskId, file);
    const latest = await figures(taskId);
    expect(latest.views.filter(({ id }) => id !== 'machines')).toEqual(before.views);
    expect(latest).toMatchObject({ judgements: before.judgements, disagreements: before.disagreements });
    const compared = latest.views.find(({ id }) => id === 'machines')?.machines ?? [];
    expect(compared).toHaveLength(3);
    expect(compared[0]).toMatchObject({ against: null, units: 5, found: 5 });
    for (const { scores } of compared) {
      expect(scores.map(({ measure }) => measure)).toEqual(['muc', 'bcub', 'ceafe', 'lea', 'conll']);
      for (const { estimate } of scores) expect(estimate.kind).toBe('value');
    }
    const machine = (await rows(`task=${taskId}`)).filter(({ source }) => source === 'machine');
    expect(machine.map(({ coderName }) => coderName)).toEqual(Array.from({ length: 6 }, () => 'Rules'));
    const conll = await researcher.fetch(`/projects/${projectId}/tasks/${taskId}/export/conll-2012`);
    expect(await conll.text()).toMatch(/He\t.*\(0\)/u);

    await admin.must(routes.removeAnswerFile, { params: { projectId, taskId, answerFileId: file.id } });
    expect((await figures(taskId)).views).toEqual(before.views);
  });

  it('may cut its text otherwise, and write clusters as JSON lines', async () => {
    const words = letter.content.tokens.map(({ text }) => text);
    const sentences = [[...words.slice(0, 5), words[5], ...words.slice(6)]];
    const e2e = JSON.stringify({
      doc_key: letter.key,
      sentences,
      clusters: [
        [
          [0, 1],
          [3, 3],
          [6, 6],
        ],
      ],
    });
    const file = await bring(taskId, 'system.jsonl', e2e, '?kind=machine&name=E2E');
    expect(file.report).toMatchObject({ coders: [{ name: 'E2E', answers: 3, left: 0 }] });
    expect(file.report.documents).toEqual([{ name: letter.name, units: 5, answered: 3 }]);
  });
});

describe.skipIf(!existsSync(EZCOREF))('ezCoref’s annotators (skipped where the corpus is absent)', () => {
  it('enter a task over the chunk, as a converted file or as their own', async () => {
    const bytes = (folder: string) => Readable.from([readFileSync(new URL(`${folder}/${CHUNK}`, EZCOREF))]);
    const key = 'lb_105_persuasion_brat_0_1';
    let chunk: ReadDocument | undefined;
    for await (const event of readEzCoref(
      { fileName: 'gold.json', bytes: bytes('gold_data') },
      { fileName: 'coders.json', bytes: bytes('annotations') },
      { key },
    ))
      if (event.kind === 'document') chunk = event.document;
    if (chunk === undefined) throw new Error('the chunk was not read');
    const answers = chunk.answers ?? [];
    const converted = ownLine(chunk, answers);
    const collectionId = await makeCollection(admin, projectId, 'documents', 'ezCoref');
    await importFile(admin, projectId, collectionId, `${key}.jsonl`, converted);
    const { taskId: chunkTask } = await makeOpenTask(admin, projectId, 'coreference', { collectionId });

    const file = await bring(chunkTask, `${key}.jsonl`, converted, '?name=Persuasion');
    expect(file.report).toMatchObject({ answers: answers.length, left: 0, refused: 0 });
    const raw = await bring(
      chunkTask,
      `${key}.json`,
      new Uint8Array(readFileSync(new URL(`annotations/${CHUNK}`, EZCOREF))),
      '?name=Persuasion',
    );
    expect(raw.format).toBe('ezcoref');
    expect(raw.report.coders).toEqual(file.report.coders);
    await commit(chunkTask, raw);
    const { views, judgements } = await figures(chunkTask);
    expect(judgements).toBe(answers.length);
    expect(views[0]?.coders).toHaveLength(file.report.coders.length);
  });
});
