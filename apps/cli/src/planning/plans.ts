import {
  codersForReliability,
  correlationInterval,
  pairsForCorrelation,
  type ProjectedReliability,
  projectReliability,
  simulateAgreementPlan,
  spearmanBrown,
  unitsForAgreement,
  unitsForIcc,
} from '@casebook/agreement';
import type { AgreementCall, CorrelationCall, PlanCall, SplitHalfCall } from './options.ts';
import {
  type OnProgress,
  simulateCorrelations,
  simulateIccs,
  simulateSplitHalves,
  type Simulated,
} from './simulations.ts';

/** What `casebook plan` prints. */
export type PlanReport = (AgreementCall | CorrelationCall | SplitHalfCall) & {
  readonly formula: {
    /** Units, or pairs, that the study needs. */
    readonly units: number;
    /** Of nominal alpha: standard deviation of one unit's influence. */
    readonly sigma?: number;
  };
  /** Simulated studies of that many units; null where none were asked for. */
  readonly simulation: Simulated | null;
  /** Split-half: reliability and ceiling of the mean of 1, 2, … coders. */
  readonly projection?: readonly ProjectedReliability[];
  /** Split-half: coders that reach the reliability wanted. */
  readonly codersWanted?: number;
};

/** Throws RangeError where nothing can be planned: widths that no number of units gives. */
export function planned({ plan }: PlanCall, onProgress: OnProgress): PlanReport {
  switch (plan.plan) {
    case 'agreement':
      return plan.measure === 'icc' ? plannedIcc(plan, onProgress) : plannedAlpha(plan);
    case 'correlation': {
      const units = pairsForCorrelation(plan.width, plan.expected, plan.correlation, plan.confidence);
      return {
        ...plan,
        formula: { units },
        simulation: plan.studies === 0 ? null : simulateCorrelations(plan, units, onProgress),
      };
    }
    case 'split-half':
      return plannedSplitHalf(plan, onProgress);
  }
}

function plannedAlpha(call: AgreementCall): PlanReport {
  const plan = {
    width: call.width,
    expected: call.expected,
    coders: call.coders,
    categories: call.categories,
    missing: call.missing,
    level: call.confidence,
    seed: call.seed,
  };
  const { units, sigma } = unitsForAgreement(plan);
  const studies = call.studies === 0 ? null : simulateAgreementPlan(plan, units, call.studies);
  return {
    ...call,
    formula: { units, sigma },
    simulation:
      studies === null
        ? null
        : {
            studies: studies.studies,
            undefined: studies.undefined,
            meanWidth: studies.meanWidth,
            assurance: studies.assurance,
          },
  };
}

function plannedIcc(call: AgreementCall, onProgress: OnProgress): PlanReport {
  const units = unitsForIcc(call.width, call.expected, call.coders, call.confidence);
  return {
    ...call,
    formula: { units },
    simulation: call.studies === 0 ? null : simulateIccs(call, units, onProgress),
  };
}

function plannedSplitHalf(call: SplitHalfCall, onProgress: OnProgress): PlanReport {
  const units = unitsForSplitHalf(call);
  const single = spearmanBrown(call.expected, 1 / call.coders);
  return {
    ...call,
    formula: { units },
    simulation: call.studies === 0 ? null : simulateSplitHalves(call, units, onProgress),
    projection: projectReliability(single, call.coders),
    ...(call.wanted === null ? {} : { codersWanted: codersForReliability(single, call.wanted) }),
  };
}

/**
 * Units whose Fisher interval of the halves' correlation, stepped up by Spearman and Brown at both ends, is no wider
 * than planned; the smallest such number.
 */
function unitsForSplitHalf({ width, expected, confidence }: SplitHalfCall): number {
  const halves = spearmanBrown(expected, 1 / 2);
  const widthOf = (units: number): number => {
    const interval = correlationInterval('pearson', halves, units, confidence);
    return interval === null ? Infinity : spearmanBrown(interval.high, 2) - spearmanBrown(interval.low, 2);
  };
  let high = 8;
  while (widthOf(high) > width) high *= 2;
  let low = 3;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (widthOf(middle) > width) low = middle;
    else high = middle;
  }
  return high;
}
