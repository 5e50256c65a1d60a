import { cohensKappa, krippendorffsAlpha, percentAgreement, studyFromRows } from '@casebook/agreement';
import type { IntervalOptions, SetDistanceName, Study } from '@casebook/agreement';
import type { AgreementChange, AgreementView, MemberId } from '@casebook/contracts';
import { changeOf } from '../agreement-change.ts';
import type { NamedMeasure } from '../agreement-change.ts';
import { codersOf, everyPair, ONE_CODER } from '../agreement-view.ts';
import type { AgreementRequest, CodedUnit } from '../task-type-server.ts';
import { chainValues } from './chain-values.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';
import { bootstrapBetween, bootstrapOf, documentsOfStudy, shownOverDocuments } from './over-documents.ts';
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

const WORDS = {
  id: 'entities',
  title: 'Entities',
  explanation:
    'The value of a phrase is the set of phrases that the coder takes for the same, itself included, among those that everyone judged who judged it; properties and phrases that refer to nothing have the empty set. Percent agreement and kappa want equal sets, alpha weighs how far they overlap.',
};

const MEASURES: readonly (NamedMeasure & { readonly meaning: string })[] = [
  {
    id: 'percent-agreement',
    title: 'Percent agreement',
    meaning:
      'The share of pairs of answers that name exactly the same entity, as a mean over phrases. A single phrase more or less makes the whole entity another one; chance is left out of account.',
    estimate: (of, interval) => percentAgreement(of, { interval }),
  },
  ...SET_DISTANCES.map(({ name, title, meaning }) => ({
    id: `alpha-${name}`,
    title,
    meaning,
    estimate: (of: Study, interval: IntervalOptions) => krippendorffsAlpha(of, { metric: name, interval }),
  })),
];

/** Each phrase by the set of those that are the same; null with fewer than two coders. */
function studyOfEntities(codings: readonly Coding[], coders: readonly MemberId[]): Study | null {
  return coders.length < 2 ? null : studyFromRows(chainValues(codings), { scale: 'sets' });
}

const itemsOf = (codings: readonly Coding[]): ReadonlyMap<string, string> =>
  new Map(codings.map(({ unitId, itemId }) => [unitId, itemId]));

/**
 * Agreement on which phrases name the same. Intervals are over documents alone: an entity is the value of every phrase
 * in it, so that resampling the phrases of one text would count each difference as often as its entity is long.
 */
export function entitiesView(
  codings: readonly Coding[],
  coders: readonly MemberId[],
  request: AgreementRequest,
): AgreementView {
  const study = studyOfEntities(codings, coders);
  const documents = study === null ? null : documentsOfStudy(study, itemsOf(codings));
  return {
    ...WORDS,
    ...sizeOf(codings, coders),
    measures: MEASURES.map(({ id, title, meaning, estimate }) => {
      if (study === null || documents === null)
        return { id, title, meaning, estimate: { kind: 'undefined', reason: ONE_CODER } };
      const compared = documents.compared();
      const interval = intervalOver(documents, compared, id, request);
      return { id, title, meaning, estimate: shownOverDocuments(estimate(study, interval), compared) };
    }),
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

/** The same of two looks at the same phrases by the same coders. */
export function entitiesChange(
  before: readonly Coding[],
  after: readonly Coding[],
  request: AgreementRequest,
): AgreementChange {
  const looks = {
    before: studyOfEntities(before, codersOf(before)),
    after: studyOfEntities(after, codersOf(after)),
  };
  const itemOf = itemsOf([...before, ...after]);
  const compared = looks.before === null ? 0 : documentsOfStudy(looks.before, itemOf).compared();
  return {
    ...WORDS,
    measures: MEASURES.map((named) =>
      changeOf(
        named,
        looks,
        compared < 2
          ? { method: 'none' }
          : {
              ...bootstrapBetween(`change of entities ${named.id}`, 'percentile', request),
              clusterOf: (unit) => itemOf.get(unit) ?? '',
            },
        (estimate) => shownOverDocuments(estimate, compared),
      ),
    ),
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
