import type { Answers } from './answers.ts';

/**
 * Shares of the votes by label, each vote weighing its coder's weight: units × labels, row by row. A unit whose votes
 * weigh nothing together gets equal shares of its answers. Gold units have their label.
 */
export function weightedVote(
  answers: Answers,
  weights: Float64Array | null,
  gold: Int32Array | null,
): Float64Array {
  const { starts, coderOf, labelOf } = answers;
  const labels = answers.labels.length;
  const shares = new Float64Array(answers.units.length * labels);
  for (let unit = 0; unit < answers.units.length; unit += 1) {
    const row = unit * labels;
    const known = gold?.[unit] ?? -1;
    if (known >= 0) {
      shares[row + known] = 1;
      continue;
    }
    const from = starts[unit] ?? 0;
    const to = starts[unit + 1] ?? 0;
    let total = 0;
    for (let at = from; at < to; at += 1) {
      const place = row + (labelOf[at] ?? 0);
      const weight = weights === null ? 1 : (weights[coderOf[at] ?? 0] ?? 0);
      shares[place] = (shares[place] ?? 0) + weight;
      total += weight;
    }
    if (total === 0) {
      for (let at = from; at < to; at += 1) {
        const place = row + (labelOf[at] ?? 0);
        shares[place] = (shares[place] ?? 0) + 1;
      }
      total = to - from;
    }
    for (let label = 0; label < labels; label += 1) shares[row + label] = (shares[row + label] ?? 0) / total;
  }
  return shares;
}

/**
 * Coder → share of his answers that are the chosen label of their unit. What he answered to a unit more than once in the
 * same way counts once (crowd-kit's convention).
 */
export function accuracyWithVote(answers: Answers, best: Int32Array): Float64Array {
  const { starts, coderOf, labelOf } = answers;
  const labels = answers.labels.length;
  const right = new Float64Array(answers.coders.length);
  const given = new Float64Array(answers.coders.length);
  const lastUnit = new Int32Array(answers.coders.length * labels).fill(-1);
  for (let unit = 0; unit < answers.units.length; unit += 1) {
    for (let at = starts[unit] ?? 0; at < (starts[unit + 1] ?? 0); at += 1) {
      const coder = coderOf[at] ?? 0;
      const label = labelOf[at] ?? 0;
      if (lastUnit[coder * labels + label] === unit) continue;
      lastUnit[coder * labels + label] = unit;
      given[coder] = (given[coder] ?? 0) + 1;
      if (label === best[unit]) right[coder] = (right[coder] ?? 0) + 1;
    }
  }
  return right.map((count, coder) => count / (given[coder] ?? 1));
}
