import type { JudgementRow, ReadingRow, ValidationRow } from '@casebook/contracts';
import { judgementRowSchema, readingRowSchema, routes, validationRowSchema } from '@casebook/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';
import { firstAdmin, type TestClient } from '../support/client.ts';
import { eventually } from '../support/collections.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { LetterCase } from '../support/letter-case.ts';
import { joinAs } from '../support/people.ts';

/** Three annotate a letter; two take its fourth phrase, “He”, for somebody new, and two validators side with the third. */

let test: TestInstance;
let letter: LetterCase;
let manager: TestClient;

const stateOf = async (): Promise<string | null> =>
  (
    await manager.must(routes.unitToAdjudicate, {
      params: { projectId: letter.projectId, unitId: letter.he },
    })
  ).state;

beforeAll(async () => {
  test = await startTestInstance();
  const admin = await firstAdmin(test);
  letter = await LetterCase.open(test, admin, 'Readings taken out', {
    people: 5,
    wanted: 3,
    conference: { kind: 'conference', validations: 2, cap: 2, certainty: 0.85 },
  });
  manager = await joinAs(test, admin, letter.projectId, 'readings-manager@example.org', 'manager');
  await letter.annotate(0, 'new');
  await letter.annotate(1, 'new');
  await letter.annotate(2, 'inspector');
  await eventually(stateOf, (state) => state === 'disputed');
  await letter.validate(3, 'old');
  await letter.validate(4, 'old');
  await eventually(stateOf, (state) => state === 'settled');
});
afterAll(() => test.stop());

async function take(path: string): Promise<string> {
  const response = await manager.fetch(`/projects/${letter.projectId}${path}`);
  expect(response.status).toBe(200);
  return response.text();
}

async function lines<Row extends z.ZodType>(path: string, row: Row): Promise<z.output<Row>[]> {
  const text = await take(path);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => row.parse(JSON.parse(line)));
}

const readings = (): Promise<ReadingRow[]> =>
  lines(`/tasks/${letter.taskId}/export/readings`, readingRowSchema);

