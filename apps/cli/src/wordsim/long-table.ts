import type { AttentionChecks, RatedPair, RatingEvent, RatingTable } from '@casebook/agreement';
import { readTable } from '../tables/table.ts';
import { UsageError } from '../usage.ts';

const COLUMNS = {
  coder: ['coder', 'subject', 'rater', 'worker', 'annotator', 'participant', 'person', 'user'],
  word1: ['word1', 'word_1', 'w1', 'word a'],
  word2: ['word2', 'word_2', 'w2', 'word b'],
  value: ['value', 'score', 'rating', 'label'],
  gold: ['gold', 'simlex_gold', 'published'],
  time: ['time', 'order_ms', 'timestamp', 'ms'],
  attention: ['attention', 'check'],
  pos: ['pos'],
} as const;

/** What a long table tells beyond its ratings. */
export interface LongExtras {
  readonly attention: readonly AttentionChecks[];
  /** Rows that were attention checks and are no ratings. */
  readonly checkRows: number;
  readonly checkedBy: string;
}

/** Whether the header has a column of persons beside those of words and values. */
export function isLongTable([first]: readonly Uint8Array[]): boolean {
  const head = new TextDecoder().decode((first ?? new Uint8Array()).subarray(0, 4096));
  const header = (head.split('\n')[0] ?? '').split(/[\t,]/u).map((name) => name.trim().toLowerCase());
  return [COLUMNS.coder, COLUMNS.word1, COLUMNS.word2, COLUMNS.value].every((names) =>
    names.some((name) => header.includes(name)),
  );
}

/**
 * A table with one row a judgement. Rows with a value other than 0 in a column `attention` are checks and no ratings;
 * those of a word with itself are passed by an answer within a point of the highest value in the table. Of a rater's
 * several ratings of a pair the first stands.
 */
export function longTable(text: string, file: string): { table: RatingTable; extras: LongExtras } {
  const raters = new Map<string, number>();
  const places = new Map<string, number>();
  const pairs: RatedPair[] = [];
  const gold: (number | null)[] = [];
  const events: RatingEvent[] = [];
  const checks: { rater: number; isIdentical: boolean; value: number }[] = [];
  let hasGold = false;
  const numbered = (name: string): number => {
    const known = raters.get(name);
    if (known !== undefined) return known;
    raters.set(name, raters.size);
    return raters.size - 1;
  };
  const rows = readTable(text, file, {
    coder: { words: COLUMNS.coder },
    word1: { words: COLUMNS.word1 },
    word2: { words: COLUMNS.word2 },
    value: { words: COLUMNS.value, optional: true },
    gold: { words: COLUMNS.gold, optional: true },
    time: { words: COLUMNS.time, optional: true },
    attention: { words: COLUMNS.attention, optional: true },
    pos: { words: COLUMNS.pos, optional: true },
  });
  for (const { cells, line } of rows) {
    const number = (name: 'value' | 'gold' | 'time'): number | null => {
      if (cells[name] === '') return null;
      const value = Number(cells[name]);
      if (!Number.isFinite(value))
        throw new UsageError(`${file}:${line}:1: the ${name} is “${cells[name]}”; expected a number`);
      return value;
    };
    const value = number('value');
    const rater = numbered(cells.coder);
    if (value === null) continue;
    if (!['', '0', 'false', 'no'].includes(cells.attention.toLowerCase())) {
      checks.push({ rater, isIdentical: cells.word1 === cells.word2, value });
      continue;
    }
    const key = `${cells.word1}\u0000${cells.word2}\u0000${cells.pos}`;
    let pair = places.get(key);
    if (pair === undefined) {
      pair = pairs.length;
      places.set(key, pair);
      const { word1, word2, pos } = cells;
      pairs.push({ word1, word2, line, ...(pos === '' ? {} : { partOfSpeech: pos }) });
      gold.push(number('gold'));
      if (cells.gold !== '') hasGold = true;
    }
    events.push({ rater, pair, value, time: number('time'), line });
  }
  const ratings = pairs.map(() => new Array<number | null>(raters.size).fill(null));
  for (const { rater, pair, value } of events) {
    const row = ratings[pair];
    if (row !== undefined) row[rater] ??= value;
  }
  const highest = events.reduce((most, { value }) => Math.max(most, value), -Infinity);
  return {
    table: {
      pairs,
      gold: hasGold ? gold : null,
      raters: [...raters.keys()],
      ratings,
      namesPersons: true,
      events,
    },
    extras: {
      attention: attentionOf(checks, highest),
      checkRows: checks.length,
      checkedBy: `pairs of a word with itself, passed from ${highest - 1} up`,
    },
  };
}

function attentionOf(
  checks: readonly { rater: number; isIdentical: boolean; value: number }[],
  highest: number,
): AttentionChecks[] {
  const byRater = new Map<number, { passed: number; failed: number }>();
  for (const { rater, isIdentical, value } of checks) {
    if (!isIdentical) continue;
    const own = byRater.get(rater) ?? { passed: 0, failed: 0 };
    if (value >= highest - 1) own.passed += 1;
    else own.failed += 1;
    byRater.set(rater, own);
  }
  return [...byRater].map(([rater, own]) => ({ rater, ...own }));
}
