import type { PhraseAnswer } from './contract.ts';
import { pointedAt } from './words.ts';

/** The distinct answers to one phrase that point somewhere, numbered from 1 as they come. */
export interface Pointers {
  /** The number of an answer; undefined where it points nowhere. */
  numberOf(answer: PhraseAnswer | null): number | undefined;
  /** The numbers of the answers that point at a phrase. */
  at(key: string): readonly number[];
}

export function pointersOf(answers: readonly (PhraseAnswer | null)[]): Pointers {
  const numbers = new Map<string, number>();
  const at = new Map<string, number[]>();
  for (const answer of answers) {
    const keys = answer === null ? [] : pointedAt(answer);
    const name = JSON.stringify(keys);
    if (keys.length === 0 || numbers.has(name)) continue;
    const number = numbers.size + 1;
    numbers.set(name, number);
    for (const key of keys) at.set(key, [...(at.get(key) ?? []), number]);
  }
  return {
    numberOf: (answer) => (answer === null ? undefined : numbers.get(JSON.stringify(pointedAt(answer)))),
    at: (key) => at.get(key) ?? [],
  };
}
