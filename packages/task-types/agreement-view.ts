import { cohensKappa, percentAgreement } from '@casebook/agreement';
import type { Estimate, Study, WeightScheme } from '@casebook/agreement';
import type { AgreementView, MemberId, ShownEstimate } from '@casebook/contracts';

type Measure = AgreementView['measures'][number];
type PairMeasure = AgreementView['pairs'][number];

/** How the interval of an estimate is shown, where the statistics package's own words do not say enough. */
interface IntervalWords {
  readonly method: (method: string) => string;
  readonly whyNone: string;
}

/** An estimate of the statistics package as it is shown. */
export function shown(estimate: Estimate, words?: IntervalWords): ShownEstimate {
  if (estimate.value === null) return { kind: 'undefined', reason: estimate.reason };
  const { value, ci, used } = estimate;
  return {
    kind: 'value',
    value,
    interval:
      ci === null
        ? null
        : { low: ci.low, high: ci.high, level: ci.level, method: words?.method(ci.method) ?? ci.method },
    ...(ci === null && words !== undefined ? { whyNoInterval: words.whyNone } : {}),
    units: used.units,
    ratings: used.ratings,
  };
}

/** Everyone who gave at least one of these answers, in a fixed order. */
export function codersOf(codings: readonly { readonly coder: MemberId }[]): MemberId[] {
  return [...new Set(codings.map(({ coder }) => coder))].sort();
}

/** What a view says where nothing can be compared. */
export const ONE_CODER = 'fewer than two coders have answered';

/** A measure that needs a study; there is none with fewer than two coders. */
export function measure(
  id: string,
  title: string,
  study: Study | null,
  estimate: (study: Study) => Estimate,
): Measure {
  if (study === null) return { id, title, estimate: { kind: 'undefined', reason: ONE_CODER } };
  return { id, title, estimate: shown(estimate(study)) };
}

/** A comparison of every two coders over the units that both judged. */
export function everyPair(
  coders: readonly MemberId[],
  compare: (pair: readonly [MemberId, MemberId]) => readonly { measure: string; estimate: ShownEstimate }[],
): PairMeasure[] {
  return coders.flatMap((first, index) =>
    coders.slice(index + 1).flatMap((second) =>
      compare([first, second]).map((compared) => ({
        coders: [first, second] as [MemberId, MemberId],
        ...compared,
      })),
    ),
  );
}

/** Percent agreement of all coders: the mean over units of the share of agreeing pairs. */
export function agreementOfAll(study: Study): Estimate {
  return percentAgreement(study, { interval: { method: 'none' } });
}

/** Cohen's kappa of two coders of a study. */
export function kappaOfPair(
  study: Study,
  pair: readonly [MemberId, MemberId],
  weights: WeightScheme = 'identity',
): Estimate {
  return cohensKappa(study, { coders: [...pair], weights, interval: { method: 'none' } });
}
