import { trainingSchema, type TrainingAnswer, type TrainingVerdict } from '@casebook/contracts';
import { taskTypesWeb } from '@casebook/task-types/web';
import { beforeEach, describe, expect, it } from 'vitest';
import { entry, rated, unitId } from '#lib/work/specimen.ts';
import type { Reply } from '#lib/work/api.ts';
import { TrainingWork } from './training-work.svelte.ts';
import { verdictInWords } from './words.ts';

const taskType = taskTypesWeb.get('similarity-rating');
if (taskType === undefined) throw new Error('similarity is not rated');
const { contract } = taskType;
const rating = (value: number) => ({ kind: 'rating', value });

const training = trainingSchema.parse({
  taskId: entry(rated(1, 1, 3)).taskId,
  taskName: 'School',
  open: true,
  taskType: contract.name,
  protocol: contract.exampleProtocol,
  over: false,
  passMark: 0.5,
  round: 1,
  items: [],
  units: [1, 2].map((n) => ({
    ...{ id: unitId(n), itemId: unitId(n), key: 'pair' },
    content: { word1: 'fog', word2: n === 1 ? 'mist' : 'frog' },
  })),
  otherUnits: [],
  answered: [],
  rounds: [],
  lastAnswered: [],
  opens: [],
});

/** What was sent, and what is answered to it: gold is 4 throughout. */
let sent: TrainingAnswer[];
let reply: (answer: TrainingAnswer) => Reply<TrainingVerdict>;
let work: TrainingWork<unknown, unknown, unknown>;

const told = ({ submissionId, unitId: unit, answer }: TrainingAnswer): Reply<TrainingVerdict> => ({
  kind: 'value',
  value: {
    ...{ submissionId, unitId: unit, answer, gold: rating(4), goldWords: '4', explanation: 'Both are wet.' },
    right: JSON.stringify(answer) === JSON.stringify(rating(4)),
  },
});

const opened = (answered: readonly TrainingVerdict[] = []) =>
  new TrainingWork({ ...training, answered: [...answered] }, contract, (answer) => {
    sent.push(answer);
    return Promise.resolve(reply(answer));
  });
const settled = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  sent = [];
  reply = told;
  work = opened();
});

describe('training', () => {
  it('takes answers alone, and nothing until the verdict on one is read', async () => {
    expect(work.takes).toBe('answers');
    work.answer(rating(4));
    expect(work.step.kind).toBe('sending');
    work.answer(rating(1));
    await settled();
    expect(work.step).toMatchObject({ kind: 'told', verdict: { right: true, explanation: 'Both are wet.' } });
    expect(work.takes).toBe('nothing');
    work.answer(rating(2));
    expect(sent.map(({ answer }) => answer)).toEqual([rating(4)]);
    expect(work.current?.id).toBe(unitId(1));
    work.next();
    expect([work.takes, work.current?.id]).toEqual(['answers', unitId(2)]);
  });

  it('counts what is right, and is over when the last verdict is read', async () => {
    for (const value of [4, 1]) {
      work.answer(rating(value));
      await settled();
      expect(work.over).toBe(false);
      work.next();
    }
    expect([work.over, work.right, work.verdicts.length]).toEqual([true, 1, 2]);
  });

  it('sends again what was not told about, under the same id', async () => {
    reply = () => ({ kind: 'unreachable' });
    work.answer(rating(4));
    await settled();
    expect(work.step).toMatchObject({ kind: 'sending', delay: 'no-network' });
    reply = () => ({ kind: 'log-in' });
    await work.retry();
    expect(work.step).toMatchObject({ kind: 'sending', delay: 'logged-out' });
    reply = told;
    await work.retry();
    expect(work.step.kind).toBe('told');
    expect(new Set(sent.map(({ submissionId }) => submissionId)).size).toBe(1);
    expect(sent).toHaveLength(3);
    await work.retry();
    expect(sent).toHaveLength(3);
  });

  it('says what the server refused', async () => {
    reply = () => ({ kind: 'refused', refusal: { status: 409, title: 'Conflict', detail: 'Closed.' } });
    work.answer(rating(4));
    await settled();
    expect(work.step).toMatchObject({ kind: 'refused', refusal: { detail: 'Closed.' } });
    expect(work.takes).toBe('nothing');
  });

  it('goes on with the first that is not answered', async () => {
    work.answer(rating(1));
    await settled();
    const again = opened(work.verdicts);
    expect(again.current?.id).toBe(unitId(2));
    expect(again.judgementOf(unitId(1))?.act).toEqual({ kind: 'answer', answer: rating(1) });
    expect(again.judgementOf(unitId(2))).toBeNull();
  });

  it('leaves unsaid what the editor says of the next question before there is one', () => {
    work.announce('Heard.');
    work.answer(rating(4));
    work.announce('Not heard.');
    expect(work.said).toEqual({ message: 'Heard.', count: 1 });
  });

  it('offers no way round an answer', () => {
    expect(work.undo()).toBeNull();
    expect(work.reconsider()).toBeNull();
    work.skip();
    work.postpone();
    work.goTo();
    expect(work.current?.id).toBe(unitId(1));
    expect(sent).toEqual([]);
  });
});

it('a verdict is told in the words of its task type', async () => {
  work.answer(rating(1));
  await settled();
  const [verdict] = work.verdicts;
  if (verdict === undefined) throw new Error('nothing was told');
  expect(verdictInWords(verdict, taskType, work.units)).toEqual({
    ...{ asked: taskType.label({ word1: 'fog', word2: 'mist' }), said: '1', gold: '4' },
    explanation: 'Both are wet.',
  });
});
