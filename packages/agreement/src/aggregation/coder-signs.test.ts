import { expect, test } from 'vitest';
import { coderSigns } from './coder-signs.ts';

/** The upper triangle of agreement beyond chance, 0 where two coders share nothing that tells. */
function signsOf(rows: readonly (readonly number[])[]): number[] {
  const starts = [0];
  const colleague: number[] = [];
  const value: number[] = [];
  for (const [coder, row] of rows.entries()) {
    for (const [other, own] of row.entries()) {
      if (other === coder) continue;
      colleague.push(other);
      value.push(own);
    }
    starts.push(colleague.length);
  }
  return [
    ...coderSigns({
      starts: Int32Array.from(starts),
      colleague: Int32Array.from(colleague),
      value: Float64Array.from(value),
    }),
  ];
}

test('signs without contradiction are found, most coders being better than chance', () => {
  expect(
    signsOf([
      [0, 0.3, -0.2, 0.1],
      [0.3, 0, -0.4, 0.2],
      [-0.2, -0.4, 0, -0.1],
      [0.1, 0.2, -0.1, 0],
    ]),
  ).toEqual([1, 1, -1, 1]);
});

test('the number of contradictions decides, not their size', () => {
  // The fourth coder contradicts two of three, each by little.
  expect(
    signsOf([
      [0, 0.5, 0.5, -0.01],
      [0.5, 0, 0.5, -0.01],
      [0.5, 0.5, 0, 0.9],
      [-0.01, -0.01, 0.9, 0],
    ]),
  ).toEqual([1, 1, 1, -1]);
});

test('a coder without colleagues counts as better than chance', () => {
  expect(
    signsOf([
      [0, 0.5, 0],
      [0.5, 0, 0],
      [0, 0, 0],
    ]),
  ).toEqual([1, 1, 1]);
});
