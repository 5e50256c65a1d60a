import { digamma } from './digamma.ts';
import type { Candidates } from './mpa-candidates.ts';
import { pooledPrior } from './mpa-prior.ts';
import type { State } from './mpa-state.ts';

/** Partial pooling: moves each class's priors to where the coders' posteriors put them. */
export function pool({ asked, stride }: Candidates, { sensitivity, specificity }: State): void {
  for (const own of [sensitivity, specificity]) {
    for (const [kind, present] of own.priors.entries()) {
      const evidence = { coders: 0, logRate: 0, logRest: 0 };
      let [rates, rests] = [0, 0];
      for (let place = kind; place < own.rate.length; place += stride) {
        if (asked[place] === 0) continue;
        const [rate, rest] = [own.rate[place] ?? 1, own.rest[place] ?? 1];
        const total = digamma(rate + rest);
        evidence.coders += 1;
        evidence.logRate += digamma(rate) - total;
        evidence.logRest += digamma(rest) - total;
        rates += rate - present.mean * present.strength;
        rests += rest - (1 - present.mean) * present.strength;
      }
      if (evidence.coders < 2) continue;
      const next = pooledPrior((rates + 1) / (rates + rests + 2), evidence, present);
      own.priors[kind] = next;
      for (let place = kind; place < own.rate.length; place += stride) {
        // A coder who was never asked has the prior for posterior, whatever it becomes.
        if (asked[place] !== 0) continue;
        own.rate[place] = next.mean * next.strength;
        own.rest[place] = (1 - next.mean) * next.strength;
      }
    }
  }
}
