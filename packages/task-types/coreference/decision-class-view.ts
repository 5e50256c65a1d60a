import {
  categoryLabels,
  cohensKappa,
  krippendorffsAlpha,
  percentAgreement,
  studyFromRows,
} from '@casebook/agreement';
import type { Estimate, IntervalOptions, Study } from '@casebook/agreement';
import type { AgreementView, MemberId, ShownEstimate } from '@casebook/contracts';
import { everyPair, ONE_CODER, shown } from '../agreement-view.ts';
import type { AgreementRequest, CodedUnit } from '../task-type-server.ts';
import { CLASSES } from './classes.ts';
import { confusionOf } from './confusion.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';
import { bootstrapOf, documentsOfStudy, shownOverDocuments } from './over-documents.ts';
import { sizeOf } from './size-of-view.ts';

type Coding = CodedUnit<CoreferenceUnit, CoreferenceAnswer>;

/** Agreement on the kind of answer alone, whatever it points at. */
export function decisionClassView(
  codings: readonly Coding[],
  coders: readonly MemberId[],
  request: AgreementRequest,
): AgreementView {
  const view = {
    id: 'decision-class',
    title: 'Kind of answer',
    explanation:
      'Two answers are the same where both say new, both old, both property, or both non-referring, whatever they point at.',
    ...sizeOf(codings, coders),
  };
  const kinds = CLASSES.map(({ kind }) => kind);
  const study =
    coders.length < 2
      ? null
      : studyFromRows(
          codings.map(({ unitId, coder, answer }) => ({ unit: unitId, coder, value: answer.kind })),
          { scale: 'nominal', categories: kinds },
        );
  const drawn = study === null ? null : drawing(study, codings, request);
  const measured = (
    id: string,
    title: string,
    meaning: string,
    estimate: (study: Study, interval: IntervalOptions) => Estimate,
  ): AgreementView['measures'][number] => ({
    id,
    title,
    meaning,
    estimate:
      study === null || drawn === null
        ? { kind: 'undefined', reason: ONE_CODER }
        : drawn.show(estimate(study, drawn.interval(id))),
  });
  return {
    ...view,
    measures: [
      measured(
        'percent-agreement',
        'Percent agreement',
        'The share of pairs of answers that are the same, as a mean over phrases. It leaves out of account how often coders would agree by chance, which is often where one kind is common.',
        (of, interval) => percentAgreement(of, { interval }),
      ),
      measured(
        'alpha-nominal',
        'Krippendorff’s alpha',
        'Agreement beyond chance: 1 where all agree, 0 where answers might as well have been drawn from a hat. All kinds are equally far apart.',
        (of, interval) => krippendorffsAlpha(of, { metric: 'nominal', interval }),
      ),
      ...CLASSES.map(({ kind, title }) =>
        measured(
          `alpha-${kind}`,
          `Alpha, ${title.toLowerCase()} or not`,
          `Krippendorff’s alpha on one question alone: is the answer “${title.toLowerCase()}”? It leaves out of account which other kind was given instead.`,
          (of, interval) => krippendorffsAlpha(oneAgainstTheRest(of, kind), { metric: 'nominal', interval }),
        ),
      ),
    ],
    pairs: study === null || drawn === null ? [] : everyPair(coders, (pair) => [drawn.kappa(study, pair)]),
    ...(study === null ? {} : { confusion: confusionOf(study, CLASSES) }),
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
