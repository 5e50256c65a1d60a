import { cohensKappa, krippendorffsAlpha, percentAgreement, studyFromRows } from '@casebook/agreement';
import type { Estimate, IntervalOptions, SetDistanceName, Study, StudyRow } from '@casebook/agreement';
import type { AgreementView, MemberId } from '@casebook/contracts';
import { everyPair, ONE_CODER } from '../agreement-view.ts';
import type { AgreementRequest, CodedUnit } from '../task-type-server.ts';
import { chainValues } from './chain-values.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';
import { bootstrapOf, documentsOfStudy, shownOverDocuments } from './over-documents.ts';
import type { StudyDocuments } from './over-documents.ts';
import { sizeOf } from './size-of-view.ts';

type Coding = CodedUnit<CoreferenceUnit, CoreferenceAnswer>;

const SET_DISTANCES: readonly {
  readonly name: SetDistanceName;
  readonly title: string;
  readonly meaning: string;
}[] = [
  {
    name: 'masi',
    title: 'Krippendorff’s alpha, MASI distance',
    meaning:
      'Agreement beyond chance that gives credit for entities which overlap: for the share of phrases in common, and more of it where one entity holds the other than where both hold something of their own.',
  },
  {
    name: 'jaccard',
    title: 'Krippendorff’s alpha, Jaccard distance',
    meaning:
      'Agreement beyond chance with credit for the share of phrases that two entities have in common, and for nothing else.',
  },
  {
    name: 'passonneau',
    title: 'Krippendorff’s alpha, Passonneau’s distance',
    meaning:
      'Agreement beyond chance in four steps: the same entity, one within the other, some phrases in common, none. It leaves out of account how many they have in common.',
  },
];

/**
 * Agreement on which phrases name the same. Intervals are over documents alone: an entity is the value of every phrase
 * in it, so that resampling the phrases of one text would count each difference as often as its entity is long.
 */
export function entitiesView(
  codings: readonly Coding[],
  coders: readonly MemberId[],
  request: AgreementRequest,
): AgreementView {
  const enough = coders.length >= 2;
  const rows: readonly StudyRow[] = enough ? chainValues(codings) : [];
  const study = enough ? studyFromRows(rows, { scale: 'sets' }) : null;
  const documents =
    study === null
      ? null
      : documentsOfStudy(study, new Map(codings.map(({ unitId, itemId }) => [unitId, itemId])));
  const measured = (
    id: string,
    title: string,
    meaning: string,
    estimate: (study: Study, interval: IntervalOptions) => Estimate,
  ): AgreementView['measures'][number] => {
    if (study === null || documents === null)
      return { id, title, meaning, estimate: { kind: 'undefined', reason: ONE_CODER } };
    const compared = documents.compared();
    const interval = intervalOver(documents, compared, id, request);
    return { id, title, meaning, estimate: shownOverDocuments(estimate(study, interval), compared) };
  };
  return {
    id: 'entities',
    title: 'Entities',
    explanation:
      'The value of a phrase is the set of phrases that the coder takes for the same, itself included, among those that everyone judged who judged it; properties and phrases that refer to nothing have the empty set. Percent agreement and kappa want equal sets, alpha weighs how far they overlap.',
    ...sizeOf(codings, coders),
    measures: [
      measured(
        'percent-agreement',
        'Percent agreement',
        'The share of pairs of answers that name exactly the same entity, as a mean over phrases. A single phrase more or less makes the whole entity another one; chance is left out of account.',
        (of, interval) => percentAgreement(of, { interval }),
      ),
      ...SET_DISTANCES.map(({ name, title, meaning }) =>
        measured(`alpha-${name}`, title, meaning, (of, interval) =>
          krippendorffsAlpha(of, { metric: name, interval }),
        ),
      ),
    ],
    pairs:
      study === null || documents === null
        ? []
        : everyPair(coders, (pair) => {
            const shared = documents.compared(pair);
            const interval = intervalOver(documents, shared, `kappa ${pair.join(' ')}`, request);
            const kappa = cohensKappa(study, { coders: [...pair], interval });
            return [{ measure: 'cohens-kappa', estimate: shownOverDocuments(kappa, shared) }];
          }),
  };
}

function intervalOver(
  { clusterOf }: StudyDocuments,
  compared: number,
  figure: string,
  request: AgreementRequest,
): IntervalOptions {
  return compared < 2
    ? { method: 'none' }
    : { ...bootstrapOf(`entities ${figure}`, 'percentile', request), clusterOf };
}
