import type { BlancScore } from './blanc.ts';
import { isEmpty, type Score } from './score.ts';

/** The scores of one document, or of all. A measure that was not asked for is absent. */
export interface CoreferenceScores {
  readonly mentions: Score;
  /** Null where a mention is only a name. */
  readonly mentionOverlap: Score | null;
  readonly muc?: Score;
  readonly bcub?: Score;
  readonly ceafm?: Score;
  readonly ceafe?: Score;
  readonly blanc?: BlancScore;
  readonly lea?: Score;
  /** The mean F1 of MUC, B³ and CEAFe (CoNLL 2011 and 2012). */
  readonly conll?: { readonly f1: number };
}

export interface DocumentScores extends CoreferenceScores {
  readonly id: string;
}

/** Scores while they are put together. */
export type Writable<Scores> = { -readonly [Name in keyof Scores]: Scores[Name] };

/** The mean F1 of the three measures, where all were computed. */
export function conll(scores: CoreferenceScores): Pick<CoreferenceScores, 'conll'> {
  const { muc, bcub, ceafe } = scores;
  if (muc === undefined || bcub === undefined || ceafe === undefined) return {};
  return { conll: { f1: (muc.f1 + bcub.f1 + ceafe.f1) / 3 } };
}

/** Means over documents; one for which a measure has nothing to count on either side says nothing and is left out. */
export function macro(documents: readonly DocumentScores[]): CoreferenceScores {
  const scores: Writable<CoreferenceScores> = {
    mentions: mean(documents.map((own) => own.mentions)),
    mentionOverlap: null,
  };
  const overlaps = documents.flatMap((own) => own.mentionOverlap ?? []);
  if (overlaps.length === documents.length) scores.mentionOverlap = mean(overlaps);
  for (const metric of ['muc', 'bcub', 'ceafm', 'ceafe', 'lea'] as const) {
    const own = documents.flatMap((document) => document[metric] ?? []);
    if (own.length > 0) scores[metric] = mean(own);
  }
  const blanc = documents.flatMap((document) => document.blanc ?? []);
  if (blanc.length > 0) {
    const said = blanc.filter((own) => !(isEmpty(own.coreference) && isEmpty(own.nonCoreference)));
    scores.blanc = {
      ...mean(said.length === 0 ? blanc : said),
      coreference: mean(blanc.map((own) => own.coreference)),
      nonCoreference: mean(blanc.map((own) => own.nonCoreference)),
    };
  }
  return { ...scores, ...conll(scores) };
}

function mean(scores: readonly Score[]): Score {
  const said = scores.filter((score) => !isEmpty(score));
  const used = said.length === 0 ? scores : said;
  const average = (value: (score: Score) => number): number =>
    used.reduce((sum, score) => sum + value(score), 0) / used.length;
  return {
    recall: average((score) => score.recall),
    precision: average((score) => score.precision),
    f1: average((score) => score.f1),
    reason: said.length === 0 ? (scores[0]?.reason ?? null) : null,
    counts: null,
  };
}
