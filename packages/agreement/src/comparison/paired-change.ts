import { type Estimate, undefinedEstimate, type Usage } from '../estimate.ts';
import { finishEstimate } from '../inference/finish-estimate.ts';
import { type IntervalOptions } from '../inference/interval-options.ts';
import { type UnitStatistics, UnitStatisticsBuilder } from '../resampling/unit-statistics.ts';
import { type Study } from '../study/study.ts';

/** A measure of agreement as a function of what is measured; it passes the interval on unchanged. */
export type StudyMeasure = (study: Study, interval: IntervalOptions) => Estimate;

export interface PairedChangeOptions extends Pick<IntervalOptions, 'level' | 'resamples' | 'seed'> {
  /** `percentile` unless stated. */
  readonly method?: 'percentile' | 'bca' | 'none';
  /** Unit → what is drawn with all its units, as a document; units are drawn one by one where it is left out. */
  readonly clusterOf?: (unit: string) => string;
}

/**
 * The change of a measure from one study to another of the same units, after − before, as of agreement under two
 * versions of the guidelines. Units, or clusters of them, are matched by name and drawn with replacement; both figures
 * are taken on the same draw, since what is hard in one study is hard in the other: two intervals, each drawn for
 * itself, would say less (Efron & Tibshirani 1993, ch. 8; the paired bootstrap). A unit of use to one study only is
 * drawn for that one.
 *
 * `used.units` are those of use to either study, `used.ratings` the ratings of both. Undefined where either figure is.
 * There is no interval where the measure can't be resampled unit by unit, and where every draw gives the same change.
 */
export function pairedChange(
  before: Study,
  after: Study,
  measure: StudyMeasure,
  options: PairedChangeOptions = {},
): Estimate {
  const first = withRows(before, measure);
  const second = withRows(after, measure);
  const { convention } = first.estimate;
  const name = `change of ${first.estimate.measure}`;
  const undefinedOne = [first, second].findIndex(({ estimate }) => estimate.value === null);
  const used = usageOfBoth(first, second);
  if (first.estimate.value === null || second.estimate.value === null) {
    const { reason } = undefinedOne === 0 ? first.estimate : second.estimate;
    return undefinedEstimate(
      name,
      convention,
      `${undefinedOne === 0 ? 'before' : 'after'}: ${reason ?? ''}`,
      used,
    );
  }
  const joined = joinedRows(first, second);
  const { clusterOf, ...drawing } = options;
  const clusters =
    clusterOf === undefined || joined === null ? {} : { clusterOf: numbered(joined, clusterOf) };
  return finishEstimate(
    {
      measure: name,
      convention,
      value: second.estimate.value - first.estimate.value,
      ...{ observed: null, expected: null, used },
    },
    joined === null ? {} : { statistics: () => joined.rows },
    { method: 'percentile', ...drawing, ...clusters },
  );
}

interface Look {
  readonly estimate: Estimate;
  readonly study: Study;
  /** Null where there are none, or where they are not told apart by unit. */
  readonly rows: UnitStatistics | null;
}

function withRows(study: Study, measure: StudyMeasure): Look {
  const handed: UnitStatistics[] = [];
  const estimate = measure(study, { method: 'none', onRows: (rows) => handed.push(rows) });
  return { estimate, study, rows: handed[0] ?? null };
}

interface JoinedRows {
  readonly rows: UnitStatistics;
  /** Of the rows, in their order. */
  readonly units: readonly string[];
}

/** A row for each unit of use to either study: what it adds to the figure before, then what it adds to the other. */
function joinedRows(first: Look, second: Look): JoinedRows | null {
  const { rows: before } = first;
  const { rows: after } = second;
  if (before === null || after === null) return null;
  const ofBefore = rowByUnit(before, first.study);
  const ofAfter = rowByUnit(after, second.study);
  if (ofBefore === null || ofAfter === null) return null;
  const units = [...new Set([...ofBefore.keys(), ...ofAfter.keys()])];
  const builder = new UnitStatisticsBuilder(units.length, before.columns.length + after.columns.length);
  for (const [place, unit] of units.entries()) {
    addRow(builder, before, ofBefore.get(unit), 0);
    addRow(builder, after, ofAfter.get(unit), before.width);
    builder.endUnit(place);
  }
  const evaluate = (sums: Float64Array): number =>
    after.evaluate(sums.subarray(before.width)) - before.evaluate(sums.subarray(0, before.width));
  return { rows: builder.finish(before.width + after.width, evaluate), units };
}

function rowByUnit({ unitOf }: UnitStatistics, study: Study): ReadonlyMap<string, number> | null {
  if (unitOf === undefined) return null;
  return new Map(Array.from(unitOf, (unit, row) => [study.units[unit] ?? '', row]));
}

function addRow(
  builder: UnitStatisticsBuilder,
  { offsets, columns, amounts }: UnitStatistics,
  row: number | undefined,
  shift: number,
): void {
  if (row === undefined) return;
  for (let entry = offsets[row] ?? 0; entry < (offsets[row + 1] ?? 0); entry++) {
    builder.add((columns[entry] ?? 0) + shift, amounts[entry] ?? 0);
  }
}

function numbered({ units }: JoinedRows, clusterOf: (unit: string) => string): Uint32Array {
  const names = units.map(clusterOf);
  const places = new Map([...new Set(names)].sort().map((name, place) => [name, place] as const));
  return Uint32Array.from(names, (name) => places.get(name) ?? 0);
}

function usageOfBoth(first: Look, second: Look): Usage {
  const { used: before } = first.estimate;
  const { used: after } = second.estimate;
  const named = [first, second].flatMap(({ rows, study }) =>
    Array.from(rows?.unitOf ?? [], (unit) => study.units[unit] ?? ''),
  );
  return {
    units: named.length === 0 ? Math.max(before.units, after.units) : new Set(named).size,
    coders: Math.max(before.coders, after.coders),
    ratings: before.ratings + after.ratings,
    dropped: {
      units: Math.max(before.dropped.units, after.dropped.units),
      coders: Math.max(before.dropped.coders, after.dropped.coders),
      ratings: before.dropped.ratings + after.dropped.ratings,
    },
  };
}
