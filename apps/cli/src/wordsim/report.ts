import {
  columnsArePersons,
  coverage,
  exclusionAudit,
  type ExclusionAudit,
  type Finding,
  type GoldProvenance,
  goldProvenance,
  ICC_FORMS,
  type JoinedFiles,
  lintRatings,
  type LintReport,
  pairMeans,
  pairPrecision,
  ratingReliability,
  type RatingResolution,
  ratingResolution,
  type RatingTable,
  type ReliabilityReport,
} from '@casebook/agreement';
import type { Terminal } from '../usage.ts';
import { Progress } from '../progress.ts';
import { type CeilingReport, ceilingReport } from './ceiling-report.ts';
import { combinedFiles } from './coder-files.ts';
import { type Figure, figureOf } from './figure.ts';
import type { ReportCall } from './options.ts';
import { readPairTable } from './pair-table.ts';
import { expanded, type InputFile } from './source.ts';
import { readModel } from './vectors.ts';

/** What `casebook wordsim report --json` prints. */
export interface WordsimReport {
  readonly files: readonly InputFile[];
  readonly seed: number;
  readonly pairs: number;
  readonly raters: number;
  readonly ratings: number;
  readonly columnsArePersons: boolean;
  readonly columnsBecause: string;
  readonly scale: LintReport['scale'] | { readonly value: null; readonly reason: string };
  readonly lint: readonly Finding[];
  readonly provenance: Provenance;
  readonly reliability: Reliability | { readonly value: null; readonly reason: string };
  readonly ceiling: CeilingReport | { readonly value: null; readonly reason: string };
  readonly resolution: RatingResolution;
  readonly exclusion: ExclusionAudit | { readonly value: null; readonly reason: string };
  readonly joins?: readonly JoinedFiles[];
  readonly lists?: readonly string[];
  readonly checks?: { readonly rows: number; readonly what: string };
  readonly model?: ModelSection;
}

type Provenance =
  | (Omit<Extract<GoldProvenance, { kind: 'defined' }>, 'kind' | 'differing'> & {
      readonly differing: readonly {
        readonly word1: string;
        readonly word2: string;
        readonly row: number;
        readonly gold: number;
        readonly recomputed: number;
      }[];
    })
  | { readonly value: null; readonly reason: string };

interface ModelSection extends ReturnType<typeof coverage> {
  readonly file: InputFile;
  readonly format: string;
  readonly dimensions: number;
  readonly vocabulary: number;
  readonly goldIs: 'gold' | 'mean of the ratings';
}

/** Reliability with plain numbers where they exist; intervals beside them. */
export interface Reliability {
  readonly apiaa: CorrelationPart;
  readonly amiaa: CorrelationPart;
  readonly alpha: { readonly interval: Figure; readonly ordinal: Figure; readonly ci: unknown };
  readonly icc: Readonly<Record<string, unknown>>;
  readonly splitHalf: Readonly<Record<string, unknown>>;
  /** What the literature would print if columns were taken for persons; null where they are. */
  readonly ifColumnsWerePersons: { readonly apiaa: CorrelationPart; readonly amiaa: CorrelationPart } | null;
}

interface CorrelationPart {
  readonly spearman: Figure;
  readonly pearson: Figure;
  readonly ci: unknown;
  readonly spread: unknown;
}

export async function wordsimReport(call: ReportCall, terminal: Terminal): Promise<WordsimReport> {
  const files = await expanded(call.files);
  const read = [];
  for (const file of files) read.push(await readPairTable(file, call.layout, terminal));
  const combined = read.length > 1 ? combinedFiles(read) : null;
  const [only] = read;
  const table = combined?.table ?? only?.table;
  if (table === undefined) throw new Error('no table was read');
  const extras = combined === null ? (only?.extras ?? null) : null;
  const progress = new Progress(terminal, 'report', 'the intervals');
  const verdict = columnsArePersons(table);
  const persons = call.persons ?? verdict.columnsArePersons;
  const lint = lintRatings(table, { persons, ...(call.scale === null ? {} : { scale: call.scale }) });
  const reliability = ratingReliability(table, {
    persons,
    resamples: call.resamples,
    seed: call.seed,
    onProgress: progress.report,
  });
  progress.end();
  const ratings = table.ratings.reduce((sum, row) => sum + row.filter((value) => value !== null).length, 0);
  const single = reliability.kind === 'defined' ? reliability.icc.icc1.value : null;
  return {
    files: read.map(({ input }) => input),
    seed: call.seed,
    pairs: table.pairs.length,
    raters: table.raters.length,
    ratings,
    columnsArePersons: persons,
    columnsBecause:
      call.persons !== null
        ? 'as stated by --columns'
        : combined === null
          ? verdict.because
          : 'each file is one coder',
    scale: lint.scale ?? { value: null, reason: 'there are no ratings' },
    lint: [...(combined?.findings ?? []), ...lint.findings],
    provenance: provenanceOf(table),
    reliability: reliabilityOf(table, reliability, persons),
    ceiling: ceilingReport(table, reliability, pairPrecision(table, call.seed)),
    resolution: ratingResolution(table.pairs.length, {
      single,
      raters: table.pairs.length === 0 ? 0 : ratings / table.pairs.length,
      seed: call.seed,
    }),
    exclusion:
      persons && table.raters.length > 2
        ? exclusionAudit(table, { attention: extras?.attention ?? [] })
        : {
            value: null,
            reason: persons ? 'fewer than three raters' : 'columns are not persons, so none can be left out',
          },
    ...(combined === null ? {} : { joins: combined.joins, lists: combined.lists }),
    ...(extras === null ? {} : { checks: { rows: extras.checkRows, what: extras.checkedBy } }),
    ...(call.vectors === null ? {} : { model: await modelSection(table, call.vectors, terminal) }),
  };
}

async function modelSection(table: RatingTable, path: string, terminal: Terminal): Promise<ModelSection> {
  const means = pairMeans(table);
  const scores = table.gold ?? means;
  const pairs = table.pairs.flatMap(({ word1, word2 }, pair) => {
    const gold = scores[pair] ?? null;
    return gold === null ? [] : [{ word1, word2, gold }];
  });
  const { embedding, vectors, input } = await readModel(path, pairs, terminal, true);
  return {
    file: input,
    format: vectors.format,
    dimensions: vectors.dimensions,
    vocabulary: vectors.vocabulary,
    goldIs: table.gold === null ? 'mean of the ratings' : 'gold',
    ...coverage(pairs, embedding, vectors.mean ?? undefined),
  };
}

function provenanceOf(table: RatingTable): Provenance {
  const found = goldProvenance(table);
  if (found.kind === 'undefined') return { value: null, reason: found.reason };
  const { kind: _, differing, ...rest } = found;
  return {
    ...rest,
    differing: differing.map(({ pair, gold, recomputed }) => ({
      word1: table.pairs[pair]?.word1 ?? '',
      word2: table.pairs[pair]?.word2 ?? '',
      row: table.pairs[pair]?.line ?? 0,
      gold,
      recomputed,
    })),
  };
}

function reliabilityOf(
  table: RatingTable,
  report: ReliabilityReport,
  persons: boolean,
): WordsimReport['reliability'] {
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

function asIfPersons(table: RatingTable): Reliability['ifColumnsWerePersons'] {
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
