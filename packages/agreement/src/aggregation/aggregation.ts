import type { Answers } from './answers.ts';

/** A figure that a model may lack, and then why. */
export type Figure =
  { readonly value: number; readonly reason: null } | { readonly value: null; readonly reason: string };

/** What every aggregation of labels gives. Each model adds its own parameters. */
export interface LabelAggregation {
  readonly model: string;
  readonly units: readonly string[];
  readonly coders: readonly string[];
  readonly labels: readonly string[];
  /** units × labels, row by row: how probable the label is (shares of weight where the model has no probabilities). */
  readonly posteriors: Float64Array;
  /** Unit → its most probable label; of equals the first. */
  readonly best: Int32Array;
  /** Coder → reliability, on the scale that `reliabilityIs` says. */
  readonly reliability: Float64Array;
  readonly reliabilityIs: string;
  /** Natural logarithm of the likelihood of the answers under the fitted model. */
  readonly logLikelihood: Figure;
  /** What the iterations raised (likelihood, posterior or ELBO), one value an iteration; empty where there is none. */
  readonly objective: readonly number[];
  readonly iterations: number;
  readonly converged: boolean;
  /** Null where nothing was drawn. */
  readonly seed: number | null;
}

/** Unit → most probable label, the first of equals. */
export function bestLabels(posteriors: Float64Array, labels: number): Int32Array {
  const best = new Int32Array(posteriors.length / labels);
  for (let unit = 0; unit < best.length; unit += 1) {
    let most = -Infinity;
    for (let label = 0; label < labels; label += 1) {
      const value = posteriors[unit * labels + label] ?? 0;
      if (value > most) {
        most = value;
        best[unit] = label;
      }
    }
  }
  return best;
}

/** The chosen label of every unit. */
export function labelsByUnit(result: LabelAggregation): Map<string, string> {
  return new Map(result.units.map((unit, place) => [unit, result.labels[result.best[place] ?? 0] ?? '']));
}

/** The posterior of every label of a unit. */
export function posteriorOf(result: LabelAggregation, unit: number): Map<string, number> {
  const { labels, posteriors } = result;
  return new Map(labels.map((label, place) => [label, posteriors[unit * labels.length + place] ?? 0]));
}

/** Share of the gold units that were given their gold label. Undefined where no gold unit was answered. */
export function accuracyAgainst(result: LabelAggregation, gold: ReadonlyMap<string, string>): Figure {
  let compared = 0;
  let right = 0;
  for (const [unit, label] of labelsByUnit(result)) {
    const wanted = gold.get(unit);
    if (wanted === undefined) continue;
    compared += 1;
    if (wanted === label) right += 1;
  }
  if (compared === 0) return { value: null, reason: 'no unit of the gold was answered' };
  return { value: right / compared, reason: null };
}

/** What the result says of the data it was made from. */
export function named({
  units,
  coders,
  labels,
}: Answers): Pick<LabelAggregation, 'units' | 'coders' | 'labels'> {
  return { units, coders, labels };
}
