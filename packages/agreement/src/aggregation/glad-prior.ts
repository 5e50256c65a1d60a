/** Means of GLAD's normal priors, of variance 1, on α and on log β. */
export const ABILITY = 1;
export const LOG_EASE = 1;

/** The log density of a prior, constants left out. */
export function logPrior(values: Float64Array, mean: number): number {
  let sum = 0;
  for (const value of values) sum -= ((value - mean) * (value - mean)) / 2;
  return sum;
}
