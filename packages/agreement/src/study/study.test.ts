import { describe, expect, test } from 'vitest';
import { intraCoderStudy, studyFromRows, type StudyRow } from './from-rows.ts';
import { studyFromColumns } from './from-columns.ts';
import { studyFromContingency } from './from-contingency.ts';
import { studyFromPartitions } from './from-partitions.ts';
import { studyFromWide } from './from-wide.ts';
import { categoryLabels } from './scale.ts';
import { selectCoders } from './select.ts';
import { StudyError } from './study-error.ts';
import { missingCount, ratingCount } from './study.ts';
import { unitCounts, unitCountsFromTable } from './unit-counts.ts';

function problemOf(make: () => unknown): StudyError {
  try {
    make();
  } catch (error) {
    if (error instanceof StudyError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a study from rows', () => {
  const rows: StudyRow[] = [
    { unit: 'u1', coder: 'anna', value: 'b' },
    { unit: 'u1', coder: 'ben', value: 'a' },
    { unit: 'u2', coder: 'ben', value: 'b' },
    { unit: 'u3', coder: 'anna', value: null },
  ];

  test('holds ratings by unit, then coder, whatever the order of the rows', () => {
    const study = studyFromRows([...rows].reverse());
    expect(study.units).toEqual(['u3', 'u2', 'u1']);
    expect(study.coders).toEqual(['anna', 'ben']);
    expect([...study.offsets]).toEqual([0, 0, 1, 3]);
    expect(categoryLabels(study.scale)).toEqual(['a', 'b']);
    expect([...study.categoryOf]).toEqual([1, 1, 0]);
    expect(ratingCount(study)).toBe(3);
    expect(missingCount(study)).toBe(3);
  });

  test('a second value of one coder for one unit is refused, with both rows named', () => {
    const error = problemOf(() => studyFromRows([...rows, { unit: 'u1', coder: 'anna', value: 'b' }]));
    expect(error.problem).toBe('duplicate');
    expect(error.row).toBe(5);
    expect(error.message).toContain('coder "anna" has a second value for unit "u1" (the first is in row 1)');
  });

  test('repeats made on purpose need an occasion to be chosen', () => {
    const repeated = [
      ...rows.map((row) => ({ ...row, occasion: 'test' })),
      { unit: 'u1', coder: 'anna', value: 'a', occasion: 'retest' },
    ];
    expect(problemOf(() => studyFromRows(repeated)).problem).toBe('duplicate');
    expect(ratingCount(studyFromRows(repeated, { occasion: 'test' }))).toBe(3);
    expect(problemOf(() => studyFromRows(repeated, { occasion: 'third' })).problem).toBe('unknown-occasion');
    const itself = intraCoderStudy(repeated);
    expect(itself.coders).toEqual(['test', 'retest']);
    expect(itself.units[0]).toBe('["u1","anna"]');
  });

  test('an undeclared category is refused, and case matters', () => {
    const error = problemOf(() => studyFromRows(rows, { categories: ['a', 'B'] }));
    expect(error.problem).toBe('unknown-category');
    expect(error.message).toBe('Row 1: "b" is not one of the declared categories.');
  });

  test('ordered categories keep their order, numbers ascend, sets forget theirs', () => {
    const ordered = studyFromRows(rows, { scale: 'ordered', categories: ['b', 'a'] });
    expect(categoryLabels(ordered.scale)).toEqual(['b', 'a']);
    const numeric = studyFromWide([
      [10, 9],
      [-1, 10],
    ]);
    expect(categoryLabels(numeric.scale)).toEqual(['-1', '9', '10']);
    const sets = studyFromWide([
      [
        ['x', 'y'],
        ['y', 'x', 'x'],
      ],
    ]);
    expect(categoryLabels(sets.scale)).toEqual(['x|y']);
  });

  test.each([
    ['a number that is not finite', [[1, NaN]], 'Row 1: a finite number was expected, not NaN.'],
    [
      'a mixture of kinds',
      [
        [1, 2],
        ['a', 1],
      ],
      'Row 2: "a" does not fit the numeric values before it',
    ],
    ['rows of different length', [[1, 2], [1]], 'Row 2: 2 values were expected, 1 found.'],
  ])('%s is refused', (_, table, message) => {
    expect(problemOf(() => studyFromWide(table)).message).toContain(message);
  });

  test('fewer than two coders are refused', () => {
    expect(problemOf(() => studyFromWide([[1], [2]])).problem).toBe('too-few-coders');
    expect(problemOf(() => studyFromRows([])).problem).toBe('too-few-coders');
    expect(problemOf(() => selectCoders(studyFromRows(rows), ['carla'])).problem).toBe('bad-shape');
  });
});

describe('other ways to a study', () => {
  test('a contingency table becomes as many units as it counts', () => {
    const study = studyFromContingency([
      [2, 1],
      [0, 3],
    ]);
    expect(study.units).toHaveLength(6);
    expect(problemOf(() => studyFromContingency([[1, 2]])).problem).toBe('bad-shape');
    expect(problemOf(() => studyFromContingency([[-1]])).problem).toBe('bad-value');
  });

  test('a mention stands in one chain of a coder only; what he did not mark is missing', () => {
    const partitions = [
      { coder: 'a', chains: [['m1', 'm2']] },
      { coder: 'b', chains: [['m1'], ['m3']] },
    ];
    const study = studyFromPartitions(partitions);
    expect(study.units).toEqual(['m1', 'm2', 'm3']);
    expect(missingCount(study)).toBe(2);
    const alone = studyFromPartitions(partitions, { includeSelf: false });
    expect(categoryLabels(alone.scale)).toContain('');
    expect(problemOf(() => studyFromPartitions([{ coder: 'a', chains: [['m'], ['m']] }])).problem).toBe(
      'duplicate',
    );
  });

  test('typed columns are checked as rows are', () => {
    const scale = { kind: 'nominal', categories: ['a', 'b'] } as const;
    const columns = {
      unitOf: Uint32Array.of(1, 0),
      coderOf: Uint32Array.of(0, 1),
      categoryOf: Uint32Array.of(1, 0),
    };
    expect([...studyFromColumns(['u', 'v'], ['x', 'y'], scale, columns).categoryOf]).toEqual([0, 1]);
    const outside = { ...columns, categoryOf: Uint32Array.of(1, 2) };
    expect(problemOf(() => studyFromColumns(['u', 'v'], ['x', 'y'], scale, outside)).row).toBe(2);
  });

  test('counts forget who said what, with many categories as with few', () => {
    const wide = [
      [3, 1, 3, null],
      [2, 2, 2, 2],
    ];
    const few = unitCounts(studyFromWide(wide));
    const many = unitCounts(
      studyFromWide(wide, { categories: Array.from({ length: 50 }, (_, index) => index) }),
    );
    for (const counts of [few, many]) {
      expect([...counts.ratingsOf]).toEqual([3, 4]);
      expect([...counts.offsets]).toEqual([0, 2, 3]);
      expect(counts.countOf.reduce((sum, count) => sum + count, 0)).toBe(7);
    }
    expect(unitCounts(few)).toBe(few);
    const table = unitCountsFromTable([
      [1, 0, 2],
      [0, 4, 0],
    ]);
    expect([...table.countOf]).toEqual([1, 2, 4]);
    expect(problemOf(() => unitCountsFromTable([[1], [0.5]])).row).toBe(2);
  });
});
