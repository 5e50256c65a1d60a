import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../usage.ts';
import { run } from './aggregate.ts';

const LABELS = `task,worker,label
t1,w1,no
t2,w1,yes
t3,w1,yes
t1,w2,yes
t2,w2,yes
t3,w2,no
t1,w3,yes
t2,w3,yes
t3,w3,no
`;

async function aggregate(input: string, ...args: string[]): Promise<string> {
  const stdout = new PassThrough();
  const code = await run(['-', ...args], {
    stdin: Readable.from([Buffer.from(input)]),
    stdout,
    stderr: new PassThrough(),
  });
  stdout.end();
  expect(code).toBe(0);
  return text(stdout);
}

async function json(input: string, ...args: string[]): Promise<unknown> {
  return JSON.parse(await aggregate(input, ...args, '--json'));
}

test('labels: one JSON document with labels, posteriors and coders', async () => {
  expect(await json(LABELS, '--model', 'majority')).toMatchObject({
    model: 'majority',
    seed: 1,
    converged: true,
    logLikelihood: { value: null, reason: 'a vote is no probabilistic model' },
    labels: { t1: 'yes', t2: 'yes', t3: 'no' },
    posteriors: { t1: { no: 1 / 3, yes: 2 / 3 } },
    coders: { w1: { reliability: 1 / 3 }, w2: { reliability: 1 } },
  });
});

test.each(['wawa', 'zbs', 'dawid-skene', 'one-coin', 'mace', 'glad', 'kos', 'mmsr'])(
  '%s runs',
  async (model) => {
    expect(await json(LABELS, '--model', model, '--seed', '3')).toMatchObject({
      model,
      seed: 3,
      labels: { t1: 'yes', t3: 'no' },
    });
  },
);

test('iterations that are asked for are made, unless a tolerance ends them', async () => {
  expect(await json(LABELS, '--model', 'dawid-skene', '--iterations', '40')).toMatchObject({
    iterations: 40,
    converged: true,
  });
  expect(
    await json(LABELS, '--model', 'dawid-skene', '--iterations', '40', '--tolerance', '-1'),
  ).toMatchObject({ iterations: 40 });
  const { iterations } = (await json(
    LABELS,
    '--model',
    'dawid-skene',
    '--iterations',
    '40',
    '--tolerance',
    '1e-6',
  )) as {
    iterations: number;
  };
  expect(iterations).toBeLessThan(40);
});

test('synonyms of columns, tabs and quotes are understood', async () => {
  const table = 'value\tcoder\tunit\n"a ""b"""\tx\tu1\n';
  expect(await json(table, '--model', 'majority')).toMatchObject({ labels: { u1: 'a "b"' } });
});

test('mpa reads gold from its own column', async () => {
  const table =
    'mention_id,annotator_id,gold,annotation\nm0,a,DN(-),DN(-)\nm0,b,DN(-),DN(-)\nm1,a,,DO(m0)\nm1,b,,DO(m0)\n';
  expect(await json(table, '--model', 'mpa')).toMatchObject({
    labels: { m0: 'DN(-)', m1: 'DO(m0)' },
    accuracy: 1,
    logLikelihoodIs: 'evidence lower bound',
    coders: { a: { DN: { sensitivity: expect.any(Number) as number } } },
  });
});

test('comparisons give scores, or why there are none', async () => {
  const table = 'winner,loser\na,b\na,b\na,b\nb,a\n';
  const { scores } = (await json(table, '--model', 'bradley-terry')) as { scores: { a: number; b: number } };
  expect(scores.a - scores.b).toBeCloseTo(Math.log(3), 9);
  expect(await json('winner,loser\na,b\n', '--model', 'plackett-luce')).toMatchObject({
    scores: { value: null, reason: expect.stringContaining('not linked by wins') as string },
  });
  expect(
    await json('winner,loser,coder\na,b,x\na,b,y\nb,a,z\n', '--model', 'noisy-bradley-terry'),
  ).toMatchObject({
    coders: { x: { reliability: expect.any(Number) as number } },
  });
});

test('best–worst gives scores from −1 to 1', async () => {
  const table = 'tuple,coder,items,best,worst\n1,x,a|b|c|d,a,d\n1,y,a|b|c|d,a,c\n';
  expect(await json(table, '--model', 'best-worst')).toMatchObject({
    scores: { a: 1, b: 0, c: -0.5, d: -0.5 },
  });
});

test('people get tables', async () => {
  const shown = await aggregate(LABELS, '--model', 'dawid-skene');
  expect(shown).toContain('model        dawid-skene');
  expect(shown).toMatch(/^t1 +yes +\d/mu);
});

describe('what is off is told with its place', () => {
  test.each([
    [
      'no column',
      'task,worker\nt,w\n',
      ['--model', 'majority'],
      'stdin:1:1: the header has no column “label” or “value”',
    ],
    [
      'short row',
      'task,worker,label\nt,w\n',
      ['--model', 'majority'],
      'stdin:2:1: the row has 2 columns; expected 3',
    ],
    [
      'empty cell',
      'task,worker,label\nt,,x\n',
      ['--model', 'majority'],
      'stdin:2:2: the column “worker” is empty',
    ],
    ['empty file', '', ['--model', 'majority'], 'stdin:1:1: the file is empty'],
    ['header only', 'task,worker,label\n', ['--model', 'majority'], 'there are no answers to aggregate'],
    [
      'open quote',
      'task,worker,label\n"t,w,x\n',
      ['--model', 'majority'],
      'stdin:2:1: a quote is never closed',
    ],
    [
      'three labels for kos',
      'task,worker,label\na,w,x\nb,w,y\nc,w,z\n',
      ['--model', 'kos'],
      'KOS is for two labels',
    ],
    ['no such model', LABELS, ['--model', 'best'], '--model is best; expected one of majority'],
    ['variant of another', LABELS, ['--model', 'glad', '--variant', 'vb'], '--variant is for mace'],
    [
      'half an iteration',
      LABELS,
      ['--model', 'glad', '--iterations', '0.5'],
      '--iterations is 0.5; expected a whole number',
    ],
    ['itself', 'winner,loser\na,a\n', ['--model', 'bradley-terry'], 'stdin:2:1: a is compared with itself'],
    [
      'not in the tuple',
      'tuple,coder,items,best,worst\n1,x,a|b,c,a\n',
      ['--model', 'best-worst'],
      'stdin:2:1: the best item c is not among a|b',
    ],
  ])('%s', async (_, input, args, message) => {
    await expect(aggregate(input, ...args)).rejects.toThrow(UsageError);
    await expect(aggregate(input, ...args)).rejects.toThrow(message);
  });
});
