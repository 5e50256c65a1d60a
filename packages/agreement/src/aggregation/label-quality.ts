import type { LabelAggregation } from './aggregation.ts';
import type { Answers } from './answers.ts';
import { majorityVote } from './majority-vote.ts';

/**
 * Consistency of the votes: the mean over units of the one-coin posterior of the majority's label, labels alike
 * beforehand and each coder right with his share of agreement with the majority (crowd-kit's `consistency`).
 */
export function consistency(answers: Answers, aggregation: LabelAggregation = majorityVote(answers)): number {
  const labels = answers.labels.length;
  if (labels === 1) return 1;
  const likelihood = new Float64Array(labels);
  let sum = 0;
  for (let unit = 0; unit < answers.units.length; unit += 1) {
    likelihood.fill(1);
    for (let at = answers.starts[unit] ?? 0; at < (answers.starts[unit + 1] ?? 0); at += 1) {
      const right = aggregation.reliability[answers.coderOf[at] ?? 0] ?? 0;
      for (let label = 0; label < labels; label += 1) {
        const factor = label === answers.labelOf[at] ? right : (1 - right) / (labels - 1);
        likelihood[label] = (likelihood[label] ?? 0) * factor;
      }
    }
    const total = likelihood.reduce((one, other) => one + other, 0);
    if (total > 0) sum += (likelihood[aggregation.best[unit] ?? 0] ?? 0) / total;
  }
  return sum / answers.units.length;
}

/** Mean over units of the entropy, in nats, of the shares of their answers. */
export function meanUnitEntropy(answers: Answers): number {
  const { posteriors } = majorityVote(answers);
  let sum = 0;
  for (const share of posteriors) if (share > 0) sum -= share * Math.log(share);
  return sum / answers.units.length;
}
