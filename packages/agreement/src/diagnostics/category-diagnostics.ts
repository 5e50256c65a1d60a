import { krippendorffsAlpha } from '../alpha/krippendorffs-alpha.ts';
import { fleissKappa } from '../chance-corrected/fleiss-kappa.ts';
import { type Estimate } from '../estimate.ts';
import { type IntervalOptions } from '../inference/interval-options.ts';
import { categoryCount, categoryLabel } from '../study/scale.ts';
import { type CountsSource, unitCounts } from '../study/unit-counts.ts';
import { oneVersusRest } from './collapse.ts';

/** How well the coders agree on one category. */
export interface CategoryDiagnostics {
  readonly category: string;
  /** Ratings in pairable units. */
  readonly ratings: number;
  /** Share of the pairable ratings. */
  readonly prevalence: number;
  /**
   * Specific agreement: of the pairs in which one coder chose the category, the share in which the other did
   * too, Σ n(n−1)/Σ n(m−1) (Cicchetti & Feinstein 1990). Null where nobody chose it.
   */
  readonly specificAgreement: number | null;
  /** Fleiss' kappa of the category against the rest (Fleiss 1971, eq. 16 for equal numbers of coders). */
  readonly fleissKappa: Estimate;
  /** Nominal alpha of the category against the rest. */
  readonly alpha: Estimate;
}

/** Diagnostics of every category, in the order of the scale. */
export function categoryDiagnostics(
  source: CountsSource,
  options: { readonly interval?: IntervalOptions } = {},
): CategoryDiagnostics[] {
  const counts = unitCounts(source);
  const interval = options.interval ?? { method: 'none' };
  const size = categoryCount(counts.scale);
  const chosen = new Float64Array(size);
  const agreeing = new Float64Array(size);
  const possible = new Float64Array(size);
  let ratings = 0;
  for (let unit = 0; unit < counts.units; unit++) {
    const m = counts.ratingsOf[unit] ?? 0;
    if (m < 2) continue;
    ratings += m;
    const end = counts.offsets[unit + 1] ?? 0;
    for (let i = counts.offsets[unit] ?? 0; i < end; i++) {
      const category = counts.categoryOf[i] ?? 0;
      const count = counts.countOf[i] ?? 0;
      chosen[category] = (chosen[category] ?? 0) + count;
      agreeing[category] = (agreeing[category] ?? 0) + count * (count - 1);
      possible[category] = (possible[category] ?? 0) + count * (m - 1);
    }
  }
  return Array.from({ length: size }, (_, category) => {
    const collapsed = oneVersusRest(counts, category);
    const pairs = possible[category] ?? 0;
    return {
      category: categoryLabel(counts.scale, category),
      ratings: chosen[category] ?? 0,
      prevalence: ratings === 0 ? 0 : (chosen[category] ?? 0) / ratings,
      specificAgreement: pairs === 0 ? null : (agreeing[category] ?? 0) / pairs,
      fleissKappa: fleissKappa(collapsed, { interval }),
      alpha: krippendorffsAlpha(collapsed, { interval }),
    };
  });
}
