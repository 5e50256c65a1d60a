import { type ComparisonTest } from '../../comparison/dependent-correlations.ts';
import { holm } from '../../comparison/holm.ts';
import { mengsZ } from '../../comparison/mengs-z.ts';
import { pairedBootstrap, type PairedBootstrap } from '../../comparison/paired-bootstrap.ts';
import { steigersZ } from '../../comparison/steigers-z.ts';
import { williamsT2 } from '../../comparison/williams-t2.ts';
import { type DifferenceInterval, zousInterval } from '../../comparison/zous-interval.ts';
import { correlationInterval } from '../../continuous/correlation-interval.ts';
import { correlationOf } from '../../continuous/moments.ts';
import { averageRanks } from '../../continuous/ranks.ts';
import { type ConfidenceInterval } from '../../estimate.ts';

/** A model's similarities of the pairs that all models cover. */
export interface ModelScores {
  readonly name: string;
  readonly similarities: ArrayLike<number>;
}

export interface ModelComparison {
  readonly first: string;
  readonly second: string;
  readonly rho1: number;
  readonly rho2: number;
  /** Spearman of the two models' similarities. */
  readonly rho12: number;
  readonly difference: number;
  readonly williams: ComparisonTest;
  readonly steiger: ComparisonTest;
  readonly meng: ComparisonTest;
  /** Zou's interval with Fisher limits. */
  readonly zou: DifferenceInterval;
  readonly bootstrap: PairedBootstrap;
  /** P of Williams' test and of the bootstrap, adjusted by Holm over all comparisons made here. */
  readonly williamsHolm: number | null;
  readonly bootstrapHolm: number | null;
}

export interface ComparedModels {
  readonly pairs: number;
  readonly models: readonly {
    readonly name: string;
    readonly rho: number | null;
    readonly ci: ConfidenceInterval | null;
  }[];
  readonly comparisons: readonly ModelComparison[];
  /** Models that have no correlation, and so are not compared. */
  readonly undefined: readonly string[];
  readonly seed: number;
}

export interface CompareOptions {
  readonly resamples?: number;
  readonly level?: number;
  readonly seed?: number;
}

/** Spearman of every model with gold, and every two models against each other, on the same pairs. */
export function compareModels(
  gold: ArrayLike<number>,
  models: readonly ModelScores[],
  options: CompareOptions = {},
): ComparedModels {
  const goldRanks = averageRanks(gold);
  const n = gold.length;
  const ranked = models.map(({ name, similarities }) => {
    const ranks = averageRanks(similarities);
    return { name, similarities, ranks, rho: n < 2 ? null : correlationOf(ranks, goldRanks) };
  });
  const comparisons: Omit<ModelComparison, 'williamsHolm' | 'bootstrapHolm'>[] = [];
  for (const [index, one] of ranked.entries()) {
    for (const other of ranked.slice(index + 1)) {
      const rho12 = correlationOf(one.ranks, other.ranks);
      if (one.rho === null || other.rho === null || rho12 === null) continue;
      const correlations = { r1: one.rho, r2: other.rho, r12: rho12, n };
      comparisons.push({
        first: one.name,
        second: other.name,
        rho1: one.rho,
        rho2: other.rho,
        rho12,
        difference: one.rho - other.rho,
        williams: williamsT2(correlations),
        steiger: steigersZ(correlations),
        meng: mengsZ(correlations),
        zou: zousInterval(correlations, options.level === undefined ? {} : { level: options.level }),
        bootstrap: pairedBootstrap(gold, one.similarities, other.similarities, options),
      });
    }
  }
  const williams = adjusted(comparisons.map(({ williams: test }) => pOf(test)));
  const bootstrap = adjusted(comparisons.map(({ bootstrap: test }) => pOf(test)));
  return {
    pairs: n,
    models: ranked.map(({ name, rho }) => ({
      name,
      rho,
      ci: rho === null ? null : correlationInterval('spearman', rho, n, options.level),
    })),
    comparisons: comparisons.map((comparison, index) => ({
      ...comparison,
      williamsHolm: williams[index] ?? null,
      bootstrapHolm: bootstrap[index] ?? null,
    })),
    undefined: ranked.filter(({ rho }) => rho === null).map(({ name }) => name),
    seed: options.seed ?? 1,
  };
}

function pOf(test: ComparisonTest | PairedBootstrap): number | null {
  return test.kind === 'defined' ? test.pTwoSided : null;
}

/** Holm over the p values that exist. */
function adjusted(pValues: readonly (number | null)[]): (number | null)[] {
  const known = holm(pValues.filter((p) => p !== null));
  let next = 0;
  return pValues.map((p) => {
    if (p === null) return null;
    const own = known[next] ?? null;
    next += 1;
    return own;
  });
}
