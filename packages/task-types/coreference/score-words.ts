import type { CoderScore } from '@casebook/agreement';

/** What each score is called, and in plain words what it measures. */
export const SCORE_WORDS: Readonly<Record<CoderScore, { readonly title: string; readonly meaning: string }>> =
  {
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

/** Scores hang on entities of a single phrase, so they are given with and without. */
export const SCORE_VARIANTS = [
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
