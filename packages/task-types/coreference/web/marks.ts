import type { Emphasis, PassageMark } from '@casebook/ui';
import type { Markable } from '../markables.ts';
import type { Standing } from '../question.ts';

/** What is picked, pointed at and echoed while an answer is put together. */
export interface Picks {
  readonly chosen: readonly string[];
  readonly pointed: string | null;
  /** Root of the entity whose mentions are shown all at once. */
  readonly echoed: string | null;
  /** Tokens of the phrase in question where its borders are corrected. */
  readonly borders: Markable['ranges'] | null;
}

/**
 * What is drawn on the text: the phrase in question, and the phrases before it, with the entities that they name.
 * Later phrases show only where the coder has judged them already.
 */
export function marksOf(standing: Standing, picks: Picks): readonly PassageMark[] {
  const marks = standing.earlier.map((markable) => marked(markable, standing, picks));
  if (standing.question === null) return marks;
  const { question } = standing;
  marks.push({
    ...marked(question, standing, picks),
    ranges: picks.borders ?? question.ranges,
    emphasis: 'question',
  });
  for (const markable of standing.markables.slice(marks.length)) {
    if (standing.so.named(markable.key).length > 0) marks.push(marked(markable, standing, picks));
  }
  return marks;
}

function marked({ key, ranges }: Markable, { so }: Standing, picks: Picks): PassageMark {
  const [entity, ...others] = so.named(key);
  return {
    id: key,
    ranges,
    entity: entity?.number ?? null,
    others: others.map(({ number }) => number),
    emphasis: emphasisOf(key, entity?.root, picks),
  };
}

function emphasisOf(key: string, root: string | undefined, picks: Picks): Emphasis {
  if (picks.pointed === key) return 'pointed';
  if (picks.chosen.includes(key)) return 'chosen';
  return root !== undefined && picks.echoed === root ? 'echo' : 'none';
}
