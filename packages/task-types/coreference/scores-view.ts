import { CODER_SCORES, coreferenceBetweenCoders } from '@casebook/agreement';
import type { CoderScore } from '@casebook/agreement';
import type { AgreementView, MemberId } from '@casebook/contracts';
import type { AgreementRequest, CodedUnit } from '../task-type-server.ts';
import { chainsOfPairs } from './chains-of-pairs.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';
import type { PassCoding } from './document-readings.ts';
import { bootstrapOf, shownOverDocuments } from './over-documents.ts';
import { sizeOf } from './size-of-view.ts';

type Coding = CodedUnit<CoreferenceUnit, CoreferenceAnswer>;

const WORDS: Readonly<Record<CoderScore, { readonly title: string; readonly meaning: string }>> = {
  mentions: {
    title: 'Mentions',
    meaning:
      'How far both take the same phrases to name somebody or something: twice the phrases of both, over the phrases of each. It leaves out of account whom they name.',
  },
  muc: {
    title: 'MUC',
    meaning:
      'Of the links that hold one coder’s entities together, the share that the other’s hold together too. It leaves phrases that stand alone out of account, and forgives entities that are run together.',
  },
  bcub: {
    title: 'B³',
    meaning:
      'For each phrase, how far its two entities overlap; the mean over phrases. Phrases that both leave alone count as full agreement, so that many of them raise it.',
  },
  ceafm: {
    title: 'CEAF, by mentions',
    meaning:
      'Each entity of one coder is paired with one of the other’s, as well as can be; the share of phrases that pairs have in common. What an entity shares with any other than its partner is left out of account.',
  },
  ceafe: {
    title: 'CEAF, by entities',
    meaning:
      'As before, but each pair of entities counts the same, by the share of phrases that it has in common, however long it is. It hangs on the many short entities.',
  },
  blanc: {
    title: 'BLANC',
    meaning:
      'Two questions about every two phrases, with the same weight: are they the same, and are they different? In long texts nearly all are different, so the half for these is high as a rule. The mean of both directions.',
  },
  lea: {
    title: 'LEA',
    meaning:
      'For each entity, the share of the links among all its phrases that the other coder has too; long entities weigh more. A phrase that stands alone counts as one link to itself.',
  },
  conll: {
    title: 'CoNLL',
    meaning:
      'The mean of MUC, B³ and CEAF by entities, by which systems are ranked. It is a convention, and no share of anything.',
  },
};

const VARIANTS = [
  {
    id: 'scores',
    title: 'Chains of each two coders',
    singletons: 'keep',
    said: 'An entity of one phrase counts.',
  },
  {
    id: 'scores-without-singletons',
    title: 'Chains of each two coders, without singletons',
    singletons: 'drop',
    said: 'Entities of one phrase are left out, on both sides.',
  },
] as const;

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
  return VARIANTS.map(({ id, title, singletons, said }) => {
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
        ...WORDS[score],
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
