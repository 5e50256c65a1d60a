import { runFit } from './control.ts';
import { fitPlackettLuce, type PlackettLuceOptions } from './plackett-luce.ts';
import { collectRankings, type Rankings } from './rankings.ts';
import type { ComparisonAggregation } from './strengths.ts';

/** One comparison of two items. */
export interface Comparison {
  readonly winner: string;
  readonly loser: string;
  /** Who compared; wanted by the noisy model only. */
  readonly coder?: string;
  /** Which of the two stood first, where that is known: a coder who does not look may prefer a place. */
  readonly first?: 'winner' | 'loser';
  /** How often it came out so; 1 by default. */
  readonly weight?: number;
}

/**
 * Bradley & Terry 1952: an item beats another in proportion to its strength. The case of two of Plackett–Luce, fitted
 * and stopped as {@link plackettLuce} is; differences of log strengths are log odds of winning.
 */
export function bradleyTerry(
  comparisons: Iterable<Comparison>,
  options: PlackettLuceOptions = {},
): ComparisonAggregation {
  return runFit(fitPlackettLuce('bradley-terry', collectComparisons(comparisons), options), options);
}

export function collectComparisons(comparisons: Iterable<Comparison>): Rankings {
  function* rankings() {
    for (const { winner, loser, weight = 1 } of comparisons) yield { ranked: [winner, loser], weight };
  }
  return collectRankings(rankings());
}
