import type { MemberId } from '@casebook/contracts';
import { tableRow } from '@casebook/corpora';
import { wordPairOf } from '../item-content.ts';
import type { Reading, TaskExport, UnitExport } from '../task-type-server.ts';
import type { SimilarityRatingAnswer, SimilarityRatingUnit } from './contract.ts';

const STYLE = { separator: '\t' } as const;

/** A coder who does not know a word; readers of such tables take it for a missing number. */
const UNKNOWN_WORD = '?';

const FIXED = ['word1', 'word2', 'POS', 'mean', 'SD', 'n'] as const;

interface Row {
  readonly words: readonly string[];
  readonly answers: readonly Reading<SimilarityRatingAnswer>[];
}

/**
 * One row a pair, as SimLex-999 has it: the words, the part of speech, mean, standard deviation and number of
 * ratings, then one column a coder, under the coder's name. `?` is a word not known, an empty cell no answer. The
 * deviation is the sample's (n − 1) and empty below two ratings; so is the mean without any.
 *
 * The header names every coder, so the rows are held back until the last one is known.
 */
export const similarityTable: TaskExport<SimilarityRatingUnit, SimilarityRatingAnswer> = {
  format: 'tsv',
  title: 'Table of mean ratings (TSV)',
  mediaType: 'text/tab-separated-values; charset=utf-8',
  extension: 'tsv',
  leavesOut: ['Comments, skips, and earlier answers that a coder took back or replaced.'],
  async *write(items, names) {
    const rows: Row[] = [];
    const coders = new Set<MemberId>();
    for await (const item of items) {
      for (const row of rowsOf(item)) {
        rows.push(row);
        for (const reading of row.answers) for (const coder of reading.coders) coders.add(coder);
      }
    }
    const columns = [...coders].sort();
    yield tableRow([...FIXED, ...headingsOf(columns, names)], STYLE);
    for (const { words, answers } of rows) yield written(words, answers, columns);
  },
};

function rowsOf({ item, units }: UnitExport<SimilarityRatingUnit, SimilarityRatingAnswer>): Row[] {
  const { word1, word2, partOfSpeech } = wordPairOf(item);
  return units.map(({ readings }) => ({ words: [word1, word2, partOfSpeech ?? ''], answers: readings }));
}

/**
 * What stands over each coder's column: the name, or the id where that is unknown. Where another column has the same,
 * the beginning of the id follows it, or all of the id where even that does not tell two apart.
 */
function headingsOf(coders: readonly MemberId[], names: ReadonlyMap<MemberId, string>): readonly string[] {
  let columns = coders.map((coder) => {
    const name = names.get(coder) ?? coder;
    return { coder, name, heading: name };
  });
  for (const length of [8, undefined]) {
    const alike = repeated([...FIXED, ...columns.map(({ heading }) => heading)]);
    columns = columns.map((column) =>
      alike.has(folded(column.heading))
        ? { ...column, heading: `${column.name} (${column.coder.slice(0, length)})` }
        : column,
    );
  }
  return columns.map(({ heading }) => heading);
}

function repeated(headings: readonly string[]): ReadonlySet<string> {
  const seen = Map.groupBy(headings, folded);
  return new Set([...seen].filter(([, alike]) => alike.length > 1).map(([heading]) => heading));
}

function folded(heading: string): string {
  return heading.normalize('NFC').toLowerCase();
}

function written(words: readonly string[], answers: Row['answers'], columns: readonly MemberId[]): string {
  const cellOf = new Map<MemberId, string | number>();
  const ratings: number[] = [];
  for (const { answer, coders } of answers) {
    for (const coder of coders) {
      cellOf.set(coder, answer.kind === 'rating' ? answer.value : UNKNOWN_WORD);
      if (answer.kind === 'rating') ratings.push(answer.value);
    }
  }
  const { mean, deviation } = summary(ratings);
  return tableRow(
    [...words, mean, deviation, ratings.length, ...columns.map((coder) => cellOf.get(coder) ?? null)],
    STYLE,
  );
}

function summary(ratings: readonly number[]): { mean: number | null; deviation: number | null } {
  const n = ratings.length;
  if (n === 0) return { mean: null, deviation: null };
  const mean = ratings.reduce((sum, rating) => sum + rating, 0) / n;
  const squares = ratings.reduce((sum, rating) => sum + (rating - mean) ** 2, 0);
  return { mean, deviation: n < 2 ? null : Math.sqrt(squares / (n - 1)) };
}
