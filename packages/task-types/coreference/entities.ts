import type { CoreferenceAnswer } from './contract.ts';

/** A markable with what this coder has said of it so far; null where nothing was said, or it was skipped. */
export interface AnsweredMarkable {
  readonly key: string;
  readonly answer: CoreferenceAnswer | null;
}

/** Someone or something that this coder has named so far. */
export interface Entity {
  /** From 1, in order of first mention. It may change when an earlier answer does. */
  readonly number: number;
  /** The markable that opened it. Stays the same while that answer stands. */
  readonly root: string;
  /** Keys of the markables that name this entity and no other, in reading order. */
  readonly mentions: readonly string[];
  /** Keys of the markables that name it together with others (“they”), in reading order. */
  readonly pluralMentions: readonly string[];
}

export interface EntitiesSoFar {
  /** In order of first mention. */
  readonly entities: readonly Entity[];
  /** The entities that a markable names: none, one, or several for a plural. */
  named(key: string): readonly Entity[];
}

/**
 * The entities that one coder's answers make, by following every antecedent to where its entity was opened.
 *
 * Markables come in reading order. `new` opens an entity. `old` with one antecedent names whatever that antecedent
 * names; with several it names all their entities together, and joins none of them. A property or a phrase that
 * does not refer names nothing. An antecedent that names nothing itself (it was skipped, is yet to be judged, or
 * is a property) opens an entity when it is pointed at, so that all who point there mean the same one; it counts
 * as its mention only where the coder has not said that it names nobody. Antecedents that do not come earlier are
 * left out, and an answer with none left names nothing.
 */
export function entitiesSoFar(markables: readonly AnsweredMarkable[]): EntitiesSoFar {
  const roots = new Map<string, readonly string[]>();
  const answers = new Map<string, CoreferenceAnswer | null>();
  for (const { key, answer } of markables) {
    answers.set(key, answer);
    if (answer?.kind === 'new') roots.set(key, [key]);
    if (answer?.kind !== 'old') continue;
    const named = new Set<string>();
    for (const antecedent of answer.antecedents) {
      if (antecedent === key || !answers.has(antecedent)) continue;
      const known = roots.get(antecedent) ?? [antecedent];
      if (!roots.has(antecedent) && !namesNobody(answers.get(antecedent))) roots.set(antecedent, known);
      for (const root of known) named.add(root);
    }
    if (named.size > 0) roots.set(key, [...named]);
  }
  return numbered(markables, roots);
}

function namesNobody(answer: CoreferenceAnswer | null | undefined): boolean {
  return answer?.kind === 'property' || answer?.kind === 'non-referring';
}

interface OpenEntity extends Entity {
  readonly mentions: string[];
  readonly pluralMentions: string[];
}

function numbered(
  markables: readonly AnsweredMarkable[],
  roots: ReadonlyMap<string, readonly string[]>,
): EntitiesSoFar {
  const entities = new Map<string, OpenEntity>();
  const named = new Map<string, readonly OpenEntity[]>();
  for (const { key } of markables) {
    const together = (roots.get(key) ?? []).map((root) => {
      const known = entities.get(root);
      if (known !== undefined) return known;
      const opened = { number: entities.size + 1, root, mentions: [], pluralMentions: [] };
      entities.set(root, opened);
      return opened;
    });
    together.sort((one, other) => one.number - other.number);
    const [only] = together;
    if (together.length === 1 && only !== undefined) only.mentions.push(key);
    else for (const entity of together) entity.pluralMentions.push(key);
    if (together.length > 0) named.set(key, together);
  }
  const list = [...entities.values()];
  return { entities: list, named: (key) => named.get(key) ?? [] };
}
