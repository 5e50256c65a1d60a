import {
  type ConfidenceInterval,
  correlationInterval,
  type Generator,
  icc,
  kendallsTauB,
  namedGenerator,
  pearson,
  spearman,
  spearmanBrown,
  splitHalf,
  type Study,
  studyFromWide,
} from '@casebook/agreement';
import type { AgreementCall, CorrelationCall, CorrelationKind, SplitHalfCall } from './options.ts';

/** What came of simulated studies of the planned size. */
export interface Simulated {
  readonly studies: number;
  /** Studies without an interval. */
  readonly undefined: number;
  readonly meanWidth: number;
  /** Share of all studies whose interval was no wider than planned. */
  readonly assurance: number;
  /** Share of the intervals that hold the expected value, where that is the truth of the simulation. */
  readonly coverage?: number;
}

type Interval = Pick<ConfidenceInterval, 'low' | 'high'>;

function summary(intervals: readonly (Interval | null)[], width: number, truth: number): Simulated {
  const defined = intervals.filter((interval) => interval !== null);
  const share = (count: number, of: number): number => (of === 0 ? 0 : count / of);
  const widths = defined.map(({ low, high }) => high - low);
  return {
    studies: intervals.length,
    undefined: intervals.length - defined.length,
    meanWidth: share(
      widths.reduce((sum, own) => sum + own, 0),
      widths.length,
    ),
    assurance: share(widths.filter((own) => own <= width).length, intervals.length),
    coverage: share(defined.filter(({ low, high }) => low <= truth && truth <= high).length, defined.length),
  };
}

/** Told the share of the studies that are done. */
export type OnProgress = (share: number) => void;

function repeated<Result>(times: number, once: () => Result): Result[] {
  return Array.from({ length: times }, once);
}

function simulated(
  { studies, width, expected }: Pick<CorrelationCall, 'studies' | 'width' | 'expected'>,
  onProgress: OnProgress,
  study: () => Interval | null,
): Simulated {
  let done = 0;
  const intervals = repeated(studies, () => {
    const interval = study();
    done += 1;
    onProgress(done / studies);
    return interval;
  });
  return summary(intervals, width, expected);
}

/** Pearson's correlation of two normal variables whose correlation of another kind is r. */
const NORMAL_CORRELATION: Readonly<Record<CorrelationKind, (r: number) => number>> = {
  pearson: (r) => r,
  spearman: (r) => 2 * Math.sin((Math.PI * r) / 6),
  kendall: (r) => Math.sin((Math.PI * r) / 2),
};
const CORRELATE = { pearson, spearman, kendall: kendallsTauB };

/** Pairs of normal variables with the expected correlation. */
export function simulateCorrelations(
  call: CorrelationCall,
  pairs: number,
  onProgress: OnProgress,
): Simulated {
  const generator = namedGenerator('simulate correlation plan', call.seed);
  const r = NORMAL_CORRELATION[call.correlation](call.expected);
  const rest = Math.sqrt(1 - r * r);
  return simulated(call, onProgress, () => {
    const x = Float64Array.from({ length: pairs }, () => generator.normal());
    const y = x.map((value) => r * value + rest * generator.normal());
    const estimate = CORRELATE[call.correlation](x, y, call.confidence);
    return estimate.value === null ? null : estimate.ci;
  });
}

/** Units that vary normally, and coders who add normal errors of their own; `single` is one coder's reliability. */
function normalStudy(units: number, coders: number, single: number, generator: Generator): Study {
  const spread = Math.sqrt(single);
  const error = Math.sqrt(1 - single);
  return studyFromWide(
    repeated(units, () => {
      const unit = spread * generator.normal();
      return repeated(coders, () => unit + error * generator.normal());
    }),
  );
}

export function simulateIccs(call: AgreementCall, units: number, onProgress: OnProgress): Simulated {
  const generator = namedGenerator('simulate ICC plan', call.seed);
  return simulated(call, onProgress, () => {
    const study = normalStudy(units, call.coders, call.expected, generator);
    const estimate = icc(study, 'icc1', { level: call.confidence });
    return estimate.value === null ? null : estimate.ci;
  });
}

/** Random splits of a study; the mean over more changes it little, and studies are many. */
const SPLITS = 10;

export function simulateSplitHalves(call: SplitHalfCall, units: number, onProgress: OnProgress): Simulated {
  const generator = namedGenerator('simulate split-half plan', call.seed);
  const single = spearmanBrown(call.expected, 1 / call.coders);
  return simulated(call, onProgress, () => {
    const study = normalStudy(units, call.coders, single, generator);
    const halves = splitHalf(study, { splits: SPLITS, enumerateUpTo: SPLITS, seed: generator.nextUint32() });
    if (halves.kind === 'undefined') return null;
    const interval = correlationInterval('pearson', halves.pearson, units, call.confidence);
    if (interval === null) return null;
    return { low: spearmanBrown(interval.low, 2), high: spearmanBrown(interval.high, 2) };
  });
}
