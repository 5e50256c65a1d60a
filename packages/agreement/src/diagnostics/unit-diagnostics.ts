import { alphaParts } from '../alpha/krippendorffs-alpha.ts';
import { type AlphaMetric, kernelFor } from '../alpha/metric.ts';
import { categoryLabel } from '../study/scale.ts';
import { type Study } from '../study/study.ts';
import { unitCounts } from '../study/unit-counts.ts';

/** How much the coders disagree on one unit. */
export interface UnitDiagnostics {
  readonly unit: string;
  readonly ratings: number;
  /**
   * Item alpha: 1 − (mean distance of the unit's pairs)/D_e. Null where the unit has fewer than two ratings
   * or alpha has no expected disagreement.
   */
  readonly alpha: number | null;
  /** Share of agreeing pairs; null with fewer than two ratings. */
  readonly agreement: number | null;
  /** Shannon entropy of the unit's categories in bits; null without ratings. */
  readonly entropy: number | null;
  /** The categories most coders chose, several in a tie. */
  readonly majority: readonly string[];
}

/** Every unit's own agreement, in the order of the study (Krippendorff 2013; DKPro's item agreement). */
export function unitDiagnostics(
  study: Study,
  options: { readonly metric?: AlphaMetric } = {},
): UnitDiagnostics[] {
  const counts = unitCounts(study);
  const parts = alphaParts(counts, kernelFor(options.metric ?? 'nominal', study.scale));
  const expected = parts.between / (parts.ratings * (parts.ratings - 1));
  return study.units.map((unit, index) => {
    const start = counts.offsets[index] ?? 0;
    const end = counts.offsets[index + 1] ?? 0;
    const ratings = counts.ratingsOf[index] ?? 0;
    const pairs = ratings * (ratings - 1);
    let alike = 0;
    let entropy = 0;
    let most = 0;
    for (let i = start; i < end; i++) {
      const count = counts.countOf[i] ?? 0;
      alike += count * (count - 1);
      entropy -= (count / ratings) * Math.log2(count / ratings);
      most = Math.max(most, count);
    }
    const majority: string[] = [];
    for (let i = start; i < end; i++) {
      if (counts.countOf[i] === most) majority.push(categoryLabel(study.scale, counts.categoryOf[i] ?? 0));
    }
    const hasAlpha = ratings >= 2 && expected > 0;
    return {
      unit,
      ratings,
      alpha: hasAlpha ? 1 - parts.prepared.within(counts, start, end, ratings) / pairs / expected : null,
      agreement: ratings < 2 ? null : alike / pairs,
      entropy: ratings === 0 ? null : Math.abs(entropy),
      majority: majority.sort(),
    };
  });
}
