import type { CoreferenceEntity } from '../mention.ts';

/**
 * Entities in the notation of the published cases: `{ab} {cde}`. A letter is a mention; letters in parentheses stand
 * for the entities that hold them, which together are a split antecedent: `{ab} {cd} {(ac)fg}`.
 */
export function entities(text: string): CoreferenceEntity[] {
  const groups = [...text.matchAll(/\{(?:\((\w*)\))?(\w*)\}/gu)].map(([, parts = '', own = '']) => ({
    parts,
    own,
  }));
  return groups.map(({ parts, own }) => {
    const mentions = Array.from(own);
    if (parts === '') return mentions;
    return {
      mentions,
      parts: Array.from(parts, (letter) => groups.findIndex((group) => group.own.includes(letter))),
    };
  });
}
