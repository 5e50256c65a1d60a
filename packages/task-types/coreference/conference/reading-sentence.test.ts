import { describe, expect, it } from 'vitest';
import type { CoreferenceAnswer } from '../contract.ts';
import { readingSentence, sentenceText } from './reading-sentence.ts';

const NAMES: Readonly<Record<string, string>> = { a: 'Inspector Harrow', b: 'the widow', c: 'the clerk' };
const said = (answer: CoreferenceAnswer, phrase: string): string =>
  sentenceText(readingSentence(answer), phrase, (key) => NAMES[key] ?? key);

describe('a reading as a statement', () => {
  it.each([
    [{ kind: 'new' }, 'He', '“He” is new here: not named before.'],
    [{ kind: 'old', antecedents: ['a'] }, 'He', '“He” is the same as “Inspector Harrow”.'],
    [
      { kind: 'old', antecedents: ['a', 'b', 'c'] },
      'They',
      '“They” names “Inspector Harrow”, “the widow” and “the clerk” together.',
    ],
    [{ kind: 'property', of: ['b'] }, 'a seamstress', '“a seamstress” says what “the widow” is.'],
    [
      { kind: 'property', of: ['a', 'b'] },
      'friends',
      '“friends” says what “Inspector Harrow” and “the widow” are.',
    ],
    [{ kind: 'non-referring' }, 'It', '“It” refers to nothing.'],
  ] as const)('of the kind %j', (answer, phrase, sentence) => {
    expect(said(answer as CoreferenceAnswer, phrase)).toBe(sentence);
  });
});
