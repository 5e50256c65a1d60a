import { krippendorffsAlpha } from '../../alpha/krippendorffs-alpha.ts';
import { defaultOverlap } from '../../continuous/coder-values.ts';
import { amiaa, apiaa, type MeanCorrelation } from '../../continuous/inter-coder-correlation.ts';
import { allIccs, ICC_FORMS, type IccForm } from '../../continuous/intraclass-correlation.ts';
import { type SplitHalf, splitHalf } from '../../continuous/split-half.ts';
import { type ConfidenceInterval, type Estimate, type UndefinedEstimate } from '../../estimate.ts';
import { type Study } from '../../study/study.ts';
import { type ResamplingControl } from '../../resampling/bootstrap.ts';
import { type ColumnsVerdict, columnsArePersons } from './columns-are-persons.ts';
import {
  type BootstrapInterval,
  type InterRaterIntervals,
  interRaterIntervals,
} from './correlation-bootstrap.ts';
import { type RatingTable, studyOfTable } from './rating-table.ts';
import { splitHalfInterval } from './split-half-interval.ts';

export interface ReliabilityOptions extends ResamplingControl {
  /** Whether columns are persons; judged from the table unless stated. */
  readonly persons?: boolean;
  /** Resamples of the intervals, 300 unless stated; 0 leaves them out. */
  readonly resamples?: number;
  readonly seed?: number;
  /** Fewest shared pairs of a correlation of two raters; 2 for complete tables and 10 for others unless stated. */
  readonly leastShared?: number;
}

/** Reliability as the design allows it. */
export type ReliabilityReport =
  | {
      readonly kind: 'defined';
      readonly columns: ColumnsVerdict;
      readonly study: Study;
      /** Undefined where columns are no persons. */
      readonly apiaa: { readonly spearman: MeanCorrelation; readonly pearson: MeanCorrelation };
      readonly amiaa: { readonly spearman: MeanCorrelation; readonly pearson: MeanCorrelation };
      readonly intervals: InterRaterIntervals | null;
      readonly alpha: {
        readonly interval: Estimate;
        readonly ordinal: Estimate;
        /** Percentile interval of the interval alpha, pairs and raters drawn again; null where columns are no persons. */
        readonly overRatersAndPairs: ConfidenceInterval | null;
      };
      /** Two-way forms are undefined where columns are no persons; one-way forms use all ratings, with k₀. */
      readonly icc: Readonly<Record<IccForm, Estimate>>;
      readonly splitHalf: SplitHalf;
      /** Interval of the Spearman–Brown reliability over pairs; null where none was asked for. */
      readonly splitHalfInterval: BootstrapInterval | null;
      readonly seed: number;
    }
  | { readonly kind: 'undefined'; readonly columns: ColumnsVerdict; readonly reason: string };

const NO_PERSONS = 'columns are not persons, so no rater can be compared with another';

export function ratingReliability(table: RatingTable, options: ReliabilityOptions = {}): ReliabilityReport {
  const judged = columnsArePersons(table);
  const columns =
    options.persons === undefined ? judged : { columnsArePersons: options.persons, because: 'as stated' };
  const made = studyOfTable(table);
  if (made.study === null) return { kind: 'undefined', columns, reason: made.reason };
  const { study } = made;
  const persons = columns.columnsArePersons;
  const seed = options.seed ?? 1;
  const resamples = options.resamples ?? 300;
  const leastShared = options.leastShared ?? defaultOverlap(study);
  const correlations = (measure: typeof apiaa): { spearman: MeanCorrelation; pearson: MeanCorrelation } => {
    const of = (correlation: 'spearman' | 'pearson'): MeanCorrelation => {
      const own = { correlation, minimumOverlap: leastShared };
      return persons
        ? measure(study, own)
        : without(NO_PERSONS, study, measure === apiaa ? 'apiaa' : 'amiaa');
    };
    return { spearman: of('spearman'), pearson: of('pearson') };
  };
  const iccs = allIccs(study);
  const icc = Object.fromEntries(
    ICC_FORMS.map((form) => [
      form,
      persons || form === 'icc1' || form === 'icc1k' ? iccs[form] : without(NO_PERSONS, study, form),
    ]),
  ) as Record<IccForm, Estimate>;
  return {
    kind: 'defined',
    columns,
    study,
    apiaa: correlations(apiaa),
    amiaa: correlations(amiaa),
    intervals:
      persons && resamples > 0
        ? interRaterIntervals(table, {
            ...options,
            resamples,
            seed,
            leastShared,
          })
        : null,
    alpha: {
      interval: krippendorffsAlpha(study, { metric: 'interval' }),
      ordinal: krippendorffsAlpha(study, { metric: 'ordinal', interval: { method: 'none' } }),
      overRatersAndPairs: persons && resamples > 1 ? alphaOverBoth(study, resamples, seed) : null,
    },
    icc,
    splitHalfInterval: resamples > 1 ? splitHalfInterval(table, persons, resamples, seed) : null,
    splitHalf: splitHalf(study, { columns: persons ? 'persons' : 'anonymous', seed }),
    seed,
  };
}

function alphaOverBoth(study: Study, resamples: number, seed: number): ConfidenceInterval | null {
  if (study.coders.length < 4) return null;
  const interval = { method: 'percentile', over: 'units-and-coders', resamples, seed } as const;
  const alpha = krippendorffsAlpha(study, { metric: 'interval', interval });
  return alpha.value === null ? null : alpha.ci;
}

function without(reason: string, study: Study, measure: string): UndefinedEstimate {
  return {
    measure,
    convention: 'columns are no persons',
    value: null,
    reason,
    used: {
      units: study.units.length,
      coders: 0,
      ratings: study.categoryOf.length,
      dropped: { units: 0, coders: 0, ratings: 0 },
    },
  };
}
