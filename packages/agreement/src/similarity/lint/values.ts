import { allValues, type RatingTable } from '../ratings/rating-table.ts';
import { counted, type Finding, finding } from './finding.ts';

export interface Scale {
  readonly low: number;
  readonly high: number;
}

export interface ValueReport {
  /** The scale given, or the one that the values show. */
  readonly scale: Scale;
  readonly scaleIs: 'given' | 'inferred';
  readonly findings: readonly Finding[];
}

/** An end point so much rarer than its neighbour, and so rare at all, is no point of the scale. */
const RARE_SHARE = 0.015;
const RARE_AGAINST_NEIGHBOUR = 0.05;

/**
 * Values outside the scale. Without a given scale, an end of the integer range whose count is tiny beside the next
 * point's is taken for a stray (a zero for "no answer" on a scale from 1); and single values far outside.
 */
export function lintValues(table: RatingTable, given: Scale | null): ValueReport | null {
  const values = allValues(table);
  if (values.length === 0) return null;
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const points = [...counts.keys()].sort((one, other) => one - other);
  const scale = given ?? inferredScale(points, counts, values.length);
  const strays = points.filter((point) => point < scale.low || point > scale.high);
  const findings = strays.map((stray) => {
    const count = counts.get(stray) ?? 0;
    const rows = table.pairs.flatMap(({ line }, pair) =>
      (table.ratings[pair] ?? []).includes(stray) ? [line] : [],
    );
    const why =
      given === null
        ? `, on what looks like a scale from ${scale.low} to ${scale.high}${stray === 0 ? ': zeros that may stand for no answer' : ''}`
        : `, outside the scale from ${scale.low} to ${scale.high}`;
    return finding(
      'value-out-of-scale',
      'error',
      rows,
      `${count.toLocaleString('en')} ${count === 1 ? 'rating is' : 'ratings are'} ${stray}${why}; they are in every mean here`,
    );
  });
  return { scale, scaleIs: given === null ? 'inferred' : 'given', findings };
}

function inferredScale(points: readonly number[], counts: ReadonlyMap<number, number>, total: number): Scale {
  const whole = points.filter((point) => Number.isInteger(point));
  let low = points[0] ?? 0;
  let high = points.at(-1) ?? 0;
  const isStray = (end: number, next: number | undefined, beyond: number | undefined): boolean => {
    if (next === undefined || beyond === undefined || !Number.isInteger(end)) return false;
    const own = counts.get(end) ?? 0;
    const beside = Math.max(counts.get(next) ?? 0, 1);
    const far = Math.abs(end - next) > 3 * Math.abs(next - beyond);
    return own / total < RARE_SHARE && (own / beside < RARE_AGAINST_NEIGHBOUR || far);
  };
  const [first, second, third] = whole;
  // A rare top is ordinary (few pairs are identical), a rare bottom is not, as most pairs are unrelated; a rare top
  // counts only where it lies apart.
  if (first !== undefined && first === low && isStray(first, second, third)) low = second ?? low;
  const top = whole.at(-1);
  const belowTop = whole.at(-2);
  const further = whole.at(-3);
  if (
    top !== undefined &&
    top === high &&
    belowTop !== undefined &&
    further !== undefined &&
    top - belowTop > 3 * (belowTop - further) &&
    (counts.get(top) ?? 0) / total < RARE_SHARE
  )
    high = belowTop;
  return { low, high };
}

/** Spikes and holes among the points of the scale: counts far from what both neighbours make one expect. */
export function lintHistogram(table: RatingTable, scale: Scale | null): Finding[] {
  const values = allValues(table).filter(
    (value) => scale === null || (value >= scale.low && value <= scale.high),
  );
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const points = [...counts.keys()].filter(Number.isInteger).sort((one, other) => one - other);
  if (points.length < 5 || values.length < 200) return [];
  const findings: Finding[] = [];
  for (const [index, point] of points.entries()) {
    const before = counts.get(points[index - 1] ?? NaN);
    const after = counts.get(points[index + 1] ?? NaN);
    if (before === undefined || after === undefined) continue;
    const own = counts.get(point) ?? 0;
    const shown = `${own.toLocaleString('en')} ratings are ${point}, ${before.toLocaleString('en')} are ${points[index - 1] ?? ''} and ${after.toLocaleString('en')} are ${points[index + 1] ?? ''}`;
    if (own < 0.5 * Math.min(before, after)) {
      findings.push(
        finding(
          'histogram-hole',
          'warning',
          [],
          `a hole: ${shown}; a slider that starts there, or a point that raters avoid`,
        ),
      );
    } else if (own > 2 * Math.max(before, after) && own > 0.05 * values.length) {
      findings.push(
        finding(
          'histogram-spike',
          'warning',
          [],
          `a spike: ${shown}; a default value, or a point that raters flee to`,
        ),
      );
    }
  }
  const fractions = values.filter((value) => !Number.isInteger(value)).length;
  const byFraction = new Set(
    values.filter((value) => !Number.isInteger(value)).map((value) => Math.abs(value % 1)),
  );
  if (fractions > 0 && fractions < 0.1 * values.length) {
    findings.push(
      finding(
        'histogram-spike',
        'note',
        [],
        `${counted(fractions, 'rating')} of ${values.length.toLocaleString('en')} are no whole numbers (${byFraction.size === 1 ? 'all' : 'of them some'} ${[
          ...byFraction,
        ]
          .slice(0, 3)
          .map((part) => part.toFixed(2).replace(/0$/, ''))
          .join(', ')} off): most raters used whole points only`,
      ),
    );
  }
  return findings;
}

/** Gold that is missing, or on another scale than the ratings. */
export function lintGold({ gold, pairs }: RatingTable, scale: Scale | null): Finding[] {
  if (gold === null) return [];
  const missing = pairs.flatMap(({ line }, pair) => (gold[pair] === null ? [line] : []));
  const known = gold.filter((value) => value !== null);
  const findings: Finding[] = [];
  if (missing.length > 0) {
    findings.push(
      finding('gold-missing', 'warning', missing, `${counted(missing.length, 'pair')} without gold`),
    );
  }
  if (scale !== null && known.length > 0) {
    const low = known.reduce((least, value) => Math.min(least, value), Infinity);
    const high = known.reduce((most, value) => Math.max(most, value), -Infinity);
    if (high > scale.high + 1e-9 || low < scale.low - 1e-9) {
      findings.push(
        finding(
          'gold-scale',
          'note',
          [],
          `gold runs from ${low} to ${high}, ratings from ${scale.low} to ${scale.high}: gold is not their plain mean`,
        ),
      );
    }
  }
  return findings;
}
