import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Answer, collectAnswers } from './answers.ts';
import { digamma } from './digamma.ts';
import { mpa, type MpaAggregation } from './mpa.ts';
import { seededGenerator } from '../random.ts';
import { candidatesOf, classBeforeAntecedent } from './mpa-candidates.ts';
import { antecedentOf, chainsOf } from './mpa-chains.ts';
import { startingState } from './mpa-state.ts';
import { expect as expectStep, maximise, nothingExpected } from './mpa-steps.ts';

const labels = ['DN(-)', 'DO(m1)', 'DO(m2)', 'NR(-)', 'PR(m1)'];
const someAnswers = fc
  .array(fc.array(fc.option(fc.nat(4), { nil: undefined }), { minLength: 4, maxLength: 4 }), {
    minLength: 2,
    maxLength: 8,
  })
  .map((mentions) =>
    mentions.flatMap((given, mention) =>
      given.flatMap((label, coder): Answer[] =>
        label === undefined ? [] : [{ unit: `m${mention}`, coder: `a${coder}`, label: labels[label] ?? '' }],
      ),
    ),
  )
  .filter((rows) => rows.length > 0);

function acceptedBy(result: MpaAggregation): Map<string, number> {
  const accepted = new Map<string, number>();
  for (const [unit, mention] of result.units.entries()) {
    for (let at = result.candidateStarts[unit] ?? 0; at < (result.candidateStarts[unit + 1] ?? 0); at += 1) {
      accepted.set(
        `${mention} ${result.labels[result.candidateLabel[at] ?? 0] ?? ''}`,
        result.accepted[at] ?? -1,
      );
    }
  }
  return accepted;
}

/** The update equations as Paun et al. 2018 write them, one candidate and one answer at a time. */
function byTheBook(rows: readonly Answer[], rounds: number): Map<string, number> {
  const kindOf = (label: string): string => label.slice(0, 2);
  const candidates = [...new Set(rows.map(({ unit, label }) => `${unit} ${label}`))];
  const key = (coder: string, label: string): string => `${coder} ${kindOf(label)}`;
  const table = (value: number) =>
    new Map(rows.flatMap((row) => labels.map((label) => [key(row.coder, label), value])));
  let [gamma, mu, theta, epsilon] = [table(1.1), table(1), table(1.1), table(1)];
  let lambda = new Map(labels.map((label) => [kindOf(label), 1]));
  let eta = new Map(lambda);
  const phi = new Map<string, number>();
  const get = (map: ReadonlyMap<string, number>, name: string): number => map.get(name) ?? NaN;
  for (let round = 0; round < rounds; round += 1) {
    for (const candidate of candidates) {
      const [mention = '', label = ''] = candidate.split(' ');
      const kind = kindOf(label);
      const whole = digamma(get(lambda, kind) + get(eta, kind));
      let yes = digamma(get(lambda, kind)) - whole;
      let no = digamma(get(eta, kind)) - whole;
      for (const row of rows.filter(({ unit }) => unit === mention)) {
        const own = key(row.coder, label);
        const right = digamma(get(gamma, own) + get(mu, own));
        const wrong = digamma(get(theta, own) + get(epsilon, own));
        yes += digamma(row.label === label ? get(gamma, own) : get(mu, own)) - right;
        no += digamma(row.label === label ? get(epsilon, own) : get(theta, own)) - wrong;
      }
      phi.set(candidate, 1 / (1 + Math.exp(no - yes)));
    }
    [gamma, mu, theta, epsilon] = [table(1), table(1), table(1), table(1)];
    lambda = new Map(labels.map((label) => [kindOf(label), 1]));
    eta = new Map(lambda);
    const add = (map: Map<string, number>, name: string, value: number) =>
      map.set(name, get(map, name) + value);
    for (const [candidate, value] of phi) {
      const [mention = '', label = ''] = candidate.split(' ');
      add(lambda, kindOf(label), value);
      add(eta, kindOf(label), 1 - value);
      for (const row of rows.filter(({ unit }) => unit === mention)) {
        const own = key(row.coder, label);
        add(row.label === label ? gamma : mu, own, value);
        add(row.label === label ? epsilon : theta, own, 1 - value);
      }
    }
  }
  return phi;
}

test('takes the steps of the published equations', () => {
  fc.assert(
    fc.property(someAnswers, fc.integer({ min: 1, max: 6 }), (rows, rounds) => {
      const book = byTheBook(rows, rounds);
      const ours = acceptedBy(mpa(collectAnswers(rows), { iterations: rounds, tolerance: -1 }));
      expect(ours.size).toBe(book.size);
      for (const [candidate, value] of book) expect(ours.get(candidate)).toBeCloseTo(value, 9);
    }),
    { numRuns: 60 },
  );
});

