import type { CoreferenceAnswer } from './contract.ts';
import { entitiesSoFar, type EntitiesSoFar } from './entities.ts';
import type { Markable } from './markables.ts';

/** The text as it stands for one coder at one question. */
export interface Standing {
  readonly so: EntitiesSoFar;
  readonly markables: readonly Markable[];
  readonly answers: ReadonlyMap<string, CoreferenceAnswer>;
  /** Those before the phrase in question, in reading order; all where no phrase is in question. */
  readonly earlier: readonly Markable[];
  readonly earlierKeys: ReadonlySet<string>;
  readonly question: Markable | null;
}

/** `answerOf` gives this coder's answer to a markable, null where there is none. */
export function standingAt(
  markables: readonly Markable[],
  answerOf: (markable: Markable) => CoreferenceAnswer | null,
  questionKey: string | null,
): Standing {
  const answers = new Map<string, CoreferenceAnswer>();
  const answered = markables.map((markable) => {
    const answer = answerOf(markable);
    if (answer !== null) answers.set(markable.key, answer);
    return { key: markable.key, answer };
  });
  const at = markables.findIndex(({ key }) => key === questionKey);
  const earlier = at === -1 ? markables : markables.slice(0, at);
  return {
    so: entitiesSoFar(answered),
    markables,
    answers,
    earlier,
    earlierKeys: new Set(earlier.map(({ key }) => key)),
    question: markables[at] ?? null,
  };
}

/** The first token that is not read yet: reading goes as far as the end of the phrase in question. */
export function readUntil(question: Markable | null): number {
  return question?.ranges.at(-1)?.[1] ?? Number.POSITIVE_INFINITY;
}
