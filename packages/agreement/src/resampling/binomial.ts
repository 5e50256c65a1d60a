import { type Generator } from '../random.ts';

/** Draws from binomial distributions of up to `most` trials. */
export class BinomialSampler {
  /** ln k! for k = 0 … most. */
  private readonly logFactorial: Float64Array;

  constructor(most: number) {
    this.logFactorial = new Float64Array(most + 1);
    for (let k = 1; k <= most; k++) {
      this.logFactorial[k] = (this.logFactorial[k - 1] ?? 0) + Math.log(k);
    }
  }

  /**
   * Successes in `trials` trials of chance `p`, from one uniform number: the distribution function is inverted
   * outwards from the mode (Kemp 1986), which takes some √(trials · p · (1 − p)) steps.
   */
  draw(trials: number, p: number, generator: Generator): number {
    if (trials === 0 || p <= 0) return 0;
    if (p >= 1) return trials;
    const odds = p / (1 - p);
    const mode = Math.min(trials, Math.floor((trials + 1) * p));
    const atMode = this.probability(trials, p, mode);
    let left = generator.next() - atMode;
    let low = mode;
    let high = mode;
    let atLow = atMode;
    let atHigh = atMode;
    while (left >= 0) {
      if (low === 0 && high === trials) return mode;
      if (high < trials) {
        atHigh *= ((trials - high) / (high + 1)) * odds;
        high += 1;
        left -= atHigh;
        if (left < 0) return high;
      }
      if (low > 0) {
        atLow *= low / ((trials - low + 1) * odds);
        low -= 1;
        left -= atLow;
        if (left < 0) return low;
      }
      // What rounding has left over of the distribution.
      if (atLow + atHigh === 0) return mode;
    }
    return mode;
  }

  private probability(trials: number, p: number, successes: number): number {
    const ways =
      (this.logFactorial[trials] ?? 0) -
      (this.logFactorial[successes] ?? 0) -
      (this.logFactorial[trials - successes] ?? 0);
    return Math.exp(ways + successes * Math.log(p) + (trials - successes) * Math.log1p(-p));
  }
}
