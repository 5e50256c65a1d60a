import { describe, expect, it } from 'vitest';
import type { RatingTable } from '../ratings/rating-table.ts';
import { type ReadRatings, ratingReport } from './rating-report.ts';

const WORDS = Array.from({ length: 30 }, (_, index) => `word${index}`);

/** One file: a value for each pair of neighbours, under a name. */
function file(name: string, values: readonly number[]): ReadRatings {
  const table: RatingTable = {
    pairs: values.map((_, index) => ({
      word1: WORDS[index] ?? '',
      word2: WORDS[index + 1] ?? '',
      line: index + 2,
    })),
    gold: null,
    raters: [name],
    ratings: values.map((value) => [value]),
    namesPersons: false,
    events: null,
  };
  return { name, table, checks: null };
}

const OPTIONS = { seed: 1, resamples: 20 };
const RISING = Array.from({ length: 24 }, (_, index) => index / 4);

describe('the report on ratings of word pairs', () => {
  it('takes several files for one coder each', () => {
    const { report, table } = ratingReport([file('ann', RISING), file('ben', RISING)], OPTIONS);
    expect(table.raters).toEqual(['ann', 'ben']);
    expect(report).toMatchObject({
      columnsArePersons: true,
      columnsBecause: 'each file is one coder',
      raters: 2,
    });
    expect(report.joins).toHaveLength(1);
  });

  it('is refused where a file that should be one coder has two columns', () => {
    const two = file('both', RISING);
    const wide = {
      ...two,
      table: { ...two.table, raters: ['a', 'b'], ratings: RISING.map((value) => [value, 1]) },
    };
    expect(() => ratingReport([wide, file('ben', RISING)], OPTIONS)).toThrow(/both:1:1: .*2 columns/u);
  });

  it('says whose word it is that columns are persons', () => {
    const { table } = ratingReport([file('ann', RISING), file('ben', RISING)], OPTIONS);
    const { report } = ratingReport([{ name: 'both', table, checks: null }], {
      ...OPTIONS,
      persons: { are: false, because: 'they asked a crowd' },
    });
    expect(report).toMatchObject({ columnsArePersons: false, columnsBecause: 'they asked a crowd' });
    expect(report.exclusion).toEqual({
      value: null,
      reason: 'columns are not persons, so none can be left out',
    });
  });

  it('asks for a table', () => {
    expect(() => ratingReport([], OPTIONS)).toThrow(RangeError);
  });
});
