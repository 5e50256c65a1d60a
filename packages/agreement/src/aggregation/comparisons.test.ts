import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aggregateComparisons, COMPARISON_MODELS } from './aggregate.ts';
import { bradleyTerry, type Comparison } from './bradley-terry.ts';
import { noisyBradleyTerry } from './noisy-bradley-terry.ts';
import { plackettLuce } from './plackett-luce.ts';
import { scoresByItem } from './strengths.ts';

// Agresti 2013, § 11.6: the American League of 1987; wins of the row's team over the column's.
const TEAMS = ['Milwaukee', 'Detroit', 'Toronto', 'New York', 'Boston', 'Cleveland', 'Baltimore'];
const WINS = [
  [0, 7, 9, 7, 7, 9, 11],
  [6, 0, 7, 5, 11, 9, 9],
  [4, 6, 0, 7, 7, 8, 12],
  [6, 8, 6, 0, 6, 7, 10],
  [6, 2, 6, 7, 0, 7, 12],
  [4, 4, 5, 6, 6, 0, 6],
  [2, 4, 1, 3, 1, 7, 0],
];
const league: Comparison[] = WINS.flatMap((row, winner) =>
  row.flatMap((weight, loser) =>
    weight === 0 ? [] : [{ winner: TEAMS[winner] ?? '', loser: TEAMS[loser] ?? '', weight }],
  ),
);

test('Bradley–Terry: the baseball league of Agresti, in full', () => {
  const scores = scoresByItem(bradleyTerry(league));
  const last = scores.get('Baltimore') ?? NaN;
  const found = TEAMS.map((team) => Number(((scores.get(team) ?? NaN) - last).toFixed(3)));
  expect(found).toEqual([1.581, 1.436, 1.294, 1.248, 1.108, 0.684, 0]);
});

test('a win counts as often as it is written', () => {
  const written = league.flatMap(({ winner, loser, weight = 1 }) =>
    Array<Comparison>(weight).fill({ winner, loser }),
  );
  const one = scoresByItem(bradleyTerry(league));
  for (const [team, score] of scoresByItem(bradleyTerry(written)))
    expect(score).toBeCloseTo(one.get(team) ?? NaN, 9);
});

test('strengths that the best fit makes infinite are undefined, unless a prior holds them', () => {
  const comparisons = [
    { winner: 'a', loser: 'b' },
    { winner: 'b', loser: 'c' },
  ];
  expect(bradleyTerry(comparisons).strengths).toEqual({
    logStrengths: null,
    reason: expect.stringContaining('are not linked by wins in both directions') as string,
  });
  const held = scoresByItem(bradleyTerry(comparisons, { priorPrecision: 1 }));
  expect(held.get('a')).toBeGreaterThan(held.get('b') ?? NaN);
  expect(held.get('b')).toBeCloseTo(0, 9);
});

// Luce 1959: with all items on offer each time, strengths are in proportion to the choices.
test('Plackett–Luce: choices among three', () => {
  const choose = (item: string, weight: number) => ({
    ranked: [item],
    rest: ['a', 'b', 'c'].filter((other) => other !== item),
    weight,
  });
  const scores = scoresByItem(plackettLuce([choose('a', 6), choose('b', 3), choose('c', 1)]));
  expect((scores.get('a') ?? NaN) - (scores.get('c') ?? NaN)).toBeCloseTo(Math.log(6), 9);
  expect((scores.get('b') ?? NaN) - (scores.get('c') ?? NaN)).toBeCloseTo(Math.log(3), 9);
});

test('Plackett–Luce of full rankings stands where the likelihood is flat', () => {
  const rankings = [
    ['a', 'b', 'c', 'd'],
    ['b', 'a', 'd', 'c'],
    ['d', 'c', 'a', 'b'],
    ['c', 'a', 'b', 'd'],
  ];
  const scores = scoresByItem(plackettLuce(rankings.map((ranked) => ({ ranked }))));
  const likelihood = (moved: string, by: number): number => {
    let sum = 0;
    for (const ranked of rankings) {
      for (const [place, item] of ranked.entries()) {
        const size = (name: string): number =>
          Math.exp((scores.get(name) ?? NaN) + (name === moved ? by : 0));
        const rest = ranked.slice(place).reduce((total, name) => total + size(name), 0);
        sum += Math.log(size(item) / rest);
      }
    }
    return sum;
  };
  for (const item of 'abcd') {
    expect((likelihood(item, 1e-5) - likelihood(item, -1e-5)) / 2e-5).toBeCloseTo(0, 6);
  }
});

test('noisy Bradley–Terry finds the coder who does not look', () => {
  const order = ['a', 'b', 'c', 'd', 'e'];
  const comparisons = order.flatMap((better, place) =>
    order.slice(place + 1).flatMap((worse, step): Comparison[] => {
      const firstIsBetter = (place + step) % 2 === 0;
      const seen = { winner: better, loser: worse, first: firstIsBetter ? 'winner' : 'loser' } as const;
      const lazy: Comparison = firstIsBetter
        ? { winner: better, loser: worse, first: 'winner' }
        : { winner: worse, loser: better, first: 'winner' };
      return [
        { ...seen, coder: 'ann', weight: 3 },
        { ...seen, coder: 'bob', weight: 3 },
        { ...lazy, coder: 'lazy', weight: 3 },
      ];
    }),
  );
  const result = noisyBradleyTerry(comparisons);
  expect(result.coders).toEqual(['ann', 'bob', 'lazy']);
  expect(result.reliability[2]).toBeLessThan(0.5);
  expect(result.reliability[0]).toBeGreaterThan(0.85);
  expect(result.firstPlaceBias[2]).toBeGreaterThan(0.8);
  const scores = scoresByItem(result);
  expect([...scores.keys()].sort((one, other) => (scores.get(other) ?? 0) - (scores.get(one) ?? 0))).toEqual(
    order,
  );
});

describe.each(COMPARISON_MODELS)('%s', (model) => {
  const items = ['a', 'b', 'c', 'd'];
  const some = fc
    .array(
      fc.tuple(fc.nat(3), fc.nat(3), fc.nat(2)).filter(([one, other]) => one !== other),
      { minLength: 1, maxLength: 40 },
    )
    .map((rows) =>
      rows.map(([one, other, coder]) => ({
        winner: items[one] ?? '',
        loser: items[other] ?? '',
        coder: `c${coder}`,
      })),
    );

  test('the objective never falls, and the order of comparisons does not matter', async () => {
    await fc.assert(
      fc.asyncProperty(some, async (comparisons) => {
        const one = await aggregateComparisons(model, comparisons, { priorPrecision: 0.5 });
        for (const [place, value] of one.objective.entries()) {
          expect(value).toBeGreaterThanOrEqual((one.objective[place - 1] ?? -Infinity) - 1e-9);
        }
        const other = scoresByItem(
          await aggregateComparisons(model, comparisons.toReversed(), { priorPrecision: 0.5 }),
        );
        for (const [item, score] of scoresByItem(one)) expect(other.get(item)).toBeCloseTo(score, 4);
      }),
      { numRuns: 25 },
    );
  });
});

test('what can not be compared is refused', () => {
  expect(() => bradleyTerry([])).toThrow('there are no rankings or comparisons');
  expect(() => bradleyTerry([{ winner: 'a', loser: 'a' }])).toThrow('ranking 1 names an item twice: a, a');
});
