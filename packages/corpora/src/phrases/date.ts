import { MONTHS, WEEKDAYS } from './closed-classes.ts';
import type { Phrase } from './phrase.ts';
import type { TaggedSentence } from './tagged.ts';

const DAY = /^(?:[12]?\d|3[01])(?:st|nd|rd|th)?$/u;
const YEAR = /^1[0-9]\d\d$|^20\d\d$/u;

/**
 * A date as one phrase: *Monday*, *3 May 1894*, *May 3rd, 1894*, *Monday, 3 May*, *March 1894*. A bare *May* or *March* is none,
 * and a bare year neither. Null where none begins.
 */
export function dateAt(sentence: TaggedSentence, start: number): Phrase | null {
  let at = start;
  if (WEEKDAYS.has(sentence.word(at)) && sentence.at(at).capital) {
    at += 1;
    const further = sentence.word(at) === ',' ? at + 1 : at;
    const after = dayAndMonth(sentence, further);
    if (after === null) return { start, end: at, rule: 'date' };
    at = after;
  } else {
    const after = dayAndMonth(sentence, at) ?? monthAndYear(sentence, at);
    if (after === null) return null;
    at = after;
  }
  const year = sentence.word(at) === ',' ? at + 1 : at;
  if (YEAR.test(sentence.word(year))) at = year + 1;
  return { start, end: at, rule: 'date' };
}

/** Where a day and its month end, in either order. */
function dayAndMonth(sentence: TaggedSentence, at: number): number | null {
  const [one, other] = [sentence.word(at), sentence.word(at + 1)];
  if (DAY.test(one) && isMonth(sentence, at + 1)) return at + 2;
  if (DAY.test(one) && other === 'of' && isMonth(sentence, at + 2)) return at + 3;
  return isMonth(sentence, at) && DAY.test(other) ? at + 2 : null;
}

function monthAndYear(sentence: TaggedSentence, at: number): number | null {
  return isMonth(sentence, at) && YEAR.test(sentence.word(at + 1)) ? at + 1 : null;
}

function isMonth(sentence: TaggedSentence, at: number): boolean {
  return MONTHS.has(sentence.word(at)) && sentence.at(at).capital;
}
