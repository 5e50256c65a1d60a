import { ICC_FORMS } from '../../continuous/intraclass-correlation.ts';
import type { RatingTable } from '../ratings/rating-table.ts';
import { ratingReliability, type ReliabilityReport } from '../ratings/reliability.ts';
import { type StatedFigure, figureOf } from './stated-figure.ts';

/** Reliability with plain numbers where they exist; intervals beside them. */
export interface ReliabilityFigures {
  readonly apiaa: CorrelationPart;
  readonly amiaa: CorrelationPart;
  readonly alpha: { readonly interval: StatedFigure; readonly ordinal: StatedFigure; readonly ci: unknown };
  readonly icc: Readonly<Record<string, unknown>>;
  readonly splitHalf: Readonly<Record<string, unknown>>;
  /** What the literature would print if columns were taken for persons; null where they are. */
  readonly ifColumnsWerePersons: { readonly apiaa: CorrelationPart; readonly amiaa: CorrelationPart } | null;
}

interface CorrelationPart {
  readonly spearman: StatedFigure;
  readonly pearson: StatedFigure;
  readonly ci: unknown;
  readonly spread: unknown;
}

/** The figures of a reliability report; where columns are no persons, also what they would give if they were. */
export function reliabilityFigures(
  table: RatingTable,
  report: ReliabilityReport,
  persons: boolean,
): ReliabilityFigures | { readonly value: null; readonly reason: string } {
  if (report.kind === 'undefined') return { value: null, reason: report.reason };
  const { alpha, icc, splitHalf } = report;
  return {
    apiaa: correlationPart(report, 'apiaa'),
    amiaa: correlationPart(report, 'amiaa'),
    alpha: {
      interval: figureOf(alpha.interval),
      ordinal: figureOf(alpha.ordinal),
      ci: {
        overPairs: alpha.interval.value === null ? null : alpha.interval.ci,
        overRatersAndPairs: alpha.overRatersAndPairs,
      },
    },
    icc: {
      ...Object.fromEntries(ICC_FORMS.map((form) => [form, figureOf(icc[form])])),
      ci: Object.fromEntries(
        ICC_FORMS.flatMap((form) => {
          const own = icc[form];
          return own.value === null || own.ci === null ? [] : [[form, own.ci]];
        }),
      ),
    },
    splitHalf:
      splitHalf.kind === 'undefined'
        ? {
            pearson: { value: null, reason: splitHalf.reason },
            spearmanBrown: { value: null, reason: splitHalf.reason },
          }
        : {
            pearson: splitHalf.pearson,
            spearmanBrown: splitHalf.spearmanBrownPearson,
            spearman: splitHalf.spearman,
            spearmanBrownSpearman: splitHalf.spearmanBrownSpearman,
            sdPearson: splitHalf.sdPearson,
            splits: splitHalf.splits,
            exact: splitHalf.exact,
            ci: report.splitHalfInterval,
            of: persons ? 'raters' : 'each pair’s ratings',
            seed: splitHalf.seed,
          },
    ifColumnsWerePersons: persons ? null : asIfPersons(table),
  };
}

function asIfPersons(table: RatingTable): ReliabilityFigures['ifColumnsWerePersons'] {
  const report = ratingReliability(table, { persons: true, resamples: 0 });
  return report.kind === 'undefined'
    ? null
    : { apiaa: correlationPart(report, 'apiaa'), amiaa: correlationPart(report, 'amiaa') };
}

function correlationPart(
  report: Extract<ReliabilityReport, { kind: 'defined' }>,
  measure: 'apiaa' | 'amiaa',
): CorrelationPart {
  const { spearman, pearson } = report[measure];
  return {
    spearman: figureOf(spearman),
    pearson: figureOf(pearson),
    ci: report.intervals === null ? null : { ...report.intervals[measure], seed: report.intervals.seed },
    spread: spearman.value === null ? null : spearman.spread,
  };
}
