import { minimumRequiredDifference, type MrdRule } from '../../comparison/minimum-required-difference.ts';
import { williamsT2 } from '../../comparison/williams-t2.ts';
import { pairsForCorrelation } from '../../planning/plan-correlation.ts';
import { codersForReliability } from '../../planning/plan-coders.ts';
import { namedGenerator } from '../../random.ts';
import { centredRanks, Ordering, weightedSpearman } from '../model/rank-kernel.ts';

export interface PowerPlan {
  readonly pairs: number;
  /** Correlation of the worse model with gold. */
  readonly worse: number;
  readonly difference: number;
  /** Correlation of the two models with each other. */
  readonly between: number;
  /** 400 unless stated. */
  readonly simulations?: number;
  readonly seed?: number;
}

/** Chance that Williams' test, two-sided at .05, finds a difference, and the chance's standard error. */
export type SimulatedPower =
  | { readonly value: number; readonly se: number; readonly simulations: number; readonly seed: number }
  | { readonly value: null; readonly reason: string };

/**
 * Power by simulation: gold and two models are drawn from a normal distribution with the given correlations, and
 * Williams' test is made on their Spearman correlations. Undefined where no three variables have these correlations.
 */
export function comparisonPower(plan: PowerPlan): SimulatedPower {
  const { pairs, worse, difference, between } = plan;
  const better = worse + difference;
  const simulations = plan.simulations ?? 400;
  const seed = plan.seed ?? 1;
  // Rows of the Cholesky factor of (gold, better, worse).
  const secondOwn = Math.sqrt(1 - better * better);
  const third = (between - better * worse) / secondOwn;
  const rest = 1 - worse * worse - third * third;
  if (!(secondOwn > 0) || !(rest >= 0))
    return { value: null, reason: 'no three variables can have these correlations' };
  if (pairs < 4) return { value: null, reason: 'a comparison needs more than three pairs' };
  const thirdOwn = Math.sqrt(rest);
  const generator = namedGenerator('power of a comparison', seed);
  const [gold, one, other] = [new Float64Array(pairs), new Float64Array(pairs), new Float64Array(pairs)];
  const once = new Float64Array(pairs).fill(1);
  const ordering = new Ordering(pairs);
  const ranksOf = (values: Float64Array) => {
    ordering.sort(values);
    return centredRanks(ordering.order, values, once);
  };
  let found = 0;
  for (let simulation = 0; simulation < simulations; simulation++) {
    for (let at = 0; at < pairs; at++) {
      const g = generator.normal();
      const e = generator.normal();
      gold[at] = g;
      one[at] = better * g + secondOwn * e;
      other[at] = worse * g + third * e + thirdOwn * generator.normal();
    }
    const goldRanks = ranksOf(gold);
    const oneRanks = ranksOf(one);
    ordering.sort(other);
    const rho = (ranks: typeof goldRanks) => weightedSpearman(ordering.order, other, once, ranks, pairs);
    const r2 = rho(goldRanks);
    const r12 = rho(oneRanks);
    ordering.sort(one);
    const r1 = weightedSpearman(ordering.order, one, once, goldRanks, pairs);
    const test = williamsT2({ r1, r2, r12, n: pairs });
    if (test.kind === 'defined' && test.pTwoSided < 0.05) found += 1;
  }
  const value = found / simulations;
  return { value, se: Math.sqrt((value * (1 - value)) / simulations), simulations, seed };
}

export interface RatingResolution {
  readonly pairs: number;
  /** Smallest significant difference of two models by how alike the models are. */
  readonly minimumRequiredDifference: readonly {
    readonly rule: MrdRule;
    readonly between: number;
    readonly p: number;
    readonly value: number | null;
    readonly reason: string | null;
  }[];
  readonly power: readonly {
    readonly worse: number;
    readonly difference: number;
    readonly between: number;
    readonly power: SimulatedPower;
  }[];
  /** Pairs in all for an interval of a model's ρ of the width. */
  readonly pairsFor: readonly {
    readonly rho: number;
    readonly width: number;
    readonly pairs: number;
    readonly toAdd: number;
  }[];
  /** Ratings a pair for a reliability of the mean; none where the reliability of one rating is unknown. */
  readonly ratersFor: readonly {
    readonly reliability: number;
    readonly raters: number;
    readonly toAdd: number;
  }[];
  readonly seed: number;
}

export interface ResolutionOptions {
  /** Reliability of one rating, ICC(1); null where unknown. */
  readonly single: number | null;
  /** Ratings a pair on the mean. */
  readonly raters: number;
  readonly seed?: number;
  readonly simulations?: number;
}

/** What differences between models a dataset of so many pairs can bear, and what more of it would buy. */
export function ratingResolution(pairs: number, options: ResolutionOptions): RatingResolution {
  const seed = options.seed ?? 1;
  const { single } = options;
  return {
    pairs,
    minimumRequiredDifference: (['rastogi', 'steiger'] as const).flatMap((rule) =>
      [0.5, 0.7, 0.9].map((between) => {
        const found = minimumRequiredDifference(pairs, between, { rule });
        return found.value === null
          ? { rule, between, p: 0.05, value: null, reason: found.reason }
          : { rule, between, p: 0.05, value: found.value, reason: null };
      }),
    ),
    power: [0.01, 0.02, 0.05, 0.1].map((difference) => ({
      worse: 0.5,
      difference,
      between: 0.9,
      power: comparisonPower({
        pairs,
        worse: 0.5,
        difference,
        between: 0.9,
        seed,
        ...(options.simulations === undefined ? {} : { simulations: options.simulations }),
      }),
    })),
    pairsFor: [0.1, 0.05].map((width) => {
      const wanted = pairsForCorrelation(width, 0.5);
      return { rho: 0.5, width, pairs: wanted, toAdd: Math.max(0, wanted - pairs) };
    }),
    ratersFor:
      single === null || !(single > 0 && single < 1)
        ? []
        : [0.9, 0.95, 0.98].map((reliability) => {
            const raters = codersForReliability(single, reliability);
            return { reliability, raters, toAdd: Math.max(0, Math.ceil(raters - options.raters)) };
          }),
    seed,
  };
}
