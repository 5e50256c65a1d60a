import { CODER_SCORES, coreferenceBetweenCoders } from '@casebook/agreement';
import type { AgreementView, MemberId } from '@casebook/contracts';
import type { AgreementRequest, CodedUnit } from '../task-type-server.ts';
import { chainsOfPairs } from './chains-of-pairs.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';
import type { PassCoding } from './document-readings.ts';
import { bootstrapOf, shownOverDocuments } from './over-documents.ts';
import { SCORE_VARIANTS, SCORE_WORDS } from './score-words.ts';
import { sizeOf } from './size-of-view.ts';

type Coding = CodedUnit<CoreferenceUnit, CoreferenceAnswer>;

/**
 * The scores of coreference systems between each two coders, as F1, and their mean over pairs: once with entities of a
 * single phrase and once without, for some scores hang on them.
 */
export function scoreViews(
  codings: readonly Coding[],
  passes: readonly PassCoding[],
  coders: readonly MemberId[],
  request: AgreementRequest,
): readonly AgreementView[] {
  const pairs = chainsOfPairs(codings, passes, coders);
  const over =
    passes.length === 0
      ? 'over the phrases that both judged, by the chains that their answers make of these.'
      : 'over the phrases that each marked, in the documents that both annotated; a phrase that only one has counts against both.';
  return SCORE_VARIANTS.map(({ id, title, singletons, said }) => {
    const scores = coreferenceBetweenCoders(pairs, {
      singletons,
      interval: (score, pair) =>
        bootstrapOf(`${id} ${score} ${pair?.join(' ') ?? 'mean'}`, 'percentile', request),
    });
    return {
      id,
      title,
      explanation: `The scores that coreference systems are measured by, one coder against the other, ${over} ${said} A plural is in one entity with the phrases that name exactly the same together; properties and what refers to nothing are in none. Each figure is F1, of a pair or as the mean over pairs; none is corrected for chance.`,
      ...sizeOf(codings, coders),
      measures: CODER_SCORES.map((score) => ({
        id: score,
        ...SCORE_WORDS[score],
        estimate: shownOverDocuments(scores.mean[score], scores.documents),
      })),
      pairs: scores.pairs.flatMap(({ documents, scores: own }, place) =>
        CODER_SCORES.flatMap((score) => {
          const of = pairs[place]?.coders;
          return of === undefined
            ? []
            : [
                {
                  coders: [of[0], of[1]] as [MemberId, MemberId],
                  measure: score,
                  estimate: shownOverDocuments(own[score], documents),
                },
              ];
        }),
      ),
    };
  });
}
