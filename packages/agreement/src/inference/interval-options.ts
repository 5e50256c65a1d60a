import { type ResamplingControl } from '../resampling/bootstrap.ts';
import { type UnitStatistics } from '../resampling/unit-statistics.ts';

/** Which interval to make, and how a long bootstrap is watched and stopped. */
export interface IntervalOptions extends ResamplingControl {
  /**
   * `analytic`: Gwet's formula with Student's t; `linearised`: the same from the true influence of each
   * unit; `jackknife`; `percentile` and `bca`: bootstrap; `krippendorff`: his own bootstrap, alpha only; `none`.
   * Analytic unless stated.
   */
  readonly method?: 'analytic' | 'linearised' | 'jackknife' | 'percentile' | 'bca' | 'krippendorff' | 'none';
  /** Confidence level, 0.95 unless stated. */
  readonly level?: number;
  /**
   * What `percentile` and `bca` draw: `units`, unless stated, or `units-and-coders`, where the coders too stand for
   * others that might have been asked. The latter needs a study, not counts; the acceleration of BCa stays that of the
   * units. A coder drawn twice counts twice and is not compared with himself, so of a measure of two coders half the
   * resamples have no value, and the others say what resampling units says.
   */
  readonly over?: 'units' | 'units-and-coders';
  /**
   * Unit → the cluster that it stands in, by the study's index of the unit; numbers from 0. Where given, `percentile`,
   * `bca` and `jackknife` draw or leave out whole clusters with all their units (Davison & Hinkley 1997, ch. 3.8):
   * units of one document are alike, and resampling them one by one would claim more certainty than there is. With few
   * clusters, below about 20, percentile intervals of this kind are still too short. Not with `units-and-coders`.
   */
  readonly clusterOf?: ArrayLike<number>;
  /** Bootstrap resamples, 1,000 unless stated. */
  readonly resamples?: number;
  /**
   * Divisor of analytic variances. irrCAC divides by n − 1 for raw ratings and by n for tables of two coders;
   * n − 1 unless stated, but n for Cohen's kappa and Scott's pi.
   */
  readonly divisor?: 'n' | 'n-1';
  /** Seed of the bootstrap, 1 unless stated. */
  readonly seed?: number;
  /**
   * Is handed the rows that a bootstrap would draw, whatever the method; not called by measures that have none, nor
   * where the value is undefined. So two figures can be drawn together, see `pairedChange`.
   */
  readonly onRows?: (rows: UnitStatistics) => void;
}

export const DEFAULT_LEVEL = 0.95;
export const DEFAULT_RESAMPLES = 1000;
export const DEFAULT_SEED = 1;

/** Throws RangeError for a level outside (0, 1) or fewer than two resamples. */
export function checkIntervalOptions(options: IntervalOptions): void {
  const level = options.level ?? DEFAULT_LEVEL;
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`A confidence level lies between 0 and 1, not at ${level}.`);
  }
  const resamples = options.resamples ?? DEFAULT_RESAMPLES;
  if (!Number.isInteger(resamples) || resamples < 2) {
    throw new RangeError(`At least two resamples are needed, not ${resamples}.`);
  }
}
