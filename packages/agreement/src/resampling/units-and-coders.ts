import { type Generator } from '../random.ts';
import { type Study } from '../study/study.ts';
import { type BootstrapDraws, type ResamplingControl, summariseDraws } from './bootstrap.ts';

/** A coefficient as a function of how often each unit and each coder was drawn; NaN where it is undefined. */
export type TwoWayStatistic = (unitTimes: Uint32Array, coderTimes: Uint32Array) => number;

/**
 * Bootstrap over units and coders, both drawn with replacement. A coder drawn twice counts twice, but is not paired
 * with himself: his agreement with his own copy would be perfect and say nothing.
 */
export function bootstrapUnitsAndCoders(
  study: Study,
  statistic: TwoWayStatistic,
  resamples: number,
  generator: Generator,
  control: ResamplingControl = {},
): BootstrapDraws {
  const unitTimes = new Uint32Array(study.units.length);
  const coderTimes = new Uint32Array(study.coders.length);
  const values = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    control.signal?.throwIfAborted();
    drawInto(unitTimes, generator);
    drawInto(coderTimes, generator);
    values[resample] = statistic(unitTimes, coderTimes);
    if (resample % 50 === 49) control.onProgress?.((resample + 1) / resamples);
  }
  return summariseDraws(values);
}

function drawInto(times: Uint32Array, generator: Generator): void {
  times.fill(0);
  for (let draw = 0; draw < times.length; draw++) {
    const drawn = generator.below(times.length);
    times[drawn] = (times[drawn] ?? 0) + 1;
  }
}

/** One unit's ratings, each as often as its coder was drawn. */
export class DrawnRatings {
  /** Categories that occur, in `categories` up to `used`, and how often, by category. */
  readonly categories: Uint32Array;
  readonly counts: Float64Array;
  used = 0;
  /** Ratings, repeats counted. */
  total = 0;
  /** Ordered pairs of ratings by different coders. */
  pairs = 0;
  /** By category: Σ of squared repeats, the pairs of a coder with himself. */
  readonly ownPairs: Float64Array;
  private readonly study: Study;

  constructor(study: Study, size: number) {
    this.study = study;
    this.categories = new Uint32Array(size);
    this.counts = new Float64Array(size);
    this.ownPairs = new Float64Array(size);
  }

  read(unit: number, coderTimes: Uint32Array): void {
    for (let i = 0; i < this.used; i++) {
      const category = this.categories[i] ?? 0;
      this.counts[category] = 0;
      this.ownPairs[category] = 0;
    }
    this.used = 0;
    this.total = 0;
    let own = 0;
    const { offsets, coderOf, categoryOf } = this.study;
    const end = offsets[unit + 1] ?? 0;
    for (let i = offsets[unit] ?? 0; i < end; i++) {
      const times = coderTimes[coderOf[i] ?? 0] ?? 0;
      if (times === 0) continue;
      const category = categoryOf[i] ?? 0;
      const before = this.counts[category] ?? 0;
      if (before === 0) {
        this.categories[this.used] = category;
        this.used += 1;
      }
      this.counts[category] = before + times;
      this.ownPairs[category] = (this.ownPairs[category] ?? 0) + times * times;
      this.total += times;
      own += times * times;
    }
    this.pairs = this.total * this.total - own;
  }
}
