import { alphaParts } from '../alpha/krippendorffs-alpha.ts';
import { linearisedAlphaStandardError } from '../alpha/alpha-standard-error.ts';
import { nominalKernel } from '../alpha/nominal-kernel.ts';
import { krippendorffsAlpha } from '../alpha/krippendorffs-alpha.ts';
import { normalQuantile } from '../distributions/normal.ts';
import { DEFAULT_LEVEL } from '../inference/interval-options.ts';
import { namedGenerator } from '../random.ts';
import { unitCounts } from '../study/unit-counts.ts';
import { type CoderModel, simulateStudy } from './simulated-study.ts';

/** What a study of nominal agreement is to reach. */
export interface AgreementPlan {
  /** Full width of the interval, for example 0.2. */
  readonly width: number;
  /** The agreement (alpha or kappa) that is expected, 0.7 unless stated. */
  readonly expected?: number;
  readonly coders: number;
  /** Prevalence of every category; equal where only their number is given. */
  readonly categories: number | readonly number[];
  readonly missing?: number;
  readonly level?: number;
  readonly seed?: number;
}

export interface PlannedUnits {
  readonly units: number;
  readonly coders: number;
  /** Standard deviation of one unit's influence on alpha; the interval's width is 2zσ/√units. */
  readonly sigma: number;
  readonly seed: number;
}

const PILOT_UNITS = 50_000;

/**
 * Units needed for an interval of nominal alpha of a given width: the influence of a single unit is taken from a
 * large simulated pilot (coders know a unit's category with probability √expected and otherwise guess by
 * prevalence), then units = (2zσ/width)². Throws RangeError for widths and agreements outside 0 to 1.
 */
export function unitsForAgreement(plan: AgreementPlan): PlannedUnits {
  const { coders } = plan;
  const seed = plan.seed ?? 1;
  const model = modelOf(plan, PILOT_UNITS);
  const pilot = simulateStudy(model, namedGenerator('plan agreement', seed));
  const parts = alphaParts(unitCounts(pilot), nominalKernel(model.prevalence.length));
  const error = linearisedAlphaStandardError(parts);
  const sigma = error === null ? NaN : error.se * Math.sqrt(PILOT_UNITS);
  if (!Number.isFinite(sigma))
    throw new RangeError('With these prevalences only one category would be seen.');
  const z = normalQuantile(1 - (1 - (plan.level ?? DEFAULT_LEVEL)) / 2);
  return { units: Math.max(2, Math.ceil(((2 * z * sigma) / plan.width) ** 2)), coders, sigma, seed };
}

export interface SimulatedWidth {
  readonly units: number;
  /** Mean width of the analytic intervals of the simulated studies. */
  readonly meanWidth: number;
  /** Share of studies whose interval was no wider than planned. */
  readonly assurance: number;
  /** Studies in which alpha had no interval. */
  readonly undefined: number;
  readonly studies: number;
  readonly seed: number;
}

/** What interval widths a plan leads to, by simulating whole studies of `units` units. */
export function simulateAgreementPlan(plan: AgreementPlan, units: number, studies = 500): SimulatedWidth {
  const seed = plan.seed ?? 1;
  const generator = namedGenerator('simulate agreement plan', seed);
  const model = modelOf(plan, units);
  let total = 0;
  let narrow = 0;
  let defined = 0;
  for (let study = 0; study < studies; study++) {
    const alpha = krippendorffsAlpha(simulateStudy(model, generator), {
      interval: { method: 'analytic', level: plan.level ?? DEFAULT_LEVEL },
    });
    if (alpha.value === null || alpha.ci === null) continue;
    const width = alpha.ci.high - alpha.ci.low;
    defined += 1;
    total += width;
    if (width <= plan.width) narrow += 1;
  }
  return {
    units,
    meanWidth: defined === 0 ? 0 : total / defined,
    assurance: narrow / studies,
    undefined: studies - defined,
    studies,
    seed,
  };
}

function modelOf(plan: AgreementPlan, units: number): CoderModel {
  const expected = plan.expected ?? 0.7;
  if (!(plan.width > 0 && plan.width < 2))
    throw new RangeError(`A width lies between 0 and 2, not at ${plan.width}.`);
  if (!(expected >= 0 && expected <= 1))
    throw new RangeError(`An agreement lies between 0 and 1, not at ${expected}.`);
  if (!Number.isInteger(plan.coders) || plan.coders < 2)
    throw new RangeError('Agreement needs at least two coders.');
  const prevalence =
    typeof plan.categories === 'number'
      ? new Array<number>(plan.categories).fill(1 / plan.categories)
      : plan.categories;
  const sum = prevalence.reduce((total, share) => total + share, 0);
  if (prevalence.length < 2 || Math.abs(sum - 1) > 1e-6) {
    throw new RangeError('At least two categories are needed, whose prevalences add up to 1.');
  }
  return {
    prevalence,
    knowledge: Math.sqrt(expected),
    coders: plan.coders,
    units,
    missing: plan.missing ?? 0,
  };
}
