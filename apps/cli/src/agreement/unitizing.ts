import { alphaU, type Continuum, type MarkedUnit, StudyError } from '@casebook/agreement';
import { UsageError } from '../usage.ts';
import { type Row, readTable } from '../tables/table.ts';
import { type FigureReport, reported } from './measure-report.ts';

/** What `casebook agreement --measure alpha-u` prints. */
export interface UnitizingReport {
  /** Stretches that were marked. */
  readonly units: number;
  readonly coders: number;
  readonly ratings: number;
  readonly missing: number;
  readonly seed: number;
  readonly continuum: { readonly begin: number; readonly end: number };
  readonly measures: readonly [
    FigureReport & {
      readonly measure: 'alpha-u';
      readonly level: 'nominal';
      readonly weights: 'identity';
      readonly categories: readonly Record<string, unknown>[];
    },
  ];
}

/** Stretches of one continuum: columns coder, start, end (the first position after it), category. */
export function unitizingReport(
  text: string,
  file: string,
  bounds: { readonly begin: number; readonly end: number } | null,
  seed: number,
): UnitizingReport {
  const { units, coders, lines } = markedUnits(text, file);
  const begin = bounds?.begin ?? Math.min(...units.map(({ offset }) => offset));
  const end = bounds?.end ?? Math.max(...units.map(({ offset, length }) => offset + length));
  if (units.length === 0 && bounds === null)
    throw new UsageError(
      `${file}: nothing was marked; expected a stretch, or --continuum to say where it lies`,
    );
  const { estimate, categories } = agreement({ begin, length: end - begin, units, coders }, file, lines);
  return {
    units: units.length,
    coders: coders.length,
    ratings: units.length,
    missing: 0,
    seed,
    continuum: { begin, end },
    measures: [
      {
        measure: 'alpha-u',
        level: 'nominal',
        weights: 'identity',
        ...reported(estimate),
        categories: categories.map(({ alpha, ...own }) => ({
          ...own,
          alpha: alpha ?? { value: null, reason: 'nothing could be expected' },
        })),
      },
    ],
  };
}

function agreement(continuum: Continuum, file: string, lines: readonly number[]) {
  try {
    return alphaU(continuum);
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    const line = error.row === null ? '' : `:${lines[error.row - 1] ?? 1}:1`;
    throw new UsageError(`${file}${line}: ${error.message.replace(/^Row \d+: /u, '')}`);
  }
}

function markedUnits(text: string, file: string): { units: MarkedUnit[]; coders: string[]; lines: number[] } {
  const rows = readTable(text, file, {
    coder: { words: ['coder', 'rater', 'worker'] },
    start: { words: ['start', 'begin', 'offset'], optional: true },
    end: { words: ['end'], optional: true },
    category: { words: ['category', 'label', 'value'], optional: true },
  });
  const units: MarkedUnit[] = [];
  const coders = new Set<string>();
  const lines: number[] = [];
  for (const row of rows) {
    const { coder, start, end, category } = row.cells;
    coders.add(coder);
    if (start === '' && end === '' && category === '') continue;
    const offset = position(row, 'start', file);
    const length = position(row, 'end', file) - offset;
    if (length < 1)
      throw new UsageError(
        `${file}:${row.line}:1: the stretch ends at ${end}; expected an end after ${start}`,
      );
    if (category === '')
      throw new UsageError(`${file}:${row.line}:1: the stretch has no category; expected one`);
    units.push({ coder, category, offset, length });
    lines.push(row.line);
  }
  return { units, coders: [...coders], lines };
}

function position({ cells, line }: Row<string>, name: 'start' | 'end', file: string): number {
  const given = cells[name] ?? '';
  if (!/^-?\d+$/u.test(given))
    throw new UsageError(
      `${file}:${line}:1: the ${name} is ${given === '' ? 'empty' : `“${given}”`}; expected a whole number in a column “${name}”`,
    );
  return Number(given);
}
