import { DrawnRatings, type TwoWayStatistic } from '../resampling/units-and-coders.ts';
import { categoryCount } from '../study/scale.ts';
import { type Study } from '../study/study.ts';
import { alphaOf, type AlphaKernel } from './kernel.ts';

/** Alpha of a sample of units and coders. */
export function twoWayAlpha(study: Study, kernel: AlphaKernel): TwoWayStatistic {
  const size = categoryCount(study.scale);
  const drawn = new DrawnRatings(study, size);
  return (unitTimes, coderTimes) => {
    const totals = new Float64Array(size);
    let ratings = 0;
    for (let unit = 0; unit < unitTimes.length; unit++) {
      const times = unitTimes[unit] ?? 0;
      if (times === 0) continue;
      drawn.read(unit, coderTimes);
      if (drawn.pairs === 0) continue;
      ratings += times * drawn.total;
      for (let i = 0; i < drawn.used; i++) {
        const category = drawn.categories[i] ?? 0;
        totals[category] = (totals[category] ?? 0) + times * (drawn.counts[category] ?? 0);
      }
    }
    if (totals.filter((total) => total > 0).length < 2) return NaN;
    const prepared = kernel.prepare(totals, ratings);
    let within = 0;
    for (let unit = 0; unit < unitTimes.length; unit++) {
      const times = unitTimes[unit] ?? 0;
      if (times === 0) continue;
      drawn.read(unit, coderTimes);
      if (drawn.pairs === 0) continue;
      let apart = 0;
      for (let i = 0; i < drawn.used; i++) {
        const a = drawn.categories[i] ?? 0;
        for (let j = i + 1; j < drawn.used; j++) {
          const b = drawn.categories[j] ?? 0;
          apart += 2 * (drawn.counts[a] ?? 0) * (drawn.counts[b] ?? 0) * prepared.distance(a, b);
        }
      }
      within += (times * drawn.total * apart) / drawn.pairs;
    }
    return alphaOf(within, prepared.between(), ratings);
  };
}
