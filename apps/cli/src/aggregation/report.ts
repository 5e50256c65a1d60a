import {
  accuracyAgainst,
  type BestWorstScores,
  type ComparisonAggregation,
  type DawidSkeneAggregation,
  type Figure,
  type GladAggregation,
  type LabelAggregation,
  labelsByUnit,
  type MaceAggregation,
  type MpaAggregation,
  posteriorOf,
  scoresByItem,
} from '@casebook/agreement';

/** A figure of the JSON: a number, or null with a reason. */
type JsonFigure = number | { value: null; reason: string };

export interface LabelReport {
  readonly model: string;
  readonly seed: number;
  readonly iterations: number;
  readonly converged: boolean;
  readonly logLikelihood: JsonFigure;
  /** What `logLikelihood` is: of the answers, or a bound of it where the model is variational. */
  readonly logLikelihoodIs: string;
  readonly labels: Record<string, string>;
  readonly posteriors: Record<string, Record<string, number>>;
  readonly coders: Record<string, Record<string, unknown>>;
  readonly accuracy?: JsonFigure;
  readonly variant?: 'vb' | 'em';
  readonly restarts?: number;
  readonly reliabilityIs?: string;
  readonly prevalence?: Record<string, unknown>;
  readonly pooling?: 'none' | 'partial';
  readonly priors?: Record<string, unknown>;
}

function figure(own: Figure): JsonFigure {
  return own.value ?? { value: null, reason: own.reason };
}

function byName<Value>(names: readonly string[], value: (place: number) => Value): Record<string, Value> {
  return Object.fromEntries(names.map((name, place) => [name, value(place)]));
}

type AnyLabels = LabelAggregation &
  Partial<DawidSkeneAggregation> &
  Partial<MaceAggregation> &
  Partial<GladAggregation>;

export function labelReport(
  result: AnyLabels,
  seed: number,
  gold: ReadonlyMap<string, string> | null,
): LabelReport {
  const { labels, units, prevalence } = result;
  const bound = result.objective.at(-1);
  const variational = result.variant === 'vb' && bound !== undefined;
  return {
    model: result.model,
    ...(result.variant === undefined ? {} : { variant: result.variant }),
    ...(result.restarts === undefined ? {} : { restarts: result.restarts }),
    seed,
    iterations: result.iterations,
    converged: result.converged,
    logLikelihood: variational ? bound : figure(result.logLikelihood),
    logLikelihoodIs: variational ? 'evidence lower bound' : 'log-likelihood of the answers',
    labels: Object.fromEntries(labelsByUnit(result)),
    posteriors: byName(units, (unit) => Object.fromEntries(posteriorOf(result, unit))),
    coders: byName(result.coders, (coder) => coderReport(result, coder)),
    reliabilityIs: result.reliabilityIs,
    ...(prevalence === undefined ? {} : { prevalence: byName(labels, (label) => prevalence[label] ?? 0) }),
    ...(gold === null ? {} : { accuracy: figure(accuracyAgainst(result, gold)) }),
  };
}

function coderReport(result: AnyLabels, coder: number): Record<string, unknown> {
  const { labels, confusion, strategies, abilities } = result;
  const size = labels.length;
  return {
    reliability: result.reliability[coder] ?? 0,
    ...(abilities === undefined ? {} : { ability: abilities[coder] ?? 0 }),
    ...(strategies === undefined
      ? {}
      : { strategy: byName(labels, (label) => strategies[coder * size + label] ?? 0) }),
    ...(confusion === undefined
      ? {}
      : {
          // True label → observed label → probability.
          confusion: byName(labels, (truth) =>
            byName(labels, (observed) => confusion[(coder * size + observed) * size + truth] ?? 0),
          ),
        }),
  };
}

export function mentionReport(
  result: MpaAggregation,
  seed: number,
  gold: ReadonlyMap<string, string> | null,
): LabelReport {
  const { units, labels, classes, candidateStarts, candidateLabel, accepted, priors } = result;
  const chosen = byName(units, (unit) => labels[result.best[unit] ?? 0] ?? '');
  return {
    model: result.model,
    seed,
    iterations: result.iterations,
    converged: result.converged,
    logLikelihood: result.objective.at(-1) ?? { value: null, reason: 'no iteration was made' },
    logLikelihoodIs: 'evidence lower bound',
    labels: chosen,
    posteriors: byName(units, (unit) => {
      const own: Record<string, number> = {};
      for (let at = candidateStarts[unit] ?? 0; at < (candidateStarts[unit + 1] ?? 0); at += 1) {
        own[labels[candidateLabel[at] ?? 0] ?? ''] = accepted[at] ?? 0;
      }
      return own;
    }),
    coders: byName(result.coders, (coder) => byName(classes, (kind) => result.profiles[coder]?.[kind])),
    prevalence: Object.fromEntries(
      result.prevalence.map(({ name, alpha, beta }) => [name, { alpha, beta, mean: alpha / (alpha + beta) }]),
    ),
    pooling: result.pooling,
    priors: byName(classes, (kind) => priors[kind]),
    ...(gold === null ? {} : { accuracy: goldShare(units, chosen, gold) }),
  };
}

function goldShare(
  units: readonly string[],
  chosen: Record<string, string>,
  gold: ReadonlyMap<string, string>,
): JsonFigure {
  const compared = units.filter((unit) => gold.has(unit));
  if (compared.length === 0) return { value: null, reason: 'no unit of the gold was answered' };
  return compared.filter((unit) => gold.get(unit) === chosen[unit]).length / compared.length;
}

export interface ScoreReport {
  readonly model: string;
  readonly scores: Record<string, number> | { value: null; reason: string };
  readonly seed: number;
  readonly iterations?: number;
  readonly converged?: boolean;
  readonly logLikelihood?: JsonFigure;
  readonly coders?: Record<string, unknown>;
  readonly judgements?: number;
  readonly shown?: Record<string, number>;
}

export function comparisonReport(
  result: ComparisonAggregation & {
    readonly coders?: readonly string[];
    readonly reliability?: Float64Array;
  },
  seed: number,
): ScoreReport {
  const { strengths, coders, reliability } = result;
  return {
    model: result.model,
    seed,
    iterations: result.iterations,
    converged: result.converged,
    logLikelihood: figure(result.logLikelihood),
    scores:
      strengths.logStrengths === null
        ? { value: null, reason: strengths.reason }
        : Object.fromEntries(scoresByItem(result)),
    ...(coders === undefined || reliability === undefined
      ? {}
      : { coders: byName(coders, (coder) => ({ reliability: reliability[coder] ?? 0 })) }),
  };
}

export function bestWorstReport(
  { model, scores, shown, judgements }: BestWorstScores,
  seed: number,
): ScoreReport {
  return { model, seed, judgements, scores: Object.fromEntries(scores), shown: Object.fromEntries(shown) };
}
