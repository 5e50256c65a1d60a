import { COMPOUND_PREPOSITIONS, DETERMINERS, NEVER_HEADS, PREDETERMINERS } from './closed-classes.ts';
import { dateAt } from './date.ts';
import type { Phrase } from './phrase.ts';
import { contractedPronoun, isPossessive, pronounAt } from './pronoun.ts';
import type { TaggedSentence } from './tagged.ts';

/** A phrase and all phrases within it; the outermost is `start` to `end`. */
export interface PhraseTree {
  readonly start: number;
  readonly end: number;
  /** The outermost first. */
  readonly phrases: readonly Phrase[];
}

/**
 * The phrase that begins at a token, with what *of* adds to it and with those within it. Null where none begins.
 *
 * Determiner, numerals, adjectives and nouns up to the last noun; possessors are phrases of their own and part of the
 * phrase that they possess (*[[his] sister 's] clock*). Of what follows the head only *of* belongs to it: whether
 * *with a pipe* says more of the man or of the deed is not to be told from parts of speech.
 */
export function phraseAt(sentence: TaggedSentence, start: number): PhraseTree | null {
  if (inCompoundPreposition(sentence, start)) return null;
  const simple = simplePhraseAt(sentence, start);
  if (simple === null || sentence.word(simple.end) !== 'of') return simple;
  const [outer, ...inner] = simple.phrases;
  if (outer === undefined || outer.rule === 'date') return simple;
  const complement = phraseAt(sentence, simple.end + 1);
  if (complement === null) return simple;
  const end = complement.end;
  return { start, end, phrases: [{ ...outer, end }, ...inner, ...complement.phrases] };
}

/** *in front of*, *by means of*: nouns that name nothing there. */
function inCompoundPreposition(sentence: TaggedSentence, at: number): boolean {
  return (
    COMPOUND_PREPOSITIONS.has(`${sentence.word(at - 1)} ${sentence.word(at)}`) &&
    sentence.word(at + 1) === 'of'
  );
}

function simplePhraseAt(sentence: TaggedSentence, start: number): PhraseTree | null {
  const date = dateAt(sentence, start);
  if (date !== null) return { ...date, phrases: [date] };
  const lead = leadOf(sentence, start);
  const body = bodyOf(sentence, lead.end, lead.determined);
  if (body === null) return lonePhrase(sentence, start, lead);
  const within: Phrase[] = lead.possessive === null ? [] : [lead.possessive];
  let { end, head } = body;
  for (let possessed = possessedAfter(sentence, end); possessed !== null;) {
    within.unshift({ start, end: possessed.possessorEnd, rule: 'possessor' });
    ({ end, head } = possessed);
    possessed = possessedAfter(sentence, end);
  }
  const named = sentence.part(head) === 'PROPN' && !lead.determined;
  const rule = named && within.length === 0 ? 'proper name' : 'noun phrase';
  return { start, end, phrases: [{ start, end, rule }, ...within] };
}

/** A pronoun, or a possessive one whose noun was not found. */
function lonePhrase(sentence: TaggedSentence, start: number, { possessive }: Lead): PhraseTree | null {
  const pronoun = pronounAt(sentence, start) ?? possessive;
  return pronoun === null ? null : { ...pronoun, phrases: [pronoun] };
}

interface Lead {
  /** The first token that is neither determiner nor possessive. */
  readonly end: number;
  readonly determined: boolean;
  readonly possessive: Phrase | null;
}

function leadOf(sentence: TaggedSentence, start: number): Lead {
  let at = start;
  if (
    PREDETERMINERS.has(sentence.word(at)) &&
    (opensPhrase(sentence, at + 1) || sentence.word(at + 1) === 'of')
  )
    at += sentence.word(at + 1) === 'of' ? 2 : 1;
  if (isPossessive(sentence, at))
    return {
      end: at + 1,
      determined: true,
      possessive: { start: at, end: at + 1, rule: 'possessive pronoun' },
    };
  const determined = DETERMINERS.has(sentence.word(at)) && sentence.part(at) !== 'SCONJ';
  return { end: determined ? at + 1 : at, determined: determined || at > start, possessive: null };
}

function opensPhrase(sentence: TaggedSentence, at: number): boolean {
  return isPossessive(sentence, at) || DETERMINERS.has(sentence.word(at));
}

interface Body {
  readonly end: number;
  readonly head: number;
}

/** Adjectives, numerals and nouns, up to the last noun; the head of *the poor* is its adjective, of *the first* its numeral. */
function bodyOf(sentence: TaggedSentence, start: number, determined: boolean): Body | null {
  let head: number | null = null;
  let adjective: number | null = null;
  for (let at = start; at < sentence.length;) {
    const part = sentence.part(at);
    if (isNoun(sentence, at)) head = at;
    else if (part === 'NUM' || part === 'ADJ') adjective = at;
    else if (!modifies(sentence, at, start, determined)) break;
    at += 1;
    if (endsWithPossessive(sentence, at - 1)) break;
  }
  const last = head ?? (determined ? adjective : null);
  return last === null ? null : { end: last + 1, head: last };
}

function isNoun(sentence: TaggedSentence, at: number): boolean {
  const part = sentence.part(at);
  return (
    (part === 'NOUN' || part === 'PROPN') &&
    !NEVER_HEADS.has(sentence.word(at)) &&
    !contractedPronoun(sentence.word(at))
  );
}

/** Whether a token that is no noun, adjective or numeral may stand between the determiner and the head. */
function modifies(sentence: TaggedSentence, at: number, start: number, determined: boolean): boolean {
  const next = sentence.part(at + 1);
  const word = sentence.word(at);
  switch (sentence.part(at)) {
    case 'ADV':
      return (
        (determined || at > start) && (next === 'ADJ' || next === 'NUM' || (next === 'VERB' && determined))
      );
    case 'VERB':
      // *a cracked face*, *the dying fire*
      return (
        determined &&
        /(?:ed|en|ing|n|t)$/u.test(word) &&
        (next === 'NOUN' || next === 'ADJ' || next === 'PROPN')
      );
    case 'CCONJ':
      // *an old and weary man*
      return sentence.part(at - 1) === 'ADJ' && next === 'ADJ' && at > start;
    case 'PUNCT':
      if (word === ',') return sentence.part(at - 1) === 'ADJ' && next === 'ADJ' && determined;
      return (
        (word === '-' || word === '–') &&
        at > start &&
        (next === 'NOUN' || next === 'ADJ' || next === 'PROPN')
      );
    case 'SYM':
      return next === 'NUM' || sentence.part(at - 1) === 'NUM';
    default:
      return false;
  }
}

/** Where the possessor ends and what it possesses; null where the phrase possesses nothing. */
function possessedAfter(sentence: TaggedSentence, end: number): (Body & { possessorEnd: number }) | null {
  const mark = sentence.word(end);
  const possessorEnd =
    mark === "'s" || (mark === "'" && sentence.word(end - 1).endsWith('s'))
      ? end + 1
      : endsWithPossessive(sentence, end - 1)
        ? end
        : null;
  if (possessorEnd === null) return null;
  const body = bodyOf(sentence, possessorEnd, true);
  return body === null ? null : { ...body, possessorEnd };
}

/** *Tom's* as one token, as Unicode's rules cut it. */
function endsWithPossessive(sentence: TaggedSentence, at: number): boolean {
  return /\p{L}'s$|s'$/u.test(sentence.word(at)) && isNoun(sentence, at);
}
