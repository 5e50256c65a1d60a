import type { LabelAggregation } from './aggregation.ts';
import type { Answers } from './answers.ts';
import { collectComparisons, type Comparison } from './bradley-terry.ts';
import { type Fitting, type IterationOptions, runFitInSlices } from './control.ts';
import { fitDawidSkene } from './dawid-skene.ts';
import { fitGlad } from './glad.ts';
import { fitKos } from './kos.ts';
import { fitMace } from './mace.ts';
import { majorityVote } from './majority-vote.ts';
import { fitMmsr } from './mmsr.ts';
import { fitMpa, type MpaAggregation, type MpaOptions } from './mpa.ts';
import { fitNoisyBradleyTerry } from './noisy-bradley-terry.ts';
import { fitOneCoin } from './one-coin.ts';
import { fitPlackettLuce } from './plackett-luce.ts';
import type { ComparisonAggregation } from './strengths.ts';
import { wawa } from './wawa.ts';
import { fitZeroBasedSkill } from './zero-based-skill.ts';

/** Options of all models of labels together; each takes what it knows. */
export interface AggregateOptions extends IterationOptions {
  readonly gold?: ReadonlyMap<string, string>;
  readonly seed?: number;
  readonly variant?: 'vb' | 'em';
  readonly restarts?: number;
  readonly algorithm?: 'em' | 'ecm';
}

function* atOnce(result: LabelAggregation): Fitting<LabelAggregation> {
  yield 1;
  return result;
}

const FITS = {
  majority: (answers, options) => atOnce(majorityVote(answers, options)),
  wawa: (answers, options) => atOnce(wawa(answers, options)),
  zbs: fitZeroBasedSkill,
  'dawid-skene': fitDawidSkene,
  'one-coin': fitOneCoin,
  mace: fitMace,
  glad: fitGlad,
  kos: fitKos,
  mmsr: fitMmsr,
} as const satisfies Record<
  string,
  (answers: Answers, options: AggregateOptions) => Fitting<LabelAggregation>
>;

export type LabelModel = keyof typeof FITS;
/** The names of all models of labels, in the order in which they are offered. */
export const LABEL_MODELS: readonly LabelModel[] = [
  'majority',
  'wawa',
  'zbs',
  'dawid-skene',
  'one-coin',
  'mace',
  'glad',
  'kos',
  'mmsr',
];

/** Fits a model of labels by name, giving way to the event loop: for pages and long work that can be cancelled. */
export function aggregateLabels(
  model: LabelModel,
  answers: Answers,
  options: AggregateOptions = {},
): Promise<LabelAggregation> {
  return runFitInSlices<LabelAggregation>(FITS[model](answers, options), options);
}

/** As {@link aggregateLabels}, for the mention-pair model. */
export function aggregateMentionPairs(answers: Answers, options: MpaOptions = {}): Promise<MpaAggregation> {
  return runFitInSlices(fitMpa(answers, options), options);
}

export type ComparisonModel = 'bradley-terry' | 'noisy-bradley-terry' | 'plackett-luce';
/** The names of all models of comparisons. */
export const COMPARISON_MODELS: readonly ComparisonModel[] = [
  'bradley-terry',
  'noisy-bradley-terry',
  'plackett-luce',
];

/** As {@link aggregateLabels}, for comparisons of two items. Plackett–Luce of pairs is Bradley–Terry. */
export function aggregateComparisons(
  model: ComparisonModel,
  comparisons: readonly Comparison[],
  options: IterationOptions & { readonly priorPrecision?: number } = {},
): Promise<ComparisonAggregation> {
  return runFitInSlices<ComparisonAggregation>(
    model === 'noisy-bradley-terry'
      ? fitNoisyBradleyTerry(comparisons, options)
      : fitPlackettLuce(model, collectComparisons(comparisons), options),
    options,
  );
}
