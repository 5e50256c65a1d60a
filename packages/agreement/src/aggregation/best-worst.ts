import { spearman } from '../continuous/spearman.ts';
import type { Figure } from './aggregation.ts';

/** One judgement of a tuple: which of its items is best, which is worst. */
export interface BestWorst {
  readonly items: readonly string[];
  readonly best: string;
  readonly worst: string;
  readonly coder?: string;
}

export interface BestWorstScores {
  readonly model: 'best-worst';
  /** Item → (times best − times worst) / times shown, from −1 to 1. */
  readonly scores: ReadonlyMap<string, number>;
  /** Item → times shown. */
  readonly shown: ReadonlyMap<string, number>;
  readonly judgements: number;
}

/**
 * Counting of best–worst judgements (Orme 2009; Kiritchenko & Mohammad 2016). Throws where best or worst is not among
 * the items, or they are the same.
 */
export function bestWorstCounting(judgements: Iterable<BestWorst>): BestWorstScores {
  const shown = new Map<string, number>();
  const balance = new Map<string, number>();
  let row = 0;
  for (const { items, best, worst } of judgements) {
    row += 1;
    for (const [role, item] of [
      ['best', best],
      ['worst', worst],
    ] as const) {
      if (!items.includes(item)) {
        throw new RangeError(`judgement ${row}: the ${role} item '${item}' is not among ${items.join(', ')}`);
      }
    }
    if (best === worst) throw new RangeError(`judgement ${row}: '${best}' is both best and worst`);
    for (const item of items) shown.set(item, (shown.get(item) ?? 0) + 1);
    balance.set(best, (balance.get(best) ?? 0) + 1);
    balance.set(worst, (balance.get(worst) ?? 0) - 1);
  }
  if (row === 0) throw new RangeError('there are no best–worst judgements to count');
  const scores = new Map([...shown].map(([item, times]) => [item, (balance.get(item) ?? 0) / times]));
  return { model: 'best-worst', scores, shown, judgements: row };
}

/**
 * Split-half reliability: the judgements are counted in two halves, and the items that both saw are correlated by rank
 * (Kiritchenko & Mohammad 2017). Which judgements are in the first half is the caller's choice, so that a split can be
 * repeated. Undefined where a half is empty, or the halves share fewer than two items or do not vary.
 */
export function bestWorstSplitHalf(
  judgements: readonly BestWorst[],
  inFirstHalf: (judgement: BestWorst, place: number) => boolean,
): Figure {
  const halves = [
    judgements.filter(inFirstHalf),
    judgements.filter((own, place) => !inFirstHalf(own, place)),
  ];
  const [first, second] = halves.map((half) => (half.length === 0 ? null : bestWorstCounting(half).scores));
  if (first === null || first === undefined || second === null || second === undefined) {
    return { value: null, reason: 'one half holds no judgement' };
  }
  const shared = [...first.keys()].filter((item) => second.has(item));
  const estimate = spearman(
    shared.map((item) => first.get(item) ?? 0),
    shared.map((item) => second.get(item) ?? 0),
  );
  return estimate.value === null
    ? { value: null, reason: estimate.reason }
    : { value: estimate.value, reason: null };
}
