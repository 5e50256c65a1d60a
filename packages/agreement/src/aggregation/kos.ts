import { namedGenerator } from '../random.ts';
import { bestLabels, type LabelAggregation, named } from './aggregation.ts';
import type { Answers } from './answers.ts';
import { type Fitting, type IterationOptions, requireIterations, runFit } from './control.ts';
import { accuracyWithVote } from './weighted-vote.ts';

export interface KosOptions extends IterationOptions {
  readonly seed?: number;
}

/**
 * KOS (Karger, Oh & Shah 2011, 2014): messages between units and coders, for two labels only. A unit tells each of its
 * coders what the others make of it, a coder tells each of his units how far he was right about the others; the
 * messages start from N(1, 1) and are rescaled in each round, which leaves every decision as it is. Stops at 100
 * rounds, or where no message moves by more than 1e-10 of the largest.
 *
 * The method decides by a sign and gives no probabilities: posteriors are the shares of the messages' weight, a vote
 * of a coder found to be wrong counting for the other label. Reliability is agreement with what was decided.
 * Throws where there are not exactly two labels.
 */
export function kos(answers: Answers, options: KosOptions = {}): LabelAggregation {
  return runFit(fitKos(answers, options), options);
}

export function* fitKos(answers: Answers, options: KosOptions): Fitting<LabelAggregation> {
  const { iterations = 100, tolerance = 1e-10, seed = 1 } = options;
  requireIterations(iterations);
  if (answers.labels.length !== 2) {
    throw new RangeError(
      `KOS is for two labels; there are ${answers.labels.length}: ${answers.labels.join(', ')}`,
    );
  }
  const { starts, coderOf, labelOf } = answers;
  const generator = namedGenerator('kos', seed);
  const edges = coderOf.length;
  const sign = Float64Array.from(labelOf, (label) => (label === 0 ? 1 : -1));
  const fromCoder = Float64Array.from({ length: edges }, () => 1 + generator.normal());
  const fromUnit = new Float64Array(edges);
  const ofCoder = new Float64Array(answers.coders.length);
  let done = 0;
  let converged = false;
  while (done < iterations && !converged) {
    done += 1;
    ofCoder.fill(0);
    for (let unit = 0; unit < answers.units.length; unit += 1) {
      const to = starts[unit + 1] ?? 0;
      let sum = 0;
      for (let at = starts[unit] ?? 0; at < to; at += 1) sum += (sign[at] ?? 0) * (fromCoder[at] ?? 0);
      for (let at = starts[unit] ?? 0; at < to; at += 1) {
        const message = sum - (sign[at] ?? 0) * (fromCoder[at] ?? 0);
        fromUnit[at] = message;
        const coder = coderOf[at] ?? 0;
        ofCoder[coder] = (ofCoder[coder] ?? 0) + (sign[at] ?? 0) * message;
      }
    }
    let largest = 0;
    for (let at = 0; at < edges; at += 1) {
      const message = (ofCoder[coderOf[at] ?? 0] ?? 0) - (sign[at] ?? 0) * (fromUnit[at] ?? 0);
      fromUnit[at] = message;
      largest = Math.max(largest, Math.abs(message));
    }
    // Without a second answer anywhere nothing can be told: the messages stay as they were drawn.
    if (largest === 0) break;
    let moved = 0;
    for (let at = 0; at < edges; at += 1) {
      const message = (fromUnit[at] ?? 0) / largest;
      moved = Math.max(moved, Math.abs(message - (fromCoder[at] ?? 0)));
      fromCoder[at] = message;
    }
    converged = moved <= tolerance;
    yield done / iterations;
  }

  const posteriors = new Float64Array(answers.units.length * 2);
  for (let unit = 0; unit < answers.units.length; unit += 1) {
    let first = 0;
    let second = 0;
    for (let at = starts[unit] ?? 0; at < (starts[unit + 1] ?? 0); at += 1) {
      const weight = (sign[at] ?? 0) * (fromCoder[at] ?? 0);
      if (weight > 0) first += weight;
      else second -= weight;
    }
    const total = first + second;
    posteriors[2 * unit] = total === 0 ? 0.5 : first / total;
    posteriors[2 * unit + 1] = total === 0 ? 0.5 : second / total;
  }
  const best = bestLabels(posteriors, 2);
  return {
    model: 'kos',
    ...named(answers),
    posteriors,
    best,
    reliability: accuracyWithVote(answers, best),
    reliabilityIs: 'share of answers equal to what was decided',
    logLikelihood: { value: null, reason: 'message passing maximises no likelihood' },
    objective: [],
    iterations: done,
    converged,
    seed,
  };
}
