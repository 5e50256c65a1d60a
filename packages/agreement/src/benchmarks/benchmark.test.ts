import { expect, test } from 'vitest';
import { benchmark } from './benchmark.ts';

test('a coefficient of .67 ± .15 is moderate with 96 per cent certainty, not substantial (Gwet 2014, ch. 6)', () => {
  const { levels, reached } = benchmark(0.67, 0.15, 'landis-koch');
  const cumulative = [
    0.1816849366085384, 0.6751137704584402, 0.9635630821116601, 0.9991236505117892, 0.9999959716027874, 1,
  ];
  for (const [index, level] of levels.entries())
    expect(level.cumulative).toBeCloseTo(cumulative[index] ?? NaN, 10);
  expect(reached.label).toBe('Moderate');
  expect(benchmark(0.67, 0.15, 'landis-koch', 0.6).reached.label).toBe('Substantial');
});

test.each(['landis-koch', 'altman', 'fleiss'] as const)('the levels of %s cover everything', (scale) => {
  const { levels } = benchmark(0.3, 0.2, scale);
  expect(levels.reduce((sum, { membership }) => sum + membership, 0)).toBeCloseTo(1, 10);
  expect(levels[0]?.high).toBe(1);
  expect(levels[levels.length - 1]?.low).toBe(-1);
});

test.each([
  [-40, 'Poor'],
  [40, 'Almost Perfect'],
])('a figure of %s lies wholly at its end of the scale', (value, label) => {
  const { levels, reached } = benchmark(value, 0.01, 'landis-koch');
  expect(levels.filter(({ membership }) => membership > 0).map((level) => level.label)).toEqual([label]);
  expect(reached.label).toBe(label);
});

test('without a standard error there is no benchmark', () => {
  expect(() => benchmark(1, 0, 'altman')).toThrow('positive standard error');
});
