import { type ExclusionAudit, exclusionAudit } from '../exclusion/audit.ts';
import type { AttentionChecks } from '../exclusion/rules.ts';
import type { Finding } from '../lint/finding.ts';
import { lintRatings, type LintReport } from '../lint/lint.ts';
import { pairPrecision } from '../ratings/ceiling.ts';
import { columnsArePersons } from '../ratings/columns-are-persons.ts';
import type { JoinedFiles } from '../ratings/join.ts';
import type { RatingTable } from '../ratings/rating-table.ts';
import { ratingReliability } from '../ratings/reliability.ts';
import { type RatingResolution, ratingResolution } from '../ratings/resolution.ts';
import { type CeilingReport, ceilingReport } from './ceiling-report.ts';
import { combinedFiles, type NamedTable } from './coder-files.ts';
import { type ProvenanceReport, provenanceReport } from './provenance-report.ts';
import { type ReliabilityFigures, reliabilityFigures } from './reliability-figures.ts';

type Unstated = { readonly value: null; readonly reason: string };

/** What can be said of a similarity dataset from its table alone. */
export interface RatingReport {
  readonly seed: number;
  readonly pairs: number;
  readonly raters: number;
  readonly ratings: number;
  readonly columnsArePersons: boolean;
  readonly columnsBecause: string;
  readonly scale: LintReport['scale'] | Unstated;
  readonly lint: readonly Finding[];
  readonly provenance: ProvenanceReport;
  readonly reliability: ReliabilityFigures | Unstated;
  readonly ceiling: CeilingReport | Unstated;
  readonly resolution: RatingResolution;
  readonly exclusion: ExclusionAudit | Unstated;
  /** Of several files. */
  readonly joins?: readonly JoinedFiles[];
  readonly lists?: readonly string[];
  /** Of a table with a row a judgement. */
  readonly checks?: { readonly rows: number; readonly what: string };
}

/** One file of a dataset. */
export interface ReadRatings extends NamedTable {
  /** What a table with a row a judgement told of attention; null for others. */
  readonly checks: {
    readonly attention: readonly AttentionChecks[];
    readonly rows: number;
    readonly what: string;
  } | null;
}

export interface RatingReportOptions {
  readonly seed: number;
  /** Of the bootstrap intervals. */
  readonly resamples: number;
  /** Ends of the rating scale; inferred from the values where left out. */
  readonly scale?: { readonly low: number; readonly high: number };
  /** Whether a column is one person, where whoever asks knows; else it is judged from the table. */
  readonly persons?: { readonly are: boolean; readonly because: string };
  /** Called with a share between 0 and 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Lint, provenance of gold, reliability, ceiling, resolution and the audit of exclusions of a dataset. Several files
 * are one coder each and joined by pair. The table that the figures are of comes with them.
 *
 * @throws RangeError where several files can't be one coder each, or there is none.
 */
export function ratingReport(
  read: readonly ReadRatings[],
  options: RatingReportOptions,
): { readonly table: RatingTable; readonly report: RatingReport } {
  const combined = read.length > 1 ? combinedFiles(read) : null;
  const [only] = read;
  const table = combined?.table ?? only?.table;
  if (table === undefined) throw new RangeError('there is no table; expected one or more');
  const { seed, resamples } = options;
  const checks = combined === null ? (only?.checks ?? null) : null;
  const verdict = columnsArePersons(table);
  const persons = options.persons?.are ?? verdict.columnsArePersons;
  const lint = lintRatings(table, {
    persons,
    ...(options.scale === undefined ? {} : { scale: options.scale }),
  });
  const reliability = ratingReliability(table, {
    persons,
    resamples,
    seed,
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  });
  const ratings = table.ratings.reduce((sum, row) => sum + row.filter((value) => value !== null).length, 0);
  const report: RatingReport = {
    seed,
    pairs: table.pairs.length,
    raters: table.raters.length,
    ratings,
    columnsArePersons: persons,
    columnsBecause:
      options.persons?.because ?? (combined === null ? verdict.because : 'each file is one coder'),
    scale: lint.scale ?? { value: null, reason: 'there are no ratings' },
    lint: [...(combined?.findings ?? []), ...lint.findings],
    provenance: provenanceReport(table),
    reliability: reliabilityFigures(table, reliability, persons),
    ceiling: ceilingReport(table, reliability, pairPrecision(table, seed)),
    resolution: ratingResolution(table.pairs.length, {
      single: reliability.kind === 'defined' ? reliability.icc.icc1.value : null,
      raters: table.pairs.length === 0 ? 0 : ratings / table.pairs.length,
      seed,
    }),
    exclusion: exclusionOf(table, persons, checks?.attention ?? []),
    ...(combined === null ? {} : { joins: combined.joins, lists: combined.lists }),
    ...(checks === null ? {} : { checks: { rows: checks.rows, what: checks.what } }),
  };
  return { table, report };
}

function exclusionOf(
  table: RatingTable,
  persons: boolean,
  attention: readonly AttentionChecks[],
): RatingReport['exclusion'] {
  if (!persons) return { value: null, reason: 'columns are not persons, so none can be left out' };
  if (table.raters.length <= 2) return { value: null, reason: 'fewer than three raters' };
  return exclusionAudit(table, { attention });
}
