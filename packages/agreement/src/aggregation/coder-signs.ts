import type { CoderCovariance } from './coder-covariance.ts';

/** Power iterations; the signs settle long before the vector does. */
const ROUNDS = 5000;
const AT_REST = 1e-10;

/**
 * Whether each coder is better (1) or worse (−1) than chance, from the signs of every two coders' agreement beyond chance,
 * as Ma & Olshevsky (2020) determine them: coders are nodes, a negative agreement is an edge, a positive one is two
 * edges through a node of its own, so that signs without contradiction make the graph bipartite. The side of a coder
 * is the sign of his component in the eigenvector of the random walk's least eigenvalue, turned so that most coders
 * are better than chance. Sizes of agreement do not matter, only signs; coders who share no unit have no edge.
 */
export function coderSigns({ starts, colleague, value }: CoderCovariance): Float64Array {
  const coders = starts.length - 1;
  const degree = new Float64Array(coders);
  for (let coder = 0; coder < coders; coder += 1) {
    for (let at = starts[coder] ?? 0; at < (starts[coder + 1] ?? 0); at += 1) {
      if (value[at] !== 0) degree[coder] = (degree[coder] ?? 0) + 1;
    }
  }
  // The walk made symmetric has entries 1 / √(degree · degree); the node of a positive pair has degree 2. `between`
  // holds it at the pair's place in the first coder's row.
  const root = degree.map((own) => (own === 0 ? 0 : 1 / Math.sqrt(own)));
  let vector = degree.map(Math.sqrt);
  let between = new Float64Array(value.length);
  for (let coder = 0; coder < coders; coder += 1) {
    for (let at = starts[coder] ?? 0; at < (starts[coder + 1] ?? 0); at += 1) {
      if ((value[at] ?? 0) > 0 && (colleague[at] ?? 0) > coder) between[at] = -Math.SQRT2;
    }
  }
  let next = new Float64Array(coders);
  let nextBetween = new Float64Array(value.length);
  for (let round = 0; round < ROUNDS; round += 1) {
    // One step of (1 − walk), whose largest eigenvalue is the walk's least.
    next.set(vector);
    nextBetween.set(between);
    for (let coder = 0; coder < coders; coder += 1) {
      for (let at = starts[coder] ?? 0; at < (starts[coder + 1] ?? 0); at += 1) {
        const other = colleague[at] ?? 0;
        const sign = value[at] ?? 0;
        if (other < coder || sign === 0) continue;
        const [own, theirs] = [root[coder] ?? 0, root[other] ?? 0];
        if (sign < 0) {
          next[coder] = (next[coder] ?? 0) - own * theirs * (vector[other] ?? 0);
          next[other] = (next[other] ?? 0) - own * theirs * (vector[coder] ?? 0);
          continue;
        }
        const middle = (between[at] ?? 0) * Math.SQRT1_2;
        next[coder] = (next[coder] ?? 0) - own * middle;
        next[other] = (next[other] ?? 0) - theirs * middle;
        nextBetween[at] =
          (nextBetween[at] ?? 0) -
          (own * (vector[coder] ?? 0) + theirs * (vector[other] ?? 0)) * Math.SQRT1_2;
      }
    }
    const length = Math.sqrt(squares(next) + squares(nextBetween));
    if (length === 0) break;
    let moved = 0;
    for (let coder = 0; coder < coders; coder += 1) {
      next[coder] = (next[coder] ?? 0) / length;
      moved = Math.max(moved, Math.abs((next[coder] ?? 0) - (vector[coder] ?? 0)));
    }
    for (let at = 0; at < nextBetween.length; at += 1) nextBetween[at] = (nextBetween[at] ?? 0) / length;
    [vector, next] = [next, vector];
    [between, nextBetween] = [nextBetween, between];
    if (moved < AT_REST) break;
  }
  const balance = vector.reduce((sum, own) => sum + Math.sign(own), 0);
  return vector.map((own) => (own === 0 ? 1 : Math.sign(own) * (balance < 0 ? -1 : 1)));
}

function squares(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
