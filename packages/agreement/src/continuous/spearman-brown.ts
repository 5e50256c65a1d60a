/**
 * Reliability of a measurement made `factor` times as long: f·r/(1 + (f − 1)r) (Spearman 1910; Brown 1910).
 * Throws RangeError where the formula has no value, at r = −1/(f − 1).
 */
export function spearmanBrown(reliability: number, factor: number): number {
  const denominator = 1 + (factor - 1) * reliability;
  if (denominator === 0)
    throw new RangeError(`Spearman–Brown has no value for a reliability of ${reliability}.`);
  return (factor * reliability) / denominator;
}
