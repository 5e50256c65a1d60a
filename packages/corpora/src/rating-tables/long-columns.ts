const NAMES = {
  coder: ['coder', 'subject', 'rater', 'worker', 'annotator', 'participant', 'person', 'user'],
  word1: ['word1', 'word_1', 'w1', 'word a'],
  word2: ['word2', 'word_2', 'w2', 'word b'],
  value: ['value', 'score', 'rating', 'label'],
  gold: ['gold', 'simlex_gold', 'published'],
  time: ['time', 'order_ms', 'timestamp', 'ms'],
  attention: ['attention', 'check'],
  partOfSpeech: ['pos'],
} as const;

export type LongColumn = keyof typeof NAMES;

/** Where each column stands in a header, from 0; absent where it has none. */
export type LongColumns = ReadonlyMap<LongColumn, number>;

const NEEDED: readonly LongColumn[] = ['coder', 'word1', 'word2', 'value'];
const COLUMNS = Object.keys(NAMES) as LongColumn[];

/** Finds the columns of a table with one row a judgement, by name, in any order and case. */
export function longColumnsOf(header: readonly string[]): LongColumns {
  const words = header.map((cell) => cell.trim().toLowerCase());
  return new Map(
    COLUMNS.flatMap((column) => {
      const names: readonly string[] = NAMES[column];
      const place = words.findIndex((word) => names.includes(word));
      return place === -1 ? [] : [[column, place] as const];
    }),
  );
}

/** The first column that a long table can't do without and that is not there; null where none is missing. */
export function missingColumn(columns: LongColumns): { column: LongColumn; names: readonly string[] } | null {
  const column = NEEDED.find((needed) => !columns.has(needed));
  return column === undefined ? null : { column, names: NAMES[column] };
}
