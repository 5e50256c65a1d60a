import { krippendorffsAlpha, pairedNumbers, spearman, studyFromRows } from '@casebook/agreement';
import type { AlphaMetricName, Estimate, Study } from '@casebook/agreement';
import type { AgreementView, MemberId } from '@casebook/contracts';
import { agreementOfAll, codersOf, everyPair, kappaOfPair, measure, shown } from '../agreement-view.ts';
import type { AgreementRequest, CodedUnit } from '../task-type-server.ts';
import type { SimilarityRatingAnswer, SimilarityRatingUnit } from './contract.ts';

const ALPHAS: readonly { readonly metric: AlphaMetricName; readonly title: string }[] = [
  { metric: 'ordinal', title: 'Krippendorff’s alpha, ordinal' },
  { metric: 'interval', title: 'Krippendorff’s alpha, interval' },
  { metric: 'nominal', title: 'Krippendorff’s alpha, nominal' },
  { metric: 'ratio', title: 'Krippendorff’s alpha, ratio' },
];

/** Agreement of ratings; who does not know a word has given none. */
export function similarityAgreement(
  codings: readonly CodedUnit<SimilarityRatingUnit, SimilarityRatingAnswer>[],
  request: AgreementRequest,
): readonly AgreementView[] {
  const rated = codings.flatMap(({ unitId, coder, answer }) =>
    answer.kind === 'rating' ? [{ unit: unitId, coder, value: answer.value }] : [],
  );
  const coders = codersOf(rated);
  const study = coders.length < 2 ? null : studyFromRows(rated, { scale: 'numeric' });
  return [
    {
      id: 'rating',
      title: 'Ratings',
      explanation:
        'Percent agreement and plain kappa want the same number; the others weigh how far two ratings are apart. A word that a coder does not know is a missing rating.',
      coders,
      units: study?.units.length ?? rated.length,
      ratings: rated.length,
      measures: [
        measure('percent-agreement', 'Percent agreement', study, agreementOfAll),
        ...ALPHAS.map(({ metric, title }) =>
          measure(`alpha-${metric}`, title, study, (of) =>
            krippendorffsAlpha(of, { metric, interval: { method: 'bca', ...request } }),
          ),
        ),
      ],
      pairs: study === null ? [] : pairsOf(study, coders),
    },
  ];
}

function pairsOf(study: Study, coders: readonly MemberId[]): AgreementView['pairs'] {
  return everyPair(coders, (pair) => [
    { measure: 'cohens-kappa', estimate: shown(kappaOfPair(study, pair)) },
    { measure: 'cohens-kappa-quadratic', estimate: shown(kappaOfPair(study, pair, 'quadratic')) },
    { measure: 'spearman', estimate: shown(rankCorrelation(study, pair)) },
  ]);
}

function rankCorrelation(study: Study, pair: readonly [MemberId, MemberId]): Estimate {
  const { first, second } = pairedNumbers(study, [...pair]);
  return spearman(first, second);
}
