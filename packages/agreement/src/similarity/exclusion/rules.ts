import { type PairwiseAgreement } from './pairwise-agreement.ts';

/** What a rule did, so that it can be recorded as a step of the processing and repeated. */
interface ExclusionStep {
  readonly rule: 'simlex-one-sd' | 'multi-simlex-rounds' | 'attention-checks';
  /** In words, with its parameters and the figures that it compared. */
  readonly description: string;
  readonly excluded: readonly number[];
  readonly figures: Readonly<Record<string, number>>;
}

export type RuleOutcome = ExclusionStep | { readonly value: null; readonly reason: string };

/**
 * SimLex-999's rule (Hill, Reichart & Korhonen 2015): raters whose mean correlation with the others lies more than one
 * standard deviation (divisor n − 1) below the mean of these means, and raters who have no correlation at all. It nearly
 * always finds someone, however well all agree.
 */
export function simlexRule(agreement: PairwiseAgreement): RuleOutcome {
  const means = Array.from({ length: agreement.raters }, (_, rater) => agreement.meanOf(rater));
  const known = means.filter((mean) => mean !== null);
  if (known.length < 3) return { value: null, reason: 'fewer than three raters can be compared with others' };
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const sd = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (known.length - 1));
  const limit = mean - sd;
  return {
    rule: 'simlex-one-sd',
    description: `leave out raters whose mean Spearman with the others is below ${limit.toFixed(4)}, one standard deviation (${sd.toFixed(4)}) under the mean of these means (${mean.toFixed(4)})${
      known.length < means.length ? `; and ${means.length - known.length} without any correlation` : ''
    }`,
    excluded: means.flatMap((own, rater) => (own === null || own < limit ? [rater] : [])),
    figures: { meanOfMeans: mean, sd, limit },
  };
}

/**
 * The last round of Multi-SimLex (Vulić et al. 2020): the rater with the lowest mean correlation with the others is
 * left out, again and again, while more than `least` raters remain and the lowest is higher than the lowest before.
 */
export function multiSimlexRounds(agreement: PairwiseAgreement, least = 10): RuleOutcome {
  const dropped = new Set<number>();
  let before = -Infinity;
  const raters = Array.from({ length: agreement.raters }, (_, rater) => rater);
  if (raters.length <= least) return { value: null, reason: `there are no more than ${least} raters` };
  for (;;) {
    let lowest: { rater: number; mean: number } | null = null;
    for (const rater of raters) {
      const mean = dropped.has(rater) ? null : agreement.meanOf(rater, dropped);
      if (mean !== null && (lowest === null || mean < lowest.mean)) lowest = { rater, mean };
    }
    if (lowest === null || raters.length - dropped.size <= least || lowest.mean <= before) break;
    before = lowest.mean;
    dropped.add(lowest.rater);
  }
  return {
    rule: 'multi-simlex-rounds',
    description: `leave out the rater with the lowest mean Spearman with the others, ${dropped.size} times, until ${least} remain or the lowest no longer rises`,
    excluded: [...dropped],
    figures: { least, rounds: dropped.size },
  };
}

/** One rater's answers to pairs whose answer is known beforehand. */
export interface AttentionChecks {
  readonly rater: number;
  readonly passed: number;
  readonly failed: number;
}

/** Leaves out who failed more than a share of the attention checks (half unless stated). */
export function attentionRule(checks: readonly AttentionChecks[], most = 0.5): RuleOutcome {
  const asked = checks.filter(({ passed, failed }) => passed + failed > 0);
  if (asked.length === 0) return { value: null, reason: 'the table has no attention checks' };
  return {
    rule: 'attention-checks',
    description: `leave out raters who failed more than ${100 * most} % of the attention checks that they met`,
    excluded: asked
      .filter(({ passed, failed }) => failed / (passed + failed) > most)
      .map(({ rater }) => rater),
    figures: { most, checked: asked.length, failures: asked.reduce((sum, { failed }) => sum + failed, 0) },
  };
}
