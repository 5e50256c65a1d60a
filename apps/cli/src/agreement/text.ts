import { shortTable, textTable } from '../tables/text-table.ts';
import type { DiagnosticsReport, JsonFigure } from './diagnostics.ts';
import type { FigureReport, MeasureReport } from './measure-report.ts';
import type { AgreementReport } from './report.ts';
import type { UnitizingReport } from './unitizing.ts';

type Cell = string | number;

const UNDEFINED = '–';

/** Measures for people to read: each with its interval and its convention, or with why it is undefined. */
export function agreementText(report: AgreementReport): string {
  const { units, coders, ratings, missing, scale, categories, measures, diagnostics, seed } = report;
  const wasDrawn = measures.some((own) => !('forms' in own) && own.seed !== null);
  return [
    `${units} units × ${coders} coders: ${ratings} ratings, ${missing} missing; ${categories} ${KINDS[scale]}${wasDrawn ? `; seed ${seed}` : ''}\n\n`,
    measureTable(measures),
    benchmarkTable(measures),
    diagnostics === undefined ? '' : diagnosticsText(diagnostics),
  ].join('');
}

const KINDS = {
  nominal: 'categories',
  ordered: 'ordered categories',
  numeric: 'distinct numbers',
  sets: 'distinct sets',
} as const;

export function unitizingText({ units, coders, continuum, measures }: UnitizingReport): string {
  const [own] = measures;
  const rows = own.categories.map((category) =>
    ['category', 'observed', 'expected', 'alpha'].map((name) => cellOf(category[name])),
  );
  return [
    `${units} stretches by ${coders} coders, from ${continuum.begin} to ${continuum.end}\n\n`,
    own.reason === null
      ? textTable(MEASURE_HEADER, [figureRow('alpha-u', own)])
      : undefinedLines([['alpha-u', own]]),
    `\nBy category, as disagreement:\n`,
    textTable(['category', 'observed', 'expected', 'alpha'], rows),
  ].join('');
}

const MEASURE_HEADER = ['measure', 'value', 'low', 'high', 'interval', 'se', 'observed', 'expected', ''];

function measureTable(measures: readonly MeasureReport[]): string {
  const figures = measures.flatMap((own): (readonly [string, FigureReport])[] =>
    'forms' in own ? Object.entries(own.forms) : [[own.measure, own]],
  );
  const rows = figures.filter(([, own]) => own.reason === null).map(([name, own]) => figureRow(name, own));
  return `${rows.length === 0 ? '' : textTable(MEASURE_HEADER, rows)}${undefinedLines(figures)}`;
}

/** Measures without a value, those with the same reason together. */
function undefinedLines(figures: readonly (readonly [string, FigureReport])[]): string {
  const reasons = new Map<string, string[]>();
  for (const [name, { reason }] of figures)
    if (reason !== null) reasons.set(reason, [...(reasons.get(reason) ?? []), name]);
  return [...reasons].map(([reason, names]) => `\nundefined: ${names.join(', ')}\n  ${reason}\n`).join('');
}

function figureRow(name: string, figure: FigureReport): Cell[] {
  const { value, ci, se, observed, expected, convention, notes } = figure;
  const remark = [convention ?? '', ...notes].join('; ');
  const interval = ci === null ? '' : `${Number((ci.level * 100).toFixed(4))} % ${ci.method}`;
  return [
    name,
    value ?? UNDEFINED,
    ci?.low ?? UNDEFINED,
    ci?.high ?? UNDEFINED,
    interval,
    se ?? UNDEFINED,
    observed ?? UNDEFINED,
    expected ?? UNDEFINED,
    remark,
  ];
}

/** Never a bare label: how probable each level is. */
function benchmarkTable(measures: readonly MeasureReport[]): string {
  const rows: Cell[][] = [];
  let header: string[] = [];
  for (const own of measures) {
    if ('forms' in own || own.benchmarks === undefined) continue;
    const levels = own.benchmarks['landis-koch'];
    header = levels.map(({ label, low }) => `${label} (${low < 0 ? 'below 0' : `from ${low}`})`);
    rows.push([own.measure, ...levels.map(({ membership }) => percent(membership))]);
  }
  if (rows.length === 0) return '';
  return `\nHow probable each level of Landis and Koch is (Altman and Fleiss: --json):\n${textTable(['', ...header], rows)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'number' || typeof value === 'string') return value;
  return UNDEFINED;
}

function figureCell(figure: JsonFigure): Cell {
  return typeof figure === 'number' ? figure : UNDEFINED;
}

function diagnosticsText({
  categories,
  coders,
  pairs,
  units,
  confusion,
  coincidences,
}: DiagnosticsReport): string {
  const table = confusion ?? coincidences;
  return [
    section('By category', categories, (rows) =>
      shortTable(
        ['category', 'ratings', 'prevalence', 'specific agreement', 'Fleiss kappa', 'alpha against the rest'],
        rows.map((own) => [
          own.category,
          own.ratings,
          own.prevalence,
          figureCell(own.specificAgreement),
          figureCell(own.fleissKappa),
          figureCell(own.alpha),
        ]),
      ),
    ),
    section('By coder', coders, (rows) =>
      shortTable(
        ['coder', 'ratings', 'alpha without', 'mean kappa', 'with the consensus of the others'],
        rows.map((own) => [
          own.coder,
          own.ratings,
          figureCell(own.alphaWithout),
          figureCell(own.meanKappa),
          figureCell(own.consensusAgreement),
        ]),
      ),
    ),
    section('Every two coders', pairs, (rows) =>
      shortTable(
        ['first', 'second', 'units', 'kappa'],
        rows.map((own) => [own.first, own.second, own.units, figureCell(own.kappa)]),
      ),
    ),
    table === undefined
      ? ''
      : 'reason' in table
        ? ''
        : `\n${confusion === undefined ? 'Coincidences' : 'Confusion, the first coder in rows'}\n${shortTable(
            ['', ...table.categories],
            table.cells.map((row, place) => [table.categories[place] ?? '', ...row]),
          )}`,
    section('By unit, the least agreement first', units, (rows) =>
      shortTable(
        ['unit', 'ratings', 'alpha', 'agreement', 'entropy (bits)', 'most chose'],
        [...rows]
          .sort((a, b) => rankOf(a.agreement) - rankOf(b.agreement))
          .map((own) => [
            own.unit,
            own.ratings,
            figureCell(own.alpha),
            figureCell(own.agreement),
            figureCell(own.entropy),
            own.majority.join(' or '),
          ]),
      ),
    ),
  ].join('');
}

function rankOf(figure: JsonFigure): number {
  return typeof figure === 'number' ? figure : Infinity;
}

function section<Row>(
  title: string,
  rows: readonly Row[] | { readonly reason: string },
  show: (rows: readonly Row[]) => string,
): string {
  return `\n${title}\n${'reason' in rows ? `undefined: ${rows.reason}\n` : show(rows)}`;
}
