import { pairedCategories } from '../chance-corrected/paired-categories.ts';
import { categoryCount, categoryLabels } from '../study/scale.ts';
import { type Study } from '../study/study.ts';
import { type CountsSource, unitCounts } from '../study/unit-counts.ts';

export interface CategoryTable {
  readonly categories: readonly string[];
  /** Row-major, categories × categories. */
  readonly cells: readonly (readonly number[])[];
}

function rowsOf(cells: Float64Array, size: number): number[][] {
  return Array.from({ length: size }, (_, row) => Array.from(cells.subarray(row * size, (row + 1) * size)));
}

/** Units that both coders rated, rows by the first coder's category, columns by the second's. */
export function confusionMatrix(study: Study, coders?: readonly [string, string]): CategoryTable {
  const { first, second } = pairedCategories(study, coders);
  const size = categoryCount(study.scale);
  const cells = new Float64Array(size * size);
  for (let i = 0; i < first.length; i++) {
    const cell = (first[i] ?? 0) * size + (second[i] ?? 0);
    cells[cell] = (cells[cell] ?? 0) + 1;
  }
  return { categories: categoryLabels(study.scale), cells: rowsOf(cells, size) };
}

/**
 * Krippendorff's observed coincidences of any number of coders: o_ck = Σ over units of the ordered pairs of
 * values c and k, over (ratings − 1). Symmetric; its sum is the number of pairable ratings.
 */
export function coincidenceMatrix(source: CountsSource): CategoryTable {
  const counts = unitCounts(source);
  const size = categoryCount(counts.scale);
  const cells = new Float64Array(size * size);
  for (let unit = 0; unit < counts.units; unit++) {
    const m = counts.ratingsOf[unit] ?? 0;
    if (m < 2) continue;
    const start = counts.offsets[unit] ?? 0;
    const end = counts.offsets[unit + 1] ?? 0;
    for (let i = start; i < end; i++) {
      const times = counts.countOf[i] ?? 0;
      const row = (counts.categoryOf[i] ?? 0) * size;
      for (let j = start; j < end; j++) {
        const cell = row + (counts.categoryOf[j] ?? 0);
        const pairs = i === j ? times * (times - 1) : times * (counts.countOf[j] ?? 0);
        cells[cell] = (cells[cell] ?? 0) + pairs / (m - 1);
      }
    }
  }
  return { categories: categoryLabels(counts.scale), cells: rowsOf(cells, size) };
}
