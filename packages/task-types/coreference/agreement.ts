import { krippendorffsAlpha, studyFromRows } from '@casebook/agreement';
import type { Estimate, SetDistanceName, Study, StudyRow } from '@casebook/agreement';
import type { AgreementView, MemberId } from '@casebook/contracts';
import { agreementOfAll, codersOf, everyPair, kappaOfPair, measure } from '../agreement-view.ts';
import type { AgreementRequest, CodedUnit } from '../task-type-server.ts';
import { chainValues } from './chain-values.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';

type Coding = CodedUnit<CoreferenceUnit, CoreferenceAnswer>;

const CLASSES: readonly CoreferenceAnswer['kind'][] = ['new', 'old', 'property', 'non-referring'];

const SET_DISTANCES: readonly { readonly name: SetDistanceName; readonly title: string }[] = [
  { name: 'masi', title: 'Krippendorff’s alpha, MASI distance' },
  { name: 'jaccard', title: 'Krippendorff’s alpha, Jaccard distance' },
  { name: 'passonneau', title: 'Krippendorff’s alpha, Passonneau’s distance' },
];

/** Agreement on what kind of answer a phrase wants, and on which phrases name the same. */
export function coreferenceAgreement(
  codings: readonly Coding[],
  request: AgreementRequest,
): readonly AgreementView[] {
  const coders = codersOf(codings);
  return [decisionClassView(codings, coders, request), entitiesView(codings, coders, request)];
}

function decisionClassView(
  codings: readonly Coding[],
  coders: readonly MemberId[],
  request: AgreementRequest,
): AgreementView {
  const rows = codings.map((coding) => ({
    unit: coding.unitId,
    coder: coding.coder,
    value: coding.answer.kind,
  }));
  const study = coders.length < 2 ? null : studyFromRows(rows, { scale: 'nominal', categories: CLASSES });
  return {
    id: 'decision-class',
    title: 'Kind of answer',
    explanation:
      'Two answers are the same where both say new, both old, both property, or both non-referring, whatever they point at.',
    ...sizeOf(codings, coders),
    measures: [
      measure('percent-agreement', 'Percent agreement', study, agreementOfAll),
      measure('alpha-nominal', 'Krippendorff’s alpha', study, (of) =>
        krippendorffsAlpha(of, { metric: 'nominal', interval: { method: 'bca', ...request } }),
      ),
    ],
    pairs: pairsOf(study, coders),
  };
}

function entitiesView(
  codings: readonly Coding[],
  coders: readonly MemberId[],
  request: AgreementRequest,
): AgreementView {
  const rows: readonly StudyRow[] = coders.length < 2 ? [] : chainValues(codings);
  const study = coders.length < 2 ? null : studyFromRows(rows, { scale: 'sets' });
  return {
    id: 'entities',
    title: 'Entities',
    explanation:
      'The value of a phrase is the set of phrases that the coder takes for the same, itself included, among those that everyone judged who judged it; properties and phrases that refer to nothing have the empty set. Percent agreement and kappa want equal sets, alpha weighs how far they overlap.',
    ...sizeOf(codings, coders),
    measures: [
      measure('percent-agreement', 'Percent agreement', study, agreementOfAll),
      ...SET_DISTANCES.map(({ name, title }) =>
        measure(`alpha-${name}`, title, study, (of) => setAlpha(of, name, request)),
      ),
    ],
    pairs: pairsOf(study, coders),
  };
}

/** By percentile: BCa would look at all sets again for every phrase that is left out. */
function setAlpha(study: Study, metric: SetDistanceName, request: AgreementRequest): Estimate {
  return krippendorffsAlpha(study, { metric, interval: { method: 'percentile', ...request } });
}

function pairsOf(study: Study | null, coders: readonly MemberId[]): AgreementView['pairs'] {
  if (study === null) return [];
  return everyPair(coders, (pair) => [{ measure: 'cohens-kappa', estimate: kappaOfPair(study, pair) }]);
}

function sizeOf(
  codings: readonly Coding[],
  coders: readonly MemberId[],
): Pick<AgreementView, 'coders' | 'units' | 'ratings'> {
  return {
    coders: [...coders],
    units: new Set(codings.map(({ unitId }) => unitId)).size,
    ratings: codings.length,
  };
}
