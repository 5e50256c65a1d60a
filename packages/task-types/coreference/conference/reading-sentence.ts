import type { CoreferenceAnswer } from '../contract.ts';

/** A piece of a sentence that says a reading: words, the phrase that is asked about, or one that it points at. */
export type SentencePiece =
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'phrase' }
  | { readonly kind: 'pointed'; readonly key: string };

const words = (said: string): SentencePiece => ({ kind: 'words', words: said });

/** A reading as a statement that one can agree with: “He is the same as Inspector Harrow.” */
export function readingSentence(answer: CoreferenceAnswer): readonly SentencePiece[] {
  const phrase: SentencePiece = { kind: 'phrase' };
  switch (answer.kind) {
    case 'new':
      return [phrase, words(' is new here: not named before.')];
    case 'old':
      return answer.antecedents.length === 1
        ? [phrase, words(' is the same as '), ...listed(answer.antecedents), words('.')]
        : [phrase, words(' names '), ...listed(answer.antecedents), words(' together.')];
    case 'property':
      return [
        phrase,
        words(' says what '),
        ...listed(answer.of),
        words(answer.of.length === 1 ? ' is.' : ' are.'),
      ];
    case 'non-referring':
      return [phrase, words(' refers to nothing.')];
  }
}

function listed(keys: readonly string[]): SentencePiece[] {
  return keys.flatMap((key, index): SentencePiece[] => {
    const between = index === 0 ? [] : [words(index === keys.length - 1 ? ' and ' : ', ')];
    return [...between, { kind: 'pointed', key }];
  });
}

/** The same in plain text, phrases in quotation marks. */
export function sentenceText(
  pieces: readonly SentencePiece[],
  phrase: string,
  nameOf: (key: string) => string,
): string {
  return pieces
    .map((piece) => {
      if (piece.kind === 'words') return piece.words;
      return `“${piece.kind === 'phrase' ? phrase : nameOf(piece.key)}”`;
    })
    .join('');
}
