import { estimateOfSums, krippendorffsAlpha, percentAgreement, studyFromRows } from '@casebook/agreement';
import type { Estimate, IntervalOptions } from '@casebook/agreement';
import type { AgreementView, MemberId } from '@casebook/contracts';
import { codersOf, everyPair } from '../agreement-view.ts';
import type { AgreementRequest, CodedUnit } from '../task-type-server.ts';
import type { EitherAnswer, EitherUnit } from './contract.ts';
import { isDocumentUnit } from './document-unit.ts';
import { correctionOf } from './kinds.ts';
import { bootstrapOf, documentsOfStudy, shownOverDocuments } from './over-documents.ts';
import { sizeOf } from './size-of-view.ts';

const LEFT = 'left';

/** What one coder did to the borders of a phrase that he answered: `left`, or the ranges that he gave it. */
interface Treated {
  readonly unitId: string;
  readonly itemId: string;
  readonly coder: MemberId;
  readonly borders: string;
}

/**
 * Agreement on the borders of phrases that were given, by what coders did to them; null where fewer than two coders answered, or nobody corrected any. It
 * knows nothing of who the phrases are.
 */
export function correctionsView(
  codings: readonly CodedUnit<EitherUnit, EitherAnswer>[],
  request: AgreementRequest,
): AgreementView | null {
  const treated = codings
    .filter(({ unit, informed }) => !isDocumentUnit(unit) && informed === undefined)
    .map(({ unitId, itemId, coder, answer }): Treated => {
      const span = correctionOf(answer);
      return { unitId, itemId, coder, borders: span === null ? LEFT : JSON.stringify(span.ranges) };
    });
  const coders = codersOf(treated);
  if (coders.length < 2 || treated.every(({ borders }) => borders === LEFT)) return null;
  const study = studyFromRows(
    treated.map(({ unitId, coder, borders }) => ({ unit: unitId, coder, value: borders })),
    { scale: 'nominal' },
  );
  const documents = documentsOfStudy(study, new Map(treated.map(({ unitId, itemId }) => [unitId, itemId])));
  const compared = documents.compared();
  const interval = (figure: string): IntervalOptions =>
    compared < 2
      ? { method: 'none' }
      : {
          ...bootstrapOf(`corrections ${figure}`, 'percentile', request),
          clusterOf: documents.clusterOf,
        };
  const show = (estimate: Estimate) => shownOverDocuments(estimate, compared);
  return {
    id: 'corrections',
    title: 'Borders of phrases',
    explanation:
      'What coders did to the borders of the phrases that they were given and answered: left them, or gave others. Phrases are given, so agreement on finding them (alpha for unitizing) does not apply. Who only reported wrong borders, by a comment or a skip, counts as having left them; who skipped the phrase does not count.',
    ...sizeOf(treated, coders),
    measures: [
      {
        id: 'percent-agreement',
        title: 'Percent agreement',
        meaning:
          'The share of pairs of coders who did the same to a phrase, as a mean over phrases: both left it, or both gave it the very same borders. High wherever most phrases are right.',
        estimate: show(percentAgreement(study, { interval: interval('percent') })),
      },
      {
        id: 'alpha-nominal',
        title: 'Krippendorff’s alpha',
        meaning:
          'The same beyond chance. Every correction is a category of its own, so that it says above all whether coders correct the same phrases, and in the same way.',
        estimate: show(krippendorffsAlpha(study, { metric: 'nominal', interval: interval('alpha') })),
      },
      {
        id: 'corrected-f1',
        title: 'F1 of corrections, exact',
        meaning:
          'Phrases that two coders gave the very same new borders, twice, over those that each corrected of the phrases both answered; the mean over pairs. Phrases that both left do not raise it. Not corrected for chance.',
        estimate: show(
          correctedF1(
            treated,
            coders,
            compared < 2 ? { method: 'none' } : bootstrapOf('corrections F1', 'percentile', request),
          ),
        ),
      },
    ],
    pairs: everyPair(coders, (pair) => {
      const shared = documents.compared(pair);
      const own =
        shared < 2
          ? ({ method: 'none' } as const)
          : bootstrapOf(`corrections F1 ${pair.join(' ')}`, 'percentile', request);
      return [
        { measure: 'corrected-f1', estimate: shownOverDocuments(correctedF1(treated, pair, own), shared) },
      ];
    }),
  };
}

/** The mean over pairs of coders of 2·same/(one + other), over phrases that both answered, summed over documents. */
function correctedF1(
  treated: readonly Treated[],
  coders: readonly MemberId[],
  interval: IntervalOptions,
): Estimate {
  const pairs = coders.flatMap((one, at) => coders.slice(at + 1).map((other) => [one, other] as const));
  const documents = [...Map.groupBy(treated, ({ itemId }) => itemId)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, of]) => [...Map.groupBy(of, ({ unitId }) => unitId).values()]);
  const own = treated.filter(({ coder }) => coders.includes(coder));
  return estimateOfSums(
    {
      measure: 'corrected-f1',
      convention: 'mean over pairs of coders, counts summed over documents',
      rows: documents.map((units) =>
        pairs.flatMap(([first, second]) => {
          let [same, all] = [0, 0];
          for (const unit of units) {
            const one = unit.find(({ coder }) => coder === first)?.borders;
            const other = unit.find(({ coder }) => coder === second)?.borders;
            if (one === undefined || other === undefined) continue;
            all += Number(one !== LEFT) + Number(other !== LEFT);
            if (one === other && one !== LEFT) same += 2;
          }
          return [same, all];
        }),
      ),
      evaluate: (sums) => {
        const defined = pairs.flatMap((_, pair) => {
          const all = sums[2 * pair + 1] ?? 0;
          return all === 0 ? [] : [(sums[2 * pair] ?? 0) / all];
        });
        return defined.reduce((sum, f1) => sum + f1, 0) / defined.length;
      },
      reason: 'no two coders answered a phrase that either corrected',
      used: {
        units: new Set(own.map(({ unitId }) => unitId)).size,
        coders: coders.length,
        ratings: own.length,
        dropped: { units: 0, coders: 0, ratings: 0 },
      },
    },
    interval,
  );
}
