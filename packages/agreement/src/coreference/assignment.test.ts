import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maximumWeightMatching } from './assignment.ts';

function matchingOf(matrix: readonly (readonly number[])[]) {
  const row: number[] = [];
  const column: number[] = [];
  const weight: number[] = [];
  for (const [i, weights] of matrix.entries()) {
    for (const [j, value] of weights.entries()) {
      if (value === 0) continue;
      row.push(i);
      column.push(j);
      weight.push(value);
    }
  }
  return maximumWeightMatching({ rows: matrix.length, columns: matrix[0]?.length ?? 0, row, column, weight });
}

function best(matrix: readonly (readonly number[])[], row = 0, used = 0): number {
  const weights = matrix[row];
  if (weights === undefined) return 0;
  let most = best(matrix, row + 1, used);
  for (const [column, weight] of weights.entries()) {
    if ((used & (1 << column)) === 0)
      most = Math.max(most, weight + best(matrix, row + 1, used | (1 << column)));
  }
  return most;
}

// Munkres 1957's problem as a maximisation: the greedy choice (9 first) is not the best.
test('finds the best assignment where the greedy one is not', () => {
  expect([
    ...matchingOf([
      [9, 8],
      [8, 1],
    ]),
  ]).toEqual([1, 0]);
});

test('leaves a row single where that is worth more', () => {
  expect([...matchingOf([[5], [7], [6]])]).toEqual([-1, 0, -1]);
});

test('is never worse than trying every assignment', () => {
  const matrices = fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
    .chain(([rows, columns]) =>
      fc.array(
        fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 9 })), {
          minLength: columns,
          maxLength: columns,
        }),
        { minLength: rows, maxLength: rows },
      ),
    );
  fc.assert(
    fc.property(matrices, (matrix) => {
      const found = matchingOf(matrix);
      const used = [...found].filter((column) => column >= 0);
      expect(new Set(used).size).toBe(used.length);
      const sum = [...found].reduce((total, column, row) => total + (matrix[row]?.[column] ?? 0), 0);
      expect(sum).toBe(best(matrix));
    }),
    { numRuns: 500 },
  );
});

test('refuses a weight that is no weight', () => {
  expect(() => maximumWeightMatching({ rows: 1, columns: 1, row: [0], column: [0], weight: [NaN] })).toThrow(
    RangeError,
  );
});
