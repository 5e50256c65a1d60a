import {
  krippendorffsAlpha,
  pairedNumbers,
  percentAgreement,
  spearman,
  studyFromRows,
} from '@casebook/agreement';
import type { AlphaMetricName, Estimate, Study } from '@casebook/agreement';
import type { AgreementChange, AgreementView, MemberId, UnitId } from '@casebook/contracts';
import { changeOf } from '../agreement-change.ts';
import type { NamedMeasure } from '../agreement-change.ts';
import { agreementOfAll, codersOf, everyPair, kappaOfPair, measure, shown } from '../agreement-view.ts';
import type { AgreementRequest, CodedUnit } from '../task-type-server.ts';
import type { SimilarityRatingAnswer, SimilarityRatingUnit } from './contract.ts';

const METRICS: readonly AlphaMetricName[] = ['ordinal', 'interval', 'nominal', 'ratio'];
const ALPHAS: readonly NamedMeasure[] = METRICS.map((metric) => ({
  id: `alpha-${metric}`,
  title: `Krippendorff’s alpha, ${metric}`,
  estimate: (of, interval) => krippendorffsAlpha(of, { metric, interval }),
}));

const WORDS = {
  id: 'rating',
  title: 'Ratings',
  explanation:
    'Percent agreement and plain kappa want the same number; the others weigh how far two ratings are apart. A word that a coder does not know is a missing rating.',
};

type Coding = CodedUnit<SimilarityRatingUnit, SimilarityRatingAnswer>;
interface Rated {
  readonly unit: UnitId;
  readonly coder: MemberId;
  readonly value: number;
}

function ratingsOf(codings: readonly Coding[]): Rated[] {
  return codings.flatMap(({ unitId, coder, answer }) =>
    answer.kind === 'rating' ? [{ unit: unitId, coder, value: answer.value }] : [],
  );
}

function studyOf(rated: readonly Rated[]): Study | null {
  return codersOf(rated).length < 2 ? null : studyFromRows(rated, { scale: 'numeric' });
}

/** Agreement of two looks, over the ratings that are in both. */
export function similarityAgreementChange(
  before: readonly Coding[],
  after: readonly Coding[],
  request: AgreementRequest,
): readonly AgreementChange[] {
  const [was, is] = inBoth(ratingsOf(before), ratingsOf(after));
  const looks = { before: studyOf(was), after: studyOf(is) };
  const measures: readonly NamedMeasure[] = [
    {
      id: 'percent-agreement',
      title: 'Percent agreement',
      estimate: (of, interval) => percentAgreement(of, { interval }),
    },
    ...ALPHAS,
  ];
  return [
    {
      ...WORDS,
      measures: measures.map((named) => changeOf(named, looks, { method: 'bca', ...request }, shown)),
    },
  ];
}

/** What has a counterpart, by unit and coder: who knew the words only once has rated them only once. */
function inBoth(before: readonly Rated[], after: readonly Rated[]): [Rated[], Rated[]] {
  const cell = ({ unit, coder }: Rated): string => `${unit} ${coder}`;
  const [was, is] = [new Set(before.map(cell)), new Set(after.map(cell))];
  return [before.filter((rated) => is.has(cell(rated))), after.filter((rated) => was.has(cell(rated)))];
}

/** Agreement of ratings; who does not know a word has given none. */
export function similarityAgreement(
  codings: readonly Coding[],
  request: AgreementRequest,
): readonly AgreementView[] {
  const rated = ratingsOf(codings);
  const coders = codersOf(rated);
  const study = studyOf(rated);
  return [
    {
      ...WORDS,
      coders,
      units: study?.units.length ?? rated.length,
      ratings: rated.length,
      measures: [
        measure('percent-agreement', 'Percent agreement', study, agreementOfAll),
        ...ALPHAS.map(({ id, title, estimate }) =>
          measure(id, title, study, (of) => estimate(of, { method: 'bca', ...request })),
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
