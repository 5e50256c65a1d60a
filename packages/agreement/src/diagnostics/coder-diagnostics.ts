import { krippendorffsAlpha } from '../alpha/krippendorffs-alpha.ts';
import { type AlphaMetric } from '../alpha/metric.ts';
import { pairwiseCohensKappa } from '../chance-corrected/pairwise-kappa.ts';
import { type Estimate } from '../estimate.ts';
import { selectCoderIndices } from '../study/select.ts';
import { type Study } from '../study/study.ts';
import { unitCounts } from '../study/unit-counts.ts';

/** How one coder stands among the others. */
export interface CoderDiagnostics {
  readonly coder: string;
  readonly ratings: number;
  /** Alpha of the study without the coder; null in a study of two. */
  readonly alphaWithout: Estimate | null;
  /** Mean of his defined kappas with every other coder; null if there is none. */
  readonly meanKappa: number | null;
  /**
   * Share of his ratings that are the consensus of the others: the category that most of them chose, a tie of t
   * categories counting 1/t. Null where nobody else rated his units.
   */
  readonly consensusAgreement: number | null;
  /** His ratings that could be compared with a consensus. */
  readonly compared: number;
}

/** Diagnostics of every coder, in the order of the study. */
export function coderDiagnostics(
  study: Study,
  options: { readonly metric?: AlphaMetric } = {},
): CoderDiagnostics[] {
  const pairs = pairwiseCohensKappa(study);
  const consensus = agreementWithConsensus(study);
  const ratings = new Uint32Array(study.coders.length);
  for (const coder of study.coderOf) ratings[coder] = (ratings[coder] ?? 0) + 1;
  return study.coders.map((coder, index) => {
    const kappas = pairs.flatMap(({ first, second, estimate }) =>
      (first === coder || second === coder) && estimate.value !== null ? [estimate.value] : [],
    );
    const others = study.coders.flatMap((_, other) => (other === index ? [] : [other]));
    const compared = consensus.compared[index] ?? 0;
    return {
      coder,
      ratings: ratings[index] ?? 0,
      alphaWithout:
        others.length < 2
          ? null
          : krippendorffsAlpha(selectCoderIndices(study, others), {
              ...options,
              interval: { method: 'none' },
            }),
      meanKappa: kappas.length === 0 ? null : kappas.reduce((sum, kappa) => sum + kappa, 0) / kappas.length,
      consensusAgreement: compared === 0 ? null : (consensus.agreed[index] ?? 0) / compared,
      compared,
    };
  });
}

function agreementWithConsensus(study: Study): { agreed: Float64Array; compared: Uint32Array } {
  const counts = unitCounts(study);
  const agreed = new Float64Array(study.coders.length);
  const compared = new Uint32Array(study.coders.length);
  for (let unit = 0; unit < study.units.length; unit++) {
    const end = study.offsets[unit + 1] ?? 0;
    const start = study.offsets[unit] ?? 0;
    if (end - start < 2) continue;
    for (let i = start; i < end; i++) {
      const own = study.categoryOf[i] ?? 0;
      const coder = study.coderOf[i] ?? 0;
      let most = 0;
      let winners = 0;
      let votesForOwn = 0;
      for (let j = counts.offsets[unit] ?? 0; j < (counts.offsets[unit + 1] ?? 0); j++) {
        const isOwn = counts.categoryOf[j] === own;
        const votes = (counts.countOf[j] ?? 0) - (isOwn ? 1 : 0);
        if (isOwn) votesForOwn = votes;
        if (votes > most) {
          most = votes;
          winners = 1;
        } else if (votes === most) winners += 1;
      }
      compared[coder] = (compared[coder] ?? 0) + 1;
      if (votesForOwn === most) agreed[coder] = (agreed[coder] ?? 0) + 1 / winners;
    }
  }
  return { agreed, compared };
}
