import {
  categoryLabels,
  cohensKappa,
  krippendorffsAlpha,
  percentAgreement,
  studyFromRows,
} from '@casebook/agreement';
import type { Estimate, IntervalOptions, Study } from '@casebook/agreement';
import type { AgreementChange, AgreementView, MemberId, ShownEstimate } from '@casebook/contracts';
import { changeOf } from '../agreement-change.ts';
import type { NamedMeasure } from '../agreement-change.ts';
import { codersOf, everyPair, ONE_CODER, shown } from '../agreement-view.ts';
import type { AgreementRequest, CodedUnit } from '../task-type-server.ts';
import { CLASSES } from './classes.ts';
import { confusionOf } from './confusion.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';
import { bootstrapBetween, bootstrapOf, documentsOfStudy, shownOverDocuments } from './over-documents.ts';
import { sizeOf } from './size-of-view.ts';

type Coding = CodedUnit<CoreferenceUnit, CoreferenceAnswer>;

const WORDS = {
  id: 'decision-class',
  title: 'Kind of answer',
  explanation:
    'Two answers are the same where both say new, both old, both property, or both non-referring, whatever they point at.',
};

const MEASURES: readonly (NamedMeasure & { readonly meaning: string })[] = [
  {
    id: 'percent-agreement',
    title: 'Percent agreement',
    meaning:
      'The share of pairs of answers that are the same, as a mean over phrases. It leaves out of account how often coders would agree by chance, which is often where one kind is common.',
    estimate: (of, interval) => percentAgreement(of, { interval }),
  },
  {
    id: 'alpha-nominal',
    title: 'Krippendorff’s alpha',
    meaning:
      'Agreement beyond chance: 1 where all agree, 0 where answers might as well have been drawn from a hat. All kinds are equally far apart.',
    estimate: (of, interval) => krippendorffsAlpha(of, { metric: 'nominal', interval }),
  },
  ...CLASSES.map(({ kind, title }) => ({
    id: `alpha-${kind}`,
    title: `Alpha, ${title.toLowerCase()} or not`,
    meaning: `Krippendorff’s alpha on one question alone: is the answer “${title.toLowerCase()}”? It leaves out of account which other kind was given instead.`,
    estimate: (of: Study, interval: IntervalOptions) =>
      krippendorffsAlpha(oneAgainstTheRest(of, kind), { metric: 'nominal', interval }),
  })),
];

/** Answers by their kind; null with fewer than two coders. */
function studyOfKinds(codings: readonly Coding[], coders: readonly MemberId[]): Study | null {
  if (coders.length < 2) return null;
  return studyFromRows(
    codings.map(({ unitId, coder, answer }) => ({ unit: unitId, coder, value: answer.kind })),
    { scale: 'nominal', categories: CLASSES.map(({ kind }) => kind) },
  );
}

/** Agreement on the kind of answer alone, whatever it points at. */
export function decisionClassView(
  codings: readonly Coding[],
  coders: readonly MemberId[],
  request: AgreementRequest,
): AgreementView {
  const study = studyOfKinds(codings, coders);
  const drawn = study === null ? null : drawing(study, codings, request);
  return {
    ...WORDS,
    ...sizeOf(codings, coders),
    measures: MEASURES.map(({ id, title, meaning, estimate }) => ({
      id,
      title,
      meaning,
      estimate:
        study === null || drawn === null
          ? { kind: 'undefined', reason: ONE_CODER }
          : drawn.show(estimate(study, drawn.interval(id))),
    })),
    pairs: study === null || drawn === null ? [] : everyPair(coders, (pair) => [drawn.kappa(study, pair)]),
    ...(study === null ? {} : { confusion: confusionOf(study, CLASSES) }),
  };
}

/** The same of two looks at the same phrases by the same coders. */
export function decisionClassChange(
  before: readonly Coding[],
  after: readonly Coding[],
  request: AgreementRequest,
): AgreementChange {
  const looks = {
    before: studyOfKinds(before, codersOf(before)),
    after: studyOfKinds(after, codersOf(after)),
  };
  const itemOf = new Map<string, string>([...before, ...after].map(({ unitId, itemId }) => [unitId, itemId]));
  const drawn = looks.before === null ? null : drawing(looks.before, before, request);
  return {
    ...WORDS,
    measures: MEASURES.map((named) => {
      const figure = `change of decision-class ${named.id}`;
      return changeOf(
        named,
        looks,
        drawn?.overDocuments === true
          ? {
              ...bootstrapBetween(figure, 'percentile', request),
              clusterOf: (unit) => itemOf.get(unit) ?? '',
            }
          : bootstrapBetween(figure, 'bca', request),
        drawn?.show ?? shown,
      );
    }),
  };
}

/** The same study with two categories; the same units and ratings in the same order. */
function oneAgainstTheRest(study: Study, kind: CoreferenceAnswer['kind']): Study {
  const wanted = categoryLabels(study.scale).indexOf(kind);
  return {
    ...study,
    scale: { kind: 'nominal', categories: ['any other', kind] },
    categoryOf: study.categoryOf.map((category) => (category === wanted ? 1 : 0)),
  };
}

interface Drawing {
  /** Whether documents are resampled rather than phrases. */
  readonly overDocuments: boolean;
  readonly interval: (figure: string) => IntervalOptions;
  readonly show: (estimate: Estimate) => ShownEstimate;
  readonly kappa: (
    study: Study,
    pair: readonly [MemberId, MemberId],
  ) => { measure: string; estimate: ShownEstimate };
}

/**
 * Documents are resampled where there are two or more. In a single one phrases are, and the interval says so: kinds of
 * answer are given phrase by phrase, so that this tells how far the figure rests on the few phrases of that text. It
 * tells nothing of other texts.
 */
function drawing(study: Study, codings: readonly Coding[], request: AgreementRequest): Drawing {
  const documents = documentsOfStudy(study, new Map(codings.map(({ unitId, itemId }) => [unitId, itemId])));
  const compared = documents.compared();
  const { clusterOf } = documents;
  const overDocuments = (figure: string): IntervalOptions => ({
    ...bootstrapOf(`decision-class ${figure}`, 'percentile', request),
    clusterOf,
  });
  return {
    overDocuments: compared >= 2,
    interval: (figure) =>
      compared < 2 ? bootstrapOf(`decision-class ${figure}`, 'bca', request) : overDocuments(figure),
    show: (estimate) =>
      compared < 2
        ? shown(estimate, {
            method: (method) => `${method} bootstrap, phrases of the one document resampled`,
            whyNone:
              'every resample of phrases gives the same value, so they do not show how far it may be off',
          })
        : shownOverDocuments(estimate, compared),
    kappa: (of, pair) => {
      const shared = documents.compared(pair);
      return {
        measure: 'cohens-kappa',
        estimate: shownOverDocuments(
          cohensKappa(of, {
            coders: [...pair],
            interval: shared < 2 ? { method: 'none' } : overDocuments(`kappa ${pair.join(' ')}`),
          }),
          shared,
        ),
      };
    },
  };
}
