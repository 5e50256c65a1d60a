import { describe, expect, test } from 'vitest';
import { seededGenerator } from '../../random.ts';
import { type RatingTable } from '../ratings/rating-table.ts';
import { lintRatings } from './lint.ts';

const generator = seededGenerator(5);

/** A hundred pairs rated 0 to 6 by as many raters as asked, around a true value. */
function table(raters = 4, pairs = 100): RatingTable {
  const truth = Array.from({ length: pairs }, () => 6 * generator.next());
  return {
    pairs: truth.map((_, pair) => ({ word1: `a${pair}`, word2: `b${pair}`, line: pair + 2 })),
    gold: null,
    raters: Array.from({ length: raters }, (_, rater) => `r${rater + 1}`),
    ratings: truth.map((value) =>
      Array.from({ length: raters }, () =>
        Math.min(6, Math.max(0, Math.round(value + 1.2 * generator.normal()))),
      ),
    ),
    namesPersons: true,
    events: null,
  };
}

function rules(of: RatingTable, scale?: { low: number; high: number }): string[] {
  return lintRatings(of, scale === undefined ? {} : { scale }).findings.map(({ rule }) => rule);
}

function withColumn(
  of: RatingTable,
  valueOf: (pair: number, row: readonly (number | null)[]) => number,
): RatingTable {
  return {
    ...of,
    raters: [...of.raters, 'new'],
    ratings: of.ratings.map((row, pair) => [...row, valueOf(pair, row)]),
  };
}

test('nothing is said of a sound table', () => {
  expect(rules(table())).toEqual([]);
});

describe('pairs', () => {
  test('twice, the other way round, in other case, with itself', () => {
    const own = table();
    const [first, second] = own.pairs;
    if (first === undefined || second === undefined) throw new Error('no pairs');
    const changed = {
      ...own,
      pairs: own.pairs.map((pair, at) =>
        at === 50
          ? { word1: 'A0', word2: 'b0', line: 52 }
          : at === 51
            ? { word1: 'b1', word2: 'a1', line: 53 }
            : at === 52
              ? { word1: 'same', word2: 'Same', line: 54 }
              : pair,
      ),
    };
    const { findings } = lintRatings(changed);
    expect(findings).toMatchObject([
      { rule: 'duplicate-pair', severity: 'warning', rows: [2, 52] },
      { rule: 'reversed-pair', severity: 'warning', rows: [3, 53] },
      { rule: 'identical-words', severity: 'note', rows: [54] },
    ]);
  });

  test('as different parts of speech it is a note', () => {
    const own = table();
    const pairs = own.pairs.map((pair, at) =>
      at < 2 ? { word1: 'run', word2: 'walk', line: at + 2, partOfSpeech: at === 0 ? 'N' : 'V' } : pair,
    );
    expect(lintRatings({ ...own, pairs }).findings).toMatchObject([
      { rule: 'duplicate-pair', severity: 'note' },
    ]);
  });
});

describe('values', () => {
  test('outside a stated scale', () => {
    const own = table();
    expect(rules(own, { low: 0, high: 6 })).toEqual([]);
    expect(rules(own, { low: 0, high: 5 })).toContain('value-out-of-scale');
  });

  test('a few zeros on a scale from 1, and a stray far above', () => {
    const own = table();
    const shifted = own.ratings.map((row) => row.map((value) => (value === null ? null : value + 1)));
    const zeros = shifted.map((row, pair) => (pair === 7 ? [0, ...row.slice(1)] : row));
    expect(lintRatings({ ...own, ratings: zeros })).toMatchObject({
      scale: { low: 1, high: 7, is: 'inferred' },
      findings: [{ rule: 'value-out-of-scale', rows: [9] }],
    });
    const far = shifted.map((row, pair) => (pair === 7 ? [55, ...row.slice(1)] : row));
    expect(lintRatings({ ...own, ratings: far }).findings).toMatchObject([{ rule: 'value-out-of-scale' }]);
  });

  test('a hole and a spike in the histogram', () => {
    const own = table(6, 300);
    const hole = own.ratings.map((row) => row.map((value) => (value === 3 ? 4 : value)));
    hole[0] = [3, ...(hole[0]?.slice(1) ?? [])];
    expect(rules({ ...own, ratings: hole })).toContain('histogram-hole');
    const spike = own.ratings.map((row) => row.map((value) => (generator.next() < 0.5 ? 3 : value)));
    expect(rules({ ...own, ratings: spike })).toContain('histogram-spike');
  });

  test('gold on another scale, and missing', () => {
    const own = table();
    const gold = own.ratings.map((_, pair) => (pair === 4 ? null : pair / 2));
    expect(lintRatings({ ...own, gold }).findings).toMatchObject([
      { rule: 'gold-missing', rows: [6] },
      { rule: 'gold-scale' },
    ]);
  });
});

describe('columns', () => {
  test('that count the rows', () => {
    expect(rules(withColumn(table(), (pair) => pair + 1))).toContain('row-number');
  });

  test('that are constant, copied, or turned', () => {
    expect(rules(withColumn(table(), () => 3))).toContain('constant-coder');
    expect(rules(withColumn(table(), (_, row) => row[1] ?? 0))).toContain('copied-coder');
    expect(rules(withColumn(table(), (_, row) => 6 - (row[1] ?? 0)))).toContain('contrary-coder');
  });
});

describe('order and time', () => {
  /** Twelve raters who rate all pairs in an order of their own. */
  function long(change: (value: number, place: number) => number, gap = 3000): RatingTable {
    const own = table(12, 60);
    const ratings = own.ratings.map((row) => [...row]);
    const events = own.raters.flatMap((_, rater) =>
      own.pairs.map((pair, at) => {
        const place = (at + 5 * rater) % own.pairs.length;
        const row = ratings[place] ?? [];
        const value = change(row[rater] ?? 0, at);
        row[rater] = value;
        return { rater, pair: place, value, time: at * gap, line: pair.line };
      }),
    );
    return { ...own, ratings, events };
  }

  test('no effect, no finding', () => {
    expect(rules(long((value) => value))).toEqual([]);
  });

  test('ratings that rise as raters go on', () => {
    const { findings } = lintRatings(
      long((value, place) => value + place / 20),
      { scale: { low: 0, high: 9 } },
    );
    expect(findings.find(({ rule }) => rule === 'order-effect')?.message).toContain('ratings rise by');
  });

  test('answers faster than one can read, runs of one answer, second answers', () => {
    expect(rules(long((value) => value, 300))).toContain('hasty-coder');
    expect(rules(long((value, place) => (place < 40 ? 2 : value)))).toContain('order-effect');
    const own = long((value) => value);
    const [first] = own.events ?? [];
    if (first === undefined) throw new Error('no events');
    expect(rules({ ...own, events: [...(own.events ?? []), { ...first, line: 999 }] })).toContain(
      'repeated-rating',
    );
  });
});