/** As `docs/readings-file.md` says, from the two other files and the ids of judgements alone. */
function recomputed(
  unit: ReadingRow,
  judgements: readonly JudgementRow[],
  verdicts: readonly ValidationRow[],
) {
  const { model } = unit;
  if (model === null) throw new Error('a model was expected');
  const readingOf = (judgement: string | null) =>
    unit.readings.findIndex(({ judgements: ids }) => ids.some((id) => id === judgement));
  const own = judgements.filter(({ unitId }) => unitId === unit.unitId);
  const annotations = own.filter(({ stage, informed }) => stage === 'annotation' && !informed);
  const votes = annotations.map(({ id, coderRating }) => ({ rating: coderRating, of: [readingOf(id)] }));
  const ofUnit = verdicts.filter(({ unitId }) => unitId === unit.unitId);
  for (const [coder, said] of Map.groupBy(ofUnit, (row) => row.coder)) {
    const agreed = said
      .filter(({ verdict }) => verdict === 'agree')
      .map(({ shownJudgement }) => readingOf(shownJudgement));
    const instead = own.find((row) => row.stage === 'validation' && row.coder === coder);
    const of = agreed.length > 0 ? agreed : instead === undefined ? [] : [readingOf(instead.id)];
    votes.push({ rating: said[0]?.coderRating ?? null, of });
  }
  const count = unit.readings.length;
  const weights = Array.from({ length: count + 1 }, (_, outcome) =>
    votes.reduce((product, { rating, of }) => {
      if (of.length === 0) return product;
      const accuracy = rating === null ? model.unknown : Math.min(model.most, Math.max(model.least, rating));
      return (
        product * (of.includes(outcome) ? accuracy / of.length : (1 - accuracy) / (count + 1 - of.length))
      );
    }, 1),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return {
    support: unit.readings.map((_, place) => annotations.filter(({ id }) => readingOf(id) === place).length),
    probabilities: weights.map((weight) => weight / sum),
  };
}

it('holds every unit in the order of the text, and what settled it', async () => {
  const rows = await readings();
  // Of the second text nobody has said anything yet.
  expect(rows.slice(0, 5).map(({ unitId }) => unitId)).toEqual(letter.units.map(({ id }) => id));
  expect(rows.slice(5)).toMatchObject([
    { sectionStage: 'annotation', state: null, decidedBy: null, readings: [], noneOfThese: null },
  ]);
  const he = rows.find(({ unitId }) => unitId === letter.he);
  expect(he).toMatchObject({
    sectionStage: 'closed',
    state: 'settled',
    decidedBy: 'validators',
    decision: null,
  });
  expect(
    he?.readings.map(({ support, agreed, disagreed }) => [support, agreed.length, disagreed.length]),
  ).toEqual([
    [1, 2, 0],
    [2, 0, 2],
  ]);
  expect(he?.votes.map(({ source }) => source)).toEqual([
    'annotation',
    'annotation',
    'annotation',
    'validation',
    'validation',
  ]);
  expect(rows[0]).toMatchObject({ state: 'agreed', decidedBy: 'annotators' });
});

it('can be recomputed by anybody from judgements and verdicts', async () => {
  const judgements = await lines(`/judgements?task=${letter.taskId}`, judgementRowSchema);
  const verdicts = await lines(`/validations?task=${letter.taskId}`, validationRowSchema);
  expect(verdicts).toHaveLength(4);
  const rows = await readings();
  expect(rows).toHaveLength(6);
  for (const row of rows.filter(({ readings: of }) => of.length > 0)) {
    const { support, probabilities } = recomputed(row, judgements, verdicts);
    expect(row.readings.map((reading) => reading.support)).toEqual(support);
    const told = [
      ...row.readings.map(({ probability }) => probability ?? Number.NaN),
      row.noneOfThese ?? Number.NaN,
    ];
    for (const [place, probability] of probabilities.entries())
      expect(told[place]).toBeCloseTo(probability, 9);
  }
});

it('says what the page of the unit says, and so does the file of chains', async () => {
  const page = await manager.must(routes.unitToAdjudicate, {
    params: { projectId: letter.projectId, unitId: letter.he },
  });
  const he = (await readings()).find(({ unitId }) => unitId === letter.he);
  expect(he?.readings.map(({ key, probability }) => [key, probability])).toEqual(
    page.readings.map(({ key, probability }) => [key, probability]),
  );
  const chains = await take(`/tasks/${letter.taskId}/export/conll-2012`);
  const tokens = chains.split('\n').filter((line) => !line.startsWith('#'));
  const cells = tokens.flatMap((line) => line.split('\t').at(-1)?.match(/\d+/gu) ?? []);
  // The inspector and the widow; “He” is the inspector, as the validators say, and nobody new, as most annotators do.
  expect(new Set(cells).size).toBe(2);
});

it('is a table too, and names nobody', async () => {
  const table = await take(`/tasks/${letter.taskId}/export/readings?format=csv`);
  // A header, four phrases of one reading, one of two, and one without.
  expect(table.trimEnd().split('\r\n')).toHaveLength(8);
  const text = (await take(`/tasks/${letter.taskId}/export/readings`)) + table;
  const names = (await lines(`/judgements?task=${letter.taskId}`, judgementRowSchema)).map(
    ({ coderName }) => coderName,
  );
  for (const name of names) expect(text).not.toContain(name);
});

it('tells a decision with what was kept, its weights, and what nobody had said', async () => {
  await manager.must(routes.adjudicate, {
    params: { projectId: letter.projectId, unitId: letter.he },
    body: {
      kind: 'keep-several',
      answers: [
        { answer: { kind: 'new' }, weight: 1 },
        { answer: { kind: 'non-referring' }, weight: 3 },
      ],
      reason: 'Whoever writes here may be nobody.',
      supersedes: null,
    },
  });
  const he = (await readings()).find(({ unitId }) => unitId === letter.he);
  expect(he).toMatchObject({
    ...{ state: 'settled', decidedBy: 'adjudicator', reference: 'adjudicator' },
    decision: {
      kind: 'keep-several',
      reason: 'Whoever writes here may be nobody.',
      answers: [
        { answer: { kind: 'non-referring' }, weight: 3, reading: null },
        { answer: { kind: 'new' }, weight: 1, reading: '["new"]' },
      ],
    },
  });
  const table = await take(`/tasks/${letter.taskId}/export/readings?format=csv`);
  expect(table.trimEnd().split('\r\n')).toHaveLength(9);
});
