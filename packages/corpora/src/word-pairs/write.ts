import type { WordPair } from '@casebook/contracts';
import { guarded } from './formula-guard.ts';

export interface TableStyle {
  separator: ',' | '\t';
  /** `guarded` (the default): text that a spreadsheet would run as a formula gets a `'` before it. */
  formulas?: 'guarded' | 'raw';
}

/**
 * One row of a CSV (RFC 4180, ends in CR LF) or TSV (the same quoting, ends in LF). Text is guarded against
 * formulas; numbers never are; null is an empty cell.
 */
export function tableRow(cells: readonly (string | number | null)[], style: TableStyle): string {
  const written = cells.map((cell) =>
    typeof cell === 'string' ? textCell(cell, style) : cell === null ? '' : String(cell),
  );
  return written.join(style.separator) + (style.separator === ',' ? '\r\n' : '\n');
}

function textCell(text: string, style: TableStyle): string {
  const safe = style.formulas === 'raw' ? text : guarded(text);
  return needsQuotes(safe, style.separator) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function needsQuotes(text: string, separator: string): boolean {
  return text.includes(separator) || /["\r\n]|^\s|\s$/u.test(text);
}

/** Which columns a table of pairs has, beside the two words. */
export interface PairColumns {
  partOfSpeech: boolean;
  gold: boolean;
  /** How many columns of ratings. */
  ratings: number;
}

/** The columns that hold all that these pairs hold. */
export function columnsFor(pairs: Iterable<WordPair>): PairColumns {
  const columns = { partOfSpeech: false, gold: false, ratings: 0 };
  for (const pair of pairs) {
    columns.partOfSpeech ||= pair.partOfSpeech !== undefined;
    columns.gold ||= pair.gold !== undefined;
    columns.ratings = Math.max(columns.ratings, pair.ratings?.length ?? 0);
  }
  return columns;
}

/** Writes word pairs as a table that `readWordPairs` reads back unchanged, row by row. */
export class PairTableWriter {
  readonly #columns: PairColumns;
  readonly #style: TableStyle;

  constructor(columns: PairColumns, style: TableStyle) {
    this.#columns = columns;
    this.#style = style;
  }

  header(): string {
    const { partOfSpeech, gold, ratings } = this.#columns;
    const raters = Array.from({ length: ratings }, (_, index) => `r${index + 1}`);
    return tableRow(
      ['word1', 'word2', ...(partOfSpeech ? ['pos'] : []), ...(gold ? ['gold'] : []), ...raters],
      this.#style,
    );
  }

  row(pair: WordPair): string {
    const { partOfSpeech, gold, ratings } = this.#columns;
    return tableRow(
      [
        pair.word1,
        pair.word2,
        ...(partOfSpeech ? [pair.partOfSpeech ?? null] : []),
        ...(gold ? [pair.gold ?? null] : []),
        ...Array.from({ length: ratings }, (_, index) => pair.ratings?.[index] ?? null),
      ],
      this.#style,
    );
  }
}
