/** Which column of a row holds what; null where the layout has no such column. */
export interface Layout {
  word: number | null;
  partOfSpeech: number | null;
  lemma: number | null;
  speaker: number | null;
}

const FULL_COLUMNS = 12;

/**
 * The columns of a CoNLL-2012 row by their number. The last is always coreference; the others are those of the
 * shared task (document, part, index, word, part of speech, parse, lemma, frame, sense, speaker, …) as far as
 * they go. Shorter layouts in use: `document part index word coref`, `… index word coref`, `index word coref`,
 * `word coref`, and `document coref`, which has no words at all.
 */
export function layoutOf(columns: number, firstIsDocument: boolean): Layout {
  const none = { partOfSpeech: null, lemma: null, speaker: null };
  if (columns === 2) return { word: firstIsDocument ? null : 0, ...none };
  if (columns < 5) return { word: columns - 2, ...none };
  if (columns < FULL_COLUMNS) return { word: 3, ...none, partOfSpeech: columns > 5 ? 4 : null };
  return { word: 3, partOfSpeech: 4, lemma: 6, speaker: 9 };
}

export interface Cell {
  text: string;
  /** In UTF-16 units from the start of the line. */
  offset: number;
}

/**
 * Cuts a row at its tabs, or at runs of spaces where it has none.
 *
 * @returns null where there are more cells than `limit`.
 */
export function cellsOf(line: string, limit: number): Cell[] | null {
  const cells: Cell[] = [];
  if (line.includes('\t')) {
    let from = 0;
    for (;;) {
      if (cells.length >= limit) return null;
      const tab = line.indexOf('\t', from);
      const end = tab === -1 ? line.length : tab;
      cells.push({ text: line.slice(from, end), offset: from });
      if (tab === -1) return cells;
      from = tab + 1;
    }
  }
  for (const match of line.matchAll(/[^ ]+/gu)) {
    if (cells.length >= limit) return null;
    cells.push({ text: match[0], offset: match.index });
  }
  return cells;
}
