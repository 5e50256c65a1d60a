/** What one person holds possible for a unit. */
export interface Vote {
  /** Indices of the candidates that he takes for right; several where he takes several for equally right. */
  readonly candidates: readonly number[];
  /** How often he is right, between 0 and 1. */
  readonly accuracy: number;
}

/**
 * The probability of each candidate being right, from votes of people whose accuracies are known: Bayes’ rule with a
 * flat prior over the candidates and one more outcome, that none of them is right. A person picks what is right with
 * his accuracy, and otherwise any one of the other outcomes alike; whoever names several shares his vote among them
 * (the one-coin model with its parameters given; Dawid and Skene 1979 with one parameter a coder).
 *
 * Fit for few votes on one unit, where accuracies can't be estimated from the votes themselves.
 *
 * @param candidates how many there are; 0 gives an empty array.
 * @returns one probability a candidate; what they lack of 1 belongs to none of them.
 * @throws RangeError on a candidate that there is not, and on an accuracy outside 0 … 1 (both ends excluded).
 */
export function posteriorOfKnownAccuracies(candidates: number, votes: readonly Vote[]): number[] {
  if (candidates === 0) return [];
  const logs = new Float64Array(candidates + 1);
  for (const { candidates: chosen, accuracy } of votes) {
    if (!(accuracy > 0 && accuracy < 1)) throw new RangeError(`an accuracy of ${String(accuracy)}`);
    const named = new Set(chosen);
    for (const index of named) {
      if (!Number.isInteger(index) || index < 0 || index >= candidates)
        throw new RangeError(`candidate ${String(index)} of ${String(candidates)}`);
    }
    if (named.size === 0) continue;
    const right = Math.log(accuracy / named.size);
    const wrong = Math.log((1 - accuracy) / (candidates + 1 - named.size));
    for (let outcome = 0; outcome <= candidates; outcome += 1) {
      logs[outcome] = (logs[outcome] ?? 0) + (named.has(outcome) ? right : wrong);
    }
  }
  const most = Math.max(...logs);
  const weights = Array.from(logs, (log) => Math.exp(log - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.slice(0, candidates).map((weight) => weight / total);
}
