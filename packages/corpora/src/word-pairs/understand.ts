import type { PairColumn, PairColumnRole, PairTable, Separator } from '../events.ts';
import {
  goldPreference,
  isNoRating,
  isPartOfSpeech,
  isPerson,
  isRater,
  isWord1,
  isWord2,
} from './column-names.ts';
import { hasDecimalComma, isMissing, numberOf } from './number.ts';

export type Understood =
  | { kind: 'table'; table: PairTable }
  | { kind: 'not-pairs'; column: number; reason: string; expected: string };

const TAGS = /^(?:n|v|a|j|r|s|nn|nns|nnp|vb|jj|rb|adj|adv|noun|verb|adjective|adverb|propn|x)$/iu;

/** What a column holds, judged by its cells below a header. */
interface Kind {
  /** All but a few cells are numbers; those few are faults of their rows. */
  numeric: boolean;
  someNumbers: boolean;
  empty: boolean;
  tags: boolean;
}

/**
 * Understands a table by its first records: whether the first is a header, and what each column is. Names decide
 * where there are any; else the first two columns that are no numbers hold the words, a column of tags the part of
 * speech, the first numbers the gold score and all further ones ratings.
 */
export function understand(records: readonly (readonly string[])[], separator: Separator): Understood {
  const [first] = records;
  if (first === undefined)
    return { kind: 'not-pairs', column: 0, reason: 'the table is empty', expected: 'rows of two words each' };
  if (first.length < 2)
    return {
      kind: 'not-pairs',
      column: 0,
      reason: 'the table has one column',
      expected: 'two columns of words, separated by tabs, commas or semicolons',
    };
  const decimal = records.slice(1).some((record) => record.some(hasDecimalComma)) ? ',' : '.';
  const below = first.map((_, index) => kindOf(records.slice(1), index, decimal));
  const named = first.some(isWord1) && first.some(isWord2);
  const header =
    named ||
    first.some(
      (cell, index) => below[index]?.numeric === true && !isMissing(cell) && numberOf(cell, decimal) === null,
    );
  const kinds = header ? below : first.map((_, index) => kindOf(records, index, decimal));
  const names = header ? first.map((cell) => cell.trim()) : first.map((_, index) => `column ${index + 1}`);
  const roles = named ? rolesByName(names, kinds) : rolesByContent(names, kinds);
  if (typeof roles === 'string')
    return {
      kind: 'not-pairs',
      column: 0,
      reason: roles,
      expected: 'one row a pair: word 1, word 2, and scores if there are any',
    };
  const columns: PairColumn[] = names.map((name, index) => ({
    index,
    name,
    role: roles[index] ?? 'ignored',
  }));
  return { kind: 'table', table: { separator, header, decimal, columns } };
}

function kindOf(records: readonly (readonly string[])[], index: number, decimal: '.' | ','): Kind {
  const cells = records.map((record) => record[index] ?? '').filter((cell) => !isMissing(cell));
  const numbers = cells.filter((cell) => numberOf(cell, decimal) !== null).length;
  return {
    numeric: cells.length > 0 && numbers >= 0.8 * cells.length,
    someNumbers: numbers > 0,
    empty: cells.length === 0,
    tags: cells.length > 0 && cells.every((cell) => TAGS.test(cell.trim())),
  };
}

/** @returns why the table holds no pairs, where it doesn't. */
function rolesByName(names: readonly string[], kinds: readonly Kind[]): PairColumnRole[] | string {
  if (names.some(isPerson)) return 'the table has a column of persons: each row is one judgement, not a pair';
  for (const isWord of [isWord1, isWord2]) {
    const fitting = names.filter(isWord);
    if (fitting.length > 1) return `several columns are named for the same word: ${fitting.join(', ')}`;
  }
  const roles = names.map((name): PairColumnRole => {
    if (isWord1(name)) return 'word1';
    if (isWord2(name)) return 'word2';
    return isPartOfSpeech(name) ? 'part-of-speech' : 'ignored';
  });
  onlyFirst(roles, 'part-of-speech');
  return withNumbers(roles, names, kinds, (name) => goldPreference(name));
}

function rolesByContent(names: readonly string[], kinds: readonly Kind[]): PairColumnRole[] | string {
  const texts = kinds.flatMap((kind, index) => (kind.numeric || kind.empty ? [] : [index]));
  const [word1, word2] = texts;
  if (word1 === undefined || word2 === undefined) {
    const numbers = kinds.filter((kind) => kind.numeric).length;
    return numbers > 20 && texts.length <= 1
      ? 'the file holds one word and many numbers a row, as lists of word vectors do'
      : 'there are no two columns of words';
  }
  const roles = names.map((name, index): PairColumnRole => {
    if (index === word1) return 'word1';
    if (index === word2) return 'word2';
    return isPartOfSpeech(name) || kinds[index]?.tags === true ? 'part-of-speech' : 'ignored';
  });
  onlyFirst(roles, 'part-of-speech');
  return withNumbers(
    roles,
    names,
    kinds,
    (name, index) => goldPreference(name) ?? (isRater(name) ? null : 100 + index),
  );
}

/** Gives the numeric columns their roles: the best gold, then ratings. */
function withNumbers(
  roles: PairColumnRole[],
  names: readonly string[],
  kinds: readonly Kind[],
  preferenceOf: (name: string, index: number) => number | null,
): PairColumnRole[] {
  let gold: { index: number; preference: number } | null = null;
  for (const [index, name] of names.entries()) {
    const kind = kinds[index];
    if (roles[index] !== 'ignored' || kind === undefined || isNoRating(name)) continue;
    const preference = preferenceOf(name, index);
    if (
      preference === null ||
      !(kind.numeric || kind.empty || (goldPreference(name) !== null && kind.someNumbers)) ||
      (gold !== null && gold.preference <= preference)
    )
      continue;
    gold = { index, preference };
  }
  return roles.map((role, index) => {
    if (role !== 'ignored') return role;
    if (gold?.index === index) return 'gold';
    const name = names[index] ?? '';
    const kind = kinds[index];
    if (isRater(name)) return 'rating';
    return kind?.numeric === true && !isNoRating(name) ? 'rating' : 'ignored';
  });
}

function onlyFirst(roles: PairColumnRole[], role: PairColumnRole): void {
  const first = roles.indexOf(role);
  for (const [index, one] of roles.entries()) if (one === role && index !== first) roles[index] = 'ignored';
}
