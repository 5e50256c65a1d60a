import { phraseAt, type PhraseTree } from './noun-phrase.ts';
import type { TaggedSentence } from './tagged.ts';

/**
 * The phrase that begins at a token, joined with those that *and* or *or* add to it: the whole first, then its parts.
 * Null where none begins.
 */
export function joinedPhraseAt(sentence: TaggedSentence, start: number): PhraseTree | null {
  const first = phraseAt(sentence, start);
  if (first === null) return null;
  const parts = [first];
  let end = first.end;
  for (;;) {
    const conjunction = conjunctionAt(sentence, end);
    if (conjunction !== null) {
      const last = phraseAt(sentence, conjunction + 1);
      if (last === null || opensClause(sentence, start, last)) break;
      return coordinated(start, [...parts, last]);
    }
    if (sentence.word(end) !== ',') break;
    const next = phraseAt(sentence, end + 1);
    if (next === null) break;
    parts.push(next);
    end = next.end;
  }
  return first;
}

/** The index of *and* or *or* behind a phrase, with or without a comma before it in a list. */
function conjunctionAt(sentence: TaggedSentence, end: number): number | null {
  const at = sentence.word(end) === ',' ? end + 1 : end;
  const word = sentence.word(at);
  return word === 'and' || word === 'or' || word === '&' ? at : null;
}

/**
 * Whether what follows *and* is rather the subject of a new clause: *he saw the man and the woman laughed*. A verb
 * follows it, and the first part stood after a verb or preposition.
 */
function opensClause(sentence: TaggedSentence, start: number, last: PhraseTree): boolean {
  const next = sentence.part(last.end);
  if (next !== 'VERB' && next !== 'AUX') return false;
  const before = sentence.part(start - 1);
  return before === 'VERB' || before === 'ADP' || before === 'AUX';
}

function coordinated(start: number, parts: readonly PhraseTree[]): PhraseTree {
  const end = parts.at(-1)?.end ?? start;
  return {
    start,
    end,
    phrases: [{ start, end, rule: 'coordination' }, ...parts.flatMap(({ phrases }) => phrases)],
  };
}