describe.each(['none', 'partial'] as const)('with pooling %s', (pooling) => {
  test('the bound never falls', () => {
    fc.assert(
      fc.property(someAnswers, (rows) => {
        const { objective } = mpa(collectAnswers(rows), { pooling, iterations: 60, tolerance: -1 });
        for (const [place, value] of objective.entries()) {
          expect(value).toBeGreaterThanOrEqual((objective[place - 1] ?? -Infinity) - 1e-8);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('coders who agree are believed', () => {
    const rows = Array.from({ length: 10 }, (_, mention) =>
      ['ann', 'bob', 'cy', 'dan'].map((coder) => ({
        unit: `m${mention}`,
        coder,
        label: mention % 2 === 0 ? 'DN(-)' : `DO(m${mention - 1})`,
      })),
    ).flat();
    for (const value of acceptedBy(mpa(collectAnswers(rows), { pooling })).values())
      expect(value).toBeGreaterThan(0.9);
  });
});

test('the priors of partial pooling are centred on the class and given in the result', () => {
  const rows = Array.from({ length: 40 }, (_, mention) =>
    ['ann', 'bob', 'cy', 'dan'].map((coder, place) => ({
      unit: `m${mention}`,
      coder,
      label: (mention * 7 + place * 3) % 11 === 0 ? 'DN(-)' : mention % 2 === 0 ? 'DN(-)' : 'DO(m0)',
    })),
  ).flat();
  const flat = mpa(collectAnswers(rows));
  expect(flat.priors[0]?.sensitivity).toEqual({ mean: 0.5, strength: 2 });
  const pooled = mpa(collectAnswers(rows), { pooling: 'partial' });
  expect(pooled.priors[0]?.sensitivity.mean).toBeGreaterThan(0.7);
});

test('a known mention is accepted as it is, and a label nobody gave it is refused', () => {
  const answers = collectAnswers([
    { unit: 'm0', coder: 'a', label: 'DN(-)' },
    { unit: 'm0', coder: 'b', label: 'NR(-)' },
    { unit: 'm0', coder: 'c', label: 'NR(-)' },
  ]);
  const accepted = acceptedBy(mpa(answers, { gold: new Map([['m0', 'DN(-)']]) }));
  expect([accepted.get('m0 DN(-)'), accepted.get('m0 NR(-)')]).toEqual([1, 0]);
  expect(() => mpa(answers, { gold: new Map([['m0', 'DO(m9)']]) })).toThrow("gold calls 'm0' 'DO(m9)'");
});

test('chains are the closure of the accepted links', () => {
  const truth = { m0: 'DN(-)', m1: 'DO(m0)', m2: 'NR(-)', m3: 'DO(m1)', m4: 'DN(-)' };
  const rows = Object.entries(truth).flatMap(([unit, label]) =>
    ['ann', 'bob', 'cy'].map((coder) => ({ unit, coder, label })),
  );
  const chains = chainsOf(mpa(collectAnswers(rows)));
  expect(chains.map((chain) => chain.toSorted())).toEqual([['m0', 'm1', 'm3'], ['m4']]);
  expect(antecedentOf('DO(m17)')).toBe('m17');
  expect(antecedentOf('DN(-)')).toBeNull();
  expect(antecedentOf('DN')).toBeNull();
});

test('of large data, letting alone what does not move changes nothing', () => {
  const generator = seededGenerator(5);
  const rows = Array.from({ length: 4000 }, (_, mention) => {
    const right = generator.next() < 0.6 ? 'DN(-)' : `DO(m${mention - 1})`;
    const wrong = ['NR(-)', `DO(m${mention - 2})`, `PR(m${mention - 3})`];
    return Array.from({ length: 13 }, (__, place): Answer => {
      const coder = (mention + 7 * place) % 91;
      const knows = coder % 5 === 0 ? 0.3 : 0.75;
      return {
        unit: `m${mention}`,
        coder: `a${coder}`,
        label: generator.next() < knows ? right : (wrong[generator.below(3)] ?? ''),
      };
    });
  }).flat();
  const answers = collectAnswers(rows);
  const lazy = mpa(answers);
  expect(lazy.converged).toBe(true);
  for (const [place, value] of lazy.objective.entries()) {
    expect(value).toBeGreaterThan((lazy.objective[place - 1] ?? -Infinity) - 1e-6);
  }
  const candidates = candidatesOf(answers, classBeforeAntecedent);
  const state = startingState(candidates);
  const counts = nothingExpected(candidates);
  let expectedBound = NaN;
  for (let round = 0; round < lazy.iterations + 20; round += 1) {
    expectedBound = expectStep(answers, candidates, null, state, counts, 'all');
    maximise(candidates, counts, state);
  }
  expect(lazy.objective.at(-1)).toBeCloseTo(expectedBound, 5);
  for (const [place, value] of state.accepted.entries()) expect(lazy.accepted[place]).toBeCloseTo(value, 4);
});
