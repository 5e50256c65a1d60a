import { categoryLabels, unitCounts } from '@casebook/agreement';
import type { Study } from '@casebook/agreement';
import type { AgreementView } from '@casebook/contracts';

/**
 * What two coders said of one unit, over all pairs of coders and all units. A pair of unlike answers stands on both
 * sides of the diagonal, a pair of like ones on it once. Specific agreement of a category (Cicchetti & Feinstein 1990):
 * of the answers of that category, paired with each other answer to their unit, the share that met the same.
 */
export function confusionOf(
  study: Study,
  categories: readonly { readonly kind: string; readonly title: string }[],
): NonNullable<AgreementView['confusion']> {
  const { units, offsets, categoryOf, countOf } = unitCounts(study);
  // A study has its categories in an order of its own.
  const placeOf = categoryLabels(study.scale).map((label) =>
    categories.findIndex(({ kind }) => kind === label),
  );
  const counts = categories.map(() => categories.map(() => 0));
  const add = (row: number, column: number, pairs: number): void => {
    const cells = counts[placeOf[row] ?? -1];
    const place = placeOf[column] ?? -1;
    if (cells !== undefined) cells[place] = (cells[place] ?? 0) + pairs;
  };
  for (let unit = 0; unit < units; unit += 1) {
    const end = offsets[unit + 1] ?? 0;
    for (let one = offsets[unit] ?? 0; one < end; one += 1) {
      const category = categoryOf[one] ?? 0;
      const times = countOf[one] ?? 0;
      add(category, category, (times * (times - 1)) / 2);
      for (let other = one + 1; other < end; other += 1) {
        const pairs = times * (countOf[other] ?? 0);
        add(category, categoryOf[other] ?? 0, pairs);
        add(categoryOf[other] ?? 0, category, pairs);
      }
    }
  }
  return {
    counts,
    categories: categories.map(({ title }, category) => {
      const row = counts[category] ?? [];
      const like = 2 * (row[category] ?? 0);
      const all = row.reduce((sum, pairs) => sum + pairs, 0) + (row[category] ?? 0);
      return { title, specificAgreement: all === 0 ? null : like / all };
    }),
  };
}
