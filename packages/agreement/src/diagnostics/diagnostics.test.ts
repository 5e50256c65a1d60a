import { describe, expect, test } from 'vitest';
import { studyFromContingency } from '../study/from-contingency.ts';
import { studyFromWide } from '../study/from-wide.ts';
import { unitCountsFromTable } from '../study/unit-counts.ts';
import { defined } from '../testing/defined.ts';
import { COHEN_1960, FLEISS_1971, krippendorff2011 } from '../testing/published-examples.ts';
import { categoryDiagnostics } from './category-diagnostics.ts';
import { coderDiagnostics } from './coder-diagnostics.ts';
import { coincidenceMatrix, confusionMatrix } from './confusion-matrix.ts';
import { prevalenceAndBias } from './prevalence-and-bias.ts';
import { unitDiagnostics } from './unit-diagnostics.ts';

describe("diagnostics of Krippendorff's example", () => {
  const study = krippendorff2011();

  test('by category', () => {
    const categories = categoryDiagnostics(study);
    expect(categories.map(({ category }) => category)).toEqual(['1', '2', '3', '4', '5']);
    const specific = [0.7, 0.7692307692307693, 0.8, 0.8, 1];
    const alphas = [0.7204301075268817, 0.6666666666666666, 0.74, 0.7771428571428571, 1];
    for (const [index, { specificAgreement, alpha }] of categories.entries()) {
      expect(specificAgreement).toBeCloseTo(specific[index] ?? NaN, 12);
      expect(defined(alpha).value).toBeCloseTo(alphas[index] ?? NaN, 12);
    }
    expect(categories.reduce((sum, { prevalence }) => sum + prevalence, 0)).toBeCloseTo(1, 12);
  });

  test('by coder', () => {
    const coders = coderDiagnostics(study);
    const without = [0.7146739130434783, 0.7040816326530612, 0.8679245283018868, 0.6752577319587629];
    for (const [index, { alphaWithout }] of coders.entries()) {
      if (alphaWithout === null) throw new Error('there are four coders');
      expect(defined(alphaWithout).value).toBeCloseTo(without[index] ?? NaN, 12);
    }
    expect(coders[0]?.meanKappa).toBeCloseTo((0.8448275862068965 + 0.4782608695652174 + 0.85) / 3, 12);
    expect(coders[2]).toMatchObject({ ratings: 10, compared: 10 });
  });

  test('by unit', () => {
    const units = unitDiagnostics(study);
    expect(units[5]).toMatchObject({ ratings: 4, agreement: 0, entropy: 2, majority: ['1', '2', '3', '4'] });
    expect(units[5]?.alpha).toBeCloseTo(-0.28289473684210525, 12);
    expect(units[1]?.alpha).toBeCloseTo(0.35855263157894735, 12);
    expect(units[11]).toMatchObject({ ratings: 1, alpha: null, agreement: null, entropy: 0 });
  });

  test('its coincidence matrix, as printed', () => {
    const { cells } = coincidenceMatrix(study);
    const printed = [
      [7, 4 / 3, 1 / 3, 1 / 3, 0],
      [4 / 3, 10, 4 / 3, 1 / 3, 0],
      [1 / 3, 4 / 3, 8, 1 / 3, 0],
      [1 / 3, 1 / 3, 1 / 3, 4, 0],
      [0, 0, 0, 0, 3],
    ];
    for (const [a, row] of cells.entries()) {
      for (const [b, cell] of row.entries()) expect(cell).toBeCloseTo(printed[a]?.[b] ?? NaN, 12);
    }
  });
});

test("kappa of each of Fleiss' categories (1971): .245 .245 .520 .471 .566", () => {
  const kappas = categoryDiagnostics(unitCountsFromTable(FLEISS_1971)).map(
    (entry) => defined(entry.fleissKappa).value,
  );
  const printed = [0.244755244755245, 0.244755244755245, 0.52, 0.471127272727273, 0.566117806823969];
  for (const [index, kappa] of kappas.entries()) expect(kappa).toBeCloseTo(printed[index] ?? NaN, 12);
});

test('the confusion matrix is the table it came from', () => {
  expect(confusionMatrix(studyFromContingency(COHEN_1960)).cells).toEqual(COHEN_1960);
});

test('prevalence and bias of two categories (Byrt, Bishop & Carlin 1993)', () => {
  const study = studyFromContingency([
    [80, 15],
    [5, 0],
  ]);
  const [yes] = prevalenceAndBias(study);
  expect(yes?.prevalenceIndex).toBeCloseTo(0.8, 12);
  expect(yes?.biasIndex).toBeCloseTo(0.1, 12);
  expect(
    prevalenceAndBias(
      studyFromWide([
        [1, null],
        [null, 1],
      ]),
    ),
  ).toEqual([]);
});

test('a coder is compared with the consensus of the others; ties count in part', () => {
  const coders = coderDiagnostics(
    studyFromWide([
      ['a', 'a', 'b'],
      ['a', 'b', null],
    ]),
  );
  // First unit: others of coder 1 say a and b, a tie of which his a is one.
  expect(coders[0]).toMatchObject({ compared: 2, consensusAgreement: 0.25 });
  expect(coders[2]).toMatchObject({ compared: 1, consensusAgreement: 0 });
  const pair = coderDiagnostics(
    studyFromWide([
      ['a', 'a'],
      ['b', 'a'],
    ]),
  );
  expect(pair[0]?.alphaWithout).toBeNull();
});
