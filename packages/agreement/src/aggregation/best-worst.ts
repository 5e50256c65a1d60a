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
